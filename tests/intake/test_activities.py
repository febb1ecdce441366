"""Activities with a link of their own, and what goes inside the seal (R-001-41, R-001-42)."""

from datetime import date, timedelta

import pytest
from django.db import connection

from klankbord.cases.models import Case, Entry
from klankbord.handling import casework
from klankbord.intake.activities import (
    GRACE,
    ActivityRefused,
    Wrong,
    activities_of,
    activity_named,
    as_told,
    end_activity,
    is_open,
    last_day,
    resume_activity,
)
from klankbord.intake.models import Activity
from klankbord.kit.journal.models import Line
from tests import given

DAY = given.TODAY


def test_an_activity_gets_a_short_address_of_its_own(house: given.House) -> None:
    """R-001-41"""
    first, second = given.an_activity(house, "noor"), given.an_activity(house, "noor")
    assert len(first.word) == 8
    assert first.word != second.word
    assert activity_named(house.organisation, first.word) == first
    assert activities_of(house.organisation) == [first, second]


def test_the_word_of_a_neighbours_activity_is_unknown_here(
    house: given.House, neighbour: given.House
) -> None:
    theirs = given.an_activity(neighbour, "nadia")
    assert activity_named(house.organisation, theirs.word) is None
    assert activities_of(house.organisation) == []


@pytest.mark.parametrize(
    ("about", "wrong"),
    [
        ({"name": ""}, Wrong.NO_NAME),
        ({"name": "x" * 121}, Wrong.NAME_TOO_LONG),
        ({"until_day": None}, Wrong.NO_DAYS),
        ({"until_day": DAY - timedelta(days=1)}, Wrong.BACKWARDS),
        ({"until_day": DAY + timedelta(days=500)}, Wrong.TOO_LONG),
        ({"from_day": date(2025, 7, 1), "until_day": date(2025, 7, 9)}, Wrong.OVER),
    ],
)
def test_what_cannot_be_an_activity_is_refused_by_what_is_wrong(
    house: given.House, about: dict[str, object], wrong: Wrong
) -> None:
    with pytest.raises(ActivityRefused) as refused:
        given.an_activity(house, "noor", **{"from_day": DAY, "on": DAY, **about})  # type: ignore[arg-type]
    assert refused.value.wrong is wrong
    assert not Activity.objects.exists()


def test_the_link_works_until_some_weeks_after_the_last_day(house: given.House) -> None:
    row = given.an_activity(house, "noor", from_day=DAY, until_day=DAY, on=DAY)
    assert last_day(row) == DAY + GRACE
    assert is_open(row, DAY - timedelta(days=30)), "parents read the sheet before"
    assert is_open(row, DAY + GRACE)
    assert not is_open(row, DAY + GRACE + timedelta(days=1))


def test_ending_it_is_taken_back_with_one_click(house: given.House) -> None:
    row, noor = given.an_activity(house, "noor", from_day=DAY, on=DAY), house["noor"].membership
    end_activity(row, by=noor, on=DAY)
    row.refresh_from_db()
    assert not is_open(row, DAY)
    resume_activity(row, by=noor, on=DAY)
    row.refresh_from_db()
    assert is_open(row, DAY)
    deeds = Line.objects.filter(actor=noor).values_list("deed", flat=True)
    assert [it for it in deeds if it.startswith("activity")] == [
        "activity_made", "activity_ended", "activity_resumed",
    ]  # fmt: skip


def test_a_unit_of_another_organisation_is_none(house: given.House, neighbour: given.House) -> None:
    unit = house.units["Provincie Oost"]
    assert given.an_activity(house, "noor", unit=unit.id).unit == unit
    assert given.an_activity(neighbour, "nadia", unit=unit.id).unit is None


def test_the_activity_is_inside_the_seal_and_whoever_reads_the_case_sees_it(
    house: given.House,
) -> None:
    """R-001-42"""
    row = given.an_activity(house, "noor", name="Zomerkamp Eikenrode", from_day=DAY, on=DAY)
    draft = given.a_draft(house, reader="noor")
    draft.activity = as_told(row)
    told = given.a_report(house, draft=draft)
    page = casework.open_page(
        house["noor"].member(), told.reference, at=given.NOON, language="nl"
    ).page
    assert page.activity == as_told(row)


def test_nothing_plain_says_which_case_came_by_which_activity(house: given.House) -> None:
    """R-001-42: the same rows, the same number of entries, the same sizes."""
    row = given.an_activity(house, "noor", from_day=DAY, on=DAY)
    by_link, without = given.a_draft(house, reader="noor"), given.a_draft(house, reader="noor")
    by_link.activity = as_told(row)
    one, other = given.a_report(house, draft=by_link), given.a_report(house, draft=without)

    def shape(case: Case) -> list[tuple[int, int, int]]:
        rows = Entry.objects.filter(case=case).order_by("seq")
        return [(it.seq, it.epoch, len(it.sealed)) for it in rows]

    assert shape(one.case) == shape(other.case)
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            if table == Activity._meta.db_table or table.startswith("django_"):
                continue
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - our own tables
            for line in cursor.fetchall():
                for value in line:
                    text = value.hex() if isinstance(value, bytes) else str(value)
                    assert row.word not in text, table
                    assert row.id.hex not in text.replace("-", ""), table


def test_it_goes_to_the_people_of_the_activitys_group_unless_the_reporter_says_otherwise(
    house: given.House,
) -> None:
    """R-000-26: whoever comes by a camp's link need not know to which group it belongs."""
    west = house.units["Provincie West"]
    row = given.an_activity(house, "noor", unit=west.id, from_day=DAY, on=DAY)
    draft = given.a_draft(house)
    draft.activity = as_told(row)
    assert given.a_report(house, draft=draft).receipt.readers == (house["tarik"].name,)
    draft.answers["unit"] = house.units["Provincie Oost"].id.hex
    assert given.a_report(house, draft=draft).receipt.readers == (house["noor"].name,)
