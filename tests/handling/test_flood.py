"""Vault §3.5: flood cases are grouped and closed with a reason, never dropped."""

import pytest

from klankbord.cases.models import Case
from klankbord.handling.channel import view
from klankbord.handling.flood import (
    Group,
    ReasonMissing,
    alike,
    close_together,
    reopen_together,
)
from tests import given
from tests.given import NOON, House, Told

pytestmark = pytest.mark.django_db


def flood(house: House, *texts: str, reader: str = "noor", **about: str) -> list[Told]:
    return [
        given.a_report(house, answers={"happened": text, **about}, reader=reader) for text in texts
    ]


def groups(house: House, name: str = "noor") -> tuple[Group, ...]:
    return alike(house[name].member(), language="nl")


def references(group: Group) -> set[str]:
    return {row.reference for row in group.rows}


def test_three_with_the_same_words_are_a_group_whatever_the_capitals(house: House) -> None:
    given.a_report(house, reader="noor")
    same = flood(house, "Haha, dit is een test!", "haha  dit is een TEST", "Haha dit is een tést.")
    (group,) = groups(house)
    assert group.same
    assert references(group) == {it.reference for it in same}


def test_two_are_no_group_nor_are_three_that_differ(house: House) -> None:
    flood(house, "Verhaal een.", "Verhaal een.", "Verhaal twee.", "Verhaal drie.")
    assert groups(house) == ()


def test_many_on_one_day_are_a_group_whatever_they_say(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("klankbord.handling.flood.ON_ONE_DAY", 4)
    told = flood(house, "Verhaal een.", "Verhaal twee.", "Verhaal drie.", "Verhaal vier.")
    (group,) = groups(house)
    assert not group.same
    assert references(group) == {it.reference for it in told}


def test_a_report_that_speaks_of_danger_is_marked(house: House) -> None:
    flood(house, "Dit is een test.", "Dit is een test.")
    (danger,) = flood(house, "Dit is een test.", danger="yes")
    (group,) = groups(house)
    assert {row.reference: row.danger for row in group.rows}[danger.reference]
    assert sum(row.danger for row in group.rows) == 1


def test_nobody_sees_a_group_of_cases_that_are_not_theirs(house: House, neighbour: House) -> None:
    """Need-to-know by key: grouping opens only what its reader can open."""
    flood(house, "Dit is een test.", "Dit is een test.", "Dit is een test.")
    for person in (house["tarik"], house["els"], house["bert"], neighbour["nadia"]):
        assert alike(person.member(), language="nl") == ()


def test_all_are_closed_with_one_reason_that_each_reporter_reads_and_none_is_gone(
    house: House,
) -> None:
    told = flood(house, "Dit is een test.", "Dit is een test.", "Dit is een test.")
    noor = house["noor"].member()
    done = close_together(
        noor, [it.reference for it in told], reason="abuse", text="Dat was een test.", at=NOON
    )
    assert set(done) == {it.reference for it in told}
    assert groups(house) == ()
    assert Case.objects.count() == 3
    for one in told:
        closed = view(one.seat, one.case.id, at=NOON, language="nl").closed
        assert closed is not None
        assert (closed.reason, closed.text) == ("abuse", "Dat was een test.")


def test_it_is_taken_back_together(house: House) -> None:
    told = flood(house, "Dit is een test.", "Dit is een test.", "Dit is een test.")
    noor = house["noor"].member()
    names = [it.reference for it in told]
    close_together(noor, names, reason="abuse", text="Een test.", at=NOON)
    assert set(reopen_together(noor, names, text="Toch niet.", at=NOON)) == set(names)
    assert all(view(it.seat, it.case.id, at=NOON, language="nl").closed is None for it in told)


def test_a_case_of_somebody_else_among_them_stays_as_it_is(house: House, neighbour: House) -> None:
    (mine,) = flood(house, "Dit is een test.")
    theirs = given.a_report(neighbour)
    done = close_together(
        house["noor"].member(), [mine.reference, theirs.reference, "RAV-0000"],
        reason="abuse", text="Een test.", at=NOON,
    )  # fmt: skip
    assert done == (mine.reference,)
    assert Case.objects.get(id=theirs.case.id).closed_day is None


@pytest.mark.parametrize(("reason", "text"), [("abuse", " "), ("iets", "Een test.")])
def test_without_a_reason_none_is_closed(house: House, reason: str, text: str) -> None:
    (mine,) = flood(house, "Dit is een test.")
    with pytest.raises(ReasonMissing):
        close_together(house["noor"].member(), [mine.reference], reason=reason, text=text, at=NOON)
    assert Case.objects.get(id=mine.case.id).closed_day is None


def test_what_goes_by_a_procedure_ends_by_its_steps_also_among_others(house: House) -> None:
    """R-000-22: it stays open, and nothing breaks."""
    (mine,) = flood(house, "Dit is een test.")
    done = close_together(
        house["noor"].member(), [mine.reference], reason="settled", text="Klaar.", at=NOON
    )
    assert done == ()
    assert Case.objects.get(id=mine.case.id).closed_day is None
