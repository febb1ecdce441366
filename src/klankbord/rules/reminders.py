"""On which days something is said of a term that comes near or has passed (promise 5).

Two days before its last day, on that day, the day after, and then every week for as long as it is
not done. A day on which nobody could say it is caught up with the next time, once.
"""

from datetime import date, timedelta

ONE_DAY, A_WEEK = timedelta(days=1), timedelta(days=7)
BEFORE = timedelta(days=2)


def last_said(due: date, today: date) -> date | None:
    """The latest day until today on which something is said; None while it is too early."""
    if today < due - BEFORE:
        return None
    if today <= due:
        return due if today == due else due - BEFORE
    weeks = (today - due - ONE_DAY) // A_WEEK
    return due + ONE_DAY + weeks * A_WEEK


def to_say(due: date, told: date | None, today: date) -> bool:
    """Whether something must be said today of a term with this last day.

    `told` is the day on which something was last said of it.
    """
    said = last_said(due, today)
    return said is not None and (told is None or told < said)


def late(due: date, today: date) -> bool:
    """Whether the last day is over, so that those who watch over the terms are told too."""
    return due < today
