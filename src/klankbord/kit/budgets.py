"""What may be asked in a while: token buckets in the memory of each worker (vault §3).

A bucket is full at first, is emptied by what is asked, and fills up again evenly. Nothing of it is
on a disk, and none knows an address: a budget is an organisation's, or that of a name at the door.
"""

import time
from collections.abc import Hashable
from dataclasses import dataclass
from enum import Enum
from threading import Lock
from uuid import UUID

from django.conf import settings

MINUTE, QUARTER, HOUR = 60.0, 900.0, 3600.0
TRIES = 10  # passphrases for one name in a quarter of an hour, from browsers that nobody knows
MOST_NAMES = 20_000  # more names than can be tried while one of them is remembered


class For(Enum):
    """What an organisation's budget is for; the value names its setting and its time."""

    CODES = ("CODE_CHECKS_A_MINUTE", MINUTE)
    REPORTS = ("REPORTS_A_MINUTE", MINUTE)
    UPLOADS = ("UPLOADS_AN_HOUR", HOUR)  # bytes


@dataclass(slots=True)
class Bucket:
    """What is left, and since when."""

    left: float
    at: float

    def fill(self, most: float, seconds: float, now: float) -> None:
        """What came back since last time."""
        self.left = min(most, self.left + (now - self.at) * most / seconds)
        self.at = now


class Budgets:
    """Buckets of one size, by whose they are."""

    def __init__(self) -> None:
        self._buckets: dict[Hashable, Bucket] = {}
        self._lock = Lock()

    def take(self, whose: Hashable, amount: float, *, most: float, seconds: float) -> bool:
        """Take from a bucket; False, and nothing taken, when there is not enough in it."""
        with self._lock:
            bucket = self._filled(whose, most, seconds)
            if bucket.left < amount:
                return False
            bucket.left -= amount
            return True

    def give_back(self, whose: Hashable, amount: float) -> None:
        """It was not needed after all."""
        with self._lock:
            bucket = self._buckets.get(whose)
            if bucket is not None:
                bucket.left += amount

    def forget(self) -> None:
        """Every bucket is full again."""
        with self._lock:
            self._buckets.clear()

    def _filled(self, whose: Hashable, most: float, seconds: float) -> Bucket:
        now = time.monotonic()
        bucket = self._buckets.pop(whose, None) or Bucket(most, now)
        bucket.fill(most, seconds, now)
        self._buckets[whose] = bucket  # last in the row: the first is the one longest not asked
        if len(self._buckets) > MOST_NAMES:
            self._buckets.pop(next(iter(self._buckets)))
        return bucket


_organisations = Budgets()
_names = Budgets()


def within(organisation: UUID, kind: For, amount: float = 1) -> bool:
    """Take from an organisation's budget; False when it has none left for this."""
    setting, seconds = kind.value
    most = getattr(settings, setting)
    return _organisations.take((organisation, kind), amount, most=most, seconds=seconds)


def has_some_left(organisation: UUID, kind: For) -> bool:
    """Whether an organisation's budget has anything left for this; takes nothing."""
    if not within(organisation, kind):
        return False
    _organisations.give_back((organisation, kind), 1)
    return True


def may_try(name: bytes) -> bool:
    """Take one try of a name at the door, or of a name in a browser that is known."""
    return _names.take(name, 1, most=TRIES, seconds=QUARTER)


def not_tried(name: bytes) -> None:
    """Whoever gets in, or whose passphrase was not looked at, has used up no try."""
    _names.give_back(name, 1)


def forget_all() -> None:
    """Every budget is whole again, as when the server starts."""
    _organisations.forget()
    _names.forget()
