"""Whose word counts: places of people from outside, as they follow from the entries alone."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from klankbord.rules.entries import (
    Entry,
    Happened,
    KeysArranged,
    ListedHolder,
    ReporterJoined,
    ReporterKeys,
    ReporterRenewed,
)
from klankbord.rules.seats import (
    Standing,
    Whose,
    counts,
    live_seats,
    replaced_by,
    seats_in,
    standing,
)
from klankbord.rules.telling import LONGEST_AGO, day_problem

AT = datetime(2026, 11, 24, 12, tzinfo=UTC)
NOOR, START, OWN, OTHER = (uuid4() for _ in range(4))


def keys(id: UUID) -> ReporterKeys:
    return ReporterKeys(id, box="11", sign="22")


def listed(*people: UUID, reporter: ReporterKeys | None = None) -> KeysArranged:
    holders = tuple(ListedHolder(one, "aa") for one in people)
    return KeysArranged("file", 0, "bb", holders, "entered", reporter)


def happened(*entries: tuple[UUID, Entry]) -> tuple[Happened, ...]:
    return tuple(Happened(seq, "file", 0, AT, by, entry) for seq, (by, entry) in enumerate(entries))


WRITTEN_DOWN = ((NOOR, listed(NOOR)),)
GIVEN = (
    *WRITTEN_DOWN,
    (NOOR, ReporterJoined(keys(START), "reporter")),
    (NOOR, listed(NOOR, START)),
)
RENEWED = (*GIVEN, (START, ReporterRenewed(keys(OWN))), (START, listed(NOOR, START, OWN)))
SETTLED = (*RENEWED, (OWN, listed(NOOR, OWN)))


def test_a_reporters_own_code_is_pinned_in_the_first_entry_and_counts() -> None:
    case = happened((OWN, listed(NOOR, OWN, reporter=keys(OWN))))
    assert standing(case) is Standing.OWN
    assert counts(case, OWN)


def test_keys_that_are_named_in_a_later_list_are_nobodys() -> None:
    """Only the first entry pins; a reader who names keys later does not make a reporter."""
    case = happened(*WRITTEN_DOWN, (NOOR, listed(NOOR, OWN, reporter=keys(OWN))))
    assert seats_in(case) == {}


@pytest.mark.parametrize(
    ("entries", "expected"),
    [(WRITTEN_DOWN, Standing.NONE), (GIVEN, Standing.WAITING), (RENEWED, Standing.OWN),
     (SETTLED, Standing.OWN)],
)  # fmt: skip
def test_whether_somebody_can_come_back(
    entries: tuple[tuple[UUID, Entry], ...], expected: Standing
) -> None:
    assert standing(happened(*entries)) is expected


def test_a_word_counts_only_when_nobody_else_can_have_said_it() -> None:
    """Not under the start code, not while it still opens the case, and then it does."""
    assert not counts(happened(*GIVEN), START)
    assert not counts(happened(*RENEWED), START)
    assert not counts(happened(*RENEWED), OWN)
    assert counts(happened(*SETTLED), OWN)
    assert not counts(happened(*SETTLED), START)


def test_the_renewal_that_is_used_first_ends_the_start_code_and_the_others() -> None:
    case = happened(
        *RENEWED, (START, ReporterRenewed(keys(OTHER))), (START, listed(NOOR, START, OWN, OTHER))
    )
    assert replaced_by(case, OWN) == {START, OTHER}
    assert replaced_by(happened(*SETTLED), OWN) == frozenset()


def test_a_renewal_keeps_whose_place_it_is() -> None:
    """P2."""
    case = happened(
        *WRITTEN_DOWN,
        (NOOR, ReporterJoined(keys(START), "concerned")), (NOOR, listed(NOOR, START)),
        (START, ReporterRenewed(keys(OWN))), (START, listed(NOOR, START, OWN)),
    )  # fmt: skip
    assert {seat.whose for seat in live_seats(case).values()} == {Whose.CONCERNED}


def test_a_word_that_we_do_not_know_gives_the_narrower_place() -> None:
    case = happened(*WRITTEN_DOWN, (NOOR, ReporterJoined(keys(START), "everything")))
    assert seats_in(case)[START].whose is Whose.CONCERNED


def test_nobody_renews_a_place_that_is_not_theirs() -> None:
    assert OWN not in seats_in(happened(*GIVEN, (NOOR, ReporterRenewed(keys(OWN)))))


def test_paper_that_came_in_earlier_keeps_its_day() -> None:
    """P27."""
    today = date(2026, 11, 24)
    assert day_problem(today, today=today) == ""
    assert day_problem(today - timedelta(days=30), today=today) == ""
    assert day_problem(today + timedelta(days=1), today=today) == "future"
    assert day_problem(today - LONGEST_AGO - timedelta(days=1), today=today) == "long_ago"
