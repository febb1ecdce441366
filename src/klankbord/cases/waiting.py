"""What waits for whom across cases, by day: plain rows, one page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from klankbord.cases.models import InboxRow, WorkItem
from klankbord.cases.queries import PAGE


@dataclass(frozen=True, slots=True)
class WorkPlace:
    """Where a page of the work list ended. No day: among what must be done on no set day."""

    day: int | None
    row: UUID

    def written(self) -> str:
        """The place as it stands in an address: a day and an id, no content."""
        return f"{'' if self.day is None else self.day}-{self.row.hex}"


def work_place_in(text: str) -> WorkPlace | None:
    """The place in this piece of an address; None for what is not one."""
    try:
        day, row = text.split("-")
        return WorkPlace(int(day) if day else None, UUID(hex=row))
    except ValueError:
        return None


def work_rows(memberships: Sequence[UUID], *, after: WorkPlace | None) -> list[WorkItem]:
    """One page of what waits for these people, and one row more: the earliest last day first.

    Asked once per organisation and merged here, so that each answer comes straight from an index:
    it costs what is shown, not what is stored.
    """
    found: list[WorkItem] = []
    if after is None or after.day is not None:
        for membership in memberships:
            found += _dated(membership, after)
        found.sort(key=lambda item: (item.due_day or 0, item.id))
    if len(found) <= PAGE:
        undated = [item for membership in memberships for item in _undated(membership, after)]
        found += sorted(undated, key=lambda item: item.id)
    return found[: PAGE + 1]


def _dated(membership: UUID, after: WorkPlace | None) -> list[WorkItem]:
    rows = _open(membership).filter(due_day__isnull=False)
    if after and after.day is not None:
        rows = rows.filter(due_day__gte=after.day).exclude(due_day=after.day, id__lte=after.row)
    return list(rows.order_by("due_day", "id")[: PAGE + 1])


def _undated(membership: UUID, after: WorkPlace | None) -> list[WorkItem]:
    rows = _open(membership).filter(due_day=None)
    if after and after.day is None:
        rows = rows.filter(id__gt=after.row)
    return list(rows.order_by("id")[: PAGE + 1])


def _open(membership: UUID) -> QuerySet[WorkItem]:
    return WorkItem.objects.filter(assignee=membership, done_day=None).select_related(
        "case__organisation"
    )


def seats_of(memberships: Sequence[UUID], cases: Sequence[UUID]) -> list[InboxRow]:
    """The places of these people in these cases: a case without one they cannot read."""
    return list(
        InboxRow.objects.filter(case__in=cases, membership__in=memberships).select_related(
            "case__organisation"
        )
    )


def readers_of(cases: Sequence[UUID]) -> dict[UUID, tuple[UUID, ...]]:
    """Who reads each of these cases, of those who work there."""
    found: dict[UUID, tuple[UUID, ...]] = {}
    rows = InboxRow.objects.filter(case__in=cases).order_by("membership__order", "membership_id")
    for case, membership in rows.values_list("case", "membership"):
        found[case] = (*found.get(case, ()), membership)
    return found
