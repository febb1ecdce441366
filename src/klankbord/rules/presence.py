"""When somebody is there: weekly hours, absences and duty, and what may be promised on them.

Pure: takes patterns and days, gives days. A promise is made before anybody knows what is asked, so
it must hold whoever of the people meant is there first (R-002-44, R-002-47, K20).
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from uuid import UUID

from klankbord.rules.terms import (
    ONE_DAY,
    SATURDAY,
    Calendar,
    after_days,
    after_working_days,
    days_off,
)

MINUTES = 24 * 60
HORIZON = 366  # days: whoever is not there within a year cannot be promised
TIME = r"(\d{1,2})(?:[:.hu](\d{2})?)?"
SPAN = re.compile(rf"{TIME}\s*(?:-|–|—|to|tot|bis|à|a)\s*{TIME}\s*(?:h|u|uur|uhr)?", re.I)
BETWEEN = re.compile(r"\s*(?:,|;|\+|&|\ben\b|\bet\b|\band\b|\bund\b)\s*", re.I)


class HoursUnclear(ValueError):
    """What was typed is not hours of a day, such as `9-12, 13:30-17`."""


@dataclass(frozen=True, slots=True, order=True)
class Slot:
    """Hours on one day of the week: Monday is 0; minutes count from midnight, 0 to 1440."""

    weekday: int
    start: int
    end: int


@dataclass(frozen=True, slots=True, order=True)
class Away:
    """Somebody cannot be reached, first and last day included."""

    first: date
    last: date

    def covers(self, day: date) -> bool:
        """Whether the day is one of these."""
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Presence:
    """When one person is there. Without hours: on every day on which they are not away."""

    hours: tuple[Slot, ...] = ()
    away: tuple[Away, ...] = ()

    def is_away(self, day: date) -> bool:
        """Whether this person said that they cannot be reached on this day."""
        return any(it.covers(day) for it in self.away)

    def is_there(self, day: date, calendar: Calendar) -> bool:
        """Whether somebody who asks on this day can count on them that day."""
        if self.is_away(day):
            return False
        if not self.hours:
            return True
        return _is_no_holiday(day, calendar) and day.weekday() in {it.weekday for it in self.hours}

    def away_until(self, day: date) -> date | None:
        """The last day of the absence on this day, with those that follow on without a day between.

        None when they are not away.
        """
        last = day
        for it in sorted(self.away):
            if it.first <= last + ONE_DAY and (it.first > day or it.covers(day)):
                last = max(last, it.last)
        return last if self.is_away(day) else None


def _is_no_holiday(day: date, calendar: Calendar) -> bool:
    if day.weekday() < SATURDAY:
        return calendar.is_working_day(day)
    holidays = days_off(calendar.country, calendar.region, day.year)
    return day not in calendar.closures and day not in holidays


# What may be promised -----------------------------------------------------------------------------


def answer_by(people: Sequence[Presence], on: date, number: int, calendar: Calendar) -> date:
    """The last day of "a first answer within `number` working days", asked on `on`.

    When all are away it counts from the last day of whoever is back first; when none of them is
    there on one of its days, it ends on the first day that one is (K20).
    """
    start = _counted_from(people, on)
    return _kept(people, start, after_working_days(start, number, calendar), calendar)


def call_back_by(people: Sequence[Presence], on: date, number: int, calendar: Calendar) -> date:
    """The last day of "we call you within `number` days", calendar days, asked on `on` (R-002-47).

    It adapts as `answer_by` does.
    """
    start = _counted_from(people, on)
    return _kept(people, start, after_days(start, number, calendar), calendar)


def _counted_from(people: Sequence[Presence], on: date) -> date:
    return min((it.away_until(on) or on for it in people), default=on)


def _kept(people: Sequence[Presence], start: date, due: date, calendar: Calendar) -> date:
    there = first_day_there(people, start + ONE_DAY, calendar)
    return max(due, there) if there else due


def first_day_there(people: Sequence[Presence], first: date, calendar: Calendar) -> date | None:
    """The first day, from `first` on, on which one of these is there; None within a year."""
    for later in range(HORIZON):
        day = first + timedelta(days=later)
        if any(it.is_there(day, calendar) for it in people):
            return day
    return None


# Hours as people type them ------------------------------------------------------------------------


def read_hours(text: str, weekday: int) -> tuple[Slot, ...]:
    """The hours in a line such as `9-12, 13:30-17` or `9 tot 12 en 13 tot 17`; empty for none.

    Raises `HoursUnclear`.
    """
    spans = [_span(part, weekday) for part in BETWEEN.split(text.strip()) if part]
    ordered = tuple(sorted(spans))
    if any(it.end > after.start for it, after in pairwise(ordered)):
        raise HoursUnclear
    return ordered


def _span(text: str, weekday: int) -> Slot:
    found = SPAN.fullmatch(text.strip())
    if found is None:
        raise HoursUnclear
    start, end = (_minutes(found[place], found[place + 1]) for place in (1, 3))
    if not start < end <= MINUTES:
        raise HoursUnclear
    return Slot(weekday, start, end)


def _minutes(hours: str, minutes: str | None) -> int:
    if int(minutes or 0) > 59:
        raise HoursUnclear
    return int(hours) * 60 + int(minutes or 0)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days of the week, one after another, with the same hours."""

    first: int
    last: int
    spans: tuple[tuple[int, int], ...]


def stretches(hours: Iterable[Slot]) -> tuple[Stretch, ...]:
    """A week in as few lines as it takes: neighbouring days with the same hours together."""
    week: dict[int, tuple[tuple[int, int], ...]] = {}
    for it in sorted(hours):
        week[it.weekday] = (*week.get(it.weekday, ()), (it.start, it.end))
    found: list[Stretch] = []
    for day, spans in week.items():
        if found and found[-1].last == day - 1 and found[-1].spans == spans:
            found[-1] = replace(found[-1], last=day)
        else:
            found.append(Stretch(day, day, spans))
    return tuple(found)


# Absences that meet ------------------------------------------------------------------------------


def around(old: Away, new: Away) -> tuple[Away, ...]:
    """What is left of an absence when another is noted over it: nothing, a piece, or two."""
    if old.last < new.first or old.first > new.last:
        return (old,)
    pieces = (
        Away(old.first, new.first - ONE_DAY) if old.first < new.first else None,
        Away(new.last + ONE_DAY, old.last) if old.last > new.last else None,
    )
    return tuple(it for it in pieces if it)


# Who has duty -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Turn:
    """Somebody has duty, first and last day included (R-001-10)."""

    who: UUID
    first: date
    last: date

    def covers(self, day: date) -> bool:
        """Whether the day is one of these."""
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Gap:
    """Days on which nobody who is there has duty; `away` are those who have it and are away."""

    first: date
    last: date
    away: tuple[UUID, ...] = ()


def on_call(
    turns: Iterable[Turn], day: date, presences: Mapping[UUID, Presence]
) -> tuple[UUID, ...]:
    """Who has duty on this day and is not away."""
    having = [it.who for it in turns if it.covers(day)]
    return tuple(
        who for who in dict.fromkeys(having) if not presences.get(who, Presence()).is_away(day)
    )


def gaps(
    turns: Sequence[Turn], first: date, days: int, presences: Mapping[UUID, Presence]
) -> tuple[Gap, ...]:
    """The days, of `days` from `first` on, on which nobody can be called, joined to stretches."""
    found: list[Gap] = []
    for day in (first + timedelta(days=later) for later in range(days)):
        if on_call(turns, day, presences):
            continue
        away = tuple(dict.fromkeys(it.who for it in turns if it.covers(day)))
        if found and found[-1].last == day - ONE_DAY and found[-1].away == away:
            found[-1] = replace(found[-1], last=day)
        else:
            found.append(Gap(day, day, away))
    return tuple(found)
