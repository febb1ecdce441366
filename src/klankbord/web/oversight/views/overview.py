"""How many cases there are and whether they wait too long: counts, never a row (P29)."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from klankbord.cases.queries import Overview
from klankbord.cases.queries import overview as counted
from klankbord.kit.clock import today
from klankbord.web.access import OVERSEER, MemberRequest, allow


@dataclass(frozen=True, slots=True)
class Place:
    """An organisation and its counts."""

    organisation: str
    counts: Overview


@allow(OVERSEER)
@require_safe
def overview(request: MemberRequest) -> HttpResponse:
    """The counts of every organisation that this person watches over."""
    places = [
        Place(line.organisation_name, counted(line.id, today())) for line in request.member.oversees
    ]
    page = {"here": "overview", "today": today(), "places": places}
    return render(request, "oversight/overview.html", page)
