"""What comes back every year and belongs to no case: by when, by whom, and when it was done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext

from klankbord.improvement.services import (
    DayBefore,
    DayToCome,
    NotYourDuty,
    OutcomeMissing,
    mine,
    note_done,
    take_back,
)
from klankbord.improvement.yearly import Duty, Year, has_duties, roles_of_duty, years_of
from klankbord.kit.clock import day_number, today
from klankbord.organisations.members import MembershipLine
from klankbord.organisations.models import Organisation
from klankbord.organisations.queries import named, names_of, profile_of
from klankbord.web.access import MEMBER, MemberRequest, PublicRequest, allow
from klankbord.web.components.asked import Errors, line
from klankbord.web.components.days import NoSuchDay, day_in

UNPROCESSABLE = 422


class HouseRequest(MemberRequest, PublicRequest):
    """A request of a member about one of their organisations."""


@dataclass(frozen=True, slots=True)
class Row:
    """A duty as the list shows it; `mine`: this person may say that it is done."""

    duty: Duty
    name: str
    mine: bool


@dataclass(frozen=True, slots=True)
class Part:
    """The duties under one procedure."""

    year: Year
    waiting: tuple[Row, ...]
    done: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """An organisation with what it must do each year."""

    organisation: Organisation
    parts: tuple[Part, ...]


@allow(MEMBER)
def yearly(request: MemberRequest) -> HttpResponse:
    """Every duty in which this person has a part, what is due first."""
    on = today()
    found = [_place(it, on) for it in request.member.memberships]
    places = [it for it in found if it is not None]
    if not places:
        raise Http404
    page = {"here": "yearly", "today": on, "places": places}
    return render(request, "oversight/yearly.html", page)


def _place(membership: MembershipLine, on: date) -> Place | None:
    organisation = named(membership.slug)
    keys = profile_of(organisation, "nl").yearly if organisation else ()
    if organisation is None or not has_duties(keys, membership.roles, on=on):
        return None
    years = years_of(organisation, on=on, language=translation.get_language())
    names = names_of(it.member for year in years for it in year.duties if it.member)
    parts = (
        _part(year, membership, names)
        for year in years
        if has_duties([year.procedure.key], membership.roles, on=on)
    )
    return Place(organisation, tuple(parts))


def _part(year: Year, membership: MembershipLine, names: dict[UUID, str]) -> Part:
    rows = [
        Row(
            it,
            names.get(it.member, "") if it.member else "",
            not roles_of_duty(year.procedure, it.step).isdisjoint(membership.roles),
        )
        for it in year.duties
    ]
    waiting = tuple(row for row in rows if row.duty.waits)
    return Part(year, waiting, tuple(row for row in rows if row.duty.last))


@allow(MEMBER)
def duty(request: HouseRequest, which: int, number: int) -> HttpResponse:
    """One duty: what to do, and saying that it was done, or not after all."""
    membership, on = _own(request), today()
    try:
        year, found = mine(
            request.organisation, which, number, roles=membership.roles, on=on,
            language=translation.get_language(),
        )  # fmt: skip
    except NotYourDuty:
        raise Http404 from None
    errors = _sent(request, membership, which, number, on) if request.method == "POST" else {}
    if request.method == "POST" and not errors:
        return redirect("oversight:yearly")
    return render(
        request, "oversight/duty.html", _page(request, year, found, on, errors),
        status=UNPROCESSABLE if errors else 200,
    )  # fmt: skip


def _page(
    request: HouseRequest, year: Year, found: Duty, on: date, errors: Errors
) -> dict[str, object]:
    last = found.last
    return {
        "here": "yearly",
        "today": on,
        "organisation": request.organisation,
        "year": year,
        "duty": found,
        "errors": errors,
        "outcome": line(request, "outcome"),
        "day": line(request, "day") if request.method == "POST" else on.isoformat(),
        "may_take_back": bool(last and _noted_today(request.organisation, year, found, on)),
    }


def _noted_today(organisation: Organisation, year: Year, found: Duty, on: date) -> bool:
    rows = organisation.duties.filter(procedure=year.procedure.key, step=found.step.key)
    return rows.filter(round=len(found.standing.done), noted_day=day_number(on)).exists()


def _sent(
    request: HouseRequest, membership: MembershipLine, which: int, number: int, on: date
) -> Errors:
    if "back" in request.POST:
        take_back(
            request.organisation, year=which, number=number, by=membership.id,
            roles=membership.roles, on=on,
        )  # fmt: skip
        return {}
    turn = line(request, "round")
    try:
        day = day_in(line(request, "day"))
        if day is None:
            return {"day": _no_day()}
        note_done(
            request.organisation, year=which, number=number,
            round=int(turn) if turn.isdecimal() and len(turn) < 5 else 0,
            outcome=line(request, "outcome"), day=day, by=membership.id, roles=membership.roles,
            on=on,
        )  # fmt: skip
    except NoSuchDay:
        return {"day": _no_day()}
    except OutcomeMissing:
        return {"outcome": gettext("Choose how it ended.")}
    except DayToCome:
        return {"day": gettext("This day is still to come. Note it once it is done.")}
    except DayBefore:
        return {
            "day": gettext(
                "This day lies before the day from which this duty counts. Look once more."
            )
        }
    return {}


def _no_day() -> str:
    return gettext("Fill in the day on which it was done, such as 15-1-2027.")


def _own(request: HouseRequest) -> MembershipLine:
    for it in request.member.memberships:
        if it.organisation == request.organisation.id:
            return it
    raise Http404
