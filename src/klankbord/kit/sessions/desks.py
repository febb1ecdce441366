"""Which of the two cookies a page works with, and how long that session may live (vault §2.9)."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

STAFF = frozenset(
    {"inloggen", "uitloggen", "uitnodiging", "stichten", "werk", "overzicht", "beheer", "account"}
)


class Desk(StrEnum):
    """Who sits before the screen. The value is the cookie's name on plain HTTP."""

    REPORTER = "r"
    MEMBER = "m"


class Kind(StrEnum):
    """What a reporter's session is for; it decides how long the session lives."""

    DRAFT = "draft"
    RECEIPT = "receipt"
    CHANNEL = "channel"


@dataclass(frozen=True, slots=True)
class Limits:
    """`idle`: longest pause between two pages. `absolute`: longest life, None where only the
    pause counts."""

    idle: timedelta
    absolute: timedelta | None


MEMBER_LIMITS = Limits(idle=timedelta(minutes=20), absolute=timedelta(hours=9))
CHANNEL_LIMITS = Limits(idle=timedelta(minutes=15), absolute=timedelta(minutes=60))
DRAFT_LIMITS = Limits(idle=timedelta(minutes=60), absolute=None)


def desk_of(path_info: str) -> Desk:
    """The desk a page belongs to, by its first segment; `path_info` has lost its language."""
    first = path_info.lstrip("/").partition("/")[0]
    return Desk.MEMBER if first in STAFF else Desk.REPORTER


def limits_of(desk: Desk, kind: object) -> Limits:
    """How long a session lives. A reporter's session of unknown kind gets the shortest limits."""
    if desk is Desk.MEMBER:
        return MEMBER_LIMITS
    return DRAFT_LIMITS if kind in (Kind.DRAFT, Kind.RECEIPT) else CHANNEL_LIMITS
