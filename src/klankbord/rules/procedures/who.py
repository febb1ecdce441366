"""Who must act: the roles in succession, with the barred left out and the reason shown.

Needs the roster, which `progress` does not: a day's leave changes who acts and never where a case
stands. Who sits in a seat is not who can read: only a key says that.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from klankbord.rules.procedures.shape import Procedure, Relation, Seat
from klankbord.rules.procedures.standing import Progress


@dataclass(frozen=True, slots=True)
class Period:
    """From a day to a day, both included; `until` may be open."""

    first: date
    until: date | None = None

    def holds(self, day: date) -> bool:
        """Whether a day lies in it."""
        return self.first <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Holding:
    """Somebody who holds a role for a time. `given_by`: whose mandate it is, if it is one."""

    member: str
    role: str
    period: Period
    given_by: str = ""


@dataclass(frozen=True, slots=True)
class Absence:
    """Somebody is away."""

    member: str
    period: Period


@dataclass(frozen=True, slots=True)
class Roster:
    """Who holds which role, and who is away."""

    holdings: tuple[Holding, ...]
    absences: tuple[Absence, ...] = ()

    def holders(self, role: str, on: date) -> tuple[Holding, ...]:
        """Everybody who holds a role on a day, in the order of the roster."""
        return tuple(held for held in self.holdings if held.role == role and held.period.holds(on))

    def away(self, member: str, on: date) -> bool:
        """Whether somebody is away on a day."""
        return any(a.member == member and a.period.holds(on) for a in self.absences)


class Because(StrEnum):
    """Why somebody does not sit in a seat."""

    VACANT = "vacant"
    AWAY = "away"
    ACCUSED = "accused"
    CLOSE_TO_ACCUSED = "close_to_accused"
    IN_POWER_RELATION = "in_power_relation"
    EXCLUDED = "excluded"
    MANDATE_BY_BARRED = "mandate_by_barred"
    ACTED_AS_ANOTHER = "acted_as_another"
    NO_LONGER_IN_ROLE = "no_longer_in_role"


@dataclass(frozen=True, slots=True)
class Passed:
    """A role that was passed over; nobody's name if it is vacant."""

    role: str
    member: str
    because: Because


@dataclass(frozen=True, slots=True)
class Seated:
    """Who must act from a seat. No member: nobody can, which is an alarm and not an error."""

    seat: str
    role: str = ""
    member: str = ""
    took_it: bool = False
    passed: tuple[Passed, ...] = ()


def who(procedure: Procedure, progress: Progress, seat: str, roster: Roster, on: date) -> Seated:
    """Who must act from a seat on a day, and why not the others.

    Whoever took the seat keeps it while able; otherwise the first able holder of the roles in
    succession. KeyError if the procedure does not know the seat, which `reporter` and `concerned`
    are not: they are people of the case, not of the organisation.
    """
    place = procedure.seats[seat]
    passed: list[Passed] = []
    taken = progress.seats.get(seat)
    if taken:
        held = _holding(roster, place, taken.member, on)
        why = _why_not(place, held, progress, roster, on) if held else Because.NO_LONGER_IN_ROLE
        if why is None:
            return Seated(seat, taken.role, taken.member, took_it=True)
        passed.append(Passed(taken.role, taken.member, why))
    for next_in_line, because in _in_succession(place, progress, roster, on):
        if because is None and isinstance(next_in_line, Holding):
            return Seated(seat, next_in_line.role, next_in_line.member, passed=tuple(passed))
        if because is not None:
            one = _passed(next_in_line, because)
            if one not in passed:
                passed.append(one)
    return Seated(seat, passed=tuple(passed))


def _passed(held: Holding | str, because: Because) -> Passed:
    if isinstance(held, str):
        return Passed(held, "", because)
    return Passed(held.role, held.member, because)


def _in_succession(
    seat: Seat, progress: Progress, roster: Roster, on: date
) -> Iterator[tuple[Holding | str, Because | None]]:
    for role in seat.succession:
        holders = roster.holders(role, on)
        if not holders:
            yield role, Because.VACANT
        for held in holders:
            yield held, _why_not(seat, held, progress, roster, on)


def _holding(roster: Roster, seat: Seat, member: str, on: date) -> Holding | None:
    """Any role of the seat that somebody holds: the first in succession."""
    for role in seat.succession:
        for held in roster.holders(role, on):
            if held.member == member:
                return held
    return None


def _why_not(
    seat: Seat, held: Holding, progress: Progress, roster: Roster, on: date
) -> Because | None:
    bars = seat.barred | {Relation.EXCLUDED}
    relations = progress.barred.get(held.member, frozenset()) & bars
    if relations:
        return Because(min(relations))
    if held.given_by and progress.barred.get(held.given_by, frozenset()) & bars:
        # The delegate of an accused director cannot handle the complaint about that director.
        return Because.MANDATE_BY_BARRED
    if any(_acts_as(held.member, other, progress) for other in seat.not_also):
        return Because.ACTED_AS_ANOTHER
    if roster.away(held.member, on):
        return Because.AWAY
    return None


def _acts_as(member: str, seat: str, progress: Progress) -> bool:
    taken = progress.seats.get(seat)
    return member in progress.acted.get(seat, ()) or bool(taken and taken.member == member)
