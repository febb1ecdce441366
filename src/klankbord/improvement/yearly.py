"""The duties that come back every year and belong to no case (R-004-196 … R-004-209).

The same engine reads them as it reads a case: a procedure, what was done on which day, today.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from klankbord.handling.people import roster_of
from klankbord.handling.procedures import procedure_for_new
from klankbord.improvement.models import DutyDone
from klankbord.kit.clock import day_of
from klankbord.organisations.models import Organisation
from klankbord.organisations.queries import calendar_of, profile_of
from klankbord.rules.library import versions
from klankbord.rules.procedures.events import Recorded, Started, StepDone
from klankbord.rules.procedures.progress import progress
from klankbord.rules.procedures.reading import procedure_in_force
from klankbord.rules.procedures.shape import Procedure, Step
from klankbord.rules.procedures.standing import Progress, Round, Standing
from klankbord.rules.procedures.who import Roster, who

#: A procedure may ask a reason with an outcome. That stands in the minutes, and not in a plain row.
IN_THE_MINUTES = "minutes"


@dataclass(frozen=True, slots=True)
class Duty:
    """Something that must be done each year. `number` is its place in the procedure, from 1."""

    number: int
    step: Step
    standing: Standing
    member: UUID | None

    @property
    def waits(self) -> bool:
        """Whether it must be done (again)."""
        return self.standing.to_do

    @property
    def last(self) -> Round | None:
        """The last time it was done."""
        return self.standing.done[-1] if self.standing.done else None

    @property
    def round(self) -> int:
        """The time that is to come, counted from 1."""
        return len(self.standing.done) + 1


@dataclass(frozen=True, slots=True)
class Year:
    """The duties under one procedure, what is due first."""

    number: int
    procedure: Procedure
    progress: Progress
    duties: tuple[Duty, ...]

    def duty(self, number: int) -> Duty | None:
        """The duty at a place in the procedure, if it waits or was done."""
        return next((it for it in self.duties if it.number == number), None)


def years_of(organisation: Organisation, *, on: date, language: str) -> tuple[Year, ...]:
    """Every duty of this organisation, as it stands today."""
    keys = profile_of(organisation, "nl").yearly
    roster = roster_of(organisation) if keys else Roster(())
    return tuple(
        _year(
            organisation,
            number,
            procedure_for_new(organisation, key, on=on, language=language),
            roster,
            on,
        )
        for number, key in enumerate(keys, start=1)
    )


def _year(
    organisation: Organisation, number: int, procedure: Procedure, roster: Roster, on: date
) -> Year:
    told = _told(organisation, procedure)
    now = progress(procedure, told, calendar_of(organisation), on)
    duties = (_duty(procedure, now, it, roster, on) for it in _in_order(now))
    return Year(number, procedure, now, tuple(duties))


def _in_order(now: Progress) -> tuple[Standing, ...]:
    done = (it for it in now.standings.values() if it.done and not it.to_do)
    return (*now.to_do, *done)


def _duty(
    procedure: Procedure, now: Progress, standing: Standing, roster: Roster, on: date
) -> Duty:
    step = procedure.step(standing.step)
    sits = (who(procedure, now, seat, roster, on).member for seat in step.by)
    member = next((it for it in sits if it), "")
    place = list(procedure.by_key).index(step.key) + 1
    return Duty(place, step, standing, UUID(hex=member) if member else None)


def _told(organisation: Organisation, procedure: Procedure) -> tuple[Recorded, ...]:
    """What was done so far, as the engine reads it; it began when the organisation was founded.

    A duty that we ship later counts from then on; another version of it moves nothing.
    """
    _, shipped = versions("procedures", procedure.key)[0]
    start = max(day_of(organisation.founded_day), shipped)
    begun = Started(start, procedure.key, procedure.version, digest=procedure.digest)
    rows = DutyDone.objects.filter(organisation=organisation, procedure=procedure.key)
    done = (
        Recorded(
            seq,
            StepDone(day_of(row.day), row.step, row.outcome, row.round, reason=IN_THE_MINUTES),
            row.by.hex,
        )
        for seq, row in enumerate(rows.order_by("id"), start=1)
    )
    return (Recorded(0, begun), *done)


def roles_of_duty(procedure: Procedure, step: Step) -> frozenset[str]:
    """The roles that may say that a duty was done: those of its seats."""
    return frozenset(role for seat in step.by for role in procedure.seats[seat].succession)


def has_duties(profile_yearly: Collection[str], roles: Collection[str], *, on: date) -> bool:
    """Whether somebody with these roles has a part in any of these procedures."""
    seats = (
        seat for key in profile_yearly for seat in procedure_in_force(key, on, "nl").seats.values()
    )
    return any(not set(roles).isdisjoint(seat.succession) for seat in seats)
