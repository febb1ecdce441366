"""The sentences in which a term is written, and the day that each of them gives.

A closed set: a jurist reads `15 working days after signed`, and nothing else can be written.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from klankbord.rules.terms import (
    Calendar,
    after_months,
    after_working_days,
    at_once,
    or_next_working_day,
)


class Unit(StrEnum):
    """In what a length of time is counted."""

    WORKING_DAYS = "working days"
    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"


class Kind(StrEnum):
    """The kinds of sentences."""

    AFTER = "after"
    IMMEDIATELY = "immediately"
    MEETING = "next"
    ON = "on"
    EVERY = "every"


@dataclass(frozen=True, slots=True)
class Length:
    """So many of a unit."""

    number: int
    unit: Unit

    def after(self, start: date, calendar: Calendar) -> date:
        """The last day of a term of this length; the day itself is not counted."""
        return _COUNTS[self.unit](start, self.number, calendar)


_COUNTS: dict[Unit, Callable[[date, int, Calendar], date]] = {
    Unit.WORKING_DAYS: after_working_days,
    Unit.DAYS: lambda start, number, _: start + timedelta(days=number),
    Unit.WEEKS: lambda start, number, _: start + timedelta(weeks=number),
    Unit.MONTHS: lambda start, number, _: after_months(start, number),
    Unit.YEARS: lambda start, number, _: after_months(start, 12 * number),
}


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a term: `text` as it was written, and from where it counts.

    `start` is a step (the day it was done), `<step>.due`, `<step>.consent`, a day that was written
    down, `start` or `opening`.
    """

    text: str
    kind: Kind
    start: str
    length: Length | None = None
    body: str = ""
    working_day: bool = False

    def day(self, start: date, calendar: Calendar, rounds: int = 0) -> date | None:
        """The last day of the term; none if no meeting is planned.

        `rounds` is how often the step was done since `start`: only `every` asks for it, so that a
        yearly check that comes late does not move all later ones.
        """
        day = self._day(start, calendar, rounds)
        return or_next_working_day(day, calendar) if day and self.working_day else day

    def _day(self, start: date, calendar: Calendar, rounds: int) -> date | None:
        if self.kind is Kind.IMMEDIATELY:
            return at_once(start, calendar)
        if self.kind is Kind.MEETING:
            return calendar.next_meeting(self.body, start)
        if self.length is None:
            return start
        if self.kind is not Kind.EVERY:
            return self.length.after(start, calendar)
        return Length(self.length.number * (rounds + 1), self.length.unit).after(start, calendar)


class NotATerm(ValueError):
    """The words are not one of the sentences in which a term can be written."""


_LENGTH = r"(?P<number>[1-9]\d{0,3}) (?P<unit>working days?|days?|weeks?|months?|years?)"
_START = r"(?P<start>[a-z][a-z0-9_]*(\.due|\.consent)?)"
_EVERY = r"every (?:(?P<number>[1-9]\d?) )?(?P<unit>months?|years?)"
_SENTENCES = {
    Kind.AFTER: re.compile(rf"{_LENGTH} after {_START}"),
    Kind.IMMEDIATELY: re.compile(rf"immediately after {_START}"),
    Kind.MEETING: re.compile(rf"next (?P<body>[a-z][a-z0-9_]*) after {_START}"),
    Kind.ON: re.compile(rf"on {_START}"),
    Kind.EVERY: re.compile(rf"{_EVERY} after {_START}"),
}
_NEXT_WORKING_DAY = ", or the next working day"


def read_sentence(text: str) -> Sentence:
    """One sentence of a term. NotATerm if it is none."""
    words = text.removesuffix(_NEXT_WORKING_DAY)
    for kind, pattern in _SENTENCES.items():
        if found := pattern.fullmatch(words):
            parts = found.groupdict()
            length = _length(parts["number"] or "1", parts["unit"]) if "unit" in parts else None
            body = parts.get("body") or ""
            return Sentence(text, kind, parts["start"], length, body, words != text)
    raise NotATerm(text)


def read_length(text: str) -> Length:
    """A length of time, such as `15 working days`. NotATerm if it is none."""
    if found := re.fullmatch(_LENGTH, text):
        return _length(found["number"], found["unit"])
    raise NotATerm(text)


def _length(number: str, unit: str) -> Length:
    return Length(int(number), Unit(unit if unit.endswith("s") else f"{unit}s"))
