"""Days and terms: what a promise of "within two working days" means on a real calendar.

Working days are Monday to Friday, without the public holidays of the country, the day of the
region and the days on which the organisation is closed. The day on which something happens is
never counted (requirements 7.5).
"""

from calendar import monthrange
from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache

SATURDAY = 5
ONE_DAY = timedelta(days=1)
#: Of which we know the holidays (ISO 3166).
COUNTRIES = ("BE", "NL")
#: (month, day) on which a region does not work, beside the holidays of its country.
REGIONAL_DAYS: Mapping[tuple[str, str], tuple[int, int]] = {
    ("BE", "flemish"): (7, 11),
    ("BE", "french"): (9, 27),
    ("BE", "german"): (11, 15),
    ("BE", "brussels"): (5, 8),
}


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days of one organisation: the one that the case belongs to, not the bureau that helps.

    `country` is `BE` or `NL` (ISO 3166), `region` a word of `REGIONAL_DAYS` or nothing; `meetings`
    are the planned days on which each body meets.
    """

    country: str
    closures: Set[date] = frozenset()
    region: str = ""
    meetings: Mapping[str, tuple[date, ...]] = field(default_factory=dict, hash=False)

    def is_working_day(self, day: date) -> bool:
        """Whether people work on this day."""
        return (
            day.weekday() < SATURDAY
            and day not in self.closures
            and day not in days_off(self.country, self.region, day.year)
        )

    def next_meeting(self, body: str, after: date) -> date | None:
        """The first planned meeting of a body later than a day; none if none is planned."""
        return min((day for day in self.meetings.get(body, ()) if day > after), default=None)

    def without_closures(self) -> "Calendar":
        """The days on which the country works, whatever this organisation does."""
        return Calendar(self.country) if self.closures or self.region else self


def after_working_days(start: date, number: int, calendar: Calendar) -> date:
    """The last day of a term of `number` working days that begins on `start`."""
    day = start
    while number > 0:
        day += ONE_DAY
        number -= calendar.is_working_day(day)
    return day


def after_days(start: date, number: int, calendar: Calendar) -> date:
    """The last day of a term of `number` calendar days: a weekend counts, a day on which the
    organisation itself is closed does not.
    """
    day = start
    while number > 0:
        day += ONE_DAY
        number -= day not in calendar.closures
    return day


def after_months(start: date, number: int) -> date:
    """The same day `number` months later; the 31st becomes the last day of a shorter month."""
    year, month = divmod(start.year * 12 + start.month - 1 + number, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def or_next_working_day(day: date, calendar: Calendar) -> date:
    """The day itself if people work on it, and otherwise the next day on which they do."""
    return day if calendar.is_working_day(day) else after_working_days(day, 1, calendar)


def at_once(start: date, calendar: Calendar) -> date:
    """The last day of "at once": the next working day. A closure does not lengthen it.

    If closures counted, a crisis on 24 December would raise its first alarm in January.
    """
    return after_working_days(start, 1, calendar.without_closures())


@cache
def days_off(country: str, region: str, year: int) -> Set[date]:
    """The days off of a country and one of its regions in one year."""
    regional = REGIONAL_DAYS.get((country, region))
    own = {date(year, *regional)} if regional else set()
    return public_holidays(country, year) | own


@cache
def public_holidays(country: str, year: int) -> Set[date]:
    """The days off of a country in one year.

    The Netherlands count Good Friday and 5 May: the Algemene termijnenwet puts both on one line
    with the other holidays, every year.
    """
    import holidays  # 170 ms to import: only who counts days pays for it

    categories = ("public", "optional") if country == "NL" else ("public",)
    return frozenset(holidays.country_holidays(country, years=year, categories=categories))
