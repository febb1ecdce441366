"""What is typed about days, absences and turns, and what is said when it cannot be so.

Two desks ask it: the person concerned, and whoever administers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext

from klankbord.agenda.queries import Card
from klankbord.agenda.services import DaysOver, DaysReversed, DaysTooFar, NotAColleague
from klankbord.rules.presence import HoursUnclear, Slot, read_hours

DAYS_REFUSED = (DaysReversed, DaysOver, DaysTooFar, NotAColleague)
AS_SPOKEN = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})")
WEEK = tuple(range(7))

Errors = dict[str, str]


def read_day(text: str) -> date | None:
    """A day as a browser sends it (2026-12-01) or as people write it (1/12/2026)."""
    text = text.strip()
    spoken = AS_SPOKEN.fullmatch(text)
    try:
        if spoken:
            return date(int(spoken[3]), int(spoken[2]), int(spoken[1]))
        return date.fromisoformat(text)
    except ValueError:
        return None


def read_days(posted: Mapping[str, str], errors: Errors) -> tuple[date, date] | None:
    """The first and the last day of something; what is unclear is said in `errors`."""
    first, last = read_day(posted.get("from", "")), read_day(posted.get("until", ""))
    if first is None:
        errors["from"] = gettext("Say from which day, for example 1/12/2026.")
    if last is None:
        errors["until"] = gettext("Say until which day, for example 15/12/2026.")
    return (first, last) if first and last else None


def chosen(posted: str, people: Iterable[Card]) -> UUID | None:
    """The person of this list who was chosen, if one was."""
    return {card.membership.hex: card.membership for card in people}.get(posted)


def refused(error: Exception) -> Errors:
    """Which field to look at again, and why."""
    match error:
        case DaysReversed():
            return {"until": gettext("The last day comes before the first. Swap them.")}
        case DaysOver():
            return {"until": gettext("These days are over. Choose days from today on.")}
        case DaysTooFar():
            return {"until": gettext("That is more than two years ahead. Look at the year again.")}
        case NotAColleague():
            return {"who": gettext("Choose a colleague of the same organisation.")}
    raise error


def typed_week(posted: Mapping[str, str]) -> tuple[str, ...]:
    """What was typed for each day of the week, Monday first."""
    return tuple(posted.get(f"day-{day}", "").strip() for day in WEEK)


def read_week(typed: Iterable[str], errors: Errors) -> tuple[Slot, ...]:
    """The hours of a week; the days that are unclear are named in `errors`."""
    slots: list[Slot] = []
    for day, text in enumerate(typed):
        try:
            slots += read_hours(text, day)
        except HoursUnclear:
            said = gettext("%(day)s: write hours like 9-12 or 13:30-17, with a comma between them.")
            errors[f"day-{day}"] = said % {"day": str(WEEKDAYS[day]).capitalize()}
    return tuple(slots)
