"""When something is said of a term: before, on the day, and until it is done."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from klankbord.rules.reminders import late, to_say

DUE = date(2026, 12, 10)
DAY = timedelta(days=1)
days = st.integers(min_value=-20, max_value=60)


def said(until: int, skipped: frozenset[int] = frozenset()) -> list[int]:
    """The days, counted from the last day of the term, on which something is said."""
    told, found = None, []
    for number in range(-10, until):
        if number not in skipped and to_say(DUE, told, DUE + number * DAY):
            told = DUE + number * DAY
            found.append(number)
    return found


def test_two_days_before_on_the_day_the_day_after_and_then_weekly() -> None:
    assert said(24) == [-2, 0, 1, 8, 15, 22]


def test_a_day_on_which_nothing_ran_is_caught_up_once() -> None:
    assert said(10, frozenset({-2, 0, 1, 2})) == [-1, 3, 8]
    assert said(16, frozenset(range(-10, 12))) == [12, 15]


def test_what_begins_with_little_time_is_said_at_once() -> None:
    assert to_say(DUE, None, DUE - DAY)
    assert to_say(DUE, None, DUE)


def test_it_is_late_from_the_day_after() -> None:
    assert not late(DUE, DUE)
    assert late(DUE, DUE + DAY)


@given(days, days)
def test_saying_it_twice_on_one_day_never_happens(told: int, today: int) -> None:
    assert not to_say(DUE, DUE + today * DAY, DUE + today * DAY)
    if told > today:  # a clock that was set back
        assert not to_say(DUE, DUE + told * DAY, DUE + today * DAY)


@given(st.sets(st.integers(min_value=-10, max_value=60), max_size=60))
def test_no_term_is_forgotten_whatever_days_are_missed(missed: set[int]) -> None:
    """Product promise 5: no term passes unseen."""
    if missed >= set(range(-2, 60)):
        return
    assert said(60, frozenset(missed))
