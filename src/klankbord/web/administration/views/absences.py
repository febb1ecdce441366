"""Who is away and who stands in, noted for somebody who cannot do it themselves (R-002-44)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext

from klankbord.agenda import services
from klankbord.agenda.models import Absence
from klankbord.agenda.queries import Card, cards
from klankbord.agenda.services import NotThere
from klankbord.agenda.times import absences_of
from klankbord.kit.clock import day_of, today
from klankbord.organisations.queries import membership_of
from klankbord.web.access import ADMINISTRATOR, allow
from klankbord.web.administration.own import (
    AdministratorRequest,
    own_membership,
    own_organisation,
)
from klankbord.web.components import agenda as asked

PAGE = "administration/absences.html"
UNPROCESSABLE = 422
FIELDS = ("member", "from", "until", "who")


@dataclass(frozen=True, slots=True)
class Line:
    """An absence that is not over."""

    row: Absence
    name: str
    first: date
    last: date


@allow(ADMINISTRATOR)
def absences(request: AdministratorRequest) -> HttpResponse:
    """The absences of everybody who listens, and a form for another."""
    organisation = own_organisation(request)
    people = cards(organisation, today(), translation.get_language())
    if request.method != "POST":
        return render(request, PAGE, _page(request, people, {}))
    by = own_membership(request)
    if "back" in request.POST:
        _back(request, people, by)
    else:
        errors = _noted(request, people, by)
        if errors:
            return render(request, PAGE, _page(request, people, errors), status=UNPROCESSABLE)
    return redirect("administration:absences", organisation.slug)


def _noted(request: AdministratorRequest, people: tuple[Card, ...], by: UUID) -> asked.Errors:
    errors: asked.Errors = {}
    member = asked.chosen(request.POST.get("member", ""), people)
    substitute = asked.chosen(request.POST.get("who", ""), people)
    days = asked.read_days(request.POST.dict(), errors)
    if member is None:
        errors["member"] = gettext("Choose a person.")
    if member is None or days is None:
        return errors
    try:
        services.plan_absence(
            membership_of(member), from_day=days[0], until_day=days[1],
            substitute=membership_of(substitute) if substitute else None, by=by, on=today(),
        )  # fmt: skip
    except asked.DAYS_REFUSED as error:
        return asked.refused(error)
    return {}


def _back(request: AdministratorRequest, people: tuple[Card, ...], by: UUID) -> None:
    try:
        absence = UUID(hex=request.POST["back"])
    except ValueError:
        return
    for row in absences_of([card.membership for card in people], today()):
        if row.id == absence:
            try:
                services.end_absence(row.membership, absence=absence, by=by, on=today())
            except NotThere:  # taken away in another window
                return


def _page(
    request: AdministratorRequest, people: tuple[Card, ...], errors: asked.Errors
) -> dict[str, Any]:
    names = {card.membership: card.name for card in people}
    typed = {name: request.POST.get(name, "") for name in FIELDS}
    return {
        "here": "administration",
        "today": today(),
        "organisation": request.organisation,
        "people": people,
        "lines": [
            Line(row, names[row.membership_id], day_of(row.from_day), day_of(row.until_day))
            for row in absences_of(list(names), today())
        ],
        "errors": errors,
        **typed,
        "from_": typed["from"],
    }
