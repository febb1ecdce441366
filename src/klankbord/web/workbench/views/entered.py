"""Check what was written down, seal it, and have something in hand for whoever told it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from klankbord.directory.queries import urgent
from klankbord.intake.entered import (
    AlreadyReceived,
    DayImpossible,
    Entering,
    NobodyLeft,
    NotCertified,
    NotEnough,
    Receipt,
    answer_by,
    drop_entering,
    enter_report,
    entering_in,
    who_reads_along,
)
from klankbord.intake.services import TextTooLong, forget_receipt, form_of, receipt_of
from klankbord.kit.clock import now, today
from klankbord.kit.throttle import Busy
from klankbord.organisations.members import MembershipLine
from klankbord.organisations.queries import profile_of
from klankbord.rules.forms.answers import in_danger, summary
from klankbord.web.access import MEMBER, allow
from klankbord.web.components.code_card import card_of
from klankbord.web.workbench import forms
from klankbord.web.workbench.own import HouseRequest, own_membership

PURPOSE = "enter"
PAGE = "workbench/enter_check.html"
RECEIPT = "workbench/enter_done.html"
KEPT = "entered"


@allow(MEMBER)
def check(request: HouseRequest) -> HttpResponse:
    """Read it once more, together with whoever told it, and seal it (R-004-137)."""
    line = own_membership(request)
    entering = entering_in(request.session, request.organisation.id)
    if request.method == "POST":
        return _sent(request, line, entering)
    if entering is None:
        return _shown_again(request, line)
    return render(request, PAGE, _told(request, line, entering))


@allow(MEMBER)
@require_POST
def done(request: HouseRequest) -> HttpResponse:
    """The person has what they need: from now on nobody can see the code here again."""
    line = own_membership(request)
    forget_receipt(bytes.fromhex(request.session.pop(KEPT, "00" * 16)))
    forms.say(request, "entered")
    if line.reads:
        return redirect("workbench:inbox")
    return redirect("workbench:enter_in", request.organisation.slug)


def _sent(request: HouseRequest, line: MembershipLine, entering: Entering | None) -> HttpResponse:
    token = forms.token_of(request, PURPOSE, at=now())
    if entering is None:
        receipt = receipt_of(token, at=now()) if token else None
        return _receipt(request, line, receipt) if receipt else _shown_again(request, line)
    entering.gone_through = "gone_through" in request.POST
    page = _told(request, line, entering)
    if token is None:
        return forms.again(request, PAGE, page, {"": forms.stale()})
    try:
        receipt = enter_report(
            request.member, line.id, request.organisation, entering, token=token, at=now()
        )
    except (NotEnough, DayImpossible):
        return redirect("workbench:enter_in", request.organisation.slug)
    except (AlreadyReceived, NobodyLeft, NotCertified, TextTooLong) as refused:
        return forms.again(request, PAGE, page, {"": _said(refused)})
    except Busy:
        return forms.busy(request, PAGE, page)
    drop_entering(request.session, request.organisation.id)
    request.session[KEPT] = token.hex()
    return _receipt(request, line, receipt)


def _shown_again(request: HouseRequest, line: MembershipLine) -> HttpResponse:
    """Whoever just sealed it, and came back to this address, sees the receipt once more."""
    token = request.session.get(KEPT)
    receipt = receipt_of(bytes.fromhex(token), at=now()) if token else None
    if receipt is None:
        return redirect("workbench:enter_in", request.organisation.slug)
    return _receipt(request, line, receipt)


def _receipt(request: HouseRequest, line: MembershipLine, receipt: Receipt) -> HttpResponse:
    organisation = request.organisation
    page: dict[str, Any] = {
        "here": "enter",
        "organisation": organisation,
        "receipt": receipt,
        "mine": request.member.name in receipt.readers,
        "urgent": urgent(organisation.country, translation.get_language()),
    }
    if receipt.code:
        page |= card_of(request, organisation, receipt.code)
    return render(request, RECEIPT, page)


def _told(request: HouseRequest, line: MembershipLine, entering: Entering) -> dict[str, Any]:
    organisation, language, on = request.organisation, translation.get_language(), today()
    form = form_of(organisation, entering.draft, language)
    readers = who_reads_along(organisation, entering, by=line.id, on=on, language=language)
    groups = profile_of(organisation, language).groups
    return {
        "here": "enter",
        "organisation": organisation,
        "entering": entering,
        "draft": entering.draft,
        "rows": [row for row in summary(form, entering.draft.answers) if row.text],
        "readers": readers,
        "groups": [it.label for it in groups if it.key in entering.draft.must_not_groups],
        "mine": line.id in {card.membership for card in readers.readers},
        "danger": in_danger(form, entering.draft.answers),
        "urgent": urgent(organisation.country, language),
        "answer_by": answer_by(organisation, entering, readers.readers, on=on),
        "form_token": forms.fresh_token(PURPOSE, at=now()),
    }


def _said(refused: Exception) -> str:
    match refused:
        case NobodyLeft():
            return gettext("Nobody is left who may read this. Go back and choose somebody.")
        case NotCertified():
            return gettext(
                "Nobody has vouched for your own key yet, so nobody could check that you wrote"
                " this. Ask a colleague to do so, or let a colleague write it down."
            )
        case AlreadyReceived():
            return gettext("This was sent before and has arrived. Its code is not shown any more.")
    return forms.too_long()
