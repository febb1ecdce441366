"""The board of terms: how much is due when, and with whom, without a word of any case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from klankbord.cases.queries import PAGE, Term, Terms, terms_counted, terms_of
from klankbord.kit.clock import today
from klankbord.organisations.members import MembershipLine
from klankbord.organisations.queries import names_of
from klankbord.web.access import OVERSEER, MemberRequest, allow

#: Who sees with whom it waits: who coordinates, and a director, who watches over punctual handling
#: (R-004-204). A board gets counts (P29).
WATCHING = frozenset({"coordinator", "director"})


@dataclass(frozen=True, slots=True)
class Line:
    """Things of one coarse kind, with one person, due on one day."""

    name: str
    term: Term
    days_late: int


@dataclass(frozen=True, slots=True)
class Place:
    """An organisation and its terms; `lines` is None for who sees no names."""

    organisation: str
    slug: str
    counts: Terms
    lines: tuple[Line, ...] | None
    skipped: int
    next: int


@allow(OVERSEER)
@require_safe
def terms(request: MemberRequest) -> HttpResponse:
    """What is due, the latest first, in every organisation that this person watches over."""
    on, only = today(), request.GET.get("of", "")
    lines = [it for it in request.member.oversees if only in ("", it.slug)]
    if not lines:
        raise Http404
    skip = _skip(request) if only else 0
    page = {"here": "overview", "today": on, "places": [_place(it, on, skip) for it in lines]}
    return render(request, "oversight/terms.html", page)


def _skip(request: HttpRequest) -> int:
    asked = request.GET.get("skip", "")
    return int(asked) if asked.isdecimal() and asked.isascii() and len(asked) < 7 else 0


def _place(line: MembershipLine, on: date, skip: int) -> Place:
    found = terms_of(line.id, skip=skip) if WATCHING.intersection(line.roles) else None
    return Place(
        line.organisation_name,
        line.slug,
        terms_counted(line.id, on),
        None if found is None else _lines(found[:PAGE], on),
        skip,
        skip + PAGE if found and len(found) > PAGE else 0,
    )


def _lines(found: list[Term], on: date) -> tuple[Line, ...]:
    names = names_of(term.who for term in found)
    return tuple(
        Line(names.get(term.who, "?"), term, max(0, (on - term.day).days)) for term in found
    )
