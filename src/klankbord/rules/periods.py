"""Days that follow each other, told as periods: "24 December to 2 January"."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from klankbord.rules.terms import ONE_DAY


@dataclass(frozen=True, slots=True)
class Period:
    """The first and the last day, both included."""

    first: date
    last: date

    @property
    def days(self) -> tuple[date, ...]:
        """Every day of it."""
        return tuple(self.first + n * ONE_DAY for n in range((self.last - self.first).days + 1))


def periods(days: Iterable[date]) -> tuple[Period, ...]:
    """These days as the fewest periods, the earliest first."""
    found: list[Period] = []
    for day in sorted(set(days)):
        if found and day - found[-1].last == ONE_DAY:
            found[-1] = Period(found[-1].first, day)
        else:
            found.append(Period(day, day))
    return tuple(found)
