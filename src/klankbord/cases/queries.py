"""Which cases somebody may find, and what may be known of them without opening any."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Sum

from klankbord.cases.models import Case, InboxRow, Tally, WorkItem
from klankbord.kit.clock import day_number, day_of

PAGE = 25
A_WEEK = 7


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
    """Counts without content, of the cases that somebody may count.

    `came` and `came_open` are of one year: how many came in, and how many of these are still open.
    """

    open: int
    waiting: int
    late: int
    closed_this_year: int
    came: int
    came_open: int

    @property
    def came_done(self) -> int:
        """How many of that year's are closed by now."""
        return self.came - self.came_open


@dataclass(frozen=True, slots=True)
class WaitsWith:
    """How many cases wait with one member, and how long: days are those of the promise."""

    member: UUID
    on_time: int
    late: int
    very_late: int
    longest: int  # days beyond the promise; 0 when nothing is

    @property
    def total(self) -> int:
        """All that waits with this member."""
        return self.on_time + self.late + self.very_late


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


def due_days(
    memberships: Sequence[UUID], cases: Sequence[UUID], *, clocks: Sequence[str] = ()
) -> dict[UUID, int]:
    """The first day on which something is due for these people, by case; of some clocks or of all.

    Asked by case and sifted here: by person a database may walk through all that waits for them.
    """
    due: dict[UUID, int] = {}
    waiting = WorkItem.objects.filter(case__in=cases, done_day=None).exclude(due_day=None)
    if clocks:
        waiting = waiting.filter(clock__in=clocks)
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


def overview(membership: UUID, on: date, year: int | None = None) -> Overview:
    """How many cases there are, for somebody who may count but not read them.

    What is of one year is of this one, unless another is named.
    """
    day, first, last = day_number(on), *_days_of(year or on.year)
    open_, waiting, late, done, came, came_open = (
        _counted(membership, what, **days)
        for what, days in (
            (Tally.OPEN, {}),
            (Tally.WAITING, {}),
            (Tally.WAITING, {"day__lt": day}),
            (Tally.DONE, {"day__gte": first, "day__lte": last}),
            (Tally.CAME, {"day__gte": first, "day__lte": last}),
            (Tally.OPEN, {"day__gte": first, "day__lte": last}),
        )
    )
    return Overview(open_, waiting, late, done, came, came_open)


def _days_of(year: int) -> tuple[int, int]:
    return day_number(date(year, 1, 1)), day_number(date(year, 12, 31))


def _counted(membership: UUID, what: str, **days: int) -> int:
    rows = Tally.objects.filter(overseer=membership, what=what, **days)
    return rows.aggregate(total=Sum("number"))["total"] or 0


def waits_with(membership: UUID, on: date) -> tuple[WaitsWith, ...]:
    """How many cases wait with whom and how long, of those that somebody may count."""
    day = day_number(on)
    found: dict[UUID, Counter[int]] = {}
    rows = Tally.objects.filter(overseer=membership, what=Tally.WITH)
    for who, due, number in rows.values_list("who", "day").annotate(total=Sum("number")):
        if number:
            found.setdefault(who, Counter())[max(0, day - due)] += number
    return tuple(
        WaitsWith(
            who,
            on_time=late[0],
            late=sum(number for days, number in late.items() if 0 < days <= A_WEEK),
            very_late=sum(number for days, number in late.items() if days > A_WEEK),
            longest=max(late),
        )
        for who, late in found.items()
    )


@dataclass(frozen=True, slots=True)
class Term:
    """How many things of one coarse kind are due with one member on one day."""

    day: date
    who: UUID
    clock: str
    number: int


@dataclass(frozen=True, slots=True)
class Terms:
    """How many things are due when."""

    late: int
    today: int
    within_a_week: int
    later: int

    @property
    def all(self) -> int:
        """All that is due on some day."""
        return self.late + self.today + self.within_a_week + self.later


def terms_counted(membership: UUID, on: date) -> Terms:
    """How many things are due when, of the cases that somebody may count."""
    day = day_number(on)
    days: tuple[dict[str, int], ...] = (
        {"day__lt": day}, {"day": day}, {"day__gt": day, "day__lte": day + A_WEEK},
        {"day__gt": day + A_WEEK},
    )  # fmt: skip
    return Terms(*(_counted(membership, Tally.TERM, **it) for it in days))


def terms_of(membership: UUID, *, skip: int) -> list[Term]:
    """What is due when and with whom, the latest first: one page, and one line more."""
    rows = (
        Tally.objects.filter(overseer=membership, what=Tally.TERM)
        .values_list("day", "who", "clock")
        .annotate(total=Sum("number"))
        .filter(total__gt=0)
        .order_by("day", "who", "clock")[skip : skip + PAGE + 1]
    )
    return [Term(day_of(day), who, clock, total) for day, who, clock, total in rows]
