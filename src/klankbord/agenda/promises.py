"""By when somebody hears something: said before anything is asked (R-002-44, R-002-47, K20)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from klankbord.agenda.queries import Card, Roster
from klankbord.kit.clock import HOME
from klankbord.organisations.models import Organisation
from klankbord.organisations.queries import calendar_of, profile_of
from klankbord.rules.presence import Slot, answer_by, call_back_by, first_day_there
from klankbord.rules.readers import on_duty
from klankbord.rules.terms import ONE_DAY


def first_answer_by(organisation: Organisation, on: date, people: Sequence[Card]) -> date:
    """The last day of the promise of a first answer, when these people are meant."""
    days = profile_of(organisation, "nl").first_answer_working_days
    return answer_by([it.presence for it in people], on, days, calendar_of(organisation))


def called_back_by(organisation: Organisation, on: date, people: Sequence[Card], days: int) -> date:
    """The last day on which one of these people calls back: `days` calendar days (R-002-47)."""
    presences = [it.presence for it in people]
    return call_back_by(presences, on, days, calendar_of(organisation))


def whoever_is_there(people: Roster, units: Sequence[UUID] = ()) -> tuple[Card, ...]:
    """Who is meant as long as nobody was chosen; when all are away, all of them."""
    meant = on_duty([it.candidate for it in people.readers], units=units, excluded=())
    ids = {it.membership for it in meant}
    return tuple(it for it in people.readers if it.membership in ids) or people.readers


@dataclass(frozen=True, slots=True)
class NextReading:
    """When somebody next looks at what is sent: a day, and its hours where these are known."""

    day: date
    hours: tuple[Slot, ...]


def next_reading(
    organisation: Organisation, people: Sequence[Card], at: datetime
) -> NextReading | None:
    """When one of these people is next there (P7); None when nobody can be expected.

    Without weekly hours somebody may look today, but nobody can say so: then it is the next
    working day.
    """
    here = at.astimezone(HOME)
    on, minute = here.date(), here.hour * 60 + here.minute
    calendar = calendar_of(organisation)
    with_hours = [it.presence for it in people if it.presence.hours]
    left = sorted(
        slot
        for it in with_hours
        if it.is_there(on, calendar)
        for slot in it.hours
        if slot.weekday == on.weekday() and slot.end > minute
    )
    if left:
        return NextReading(on, tuple(dict.fromkeys(left)))
    return _later(organisation, people, on)


def _later(organisation: Organisation, people: Sequence[Card], on: date) -> NextReading | None:
    calendar = calendar_of(organisation)
    day = on + ONE_DAY
    while (first := first_day_there([it.presence for it in people], day, calendar)) is not None:
        there = [it.presence for it in people if it.presence.is_there(first, calendar)]
        slots = sorted(slot for it in there for slot in it.hours if slot.weekday == first.weekday())
        if slots or calendar.is_working_day(first):
            return NextReading(first, tuple(dict.fromkeys(slots)))
        day = first + ONE_DAY
    return None
