"""Which cases somebody may find, and what may be known of them without opening any."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from klankbord.cases.models import Case, InboxRow, WorkItem
from klankbord.kit.clock import day_number

PAGE = 25


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page of the inbox ended: what the next page comes after."""

    waiting: bool
    day: int
    row: UUID

    def written(self) -> str:
        """The place as it stands in an address: days and ids, no content."""
        return f"{int(self.waiting)}-{self.day}-{self.row.hex}"


def place_in(text: str) -> Place | None:
    """The place in this piece of an address; None for what is not one."""
    try:
        waiting, day, row = text.split("-")
        return Place(bool(int(waiting)), int(day), UUID(hex=row))
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Overview:
    """Counts without content, of the cases that somebody may count."""

    open: int
    waiting: int
    late: int
    closed_this_year: int


def inbox_rows(memberships: Sequence[UUID], *, closed: bool, after: Place | None) -> list[InboxRow]:
    """One page of cases: what the reporter said last comes first.

    Asked once per organisation and merged here, so that each answer comes straight from an index:
    it costs what is shown, not what is stored.
    """
    found: list[InboxRow] = []
    for membership in memberships:
        for waiting in (True, False):
            if after and waiting > after.waiting:
                continue
            rows = InboxRow.objects.filter(
                membership=membership, closed=closed, waiting=waiting
            ).select_related("case__organisation")
            if after and waiting == after.waiting:
                rows = rows.filter(day__lte=after.day).exclude(day=after.day, id__lte=after.row)
            found += rows.order_by("-day", "id")[: PAGE + 1]
    return sorted(found, key=lambda row: (not row.waiting, -row.day, row.id))[: PAGE + 1]


def due_days(memberships: Sequence[UUID], cases: Sequence[UUID]) -> dict[UUID, int]:
    """The first day on which something is due for these people, by case.

    Asked by case and sifted here: by person a database may walk through all that waits for them.
    """
    due: dict[UUID, int] = {}
    waiting = WorkItem.objects.filter(case__in=cases, done_day=None).exclude(due_day=None)
    for case, assignee, day in waiting.order_by("-due_day").values_list(
        "case", "assignee", "due_day"
    ):
        if assignee in memberships and day is not None:
            due[case] = day
    return due


def case_for(memberships: Sequence[UUID], reference: str) -> tuple[Case, UUID] | None:
    """The case with this reference and the membership under which somebody reads it."""
    row = (
        InboxRow.objects.filter(membership__in=memberships, case__reference=reference)
        .select_related("case__organisation")
        .first()
    )
    return (row.case, row.membership_id) if row else None


def overview(membership: UUID, on: date) -> Overview:
    """How many cases there are, for somebody who may count but not read them."""
    counted = Case.objects.filter(overseers__membership=membership)
    day = day_number(on)
    waiting = counted.filter(work__done_day=None, work__isnull=False).distinct()
    return Overview(
        open=counted.filter(closed_day=None).count(),
        waiting=waiting.count(),
        late=waiting.filter(work__due_day__lt=day, work__done_day=None).distinct().count(),
        closed_this_year=counted.filter(
            closed_day__gte=day_number(date(on.year, 1, 1)), closed_day__lte=day
        ).count(),
    )
