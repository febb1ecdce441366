"""Letting a colleague read running cases for an absence; it ends by somebody, never by itself."""

from datetime import timedelta

import pytest

from klankbord.agenda.services import note_absence
from klankbord.handling import casework, meanwhile
from klankbord.handling.casework import NotYours
from klankbord.handling.meanwhile import Shared, back, share, still_shared, was_away
from tests import given
from tests.given import NOON, TODAY, House

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_procedure")]

DAY = timedelta(days=1)
UNTIL = TODAY + 14 * DAY
LATER = NOON + 20 * DAY


def let_read(house: House, references: list[str] | None = None, identity: bool = False) -> Shared:
    return share(
        house["noor"].member(), house["noor"].membership, references=references,
        to=house["tarik"].membership, until=UNTIL, identity=identity, at=NOON,
    )  # fmt: skip


def reads(house: House, told: given.Told, who: str = "tarik") -> bool:
    try:
        casework.open_page(house[who].member(), told.reference, at=NOON, language="nl")
    except NotYours:
        return False
    return True


def test_all_running_cases_or_some_can_be_shared_beforehand(house: House) -> None:
    """R-002-44"""
    one, two, three = (given.a_report(house, reader="noor") for _ in range(3))
    assert let_read(house, [one.reference]) == Shared(1, (), 0)
    assert [reads(house, it) for it in (one, two, three)] == [True, False, False]
    assert let_read(house).given == 2
    assert reads(house, three)


def test_the_reporter_sees_who_reads_and_until_when_it_is_meant(house: House) -> None:
    from klankbord.handling.channel import view

    told = given.a_report(house, reader="noor")
    let_read(house)
    page = view(told.seat, told.case.id, at=NOON, language="nl")
    assert {it.why for it in page.readers if it.name == "Tarik Ravelijn"} == {
        f"away:{UNTIL.isoformat()}"
    }


def test_a_case_that_the_colleague_must_not_read_stays_closed_and_is_named(house: House) -> None:
    """R-000-31"""
    open_one = given.a_report(house, reader="noor")
    barred = given.a_report(house, reader="noor", must_not=["tarik"])
    unsettled = given.a_report(house, reader="noor", must_not_words="die met de gitaar")
    shared = let_read(house)
    assert shared.given == 1
    assert set(shared.kept_out) == {barred.reference, unsettled.reference}
    assert [reads(house, it) for it in (open_one, barred, unsettled)] == [True, False, False]


def test_closed_cases_and_those_of_a_colleague_are_not_shared(house: House) -> None:
    closed = given.a_report(house, reader="noor")
    casework.close(
        house["noor"].member(), closed.reference, reason="settled", text="Klaar.", at=NOON
    )
    theirs = given.a_report(house, reader="tarik")
    assert let_read(house, [closed.reference, theirs.reference]) == Shared(0, (), 0)


def test_what_does_not_fit_in_one_go_is_said(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(meanwhile, "AT_ONCE", 2)
    for _ in range(3):
        given.a_report(house, reader="noor")
    assert let_read(house) == Shared(2, (), 1)
    assert let_read(house) == Shared(1, (), 0)


def test_access_does_not_end_by_itself_and_somebody_is_reminded(house: House) -> None:
    told = given.a_report(house, reader="noor")
    let_read(house)
    noor, mine = house["noor"].member(LATER), house["noor"].membership
    assert still_shared(noor, mine, at=NOON, language="nl") == ()
    [it] = still_shared(noor, mine, at=LATER, language="nl")
    assert (it.reference, it.name, it.until) == (told.reference, "Tarik Ravelijn", UNTIL)
    assert reads(house, told)
    assert back(noor, mine, at=LATER, language="nl") == 1
    assert not reads(house, told)
    assert still_shared(noor, mine, at=LATER, language="nl") == ()


def test_who_was_let_in_for_another_reason_is_not_ended(house: House) -> None:
    told = given.a_report(house, choice="team")
    noor, mine = house["noor"].member(LATER), house["noor"].membership
    assert back(noor, mine, at=LATER, language="nl") == 0
    assert reads(house, told)


def test_the_reminder_shows_only_after_the_absence_and_while_somebody_reads_along(
    house: House,
) -> None:
    given.a_report(house, reader="noor")
    note_absence(
        given.membership(house["noor"]), from_day=TODAY, until_day=UNTIL,
        substitute=given.membership(house["tarik"]),
    )  # fmt: skip
    mine = [house["noor"].membership]
    assert not was_away(mine, UNTIL + DAY)
    let_read(house)
    assert not was_away(mine, UNTIL)
    assert was_away(mine, UNTIL + DAY)
    assert not was_away(mine, UNTIL + 90 * DAY)
    assert not was_away([house["tarik"].membership], UNTIL + DAY)
