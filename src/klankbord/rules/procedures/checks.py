"""What two days say about a condition: a proposal on the screen. A human decides (K7)."""

from collections.abc import Mapping
from datetime import date

from klankbord.rules.procedures.shape import START, Condition, Step
from klankbord.rules.procedures.standing import Progress
from klankbord.rules.terms import Calendar


def proposed_checks(
    step: Step, progress: Progress, calendar: Calendar
) -> Mapping[str, bool | None]:
    """For each condition of a step: yes, no, or None where nothing can be proposed."""
    return {check.key: _proposed(check, progress, calendar) for check in step.check}


def _proposed(check: Condition, progress: Progress, calendar: Calendar) -> bool | None:
    if check.holds_by is None:
        return None
    day, start = _day(check.holds_day, progress), _day(check.holds_by.start, progress)
    last = check.holds_by.day(start, calendar) if start else None
    return day <= last if day and last else None


def _day(name: str, progress: Progress) -> date | None:
    return progress.start if name == START else progress.days.get(name)
