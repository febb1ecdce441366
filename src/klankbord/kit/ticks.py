"""What happens by itself: every minute, hour or day, in one small loop without a broker.

Jobs are told what time it is, may run twice without harm, and one that fails ends no other.
"""

import logging
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from threading import Event

from django.db import close_old_connections

from klankbord.kit.clock import HOME, day_number
from klankbord.kit.clock import now as clock_now

log = logging.getLogger(__name__)


class Every(StrEnum):
    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"


@dataclass(frozen=True)
class Tick:
    """A named job. It gets the moment (aware, UTC); what it returns is not looked at."""

    name: str
    every: Every
    job: Callable[[datetime], object]


def run_ticks(
    jobs: Sequence[Tick], stop: Event, *, clock: Callable[[], datetime] = clock_now
) -> None:
    """Run each job at once, and then once in each new minute, hour or day (a day in Brussels).

    Comes back within a second after `stop` is set, or after the job that is running then.
    """
    done: dict[str, int] = {}
    while not stop.is_set():
        for tick in jobs:
            now = clock()
            period = period_of(tick.every, now)
            if done.get(tick.name) != period and not stop.is_set():
                done[tick.name] = period
                run_one(tick, now)
        stop.wait(1.0)


def period_of(every: Every, now: datetime) -> int:
    """The number of the minute, hour or day that `now` lies in."""
    match every:
        case Every.MINUTE:
            return int(now.timestamp()) // 60
        case Every.HOUR:
            return int(now.timestamp()) // 3600
        case Every.DAY:
            return day_number(now.astimezone(HOME).date())


def run_one(tick: Tick, now: datetime) -> None:
    """One job, with fresh database connections. A failure is one line: class, function, number."""
    close_old_connections()
    try:
        tick.job(now)
    except Exception as error:  # no message: it may hold what somebody wrote
        at = traceback.extract_tb(error.__traceback__)[-1]
        log.error("%s: %s in %s:%s", tick.name, type(error).__name__, at.name, at.lineno)
    finally:
        close_old_connections()
