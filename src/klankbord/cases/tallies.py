"""How many cases somebody may count, kept beside the cases: asking costs nothing, however many.

A projection of plain columns, per overseer. It only grows by lines of plus or minus, written in the
transaction that changes the case, so nobody who writes waits for anybody else who does; `compact`
adds them up every minute. It can always be made anew (`rebuild`), and `klankbord verify` compares.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from uuid import UUID

from django.db import transaction
from django.db.models import Count

from klankbord.cases.models import NOBODY, Case, Overseer, Tally, WorkItem

Line = tuple[UUID, str, int, UUID]  # overseer, what, day, who
AT_ONCE = 2000


@contextmanager
def counted(case: UUID) -> Iterator[None]:
    """Write down what changes in the counts by what is done meanwhile with this case."""
    before = lines_of(case)
    yield
    after = lines_of(case)
    _write([(line, 1) for line in after - before] + [(line, -1) for line in before - after])


def begin_counting(overseers: Iterable[UUID], *, opened: int, promised: Mapping[UUID, int]) -> None:
    """A new case counts from here on. `promised`: the day of the answer, by who gives it.

    Whoever begins a case knows all of it: nothing is asked of the database.
    """
    _write([(line, 1) for line in _lines(overseers, opened, None, promised)])


def lines_of(case: UUID) -> set[Line]:
    """What one case adds to the counts, as it stands now."""
    overseers = list(Overseer.objects.filter(case=case).values_list("membership_id", flat=True))
    if not overseers:
        return set()
    opened, closed = Case.objects.values_list("opened_day", "closed_day").get(id=case)
    due: dict[UUID, int] = {}
    promised = WorkItem.objects.filter(case=case, done_day=None).exclude(due_day=None)
    for who, day in promised.order_by("-due_day").values_list("assignee_id", "due_day"):
        due[who] = day or 0
    return _lines(overseers, opened, closed, due)


def _lines(
    overseers: Iterable[UUID], opened: int, closed: int | None, due: Mapping[UUID, int]
) -> set[Line]:
    facts = {(Tally.CAME, opened, NOBODY)}
    facts.add((Tally.OPEN, opened, NOBODY) if closed is None else (Tally.DONE, closed, NOBODY))
    if due:
        facts.add((Tally.WAITING, min(due.values()), NOBODY))
    facts |= {(Tally.WITH, day, who) for who, day in due.items()}
    return {(overseer, *fact) for overseer in overseers for fact in facts}


def _write(changes: list[tuple[Line, int]]) -> None:
    Tally.objects.bulk_create(
        [
            Tally(overseer_id=overseer, what=what, day=day, who=who, number=number)
            for (overseer, what, day, who), number in changes
        ],
        batch_size=AT_ONCE,
    )


@transaction.atomic
def compact() -> int:
    """Add up the lines that belong together; how many were left out.

    Two that do so at once each add up other lines: what one took is gone for the other.
    """
    several = (
        Tally.objects.values("overseer", "what", "day", "who")
        .annotate(lines=Count("id"))
        .filter(lines__gt=1)
    )
    left_out = 0
    for group in several:
        left_out += _add_up(group["overseer"], group["what"], group["day"], group["who"])
    Tally.objects.filter(number=0).delete()
    return left_out


def _add_up(overseer: UUID, what: str, day: int, who: UUID) -> int:
    rows = list(
        Tally.objects.select_for_update()
        .filter(overseer=overseer, what=what, day=day, who=who)
        .values_list("id", "number")
    )
    if len(rows) < 2:
        return 0
    total = sum(number for _, number in rows)
    Tally.objects.filter(id__in=[row for row, _ in rows]).delete()
    _write([((overseer, what, day, who), total)] if total else [])
    return len(rows) - bool(total)


def stored() -> Counter[Line]:
    """The counts as they are kept, without zeros."""
    found: Counter[Line] = Counter()
    for overseer, what, day, who, number in Tally.objects.values_list(
        "overseer_id", "what", "day", "who", "number"
    ).iterator():
        found[overseer, what, day, who] += number
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
