"""The only place that reads the clock, and the way days are counted in tables.

Rules and services receive time as an argument; views and commands ask it here.
"""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

HOME = ZoneInfo("Europe/Brussels")
_FIRST_DAY = date(1970, 1, 1)
_LAST_NUMBER = (date.max - _FIRST_DAY).days


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC)  # noqa: TID251 — here, and only here


def today() -> date:
    """The calendar day it is now in Belgium (and in the Netherlands)."""
    return now().astimezone(HOME).date()


def day_number(day: date) -> int:
    """Days from 1970-01-01 to `day`, as tables keep them (vault §2.1).

    Takes a calendar day, never a moment: a moment has no day until somebody names a place.
    Raises ValueError for a datetime or a day before 1970.
    """
    if isinstance(day, datetime):
        raise ValueError("a day is wanted, not a moment")
    number = (day - _FIRST_DAY).days
    if number < 0:
        raise ValueError("days are counted from 1970")
    return number


def day_of(number: int) -> date:
    """The calendar day of a day number. Raises ValueError when there is no such day."""
    if not 0 <= number <= _LAST_NUMBER:
        raise ValueError("no such day")
    return _FIRST_DAY + timedelta(days=number)
