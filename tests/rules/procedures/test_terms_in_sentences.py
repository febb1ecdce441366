"""Terms on real calendars; the days were counted by hand."""

from datetime import date, timedelta

import pytest

from klankbord.rules.procedures.sentences import NotATerm, read_length, read_sentence
from klankbord.rules.terms import Calendar, after_months, after_working_days, at_once

CLOSURE = frozenset(date(2026, 12, 24) + timedelta(days=days) for days in range(11))
MEETINGS = {
    "daily_board": (date(2026, 12, 15), date(2027, 1, 19), date(2027, 2, 16), date(2027, 4, 20))
}
BE = Calendar("BE", meetings=MEETINGS)
CLOSED = Calendar("BE", CLOSURE, meetings=MEETINGS)
NL = Calendar("NL", meetings=MEETINGS)


@pytest.mark.parametrize(
    ("number", "start", "calendar", "due"),
    [
        (5, date(2026, 12, 21), BE, date(2026, 12, 29)),  # Mon; Christmas on Friday
        (5, date(2026, 12, 21), CLOSED, date(2027, 1, 6)),
        (15, date(2026, 12, 21), BE, date(2027, 1, 13)),
        (15, date(2026, 12, 21), CLOSED, date(2027, 1, 20)),
        (30, date(2027, 1, 13), BE, date(2027, 2, 24)),
        (5, date(2026, 12, 26), BE, date(2027, 1, 4)),  # Sat
        (5, date(2026, 12, 26), CLOSED, date(2027, 1, 8)),
        (5, date(2027, 3, 24), BE, date(2027, 4, 1)),  # Wed before Easter
        (5, date(2027, 3, 24), NL, date(2027, 4, 2)),  # Good Friday
        (30, date(2027, 3, 22), BE, date(2027, 5, 4)),
        (30, date(2027, 3, 22), NL, date(2027, 5, 10)),  # 27 April, 5 May
        (5, date(2027, 4, 30), BE, date(2027, 5, 10)),  # Ascension
        (5, date(2027, 4, 30), NL, date(2027, 5, 11)),
        (15, date(2027, 7, 19), BE, date(2027, 8, 10)),  # 21 July
        (15, date(2027, 7, 19), NL, date(2027, 8, 9)),
        (15, date(2027, 1, 11), BE, date(2027, 2, 1)),
        (1, date(2026, 12, 31), NL, date(2027, 1, 4)),
        (1, date(2026, 11, 10), BE, date(2026, 11, 12)),  # Armistice Day
        (1, date(2026, 11, 10), NL, date(2026, 11, 11)),
    ],
)
def test_a_term_in_working_days_ends_on_the_day_counted_by_hand(
    number: int, start: date, calendar: Calendar, due: date
) -> None:
    assert after_working_days(start, number, calendar) == due


@pytest.mark.parametrize(
    ("text", "start", "calendar", "due"),
    [
        ("1 month after start", date(2027, 1, 31), BE, date(2027, 2, 28)),
        ("1 month after start", date(2026, 10, 31), BE, date(2026, 11, 30)),
        ("1 month after start", date(2027, 2, 28), BE, date(2027, 3, 28)),
        ("1 month after start, or the next working day", date(2027, 2, 28), BE, date(2027, 3, 30)),
        (
            "1 month after start, or the next working day",
            date(2026, 11, 25),
            BE,
            date(2026, 12, 28),
        ),
        (
            "1 month after start, or the next working day",
            date(2026, 11, 25),
            CLOSED,
            date(2027, 1, 4),
        ),
        ("7 days after start", date(2026, 12, 18), BE, date(2026, 12, 25)),
        ("2 weeks after start", date(2026, 12, 18), BE, date(2027, 1, 1)),
        ("3 months after start", date(2026, 11, 30), BE, date(2027, 2, 28)),
        ("1 day after start", date(2026, 12, 24), BE, date(2026, 12, 25)),
        ("1 year after start", date(2024, 2, 29), BE, date(2025, 2, 28)),
        ("immediately after start", date(2026, 12, 24), BE, date(2026, 12, 28)),
        ("immediately after start", date(2026, 12, 24), CLOSED, date(2026, 12, 28)),
        ("immediately after start", date(2027, 3, 26), BE, date(2027, 3, 30)),  # Good Friday
        ("immediately after start", date(2027, 3, 26), NL, date(2027, 3, 30)),
        ("next daily_board after start", date(2027, 1, 19), BE, date(2027, 2, 16)),  # a meeting day
        ("next daily_board after start", date(2027, 4, 20), BE, None),
        ("next board after start", date(2027, 4, 20), BE, None),
        ("on appointment", date(2027, 1, 3), BE, date(2027, 1, 3)),
        ("on appointment, or the next working day", date(2027, 1, 3), BE, date(2027, 1, 4)),
    ],
)
def test_each_sentence_gives_its_day(
    text: str, start: date, calendar: Calendar, due: date | None
) -> None:
    assert read_sentence(text).day(start, calendar) == due


def test_a_yearly_term_from_a_leap_day_does_not_drift() -> None:
    sentence = read_sentence("every year after start")

    assert [sentence.day(date(2024, 2, 29), BE, rounds) for rounds in range(4)] == [
        date(2025, 2, 28),
        date(2026, 2, 28),
        date(2027, 2, 28),
        date(2028, 2, 29),
    ]


def test_every_six_months_counts_from_the_start() -> None:
    sentence = read_sentence("every 6 months after start")

    assert sentence.day(date(2026, 8, 31), BE, 0) == date(2027, 2, 28)
    assert sentence.day(date(2026, 8, 31), BE, 1) == date(2027, 8, 31)


def test_a_region_does_not_work_on_its_own_day() -> None:
    start = date(2025, 7, 10)  # a Thursday; the next day is that of the Flemish community

    assert after_working_days(start, 1, Calendar("BE")) == date(2025, 7, 11)
    assert after_working_days(start, 1, Calendar("BE", region="flemish")) == date(2025, 7, 14)
    assert at_once(start, Calendar("BE", region="flemish")) == date(2025, 7, 11)


def test_months_go_back_and_forth_over_a_year() -> None:
    assert after_months(date(2026, 11, 30), 3) == date(2027, 2, 28)
    assert after_months(date(2026, 12, 31), 12) == date(2027, 12, 31)


@pytest.mark.parametrize(
    "text",
    [
        "soon after start",
        "15 workdays after signed",
        "0 days after start",
        "15 working days before signed",
        "15 working days after Signed",
        "after start",
        "next after start",
        "every day after start",
        "on",
        "",
    ],
)
def test_what_is_not_one_of_the_sentences_is_no_term(text: str) -> None:
    with pytest.raises(NotATerm):
        read_sentence(text)


@pytest.mark.parametrize("text", ["soon", "15", "working days", "-1 days"])
def test_what_is_not_a_length_is_refused(text: str) -> None:
    with pytest.raises(NotATerm):
        read_length(text)
