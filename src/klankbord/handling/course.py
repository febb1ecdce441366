"""Where an opened case stands in its procedure, and who must act."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from klankbord.agenda.queries import Card, colleagues
from klankbord.cases.models import FILE
from klankbord.cases.opening import OpenCase
from klankbord.handling.pages import excluded_from
from klankbord.handling.people import roster_of
from klankbord.handling.procedures import procedure_of
from klankbord.organisations.models import Organisation
from klankbord.organisations.queries import calendar_of
from klankbord.rules.course import ProcedureStarted
from klankbord.rules.entries import Happened
from klankbord.rules.procedures.events import PersonBarred, Recorded
from klankbord.rules.procedures.log import recorded
from klankbord.rules.procedures.plan import plan_of
from klankbord.rules.procedures.progress import AnotherProcedure, progress
from klankbord.rules.procedures.shape import OWN_SEATS, SEAT, Procedure, Relation, Step
from klankbord.rules.procedures.standing import Progress, Standing
from klankbord.rules.procedures.who import Roster, Seated, who
from klankbord.rules.terms import Calendar


@dataclass(frozen=True, slots=True)
class Course:
    """A case on its way: the procedure in the version it keeps, and where it stands on a day.

    `log` is what the engine read of it, `calendar` the working days it counted by.
    """

    procedure: Procedure
    progress: Progress
    roster: Roster = field(repr=False)
    log: tuple[Recorded, ...] = field(repr=False)
    calendar: Calendar = field(repr=False)

    def step(self, number: int) -> Step:
        """The step at a place in the procedure, counted from 1; IndexError if there is none."""
        if number < 1:
            raise IndexError(number)
        return self.procedure.steps[number - 1]

    def number_of(self, step: str) -> int:
        """The place of a step in its procedure: what an address may say of it."""
        return list(self.procedure.by_key).index(step) + 1

    def seated(self, seat: str) -> Seated:
        """Who must act from a seat today, and why not the others."""
        return who(self.procedure, self.progress, seat, self.roster, self.progress.today)

    def looked_at(self, seat: str) -> bool:
        """Whether a condition depends on who sits in a seat."""
        return SEAT + seat in plan_of(self.procedure).watchers

    def must_act(self, standing: Standing) -> tuple[UUID, ...]:
        """The people of the organisation who must take a step: whom it was given to, else seats."""
        if standing.delegated_to:
            return (UUID(hex=standing.delegated_to),)
        seats = (seat for seat in self.procedure.step(standing.step).by if seat not in OWN_SEATS)
        members = (self.seated(seat).member for seat in seats)
        return tuple(dict.fromkeys(UUID(hex=member) for member in members if member))


def started_in(happened: Iterable[Happened]) -> ProcedureStarted | None:
    """The procedure by which a case goes now; none if nobody chose one yet."""
    started = None
    for it in happened:
        if isinstance(it.entry, ProcedureStarted) and it.compartment == FILE:
            started = it.entry
    return started


def is_lost(opened: OpenCase) -> bool:
    """Whether the case goes by a procedure whose text is not the one it started with any more.

    Nobody can say where it stands then. What happened stays readable, and people can let it go on
    by the version of today.
    """
    started = started_in(opened.happened)
    try:
        return bool(started and not procedure_of(opened.row.organisation, started, "nl"))
    except AnotherProcedure:
        return True


def course_of(
    opened: OpenCase,
    *,
    on: date,
    language: str,
    happened: Sequence[Happened] | None = None,
    people: Sequence[Card] | None = None,
) -> Course | None:
    """Where the case stands on a day; none without a procedure, or when its text is not there any
    more (`is_lost`).

    `happened` is given when something was written that is not stored yet, `people` by who has read
    them already.
    """
    happened = opened.happened if happened is None else happened
    started = started_in(happened)
    if started is None:
        return None
    organisation = opened.row.organisation
    try:
        procedure = procedure_of(organisation, started, language)
    except AnotherProcedure:
        return None
    everybody = people or _when_asked(organisation, on, language)
    kept_out = excluded_from(opened, everybody)
    log = (*_kept_out(kept_out, started.on), *recorded(happened, FILE))
    calendar = calendar_of(organisation)
    return Course(
        procedure,
        progress(procedure, log, calendar, on),
        roster_of(organisation, readers=opened.listed(FILE)),
        log,
        calendar,
    )


def _when_asked(organisation: Organisation, on: date, language: str) -> Iterator[Card]:
    """Everybody of the house, read only where a group must not read."""
    yield from colleagues(organisation, on, language)


def _kept_out(members: Collection[UUID], on: date) -> tuple[Recorded, ...]:
    """Whom the reporter keeps out, as the engine reads it: they sit in no seat."""
    return tuple(Recorded(0, PersonBarred(on, member.hex, Relation.EXCLUDED)) for member in members)
