"""One's own agenda: when somebody is there, when not and who takes over, and handing duty over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.dates import WEEKDAYS
from django.views.decorators.http import require_safe

from klankbord.agenda import services
from klankbord.agenda.models import Absence
from klankbord.agenda.queries import Card, roster
from klankbord.agenda.rota import DutyLine, Rota, rota
from klankbord.agenda.services import NotThere
from klankbord.agenda.times import absences_of, presences
from klankbord.handling.meanwhile import was_away
from klankbord.kit.clock import day_of, today
from klankbord.organisations.models import Membership, Organisation
from klankbord.organisations.queries import membership_of, named
from klankbord.rules.presence import Slot
from klankbord.web.access import READER, MemberRequest, PublicRequest, allow
from klankbord.web.components import agenda as asked
from klankbord.web.components.templatetags.hours import hours_typed
from klankbord.web.workbench import forms

AGENDA = "workbench/agenda.html"
HOURS = "workbench/agenda_hours.html"
AWAY = "workbench/agenda_away.html"
DUTY = "workbench/agenda_duty.html"


class OwnRequest(MemberRequest, PublicRequest):
    """A request of a reader about one of their own organisations."""


@dataclass(frozen=True, slots=True)
class AbsenceLine:
    """An absence with its days as days."""

    row: Absence
    first: Any
    last: Any


@dataclass(frozen=True, slots=True)
class Place:
    """An organisation, with what stands in it about the one who looks."""

    organisation: Organisation
    hours: tuple[Slot, ...]
    absences: tuple[AbsenceLine, ...]
    duties: tuple[DutyLine, ...]
    rota: Rota
    reminded: bool  # back from an absence, and somebody may still read along


@allow(READER)
@require_safe
def agenda(request: MemberRequest) -> HttpResponse:
    """Everything at once, for every organisation one reads for (R-002-01, R-002-44)."""
    places = [
        _place(organisation, line.id)
        for line in request.member.reads
        if (organisation := named(line.slug))
    ]
    page = {"here": "agenda", "today": today(), "places": places, "said": forms.said(request)}
    return render(request, AGENDA, page)


def _place(organisation: Organisation, own: UUID) -> Place:
    on = today()
    turns = rota(organisation, on, translation.get_language())
    return Place(
        organisation=organisation,
        hours=presences([own], on)[own].hours,
        absences=tuple(
            AbsenceLine(row, day_of(row.from_day), day_of(row.until_day))
            for row in absences_of([own], on)
        ),
        duties=tuple(line for line in turns.lines if line.membership == own),
        rota=turns,
        reminded=was_away([own], on),
    )


@allow(READER)
def hours(request: OwnRequest) -> HttpResponse:
    """The hours of a week, one line for each day."""
    membership = own_membership(request)
    errors: asked.Errors = {}
    if request.method == "POST":
        typed = asked.typed_week(request.POST.dict())
        slots = asked.read_week(typed, errors)
        if not errors:
            services.set_hours(membership, slots)
            forms.say(request, "hours_kept")
            return redirect("workbench:agenda")
    else:
        now = presences([membership.id], today())[membership.id].hours
        typed = tuple(hours_typed(it for it in now if it.weekday == day) for day in asked.WEEK)
    page = {
        **_frame(request),
        "week": [
            (f"day-{day}", str(WEEKDAYS[day]), text, errors.get(f"day-{day}", ""))
            for day, text in enumerate(typed)
        ],
    }
    return forms.again(request, HOURS, page, errors) if errors else render(request, HOURS, page)


@allow(READER)
def away(request: OwnRequest) -> HttpResponse:
    """Note an absence with who takes over, or say that one is back (R-002-44)."""
    membership = own_membership(request)
    people = _colleagues(request.organisation, membership.id)
    page = {
        **_frame(request),
        "people": people,
        **{name: forms.line(request, name) for name in ("from", "until", "who")},
        "from_": forms.line(request, "from"),
    }
    if request.method != "POST":
        return render(request, AWAY, page)
    if "back" in request.POST:
        return _back(request, membership)
    errors: asked.Errors = {}
    days = asked.read_days(request.POST.dict(), errors)
    if days is None:
        return forms.again(request, AWAY, page, errors)
    substitute = asked.chosen(page["who"], people)
    try:
        services.plan_absence(
            membership, from_day=days[0], until_day=days[1],
            substitute=membership_of(substitute) if substitute else None, by=membership.id,
            on=today(),
        )  # fmt: skip
    except asked.DAYS_REFUSED as error:
        return forms.again(request, AWAY, page, asked.refused(error))
    forms.say(request, "absence_noted")
    return redirect("workbench:agenda")


def _back(request: OwnRequest, membership: Membership) -> HttpResponse:
    try:
        absence = UUID(hex=forms.line(request, "back"))
        services.end_absence(membership, absence=absence, by=membership.id, on=today())
    except (ValueError, NotThere):
        forms.say(request, "absence_gone")
    else:
        forms.say(request, "absence_ended")
    return redirect("workbench:agenda")


@allow(READER)
def duty(request: OwnRequest) -> HttpResponse:
    """Hand one's own turn over to a colleague, from a day on (R-001-10)."""
    membership = own_membership(request)
    on = today()
    turns = rota(request.organisation, on, translation.get_language())
    people = _colleagues(request.organisation, membership.id)
    page = {
        **_frame(request),
        "people": people,
        "turns": [line for line in turns.lines if line.membership == membership.id],
        **{name: forms.line(request, name) for name in ("turn", "who")},
        "from_": forms.line(request, "from"),
    }
    if request.method != "POST":
        return render(request, DUTY, page)
    errors: asked.Errors = {}
    turn = next((line for line in page["turns"] if line.id.hex == page["turn"]), None)
    to, first = asked.chosen(page["who"], people), asked.read_day(page["from_"])
    if turn is None:
        errors["turn"] = forms.choose_one()
    if to is None:
        errors["who"] = forms.choose_somebody()
    if first is None:
        errors["from"] = forms.from_which_day()
    if turn is None or to is None or first is None:
        return forms.again(request, DUTY, page, errors)
    try:
        services.hand_over_duty(
            turn.id, to=membership_of(to), from_day=first, by=membership.id, on=on
        )
    except services.DaysReversed:
        return forms.again(request, DUTY, page, {"from": forms.day_outside()})
    except NotThere:
        return forms.again(request, DUTY, page, {"turn": forms.choose_one()})
    forms.say(request, "duty_handed_over")
    return redirect("workbench:agenda")


def own_membership(request: OwnRequest) -> Membership:
    """The membership under which this person reads here. Raises Http404 for another's house."""
    for line in request.member.reads:
        if line.organisation == request.organisation.id:
            return membership_of(line.id)
    raise Http404


def _colleagues(organisation: Organisation, own: UUID) -> list[Card]:
    people = roster(organisation, today(), translation.get_language()).readers
    return [card for card in people if card.membership != own]


def _frame(request: OwnRequest) -> dict[str, Any]:
    return {"here": "agenda", "today": today(), "organisation": request.organisation}
