"""Noting an absence beforehand: cut off at today, one substitute a day, one's own house only."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from klankbord.agenda.models import Absence
from klankbord.agenda.services import (
    DaysOver,
    DaysReversed,
    DaysTooFar,
    NotAColleague,
    NotThere,
    end_absence,
    plan_absence,
)
from klankbord.agenda.times import absences_of
from klankbord.kit.clock import day_of
from klankbord.kit.journal.models import Line
from tests import given
from tests.given import NOON, House

pytestmark = pytest.mark.django_db

TODAY = NOON.date()
DAY = timedelta(days=1)


def plan(house: House, first: int, last: int, who: str = "noor", substitute: str = "") -> Absence:
    row = given.membership(house[who])
    return plan_absence(
        row, from_day=TODAY + first * DAY, until_day=TODAY + last * DAY,
        substitute=given.membership(house[substitute]) if substitute else None, by=row.id,
        on=TODAY,
    )  # fmt: skip


def noted(house: House, who: str = "noor") -> list[tuple[int, int, str]]:
    rows = absences_of([house[who].membership], date(2020, 1, 1))
    return [
        (
            (day_of(row.from_day) - TODAY).days,
            (day_of(row.until_day) - TODAY).days,
            str(row.substitute or ""),
        )
        for row in rows
    ]


def test_what_lies_in_the_past_is_cut_off(house: House) -> None:
    """R-002-44"""
    plan(house, -5, 3)
    assert noted(house) == [(0, 3, "")]


def test_of_two_that_overlap_each_day_has_one_substitute(house: House) -> None:
    plan(house, 1, 10)
    plan(house, 4, 6, substitute="tarik")
    assert noted(house) == [(1, 3, ""), (4, 6, "Tarik Ravelijn"), (7, 10, "")]


def test_the_same_absence_again_replaces_the_first(house: House) -> None:
    plan(house, 1, 3)
    plan(house, 1, 3, substitute="tarik")
    assert noted(house) == [(1, 3, "Tarik Ravelijn")]


def test_the_absences_of_a_colleague_stay_as_they_are(house: House) -> None:
    plan(house, 1, 3, "tarik")
    plan(house, 2, 8)
    assert noted(house, "tarik") == [(1, 3, "")]


@pytest.mark.parametrize(
    ("first", "last", "error"),
    [(3, 1, DaysReversed), (-9, -1, DaysOver), (1, 3000, DaysTooFar)],
)
def test_days_that_cannot_be_meant_are_refused(
    house: House, first: int, last: int, error: type[Exception]
) -> None:
    with pytest.raises(error):
        plan(house, first, last)
    assert noted(house) == []


def test_nobody_stands_in_for_themselves(house: House) -> None:
    with pytest.raises(NotAColleague):
        plan(house, 1, 3, substitute="noor")


def test_nobody_of_the_neighbour_stands_in(house: House, neighbour: House) -> None:
    with pytest.raises(NotAColleague):
        plan_absence(
            given.membership(house["noor"]), from_day=TODAY, until_day=TODAY,
            substitute=given.membership(neighbour["nadia"]), by=house["noor"].membership, on=TODAY,
        )  # fmt: skip


def end(house: House, row: Absence, who: str = "noor", later: int = 0) -> None:
    member = given.membership(house[who])
    end_absence(member, absence=row.id, by=member.id, on=TODAY + later * DAY)


def test_who_is_back_early_was_away_until_yesterday(house: House) -> None:
    end(house, plan(house, 0, 9), later=3)
    assert noted(house) == [(0, 2, "")]


def test_an_absence_that_did_not_begin_yet_is_taken_away(house: House) -> None:
    end(house, plan(house, 2, 9))
    assert noted(house) == []


def test_what_is_over_cannot_be_ended(house: House) -> None:
    row = plan(house, 0, 1)
    with pytest.raises(NotThere):
        end(house, row, later=5)


def test_nobody_ends_the_absence_of_somebody_else(house: House) -> None:
    row = plan(house, 0, 9)
    for who, absence in (("tarik", row.id), ("noor", uuid4())):
        member = given.membership(house[who])
        with pytest.raises(NotThere):
            end_absence(member, absence=absence, by=member.id, on=TODAY)
    assert noted(house) == [(0, 9, "")]


def test_the_journal_says_that_it_was_noted_and_by_whom(house: House) -> None:
    plan(house, 0, 2)
    line = Line.objects.get(deed="absence_noted")
    assert (line.actor, line.organisation) == (house["noor"].membership, house.organisation.id)
