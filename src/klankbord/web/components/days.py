"""A day as a browser's date field sends it, or as people type it."""

from __future__ import annotations

import re
from datetime import date

TYPED = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})")


class NoSuchDay(ValueError):
    """What was typed is not a day of the calendar."""


def day_in(text: str) -> date | None:
    """`2026-11-28`, `28-11-2026` or `28/11/2026`; None for an empty field. Raises `NoSuchDay`."""
    if not text:
        return None
    typed = TYPED.fullmatch(text)
    try:
        if typed:
            day, month, year = (int(part) for part in typed.groups())
            return date(year, month, day)
        return date.fromisoformat(text)
    except ValueError:
        raise NoSuchDay from None
