"""Days off as people tell them."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from klankbord.rules.periods import Period, periods

DAYS = st.sets(st.dates(date(2026, 1, 1), date(2026, 12, 31)))


def test_days_that_follow_each_other_are_one_period() -> None:
    first, last, alone = date(2026, 12, 24), date(2027, 1, 2), date(2027, 5, 5)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    assert periods([alone, *reversed(days)]) == (Period(first, last), Period(alone, alone))
    assert periods([]) == ()


@given(DAYS)
def test_no_day_gets_lost_and_none_is_added(days: set[date]) -> None:
    found = periods(days)
    assert sorted(day for period in found for day in period.days) == sorted(days)
    assert all(b.first - a.last > timedelta(days=1) for a, b in pairwise(found))
