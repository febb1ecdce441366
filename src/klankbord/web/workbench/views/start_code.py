"""A start code for somebody who has none: give it, print it together, or withdraw it (P2, P30)."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext

from klankbord.intake.start_codes import (
    AlreadyReceived,
    HasCode,
    IdentityNeeded,
    InUse,
    TroubleInCase,
    forget_receipt,
    give_code,
    withdraw_code,
)
from klankbord.kit.clock import now, today
from klankbord.kit.throttle import Busy
from klankbord.organisations import services
from klankbord.rules.seats import Whose
from klankbord.web.access import READER, MemberRequest, allow
from klankbord.web.components.code_card import card_of
from klankbord.web.workbench import forms, passphrases
from klankbord.web.workbench.cases import opened, own_case

PURPOSE = "start_code"
PAGE = "workbench/start_code.html"
CARD = "workbench/start_code_card.html"
REFUSALS = (AlreadyReceived, HasCode, IdentityNeeded, InUse, TroubleInCase)


@allow(READER)
@own_case
def start_code(request: MemberRequest, reference: str) -> HttpResponse:
    """Whether somebody can come back with a code, and what can be done about it."""
    page = _page(request, reference)
    if request.method != "POST":
        return render(request, PAGE, page)
    if "printed" in request.POST:
        return _printed(request, reference)
    try:
        if "withdraw" in request.POST:
            withdraw_code(request.member, reference, at=now())
            forms.say(request, "code_withdrawn")
            return redirect("workbench:start_code", reference)
        return _given(request, reference, page)
    except Busy:
        return forms.busy(request, PAGE, page)
    except REFUSALS as refused:
        return forms.again(request, PAGE, page, {"": _said(refused)})


def _given(request: MemberRequest, reference: str, page: dict[str, Any]) -> HttpResponse:
    token = forms.token_of(request, PURPOSE, at=now())
    if token is None:
        return forms.again(request, PAGE, page, {"": forms.stale()})
    if page["whose"] not in set(Whose):
        return forms.again(request, PAGE, page, {"whose": gettext("Choose for whom it is.")})
    try:
        services.confirm_passphrase(request.member, passphrase=request.POST.get("passphrase", ""))
    except services.SignInRefused:
        return forms.again(request, PAGE, page, {"passphrase": passphrases.wrong()})
    receipt = give_code(
        request.member, reference, whose=Whose(page["whose"]), token=token, at=now(),
        language=translation.get_language(),
    )  # fmt: skip
    request.session[PURPOSE] = token.hex()
    return render(request, CARD, page | card_of(request, page["case"].organisation, receipt.code))


def _printed(request: MemberRequest, reference: str) -> HttpResponse:
    """The person has the card: from now on nobody can see the code here again."""
    forget_receipt(bytes.fromhex(request.session.pop(PURPOSE, "00" * 16)))
    forms.say(request, "code_given")
    return redirect("workbench:case", reference)


def _page(request: MemberRequest, reference: str) -> dict[str, Any]:
    return {
        "here": "inbox",
        "today": today(),
        "case": opened(request, reference).page,
        "whose": forms.line(request, "whose"),
        "said": forms.said(request),
        "form_token": forms.fresh_token(PURPOSE, at=now()),
    }


def _said(refused: Exception) -> str:
    match refused:
        case HasCode():
            return gettext("Somebody has a code of this case already.")
        case InUse():
            return gettext("The start code was used already: nobody can take that place away.")
        case IdentityNeeded():
            return gettext(
                "This code opens the name and contact too. Ask a colleague who can read those to"
                " withdraw it."
            )
        case AlreadyReceived():
            return gettext("This code was given before and is not shown any more.")
    return forms.read_only()
