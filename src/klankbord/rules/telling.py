"""How something reached somebody who works here, and who told it."""

from datetime import date, timedelta
from enum import StrEnum

#: Paper that lay longer than this was not just found on a desk: the year is mistyped.
LONGEST_AGO = timedelta(days=366)


class How(StrEnum):
    """How it came in (R-000-36, R-000-39, R-004-137, R-004-147, P27)."""

    SPOKEN = "spoken"
    PHONE = "phone"
    LETTER = "letter"
    MAIL = "mail"
    WHATSAPP = "whatsapp"
    COUNTER = "counter"


class ToldBy(StrEnum):
    """Who told it, as seen from the person it happened to (P2)."""

    THEMSELVES = "themselves"
    BYSTANDER = "bystander"
    PARENT = "parent"
    FRIEND = "friend"
    COLLEAGUE = "colleague"
    SOMEBODY = "somebody"


def day_problem(told_on: date, *, today: date) -> str:
    """What is wrong with the day that counts: `future`, `long_ago`, or nothing."""
    if told_on > today:
        return "future"
    return "long_ago" if told_on < today - LONGEST_AGO else ""
