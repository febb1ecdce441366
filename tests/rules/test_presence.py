"""When somebody is there, and what may be promised on it (R-002-44, R-002-47, K20, R-001-10)."""

from datetime import date
from uuid import UUID

import pytest

from klankbord.rules.presence import (
    Away,
    Gap,
    HoursUnclear,
    Presence,
    Slot,
    Stretch,
    Turn,
    answer_by,
    around,
    call_back_by,
    first_day_there,
    gaps,
    on_call,
    read_hours,
    stretches,
)
from klankbord.rules.terms import Calendar

BE = Calendar("BE")
NOOR, TARIK = UUID(int=1), UUID(int=2)
MON, TUE, WED, THU, FRI, SAT, SUN = (date(2026, 11, day) for day in range(23, 30))
NEXT_MON = date(2026, 11, 30)
ALWAYS = Presence()


def only_on(*weekdays: int) -> Presence:
    return Presence(hours=tuple(Slot(day, 9 * 60, 12 * 60) for day in weekdays))


def away(first: date, last: date) -> Presence:
    return Presence(away=(Away(first, last),))


# Being there --------------------------------------------------------------------------------------


def test_without_hours_somebody_is_there_on_every_day_that_they_are_not_away() -> None:
    assert ALWAYS.is_there(SUN, BE)
    assert not away(MON, WED).is_there(WED, BE)
    assert away(MON, WED).is_there(THU, BE)


def test_with_hours_somebody_is_there_on_those_days_of_the_week() -> None:
    assert [only_on(0, 5).is_there(day, BE) for day in (MON, TUE, SAT)] == [True, False, True]


@pytest.mark.parametrize(
    ("day", "calendar"),
    [
        (date(2026, 12, 25), BE),  # a Friday
        (date(2026, 8, 15), BE),  # a Saturday
        (MON, Calendar("BE", closures=frozenset({MON}))),
        (SAT, Calendar("BE", closures=frozenset({SAT}))),
    ],
)
def test_hours_do_not_hold_on_a_holiday_or_a_closure(day: date, calendar: Calendar) -> None:
    assert not only_on(*range(7)).is_there(day, calendar)


def test_absences_that_follow_each_other_are_one_absence() -> None:
    person = Presence(away=(Away(THU, FRI), Away(MON, TUE), Away(WED, WED)))
    assert person.away_until(MON) == FRI
    assert person.away_until(SAT) is None


def test_a_day_in_between_parts_two_absences() -> None:
    assert Presence(away=(Away(MON, TUE), Away(THU, FRI))).away_until(MON) == TUE


def test_of_absences_that_overlap_the_last_day_counts() -> None:
    assert Presence(away=(Away(MON, FRI), Away(TUE, WED))).away_until(TUE) == FRI


def test_an_absence_still_to_come_is_none_today() -> None:
    assert away(WED, FRI).away_until(MON) is None


def test_nobody_is_expected_who_is_away_for_years() -> None:
    assert first_day_there([away(MON, date(2030, 1, 1))], MON, BE) is None
    assert first_day_there([], MON, BE) is None


# The promise --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("people", "due"),
    [
        ([], WED),
        ([ALWAYS], WED),
        ([away(MON, FRI)], date(2026, 12, 1)),  # counted from the last day away (K20)
        ([away(MON, FRI), ALWAYS], WED),
        ([away(MON, FRI), away(MON, TUE)], THU),
        ([only_on(1)], WED),  # there on one of the days
        ([only_on(3)], THU),  # not before Thursday
        ([only_on(0)], NEXT_MON),  # the day on which it is asked does not count
        ([only_on(0), only_on(3)], THU),
        ([Presence(only_on(3).hours, (Away(THU, FRI),))], date(2026, 12, 3)),
    ],
)
def test_a_first_answer_is_promised_for_a_day_on_which_somebody_is_there(
    people: list[Presence], due: date
) -> None:
    """R-002-44, K20: asked on a Monday, within two working days."""
    assert answer_by(people, MON, 2, BE) == due


@pytest.mark.parametrize(
    ("people", "asked", "due"),
    [
        ([ALWAYS], FRI, SAT),  # a calendar day, not a working day
        ([away(FRI, SUN)], FRI, NEXT_MON),
        ([away(FRI, SUN), ALWAYS], FRI, SAT),
        ([only_on(0, 1, 2, 3, 4)], FRI, NEXT_MON),
        ([only_on(0, 1, 2, 3, 4), only_on(5)], FRI, SAT),
    ],
)
def test_calling_back_within_one_day_adapts_to_who_is_there(
    people: list[Presence], asked: date, due: date
) -> None:
    """R-002-47, K20"""
    assert call_back_by(people, asked, 1, BE) == due


# Hours as people type them ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "slots"),
    [
        ("", ()),
        ("9-12", ((540, 720),)),
        ("9:00–12:30, 13.30-17", ((540, 750), (810, 1020))),
        ("9 tot 12 en 13 tot 17 uur", ((540, 720), (780, 1020))),
        ("9h à 12h30 et 14h à 17h", ((540, 750), (840, 1020))),
        ("13u30 - 17u", ((810, 1020),)),
        ("14-17, 9-12", ((540, 720), (840, 1020))),
        ("20-24", ((1200, 1440),)),
    ],
)
def test_hours_are_read_as_people_write_them(
    typed: str, slots: tuple[tuple[int, int], ...]
) -> None:
    assert read_hours(typed, 2) == tuple(Slot(2, *span) for span in slots)


@pytest.mark.parametrize(
    "typed", ["12-9", "9-9", "9", "voormiddag", "9-25", "9:75-10", "9-12, 11-13"]
)
def test_what_is_no_hours_is_refused_and_not_guessed(typed: str) -> None:
    with pytest.raises(HoursUnclear):
        read_hours(typed, 0)


def test_neighbouring_days_with_the_same_hours_are_said_together() -> None:
    week = [*only_on(0, 1, 2, 4).hours, Slot(4, 780, 1020)]
    morning = ((540, 720),)
    assert stretches(week) == (Stretch(0, 2, morning), Stretch(4, 4, (*morning, (780, 1020))))


# Absences that meet ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("new", "left"),
    [
        (Away(SAT, SUN), (Away(MON, FRI),)),
        (Away(MON, SUN), ()),
        (Away(MON, TUE), (Away(WED, FRI),)),
        (Away(THU, SUN), (Away(MON, WED),)),
        (Away(TUE, THU), (Away(MON, MON), Away(FRI, FRI))),
    ],
)
def test_the_newer_absence_counts_for_the_days_they_share(
    new: Away, left: tuple[Away, ...]
) -> None:
    assert around(Away(MON, FRI), new) == left


# Who has duty -------------------------------------------------------------------------------------


def test_who_has_duty_and_is_away_cannot_be_called() -> None:
    """R-001-10"""
    turns = [Turn(NOOR, MON, WED), Turn(TARIK, TUE, FRI)]
    assert on_call(turns, TUE, {}) == (NOOR, TARIK)
    assert on_call(turns, TUE, {NOOR: away(MON, TUE)}) == (TARIK,)
    assert on_call(turns, SAT, {}) == ()


def test_a_day_without_anybody_to_call_is_a_gap_and_says_who_is_away() -> None:
    """R-001-10"""
    turns = [Turn(NOOR, MON, WED), Turn(TARIK, SAT, SUN)]
    assert gaps(turns, MON, 7, {}) == (Gap(THU, FRI),)
    assert gaps(turns, MON, 7, {TARIK: away(SUN, SUN)}) == (
        Gap(THU, FRI),
        Gap(SUN, SUN, (TARIK,)),
    )
    assert gaps([], MON, 2, {}) == (Gap(MON, TUE),)
