"""While I am away: let a colleague read running cases, and end it afterwards (R-002-44)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext

from klankbord.agenda.queries import cards
from klankbord.handling import meanwhile
from klankbord.kit.clock import now, today
from klankbord.kit.throttle import Busy
from klankbord.organisations import services
from klankbord.organisations.services import SignInRefused
from klankbord.web.access import READER, allow
from klankbord.web.components import agenda as asked
from klankbord.web.workbench import forms, passphrases
from klankbord.web.workbench.views.agenda import OwnRequest, own_membership

PAGE = "workbench/meanwhile.html"
DONE = "workbench/meanwhile_done.html"
ALL, SOME = "all", "some"


@allow(READER)
def share(request: OwnRequest) -> HttpResponse:
    """Choose the cases, the colleague and the last day; the passphrase is asked again."""
    membership = own_membership(request).id
    page = _page(request, membership)
    if request.method != "POST":
        return render(request, PAGE, page)
    if "back" in request.POST:
        ended = meanwhile.back(
            request.member, membership, at=now(), language=translation.get_language()
        )
        return render(request, DONE, {**page, "ended": ended})
    errors = _missing(page)
    if errors:
        return forms.again(request, PAGE, page, errors)
    try:
        services.confirm_passphrase(request.member, passphrase=request.POST.get("passphrase", ""))
    except SignInRefused:
        return forms.again(request, PAGE, page, {"passphrase": passphrases.wrong()})
    except Busy:
        return forms.busy(request, PAGE, page)
    shared = meanwhile.share(
        request.member, membership,
        references=None if page["which"] == ALL else page["chosen"], to=UUID(hex=page["who"]),
        until=page["last"], identity=page["identity"] == "yes", at=now(),
    )  # fmt: skip
    return render(request, DONE, {**page, "shared": shared})


def _page(request: OwnRequest, membership: UUID) -> dict[str, Any]:
    language = translation.get_language()
    people = cards(request.organisation, today(), language)
    able = [it for it in people if it.reads and it.membership != membership]
    mine = next((it for it in people if it.membership == membership), None)
    substitute = mine.substitute_id.hex if mine and mine.substitute_id else ""
    return {
        "here": "agenda",
        "today": today(),
        "organisation": request.organisation,
        "people": able,
        "rows": meanwhile.running(
            request.member, membership, after=request.GET.get("after", ""), language=language
        ),
        "still": meanwhile.still_shared(request.member, membership, at=now(), language=language),
        "which": forms.line(request, "which"),
        "chosen": request.POST.getlist("case"),
        "who": forms.line(request, "who") or (substitute if request.method != "POST" else ""),
        "until": forms.line(request, "until"),
        "last": asked.read_day(forms.line(request, "until")),
        "identity": forms.line(request, "identity"),
    }


def _missing(page: dict[str, Any]) -> forms.Errors:
    errors: forms.Errors = {}
    if page["which"] not in {ALL, SOME} or (page["which"] == SOME and not page["chosen"]):
        errors["which"] = gettext("Choose all cases, or tick some.")
    if page["who"] not in {card.membership.hex for card in page["people"]}:
        errors["who"] = forms.choose_somebody()
    if page["last"] is None or page["last"] < page["today"]:
        errors["until"] = gettext("Say until which day, for example 15/12/2026.")
    return errors
