"""Linking cases: one handler, two cases that this handler reads, nobody else (P25, R-004-306)."""

import pytest

from klankbord.cases.verifying import verify
from klankbord.handling import casework
from klankbord.handling.linking import (
    AlreadyDone,
    NotYours,
    ReasonMissing,
    SameCase,
    link,
    links_of,
    note_earlier,
    unlink,
)
from tests import given
from tests.given import NOON, House, Told

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_procedure")]


def two(house: House) -> tuple[Told, Told]:
    return given.a_report(house, choice="team"), given.a_report(house, choice="team")


def linked(house: House, told: Told, who: str = "noor") -> list[str]:
    return [it.reference for it in links_of(house[who].member(), told.reference, at=NOON).linked]


def test_a_link_stands_in_both_cases(house: House) -> None:
    one, other = two(house)
    link(house["noor"].member(), one.reference, other=other.reference, at=NOON)
    assert linked(house, one) == [other.reference]
    assert linked(house, other) == [one.reference]
    assert verify().faults == []


def test_nobody_else_who_reads_both_learns_of_it(house: House) -> None:
    """P25"""
    one, other = two(house)
    tarik = house["tarik"].member()
    casework.open_page(tarik, one.reference, at=NOON, language="nl")
    before = casework.open_page(tarik, one.reference, at=NOON, language="nl")
    link(house["noor"].member(), one.reference, other=other.reference, at=NOON)
    after = casework.open_page(tarik, one.reference, at=NOON, language="nl")
    assert linked(house, one, "tarik") == []
    assert [it.kind for it in after.page.items] == [it.kind for it in before.page.items]
    assert after.waiting == before.waiting


def test_the_reporter_does_not_learn_of_it(house: House) -> None:
    from klankbord.handling.channel import view

    one, other = two(house)
    link(house["noor"].member(), one.reference, other=other.reference, at=NOON)
    page = view(one.seat, one.case.id, at=NOON, language="nl")
    assert "case_linked" not in {it.kind for it in page.items}
    assert not page.trouble


def test_a_link_is_taken_away_in_both(house: House) -> None:
    one, other = two(house)
    noor = house["noor"].member()
    link(noor, one.reference, other=other.reference, at=NOON)
    unlink(noor, other.reference, other=one.case.id, at=NOON)
    assert linked(house, one) == linked(house, other) == []
    with pytest.raises(NotYours):
        unlink(noor, other.reference, other=one.case.id, at=NOON)


def test_a_case_that_i_do_not_read_is_not_there_to_link(house: House, neighbour: House) -> None:
    mine = given.a_report(house, reader="noor")
    theirs = given.a_report(house, reader="tarik").reference
    foreign = given.a_report(neighbour, reader="nadia").reference
    for reference in (theirs, foreign, "RAV-0000", ""):
        with pytest.raises(NotYours):
            link(house["noor"].member(), mine.reference, other=reference, at=NOON)


def test_a_case_is_not_linked_with_itself_or_twice(house: House) -> None:
    one, other = two(house)
    noor = house["noor"].member()
    with pytest.raises(SameCase):
        link(noor, one.reference, other=one.reference, at=NOON)
    link(noor, one.reference, other=other.reference, at=NOON)
    with pytest.raises(AlreadyDone):
        link(noor, one.reference, other=other.reference, at=NOON)


def test_a_link_to_a_case_that_is_closed_to_me_now_stays_without_opening_it(house: House) -> None:
    one, other = two(house)
    noor = house["noor"].member()
    link(noor, one.reference, other=other.reference, at=NOON)
    casework.end_access(
        noor, other.reference, membership=house["noor"].membership, why="andere taak", at=NOON
    )
    [it] = links_of(noor, one.reference, at=NOON).linked
    assert not it.readable
    unlink(noor, one.reference, other=other.case.id, at=NOON)
    assert linked(house, one) == []


def test_earlier_facts_are_known_unknown_or_not(house: House) -> None:
    """R-004-306"""
    told, noor = given.a_report(house, choice="team"), house["noor"].member()
    assert links_of(noor, told.reference, at=NOON).earlier == ""
    for known in ("yes", "unknown", "no"):
        note_earlier(noor, told.reference, known=known, at=NOON)
        assert links_of(noor, told.reference, at=NOON).earlier == known
    assert links_of(house["tarik"].member(), told.reference, at=NOON).earlier == ""
    with pytest.raises(ReasonMissing):
        note_earlier(noor, told.reference, known="misschien", at=NOON)
