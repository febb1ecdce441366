"""How many cases there are, how long they wait and with whom: counts, never a row (P29)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_safe

from klankbord.agenda.queries import colleagues
from klankbord.cases.queries import Overview, WaitsWith, waits_with
from klankbord.cases.queries import overview as counted
from klankbord.kit.clock import today
from klankbord.organisations.members import MembershipLine
from klankbord.organisations.queries import named, names_of
from klankbord.web.access import OVERSEER, MemberRequest, allow

COORDINATOR = "coordinator"  # sees with whom it waits; a board sees how many, and no more (P29)
FIRST_YEAR = 1970


@dataclass(frozen=True, slots=True)
class With:
    """How much waits with one person, and until when they are away."""

    name: str
    away_until: date | None
    waits: WaitsWith


@dataclass(frozen=True, slots=True)
class Place:
    """An organisation and its counts; `people` is None for who sees no names."""

    organisation: str
    counts: Overview
    people: tuple[With, ...] | None


@allow(OVERSEER)
@require_safe
def overview(request: MemberRequest) -> HttpResponse:
    """The counts of every organisation that this person watches over."""
    on = today()
    year = _year(request, on)
    page = {
        "here": "overview",
        "today": on,
        "year": year,
        "places": [_place(line, on, year) for line in request.member.oversees],
    }
    return render(request, "oversight/overview.html", page)


def _year(request: HttpRequest, on: date) -> int:
    asked = request.GET.get("year", "")
    if asked.isdecimal() and len(asked) == 4 and FIRST_YEAR <= int(asked) <= on.year:
        return int(asked)
    return on.year


def _place(line: MembershipLine, on: date, year: int) -> Place:
    people = _people(line, on) if COORDINATOR in line.roles else None
    return Place(line.organisation_name, counted(line.id, on, year), people)


def _people(line: MembershipLine, on: date) -> tuple[With, ...]:
    """With whom it waits, whoever waits longest beyond the promise first."""
    found = waits_with(line.id, on)
    organisation = named(line.slug)
    cards = colleagues(organisation, on, translation.get_language()) if organisation else ()
    away = {card.membership: card.away_until for card in cards}
    names = names_of(it.member for it in found)
    rows = (With(names.get(it.member, "?"), away.get(it.member), it) for it in found)
    return tuple(sorted(rows, key=lambda it: (-it.waits.longest, -it.waits.total, it.name)))
