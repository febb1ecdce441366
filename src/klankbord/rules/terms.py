"""Working days: what a promise of "within two working days" means on a real calendar.

Monday to Friday, without the public holidays of the country and without the days on which the
organisation is closed. The day on which something happens is not counted (requirements 7.5).
"""

from collections.abc import Set
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Calendar:
    """The working days of one organisation. `country` is `BE` or `NL` (ISO 3166)."""

    country: str
    closures: Set[date] = frozenset()

    def is_working_day(self, day: date) -> bool:
        """Whether people work on this day."""
        return (
            day.weekday() < SATURDAY
            and day not in self.closures
            and day not in public_holidays(self.country, day.year)
        )


def after_working_days(start: date, number: int, calendar: Calendar) -> date:
    """The last day of a term of `number` working days that begins on `start`."""
    day = start
    while number > 0:
        day += timedelta(days=1)
        number -= calendar.is_working_day(day)
    return day


@cache
def public_holidays(country: str, year: int) -> Set[date]:
    """The days off of a country in one year.

    The Netherlands count Good Friday and 5 May: the Algemene termijnenwet puts both on one line
    with the other holidays, every year.
    """
    import holidays  # 170 ms to import: only who counts days pays for it

    categories = ("public", "optional") if country == "NL" else ("public",)
    return frozenset(holidays.country_holidays(country, years=year, categories=categories))
