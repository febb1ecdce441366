"""Letting a colleague read one's running cases while one is away (R-002-44).

A key can only be given by somebody who is there: so it is given beforehand, with the day until when
it is meant. It ends when somebody ends it, after a reminder; never by itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Count

from klankbord.agenda.models import Absence
from klankbord.cases.errors import (
    AlreadyReads,
    Excluded,
    ExclusionOpen,
    LastReader,
    NotCertified,
    NotYours,
    TroubleInCase,
)
from klankbord.cases.hands import Hand
from klankbord.cases.models import InboxRow
from klankbord.cases.services import open_for
from klankbord.handling import casework
from klankbord.handling.inbox import InboxPage, inbox_page
from klankbord.handling.pages import page_of
from klankbord.kit.clock import HOME, day_number
from klankbord.organisations.members import Member

__all__ = ["Shared", "Still", "back", "running", "share", "still_shared", "was_away"]

AT_ONCE = 50  # cases in one go: each is sealed and signed anew
AWAY, BACK = "away", "back"
REMINDED = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Shared:
    """What came of it: how many a colleague can read now, and which had to stay closed."""

    given: int
    kept_out: tuple[str, ...]
    left: int  # more than fits in one go


@dataclass(frozen=True, slots=True)
class Still:
    """A case that somebody still reads who was let in for the time of an absence."""

    reference: str
    reader: UUID
    name: str
    until: date


def running(member: Member, membership: UUID, *, after: str, language: str) -> InboxPage:
    """One page of one's open cases in one organisation."""
    here = tuple(line for line in member.reads if line.id == membership)
    return inbox_page(replace(member, memberships=here), after=after, language=language)


def share(
    member: Member, membership: UUID, *, references: Sequence[str] | None, to: UUID, until: date,
    identity: bool, at: datetime,
) -> Shared:  # fmt: skip
    """Let a colleague read these cases, or all that are open; what may not be is left closed.

    Each case is a deed of its own: what was done stays done when another one fails.
    """
    open_ones = _open_references(membership, to)
    wanted = [it for it in open_ones if references is None or it in set(references)]
    given, kept_out = 0, list[str]()
    for reference in wanted[:AT_ONCE]:
        try:
            casework.give_access(
                member, reference, membership=to, identity=identity,
                why=f"{AWAY}:{until.isoformat()}", at=at,
            )  # fmt: skip
            given += 1
        except AlreadyReads:  # in another window, a moment ago
            continue
        except (Excluded, ExclusionOpen, NotCertified, NotYours, TroubleInCase):
            kept_out.append(reference)
    return Shared(given, tuple(kept_out), max(0, len(wanted) - AT_ONCE))


def _open_references(membership: UUID, to: UUID) -> list[str]:
    """The open cases of a membership that the colleague does not read yet."""
    rows = InboxRow.objects.filter(membership=membership, closed=False)
    theirs = InboxRow.objects.filter(membership=to).values("case")
    return list(
        rows.exclude(case__in=theirs)
        .order_by("-day", "id")
        .values_list("case__reference", flat=True)
    )


def was_away(memberships: Sequence[UUID], on: date) -> bool:
    """Whether to remind somebody who is back that others may still read along."""
    day = day_number(on)
    over = Absence.objects.filter(
        membership__in=memberships, until_day__lt=day, until_day__gte=day - REMINDED.days
    ).exclude(substitute=None)
    return any(
        InboxRow.objects.filter(
            membership=row.substitute_id,
            closed=False,
            case__in=InboxRow.objects.filter(membership=row.membership_id).values("case"),
        ).exists()
        for row in over
    )


def still_shared(
    member: Member, membership: UUID, *, at: datetime, language: str
) -> tuple[Still, ...]:
    """The cases in which somebody reads who was let in for an absence that is over."""
    on, hand = at.astimezone(HOME).date(), Hand(membership, member.pair(membership))
    together = (
        InboxRow.objects.filter(membership=membership, closed=False)
        .annotate(readers=Count("case__rows"))
        .filter(readers__gt=1)
        .select_related("case__organisation")
    )
    found = []
    for row in together.order_by("-day", "id")[:AT_ONCE]:
        page = page_of(open_for(row.case, hand, at=at), on=on, language=language)
        for reader in page.readers:
            until = _meant_until(reader.why)
            if until and until < on and reader.id != membership:
                found.append(Still(page.reference, reader.id, reader.name, until))
    return tuple(found)


def _meant_until(why: str) -> date | None:
    word, _, day = why.partition(":")
    return date.fromisoformat(day) if word == AWAY and day else None


def back(member: Member, membership: UUID, *, at: datetime, language: str) -> int:
    """End what was meant for an absence that is over; how many were ended."""
    ended = 0
    for it in still_shared(member, membership, at=at, language=language):
        try:
            casework.end_access(member, it.reference, membership=it.reader, why=BACK, at=at)
            ended += 1
        except (LastReader, NotYours, TroubleInCase):
            continue
    return ended
