"""How many cases somebody may count, kept beside the cases: asking costs nothing, however many.

A projection of plain columns, per overseer. It only grows by lines of plus or minus, written in the
transaction that changes the case, so nobody who writes waits for anybody else who does; `compact`
adds them up every minute. It can always be made anew (`rebuild`), and `klankbord verify` compares.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import transaction
from django.db.models import Count

from klankbord.cases.models import NOBODY, Case, Overseer, Tally, WorkItem

Line = tuple[UUID, str, int, UUID, str]  # overseer, what, day, who, clock
Promised = tuple[UUID, int, str]  # who, day, clock
AT_ONCE = 2000


@contextmanager
def counted(case: UUID) -> Iterator[None]:
    """Write down what changes in the counts by what is done meanwhile with this case."""
    before = lines_of(case)
    yield
    after = lines_of(case)
    after.subtract(before)
    _write([(line, number) for line, number in after.items() if number])


def begin_counting(overseers: Iterable[UUID], *, opened: int, promised: Iterable[Promised]) -> None:
    """A new case counts from here on. `promised`: who gives an answer, by which day, which clock.

    Whoever begins a case knows all of it: nothing is asked of the database.
    """
    _write(list(_lines(overseers, opened, None, promised).items()))


def lines_of(case: UUID) -> Counter[Line]:
    """What one case adds to the counts, as it stands now."""
    overseers = list(Overseer.objects.filter(case=case).values_list("membership_id", flat=True))
    if not overseers:
        return Counter()
    opened, closed = Case.objects.values_list("opened_day", "closed_day").get(id=case)
    waiting = WorkItem.objects.filter(case=case, done_day=None).exclude(due_day=None)
    promised = waiting.values_list("assignee_id", "due_day", "clock")
    return _lines(
        overseers, opened, closed, [(who, day or 0, clock) for who, day, clock in promised]
    )


def _lines(
    overseers: Iterable[UUID], opened: int, closed: int | None, promised: Iterable[Promised]
) -> Counter[Line]:
    due: dict[UUID, int] = {}
    facts: Counter[tuple[str, int, UUID, str]] = Counter()
    for who, day, clock in promised:
        due[who] = min(day, due.get(who, day))
        facts[Tally.TERM, day, who, clock] += 1
    facts[Tally.CAME, opened, NOBODY, ""] = 1
    stands = (Tally.OPEN, opened) if closed is None else (Tally.DONE, closed)
    facts[*stands, NOBODY, ""] = 1
    if due:
        facts[Tally.WAITING, min(due.values()), NOBODY, ""] = 1
    facts.update((Tally.WITH, day, who, "") for who, day in due.items())
    return Counter(
        {(overseer, *fact): number for overseer in overseers for fact, number in facts.items()}
    )


def _write(changes: list[tuple[Line, int]]) -> None:
    Tally.objects.bulk_create(
        [
            Tally(overseer_id=overseer, what=what, day=day, who=who, clock=clock, number=number)
            for (overseer, what, day, who, clock), number in changes
        ],
        batch_size=AT_ONCE,
    )


@transaction.atomic
def compact() -> int:
    """Add up the lines that belong together; how many were left out.

    Two that do so at once each add up other lines: what one took is gone for the other.
    """
    several = (
        Tally.objects.values("overseer", "what", "day", "who", "clock")
        .annotate(lines=Count("id"))
        .filter(lines__gt=1)
    )
    left_out = 0
    for group in several:
        left_out += _add_up(
            (group["overseer"], group["what"], group["day"], group["who"], group["clock"])
        )
    Tally.objects.filter(number=0).delete()
    return left_out


def _add_up(line: Line) -> int:
    overseer, what, day, who, clock = line
    rows = list(
        Tally.objects.select_for_update()
        .filter(overseer=overseer, what=what, day=day, who=who, clock=clock)
        .values_list("id", "number")
    )
    if len(rows) < 2:
        return 0
    total = sum(number for _, number in rows)
    Tally.objects.filter(id__in=[row for row, _ in rows]).delete()
    _write([(line, total)] if total else [])
    return len(rows) - bool(total)


def stored() -> Counter[Line]:
    """The counts as they are kept, without zeros."""
    found: Counter[Line] = Counter()
    rows = Tally.objects.values_list("overseer_id", "what", "day", "who", "clock", "number")
    for overseer, what, day, who, clock, number in rows.iterator():
        found[overseer, what, day, who, clock] += number
    return Counter({line: number for line, number in found.items() if number})


def recounted() -> Counter[Line]:
    """The counts as they follow from the cases. Costs as much as there is."""
    found: Counter[Line] = Counter()
    cases = Overseer.objects.values_list("case", flat=True).distinct()
    for case in cases.iterator():
        found.update(lines_of(case))
    return found


@transaction.atomic
def rebuild() -> None:
    """Throw the counts away and make them anew from the cases."""
    Tally.objects.all().delete()
    _write(list(recounted().items()))
