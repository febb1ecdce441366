"""Working days on real calendars. Every row says which weekday it is, so that it can be checked."""

from datetime import date

import pytest

from klankbord.rules.terms import Calendar, after_working_days, public_holidays

BELGIUM, NETHERLANDS = Calendar("BE"), Calendar("NL")

#: country, start, working days, last day of the term
TERMS = [
    # Ordinary weeks
    ("BE", date(2026, 11, 23), 0, date(2026, 11, 23)),  # Mon: a term of nothing ends at once
    ("BE", date(2026, 11, 23), 1, date(2026, 11, 24)),  # Mon → Tue: the day itself does not count
    ("BE", date(2026, 11, 23), 2, date(2026, 11, 25)),  # Mon → Wed
    ("BE", date(2026, 11, 26), 2, date(2026, 11, 30)),  # Thu → Fri, Mon
    ("BE", date(2026, 11, 27), 1, date(2026, 11, 30)),  # Fri → Mon
    ("BE", date(2026, 11, 28), 1, date(2026, 11, 30)),  # Sat → Mon
    ("BE", date(2026, 11, 29), 1, date(2026, 11, 30)),  # Sun → Mon
    ("NL", date(2026, 11, 27), 5, date(2026, 12, 4)),  # Fri → the next Fri
    # Easter 2026: Good Friday 3 April, Easter Monday 6 April
    ("BE", date(2026, 4, 2), 1, date(2026, 4, 3)),  # Thu → Good Friday: people work in Belgium
    ("BE", date(2026, 4, 2), 2, date(2026, 4, 7)),  # Thu → Fri, (Easter Mon), Tue
    ("BE", date(2026, 4, 3), 1, date(2026, 4, 7)),  # Good Friday → (Easter Mon), Tue
    ("NL", date(2026, 4, 2), 1, date(2026, 4, 7)),  # Thu → (Good Friday), (Easter Mon), Tue
    ("NL", date(2026, 4, 1), 2, date(2026, 4, 7)),  # Wed → Thu, (Good Friday, Easter Mon), Tue
    # King's Day is Monday 27 April 2026, in the Netherlands only
    ("NL", date(2026, 4, 24), 1, date(2026, 4, 28)),  # Fri → (Mon), Tue
    ("BE", date(2026, 4, 24), 1, date(2026, 4, 27)),  # Fri → Mon
    # In 2025 the 27th was a Sunday, so the King's Day was Saturday the 26th
    ("NL", date(2025, 4, 25), 1, date(2025, 4, 28)),  # Fri → Mon
    # 1 May is a Friday in 2026, a day off in Belgium only
    ("BE", date(2026, 4, 30), 1, date(2026, 5, 4)),  # Thu → (Fri), Mon
    ("NL", date(2026, 4, 30), 1, date(2026, 5, 1)),  # Thu → Fri
    # 5 May: by the Algemene termijnenwet every year, not once in five
    ("NL", date(2026, 5, 4), 1, date(2026, 5, 6)),  # Mon → (Tue), Wed
    ("NL", date(2027, 5, 4), 1, date(2027, 5, 7)),  # Tue → (Wed), (Ascension Thu), Fri
    ("NL", date(2025, 5, 2), 1, date(2025, 5, 6)),  # Fri → (Mon 5 May, a lustrum), Tue
    ("BE", date(2026, 5, 4), 1, date(2026, 5, 5)),  # Mon → Tue
    # Ascension Thursday 14 May 2026, Whit Monday 25 May 2026
    ("BE", date(2026, 5, 13), 1, date(2026, 5, 15)),  # Wed → (Thu), Fri: no bridge by itself
    ("NL", date(2026, 5, 13), 2, date(2026, 5, 18)),  # Wed → (Thu), Fri, Mon
    ("BE", date(2026, 5, 22), 1, date(2026, 5, 26)),  # Fri → (Whit Mon), Tue
    ("NL", date(2026, 5, 22), 1, date(2026, 5, 26)),  # Fri → (Whit Mon), Tue
    # Belgian days
    ("BE", date(2026, 7, 20), 1, date(2026, 7, 22)),  # Mon → (Tue 21 July), Wed
    ("NL", date(2026, 7, 20), 1, date(2026, 7, 21)),  # Mon → Tue
    ("BE", date(2026, 8, 14), 1, date(2026, 8, 17)),  # Fri → (Sat 15 Aug), Mon: no day given back
    ("BE", date(2026, 11, 10), 1, date(2026, 11, 12)),  # Tue → (Wed 11 Nov), Thu
    ("NL", date(2026, 11, 10), 1, date(2026, 11, 11)),  # Tue → Wed
    # The end of the year: 25 December 2026 is a Friday, 1 January 2027 too
    ("BE", date(2026, 12, 24), 1, date(2026, 12, 28)),  # Thu → (Fri), Mon
    ("NL", date(2026, 12, 24), 1, date(2026, 12, 28)),  # Thu → (Fri), (Sat 26 Dec), Mon
    ("NL", date(2025, 12, 24), 1, date(2025, 12, 29)),  # Wed → (Thu), (Fri 26 Dec), Mon
    ("BE", date(2025, 12, 24), 1, date(2025, 12, 26)),  # Wed → (Thu), Fri: no Boxing Day here
    ("BE", date(2026, 12, 31), 1, date(2027, 1, 4)),  # Thu → (Fri 1 Jan), Mon
    ("BE", date(2026, 12, 30), 3, date(2027, 1, 5)),  # Wed → Thu, (Fri 1 Jan), Mon, Tue
]


@pytest.mark.parametrize(("country", "start", "days", "end"), TERMS)
def test_a_term_ends_on(country: str, start: date, days: int, end: date) -> None:
    assert after_working_days(start, days, Calendar(country)) == end


def test_days_on_which_the_organisation_is_closed_do_not_count() -> None:
    bridge = Calendar("BE", frozenset({date(2026, 5, 15)}))
    assert after_working_days(date(2026, 5, 13), 1, bridge) == date(2026, 5, 18)  # Wed → Mon


def test_a_closed_week_between_christmas_and_new_year_moves_every_term() -> None:
    week = frozenset(date(2026, 12, day) for day in range(24, 32))
    calendar = Calendar("BE", week)
    # Wed 23 December → (Thu 24 … Thu 31 closed), (Fri 1 January), Mon 4, Tue 5
    assert after_working_days(date(2026, 12, 23), 2, calendar) == date(2027, 1, 5)


def test_closing_on_a_day_that_was_free_already_changes_nothing() -> None:
    sunday = Calendar("BE", frozenset({date(2026, 11, 29)}))
    assert after_working_days(date(2026, 11, 27), 1, sunday) == date(2026, 11, 30)


def test_good_friday_and_the_fifth_of_may_are_days_off_in_the_netherlands_every_year() -> None:
    for year in range(2024, 2036):
        assert date(year, 5, 5) in public_holidays("NL", year)
    assert date(2027, 3, 26) in public_holidays("NL", 2027)  # Good Friday
    assert date(2027, 3, 26) not in public_holidays("BE", 2027)


@pytest.mark.parametrize(
    ("day", "works_in_belgium", "works_in_the_netherlands"),
    [
        (date(2026, 11, 21), False, False),  # Sat
        (date(2026, 11, 22), False, False),  # Sun
        (date(2026, 11, 23), True, True),  # Mon
        (date(2026, 4, 3), True, False),  # Good Friday
        (date(2026, 12, 26), False, False),  # Sat, and a Dutch holiday
        (date(2025, 12, 26), True, False),  # Fri
    ],
)
def test_a_working_day_is_one_on_which_people_work(
    day: date, works_in_belgium: bool, works_in_the_netherlands: bool
) -> None:
    assert BELGIUM.is_working_day(day) is works_in_belgium
    assert NETHERLANDS.is_working_day(day) is works_in_the_netherlands
