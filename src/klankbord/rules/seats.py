"""Who from outside has a place in a case, by which keys, and which of these count.

Pure: takes opened entries. A place begins with the reporter's own code, or with a start code that
somebody who works here has seen. A start code is renewed at its first use: new keys, signed by the
old. What a reporter agrees to counts only under keys that nobody else can have (vault 2.2).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from klankbord.rules.entries import (
    Happened,
    KeysArranged,
    ReporterJoined,
    ReporterKeys,
    ReporterRenewed,
)
from klankbord.rules.readers import newest_list, report_of

FILE = "file"


class Whose(StrEnum):
    """Whose place it is: of whoever told it, or of the person it happened to (P2)."""

    REPORTER = "reporter"
    CONCERNED = "concerned"


class Standing(StrEnum):
    """Whether somebody from outside can come back to a case."""

    NONE = "none"  # nobody holds a code
    WAITING = "waiting"  # a start code was given and not used yet
    OWN = "own"  # somebody holds a code of their own


@dataclass(frozen=True, slots=True)
class OuterSeat:
    """A place: its keys, whose it is, and of which place it is the renewal.

    `start`: a member has seen the code that these keys were made of.
    """

    keys: ReporterKeys
    whose: Whose
    start: bool
    before: UUID | None = None


def seats_in(happened: Sequence[Happened]) -> dict[UUID, OuterSeat]:
    """Every place that was ever given in a case, by its id."""
    seats: dict[UUID, OuterSeat] = {}
    for it in happened:
        match it.entry:
            case KeysArranged(reporter=ReporterKeys() as keys) if it.seq == 0:
                seats[keys.id] = OuterSeat(keys, Whose.REPORTER, start=False)
            case ReporterJoined(keys=keys, whose=whose):
                seats[keys.id] = OuterSeat(keys, _whose(whose), start=True)
            case ReporterRenewed(keys=keys) if it.by in seats:
                seats[keys.id] = OuterSeat(keys, seats[it.by].whose, start=False, before=it.by)
    return seats


def _whose(word: str) -> Whose:
    """An unknown word gives the narrower place: it says nothing about who reported."""
    return Whose(word) if word in set(Whose) else Whose.CONCERNED


def live_seats(happened: Sequence[Happened]) -> dict[UUID, OuterSeat]:
    """The places whose keys open the file now, as it was last signed."""
    listed = newest_list(happened, FILE)
    present = {holder.id for holder in listed.holders} if listed else set()
    return {id: seat for id, seat in seats_in(happened).items() if id in present}


def standing(happened: Sequence[Happened]) -> Standing:
    """Whether somebody from outside can come back, with a code of their own or a start code."""
    live = live_seats(happened).values()
    if not live:
        return Standing.NONE
    return Standing.WAITING if all(seat.start for seat in live) else Standing.OWN


def replaced_by(happened: Sequence[Happened], seat: UUID) -> frozenset[UUID]:
    """The places that end once this one is in use: the start code, and its other renewals."""
    live = live_seats(happened)
    before = live[seat].before if seat in live else None
    if before is None:
        return frozenset()
    others = {id for id, it in live.items() if it.before == before and id != seat}
    return frozenset(others | ({before} & set(live)))


def counts(happened: Sequence[Happened], seat: UUID) -> bool:
    """Whether what is signed with these keys counts as said by the person themselves.

    Not under a start code, nor while the start code that it renews still opens the case.
    """
    live = live_seats(happened)
    return seat in live and not live[seat].start and not replaced_by(happened, seat)


def parts_of(happened: Sequence[Happened], seat: UUID) -> frozenset[Whose]:
    """In which parts somebody from outside speaks: as the reporter, as the person concerned, both.

    Whoever told it speaks for the person it happened to while that person has no place of their
    own, unless they said that it happened to somebody else (P2).
    """
    live = live_seats(happened)
    if seat not in live:
        return frozenset()
    own = live[seat].whose
    apart = any(it.whose is Whose.CONCERNED for it in live.values()) or _about_another(happened)
    return frozenset({own}) if own is Whose.CONCERNED or apart else frozenset(Whose)


def _about_another(happened: Sequence[Happened]) -> bool:
    report = report_of(happened)
    return bool(report and report.form.answers.get("concerned") == "somebody")
