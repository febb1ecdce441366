"""Counts kept beside the cases: always what follows from them, and never a word of which case."""

from datetime import timedelta

import pytest

from klankbord.cases.models import NOBODY, Tally
from klankbord.cases.queries import overview, waits_with
from klankbord.cases.tallies import compact, rebuild, recounted, stored
from klankbord.cases.verifying import verify
from klankbord.handling import casework, channel
from klankbord.kit.clock import day_number
from tests import given
from tests.given import NOON, TODAY, House

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_procedure")]

DAY = timedelta(days=1)
YEAR = TODAY.year


def a_life(house: House) -> given.Told:
    """A case with all that can change a count: answered, asked again, shared, closed, reopened."""
    told = given.a_report(house, reader="noor", must_not=["joris"])
    noor, reference = house["noor"].member(), told.reference
    casework.open_page(noor, reference, at=NOON, language="nl")
    casework.answer(noor, reference, text="Dag.", token=given.a_token(), at=NOON)
    channel.write(told.seat, told.case.id, text="En nu?", token=given.a_token(), at=NOON + DAY)
    casework.give_access(
        noor, reference, membership=house["tarik"].membership, identity=False, why="samen", at=NOON
    )
    casework.close(noor, reference, reason="settled", text="Klaar.", at=NOON + DAY)
    casework.reopen(noor, reference, text="Toch niet.", at=NOON + 2 * DAY)
    channel.write(told.seat, told.case.id, text="Dank.", token=given.a_token(), at=NOON + 3 * DAY)
    casework.end_access(
        noor, reference, membership=house["tarik"].membership, why="terug", at=NOON + 3 * DAY
    )
    return told


def test_the_counts_follow_from_the_cases_whatever_happens_in_them(house: House) -> None:
    a_life(house)
    given.a_report(house, choice="team")
    assert stored() == recounted()
    assert verify().faults == []


def test_adding_up_changes_no_count(house: House) -> None:
    a_life(house)
    before = stored()
    assert compact() > 0
    assert stored() == before
    assert Tally.objects.count() == len(before)
    assert compact() == 0


def test_making_them_anew_gives_the_same(house: House) -> None:
    a_life(house)
    before = stored()
    rebuild()
    assert stored() == before


def test_a_count_that_was_changed_by_hand_is_found(house: House) -> None:
    given.a_report(house, reader="noor")
    Tally.objects.filter(overseer=house["els"].membership, what=Tally.OPEN).update(number=7)
    assert verify().faults == [
        f"membership {house['els'].membership}: what it counts does not follow from the cases."
    ]


def test_whoever_must_not_read_counts_nothing_of_it(house: House) -> None:
    """vault §4, row 31"""
    a_life(house)
    assert not Tally.objects.filter(overseer=house["joris"].membership).exists()
    assert overview(house["joris"].membership, TODAY, YEAR) == overview(
        house["bert"].membership, TODAY, YEAR
    )
    assert overview(house["els"].membership, TODAY, YEAR).open == 1


def test_whom_a_typed_name_means_stops_counting_when_it_is_settled(house: House) -> None:
    told = given.a_report(house, reader="noor", must_not_words="die van het bestuur")
    joris = house["joris"].membership
    assert overview(joris, TODAY, YEAR).open == 1
    casework.settle_exclusion(
        house["noor"].member(), told.reference, members=(joris,), note="Er is er één.", at=NOON
    )
    assert overview(joris, TODAY, YEAR).open == 0
    assert waits_with(joris, TODAY) == ()
    assert stored() == recounted()


def test_with_whom_it_waits_and_how_long(house: House) -> None:
    els = house["els"].membership
    due = given.a_report(house, reader="noor").receipt.first_answer_by
    given.a_report(house, choice="team")
    found = {it.member: it for it in waits_with(els, due)}
    noor, tarik = house["noor"].membership, house["tarik"].membership
    assert (found[noor].on_time, found[noor].late, found[noor].longest) == (2, 0, 0)
    assert found[tarik].total == 1
    later = {it.member: it for it in waits_with(els, due + 3 * DAY)}
    assert (later[noor].on_time, later[noor].late, later[noor].longest) == (0, 2, 3)
    last = {it.member: it for it in waits_with(els, due + 9 * DAY)}
    assert (last[noor].late, last[noor].very_late) == (0, 2)


def test_all_of_a_year_open_and_done(house: House) -> None:
    els = house["els"].membership
    first, _second = given.a_report(house, reader="noor"), given.a_report(house, reader="noor")
    casework.close(
        house["noor"].member(), first.reference, reason="settled", text="Klaar.", at=NOON
    )
    found = overview(els, TODAY, YEAR)
    assert (found.came, found.came_open, found.came_done) == (2, 1, 1)
    other = overview(els, TODAY, YEAR - 1)
    assert (other.came, other.came_done, other.open) == (0, 0, 1)


def test_a_count_says_not_which_case(house: House) -> None:
    told = a_life(house)
    compact()
    fields = {field.name for field in Tally._meta.get_fields()}
    assert fields == {"id", "overseer", "what", "day", "who", "clock", "number"}
    whos = set(Tally.objects.values_list("who", flat=True))
    assert whos <= {NOBODY, house["noor"].membership}
    assert told.case.id not in whos


def test_nobody_of_the_neighbour_counts_or_is_counted(house: House, neighbour: House) -> None:
    a_life(house)
    given.a_report(neighbour, reader="nadia")
    cleo = neighbour["cleo"].membership
    assert overview(cleo, TODAY, YEAR).open == 1
    assert [it.member for it in waits_with(cleo, TODAY)] == [neighbour["nadia"].membership]


def test_a_year_ends_on_its_last_day(house: House) -> None:
    given.a_report(house, reader="noor", at=NOON)
    last = day_number(TODAY.replace(month=12, day=31))
    Tally.objects.filter(what=Tally.CAME).update(day=last)
    els = house["els"].membership
    assert (overview(els, TODAY, YEAR).came, overview(els, TODAY, YEAR + 1).came) == (1, 0)
