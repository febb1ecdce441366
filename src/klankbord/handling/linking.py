"""Cases that belong together, as one handler knows it: nobody else learns of it (P25, R-004-306).

A link stands in the handler's own notes of both cases, sealed to that handler alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from klankbord.cases.errors import AlreadyDone, NotYours, ReasonMissing, TroubleInCase
from klankbord.cases.hands import Hand
from klankbord.cases.models import Case
from klankbord.cases.queries import case_for
from klankbord.cases.services import open_for
from klankbord.cases.writing import writing
from klankbord.organisations.members import Member
from klankbord.rules.entries import (
    CaseLinked,
    CaseUnlinked,
    EarlierFacts,
    Entry,
    Happened,
)

__all__ = [
    "AlreadyDone", "Links", "NotYours", "ReasonMissing", "SameCase", "TroubleInCase", "link",
    "links_of", "note_earlier", "unlink",
]  # fmt: skip

KNOWN = ("yes", "no", "unknown")


class SameCase(ValueError):
    """A case cannot be linked with itself."""


@dataclass(frozen=True, slots=True)
class Linked:
    """A case that belongs with this one; `readable` is whether the handler still reads it."""

    case: UUID
    reference: str
    readable: bool


@dataclass(frozen=True, slots=True)
class Links:
    """What a handler noted: the cases that belong together, and whether earlier facts are known."""

    linked: tuple[Linked, ...]
    earlier: str  # yes, no, unknown, or nothing


def links_of(member: Member, reference: str, *, at: datetime) -> Links:
    """What this member noted of this case. Raises `NotYours`."""
    row, hand = _case(member, reference)
    happened = open_for(row, hand, at=at).happened
    return Links(
        tuple(
            Linked(it.other, it.reference, case_for([hand.id], it.reference) is not None)
            for it in _standing(happened)
        ),
        _earlier(happened),
    )


def _standing(happened: Sequence[Happened]) -> tuple[CaseLinked, ...]:
    links: dict[UUID, CaseLinked] = {}
    for it in happened:
        if isinstance(it.entry, CaseLinked):
            links[it.entry.other] = it.entry
        elif isinstance(it.entry, CaseUnlinked):
            links.pop(it.entry.other, None)
    return tuple(links.values())


def _earlier(happened: Sequence[Happened]) -> str:
    said = [it.entry.known for it in happened if isinstance(it.entry, EarlierFacts)]
    return said[-1] if said else ""


def link(member: Member, reference: str, *, other: str, at: datetime) -> None:
    """Note in both cases that they belong together.

    Raises `NotYours` for a case of somebody else, of another organisation or of nobody, `SameCase`,
    `AlreadyDone`, `TroubleInCase`.
    """
    one, hand = _case(member, reference)
    found = case_for([hand.id], other)
    if found is None:
        raise NotYours
    two = found[0]
    if one.id == two.id:
        raise SameCase
    if any(it.case == two.id for it in links_of(member, reference, at=at).linked):
        raise AlreadyDone
    _in_both(
        hand,
        {one.id: CaseLinked(two.id, two.reference), two.id: CaseLinked(one.id, one.reference)},
        at=at,
    )


def unlink(member: Member, reference: str, *, other: UUID, at: datetime) -> None:
    """Note that they do not belong together after all; in the other case too, if it is open to us.

    Raises `NotYours`, `TroubleInCase`.
    """
    one, hand = _case(member, reference)
    links = {it.case: it for it in links_of(member, reference, at=at).linked}
    if other not in links:
        raise NotYours
    entries: dict[UUID, Entry] = {one.id: CaseUnlinked(other)}
    if links[other].readable:
        entries[other] = CaseUnlinked(one.id)
    _in_both(hand, entries, at=at)


def note_earlier(member: Member, reference: str, *, known: str, at: datetime) -> None:
    """Note whether earlier facts are known: yes, no, unknown. Raises `ReasonMissing`."""
    if known not in KNOWN:
        raise ReasonMissing
    row, hand = _case(member, reference)
    if _earlier(open_for(row, hand, at=at).happened) != known:
        _in_both(hand, {row.id: EarlierFacts(known)}, at=at)


def _case(member: Member, reference: str) -> tuple[Case, Hand]:
    found = case_for([line.id for line in member.reads], reference)
    if found is None:
        raise NotYours
    row, membership = found
    return row, Hand(membership, member.pair(membership))


@transaction.atomic
def _in_both(hand: Hand, entries: "dict[UUID, Entry]", *, at: datetime) -> None:
    """Write in one's own notes of each case; always in the same order, so that nobody waits."""
    name = f"notes:{hand.id.hex}"
    for case in sorted(entries):
        with writing(case, hand, at=at) as pen:
            pen.own_compartment(name)
            pen.write(entries[case], name)
