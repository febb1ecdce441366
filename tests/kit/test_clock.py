from datetime import UTC, date, datetime

import pytest

from klankbord.kit import clock


def test_days_are_counted_from_1970_and_back() -> None:
    assert clock.day_number(date(1970, 1, 1)) == 0
    assert clock.day_number(date(2026, 3, 2)) == 20514
    assert clock.day_of(20514) == date(2026, 3, 2)


def test_a_moment_has_no_day_until_a_place_is_named() -> None:
    with pytest.raises(ValueError, match="moment"):
        clock.day_number(datetime(2026, 3, 2, tzinfo=UTC))


def test_there_are_no_days_before_1970_or_after_the_calendar() -> None:
    with pytest.raises(ValueError, match="1970"):
        clock.day_number(date(1969, 12, 31))
    for number in (-1, 2**32 - 1):
        with pytest.raises(ValueError, match="no such day"):
            clock.day_of(number)


def test_today_is_the_day_in_belgium(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 6, 30, 22, 30, tzinfo=UTC))
    assert clock.today() == date(2026, 7, 1)
