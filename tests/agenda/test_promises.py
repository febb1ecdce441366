"""What a page may promise before anybody asked (P7, R-002-44, R-002-47, K20)."""

from datetime import UTC, date, datetime

import pytest

from klankbord.agenda.promises import (
    called_back_by,
    first_answer_by,
    next_reading,
    whoever_is_there,
)
from klankbord.agenda.queries import roster
from klankbord.agenda.services import note_absence, set_hours
from klankbord.intake.services import first_answer_by as shown
from klankbord.rules.presence import Slot
from tests import given
from tests.given import NOON, House

pytestmark = pytest.mark.django_db

MONDAY = NOON.date()
FRIDAY = date(2026, 11, 27)


def away(house: House, who: str, first: date, last: date) -> None:
    note_absence(given.membership(house[who]), from_day=first, until_day=last)


def test_the_promise_on_the_first_page_adapts_when_everybody_is_away(house: House) -> None:
    """R-002-44"""
    assert shown(house.organisation, MONDAY) == date(2026, 11, 25)
    away(house, "noor", MONDAY, FRIDAY)
    assert shown(house.organisation, MONDAY) == date(2026, 11, 25)
    away(house, "tarik", MONDAY, date(2026, 11, 24))
    assert shown(house.organisation, MONDAY) == date(2026, 11, 26)


def test_a_call_back_is_promised_for_a_day_on_which_somebody_is_there(house: House) -> None:
    """R-002-47, K20"""
    people = roster(house.organisation, MONDAY, "nl").readers
    assert called_back_by(house.organisation, MONDAY, people, 1) == date(2026, 11, 24)
    away(house, "noor", MONDAY, FRIDAY)
    away(house, "tarik", MONDAY, date(2026, 11, 25))
    people = roster(house.organisation, MONDAY, "nl").readers
    assert called_back_by(house.organisation, MONDAY, people, 1) == date(2026, 11, 26)
    assert shown(house.organisation, MONDAY, form="call_back") == date(2026, 11, 26)


def test_when_all_are_away_all_are_meant(house: House) -> None:
    for who in ("noor", "tarik"):
        away(house, who, MONDAY, FRIDAY)
    people = whoever_is_there(roster(house.organisation, MONDAY, "nl"))
    assert len(people) == 2
    assert first_answer_by(house.organisation, MONDAY, people) == date(2026, 12, 1)


def hours(house: House, who: str, *slots: tuple[int, int, int]) -> None:
    set_hours(given.membership(house[who]), [Slot(*it) for it in slots])


@pytest.mark.parametrize(
    ("moment", "day", "start"),
    [
        (datetime(2026, 11, 23, 7, 0, tzinfo=UTC), MONDAY, 540),  # 8 o'clock: later this morning
        (datetime(2026, 11, 23, 10, 0, tzinfo=UTC), MONDAY, 540),  # right now
        (datetime(2026, 11, 23, 12, 0, tzinfo=UTC), date(2026, 11, 25), 780),
        (datetime(2026, 11, 27, 12, 0, tzinfo=UTC), date(2026, 11, 30), 540),
    ],
)
def test_danger_hears_when_the_form_is_next_read(
    house: House, moment: datetime, day: date, start: int
) -> None:
    """P7"""
    hours(house, "noor", (0, 540, 720), (2, 780, 1020))
    away(house, "tarik", MONDAY, date(2026, 12, 31))
    people = whoever_is_there(roster(house.organisation, moment.date(), "nl"))
    found = next_reading(house.organisation, people, moment)
    assert found is not None
    assert (found.day, found.hours[0].start) == (day, start)


def test_without_hours_nobody_says_that_somebody_looks_today(house: House) -> None:
    people = whoever_is_there(roster(house.organisation, FRIDAY, "nl"))
    found = next_reading(house.organisation, people, datetime(2026, 11, 27, 9, 0, tzinfo=UTC))
    assert found is not None
    assert (found.day, found.hours) == (date(2026, 11, 30), ())


def test_nobody_to_expect_is_said_and_not_hidden(house: House) -> None:
    assert next_reading(house.organisation, (), NOON) is None


def test_new_hours_take_the_place_of_the_old(house: House) -> None:
    hours(house, "noor", (0, 540, 720))
    hours(house, "noor", (1, 600, 660))
    noor = next(
        it for it in roster(house.organisation, MONDAY, "nl").readers if it.name.startswith("Noor")
    )
    assert noor.presence.hours == (Slot(1, 600, 660),)


def test_of_those_present_whoever_is_there_within_the_promise_reads(house: House) -> None:
    hours(house, "noor", (4, 540, 720))  # only on Fridays; the promise is two working days
    people = whoever_is_there(roster(house.organisation, MONDAY, "nl"))
    assert [it.name for it in people] == ["Tarik Ravelijn"]
