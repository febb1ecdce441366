"""The clockwork: each job in its own time, and none that takes the others along when it falls."""

import logging
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from klankbord.kit import ticks
from klankbord.kit.ticks import Every, Tick, period_of, run_one, run_ticks

START = datetime(2026, 3, 2, 22, 58, 30, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def ran(*, minutes: int, jobs: Callable[[list[str]], list[Tick]]) -> list[str]:
    """What ran when the clock jumps half a minute at every look of the loop."""
    told: list[str] = []
    stop = threading.Event()
    stop.wait = lambda _=None: stop.is_set()  # type: ignore[method-assign,assignment]
    moments = iter(START + timedelta(seconds=30 * step) for step in range(minutes * 2))

    def clock() -> datetime:
        try:
            return next(moments)
        except StopIteration:
            stop.set()
            return START

    run_ticks(jobs(told), stop, clock=clock)
    return told


@pytest.mark.parametrize(("every", "times"), [(Every.MINUTE, 181), (Every.HOUR, 4), (Every.DAY, 2)])
def test_a_job_runs_once_in_each_of_its_periods(every: Every, times: int) -> None:
    """Three hours, over midnight in Brussels (which is eleven in the evening in UTC)."""

    def jobs(told: list[str]) -> list[Tick]:
        return [Tick("job", every, lambda now: told.append(now.isoformat()))]

    assert len(ran(minutes=180, jobs=jobs)) == times


def test_a_day_begins_at_midnight_in_brussels() -> None:
    before = datetime(2026, 3, 2, 22, 59, 59, tzinfo=UTC)
    assert period_of(Every.DAY, before) + 1 == period_of(Every.DAY, before + timedelta(seconds=1))


def test_a_job_that_fails_ends_no_other_and_tells_only_where(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def fails(_: datetime) -> None:
        raise ValueError("Noor told me that")

    def jobs(told: list[str]) -> list[Tick]:
        return [
            Tick("first", Every.MINUTE, fails),
            Tick("second", Every.MINUTE, lambda _: told.append("ran")),
        ]

    with caplog.at_level(logging.DEBUG):
        assert ran(minutes=2, jobs=jobs) == ["ran", "ran"]
    assert "Noor" not in caplog.text
    assert caplog.messages[0].startswith("first: ValueError in fails:")
    assert all(record.exc_info is None for record in caplog.records)


def test_a_job_is_told_the_time() -> None:
    told: list[datetime] = []
    run_one(Tick("job", Every.DAY, told.append), START)
    assert told == [START]


def test_the_clockwork_stops_when_asked() -> None:
    stop, started = threading.Event(), threading.Event()
    loop = threading.Thread(
        target=run_ticks, args=([Tick("job", Every.HOUR, lambda _: started.set())], stop)
    )
    loop.start()
    assert started.wait(5)
    stop.set()
    loop.join(5)
    assert not loop.is_alive()
    assert ticks.clock_now().tzinfo is UTC
