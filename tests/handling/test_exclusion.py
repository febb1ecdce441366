"""Whoever must not read: sees nothing, counts nothing, gets no mail and no key (row 31)."""

from datetime import timedelta
from typing import Any

import pytest

from klankbord.cases.models import InboxRow, KeyHolder, Overseer, WorkItem
from klankbord.cases.queries import Overview, overview
from klankbord.handling import channel
from klankbord.handling.casework import (
    Excluded,
    ExclusionOpen,
    LastReader,
    NotYours,
    ReasonMissing,
    answer,
    close,
    give_access,
    open_page,
    possible_readers,
    settle_exclusion,
)
from klankbord.handling.inbox import InboxPage, inbox_page
from klankbord.kit.journal.models import Line
from klankbord.kit.outbox.models import Letter
from tests import given
from tests.given import NOON, House, Told

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_procedure")]

TODAY = NOON.date()
LATER = NOON + timedelta(days=1)


def whole_life_of(house: House, told: Told) -> None:
    """A case with all that can happen in it."""
    noor = house["noor"].member()
    open_page(noor, told.reference, at=NOON, language="nl")
    answer(noor, told.reference, text="Dag.", token=given.a_token(), at=NOON)
    channel.write(told.seat, told.case.id, text="Ja.", token=given.a_token(), at=NOON)
    channel.withdraw(told.seat, told.case.id, text="", at=NOON)
    channel.go_on(told.seat, told.case.id, at=NOON)
    close(noor, told.reference, reason="settled", text="Klaar.", at=NOON)


def sees(house: House, name: str) -> tuple[Overview, InboxPage, InboxPage, list[Any], list[Any]]:
    """All that somebody can see of any case: counts, lists, mail and journal."""
    person = house[name]
    member = person.member()
    return (
        overview(person.membership, TODAY),
        inbox_page(member, language="nl"),
        inbox_page(member, closed=True, language="nl"),
        list(Letter.objects.filter(address=person.mail).values_list("slot")),
        list(Line.objects.order_by("day", "deed", "subject").values_list("day", "deed", "subject")),
    )


@pytest.mark.parametrize("name", ["els", "joris", "bert", "tarik"])
def test_for_an_excluded_colleague_everything_is_as_if_there_were_no_case(
    house: House, name: str
) -> None:
    """Row 31: the coordinator, somebody of the board, the administrator, another reader."""
    given.a_report(house, reader="tarik")  # another case, so that there is something to see
    without = sees(house, name)
    whole_life_of(house, given.a_report(house, reader="noor", must_not=[name]))
    assert sees(house, name) == without


def test_for_everybody_of_an_excluded_group_too(house: House) -> None:
    without = {name: sees(house, name) for name in ("els", "joris")}
    whole_life_of(house, given.a_report(house, reader="noor", must_not_groups=["staff", "board"]))
    assert {name: sees(house, name) for name in without} == without


def test_who_is_not_excluded_counts_the_case_without_content(house: House) -> None:
    """The control: there was something to see."""
    before = overview(house["els"].membership, TODAY)
    given.a_report(house, reader="noor")
    after = overview(house["els"].membership, TODAY)
    assert (after.open, after.waiting) == (before.open + 1, before.waiting + 1)


def test_the_counts_follow_the_case(house: House) -> None:
    els, told = house["els"].membership, given.a_report(house, reader="noor")
    assert overview(els, TODAY) == Overview(1, 1, 0, 0, 1, 1)
    due = told.receipt.first_answer_by
    assert overview(els, due).late == 0
    assert overview(els, due + timedelta(days=1)).late == 1
    answer(house["noor"].member(), told.reference, text="Dag.", token=given.a_token(), at=NOON)
    assert overview(els, due + timedelta(days=1)) == Overview(1, 0, 0, 0, 1, 1)
    close(house["noor"].member(), told.reference, reason="settled", text="Klaar.", at=NOON)
    assert overview(els, TODAY) == Overview(0, 0, 0, 1, 1, 0)
    assert overview(els, TODAY.replace(year=2027)).closed_this_year == 0


def test_counts_are_of_ones_own_organisation(house: House, neighbour: House) -> None:
    given.a_report(house, reader="noor")
    assert overview(neighbour["cleo"].membership, TODAY) == Overview(0, 0, 0, 0, 0, 0)


def test_work_of_several_readers_is_one_case_in_the_counts(house: House) -> None:
    given.a_report(house, choice="team")
    assert overview(house["els"].membership, TODAY).waiting == 1


# A typed name -------------------------------------------------------------------------------------


@pytest.fixture
def told(house: House) -> Told:
    """Two read; the reporter typed a name that nobody can tick."""
    return given.a_report(house, choice="team", must_not_words="de penningmeester")


def settle(
    house: House, told: Told, *who: str, note: str = "Dat is duidelijk.", by: str = "noor"
) -> None:
    settle_exclusion(
        house[by].member(), told.reference,
        members=tuple(house[name].membership for name in who), note=note, at=LATER,
    )  # fmt: skip


def test_a_typed_name_is_shown_to_the_readers_until_it_is_settled(house: House, told: Told) -> None:
    page = open_page(house["noor"].member(), told.reference, at=LATER, language="nl").page
    assert (page.exclusion_open, page.exclusion_words) == (True, "de penningmeester")
    settle(house, told, "joris")
    page = open_page(house["noor"].member(), told.reference, at=LATER, language="nl").page
    assert not page.exclusion_open
    assert page.excluded == ("Joris Ravelijn",)


def test_before_a_typed_name_is_settled_nobody_gets_access(house: House) -> None:
    told = given.a_report(house, reader="noor", must_not_words="de penningmeester")

    def give() -> None:
        give_access(
            house["noor"].member(), told.reference, membership=house["tarik"].membership,
            identity=False, why="hulp", at=LATER,
        )  # fmt: skip

    with pytest.raises(ExclusionOpen):
        give()
    settle(house, told)
    give()
    assert open_page(house["tarik"].member(), told.reference, at=LATER, language="nl")


def test_the_reporter_knows_whom_they_meant(house: House) -> None:
    """Else nobody could go on when the name means the only reader."""
    told = given.a_report(house, reader="noor", must_not_words="Noor zelf")
    channel.choose(
        told.seat, told.case.id, membership=house["tarik"].membership, keep=False, at=LATER
    )
    assert open_page(house["tarik"].member(), told.reference, at=LATER, language="nl")
    with pytest.raises(NotYours):
        open_page(house["noor"].member(), told.reference, at=LATER, language="nl")


def test_whoever_is_meant_can_never_get_access(house: House) -> None:
    told = given.a_report(house, reader="noor", must_not_words="Tarik van West")
    settle(house, told, "tarik")
    with pytest.raises(Excluded):
        give_access(
            house["noor"].member(), told.reference, membership=house["tarik"].membership,
            identity=False, why="hulp", at=LATER,
        )  # fmt: skip
    assert possible_readers(house["noor"].member(), told.reference, at=LATER, language="nl") == ()


def test_a_reader_who_is_meant_loses_the_case_at_once(house: House, told: Told) -> None:
    settle(house, told, "tarik")
    with pytest.raises(NotYours):
        open_page(house["tarik"].member(), told.reference, at=LATER, language="nl")
    tarik = house["tarik"].membership
    assert not KeyHolder.objects.filter(holder=tarik).exists()
    assert not InboxRow.objects.filter(membership=tarik).exists()
    assert not WorkItem.objects.filter(assignee=tarik).exists()
    page = channel.view(told.seat, told.case.id, at=LATER, language="nl")
    assert page.trouble == ()
    assert [it.name for it in page.readers if not it.is_reporter] == ["Noor Ravelijn"]


def test_an_overseer_who_is_meant_counts_the_case_no_more(house: House, told: Told) -> None:
    els, joris = house["els"].membership, house["joris"].membership
    settle(house, told, "els")
    assert not Overseer.objects.filter(case=told.case, membership=els).exists()
    assert overview(els, TODAY) == Overview(0, 0, 0, 0, 0, 0)
    assert overview(joris, TODAY).open == 1


def test_a_reader_who_is_meant_can_say_so_and_go(house: House, told: Told) -> None:
    settle(house, told, "tarik", by="tarik", note="Dat ben ik.")
    with pytest.raises(NotYours):
        open_page(house["tarik"].member(), told.reference, at=LATER, language="nl")
    page = open_page(house["noor"].member(), told.reference, at=LATER, language="nl").page
    assert page.trouble == ()
    assert page.excluded == ("Tarik Ravelijn",)


def test_a_name_may_mean_nobody_who_works_here(house: House, told: Told) -> None:
    settle(house, told, note="Iemand van een andere club.")
    page = open_page(house["noor"].member(), told.reference, at=LATER, language="nl").page
    assert not page.exclusion_open
    assert page.excluded == ()
    assert [it.name for it in page.readers if not it.is_reporter] == [
        "Noor Ravelijn", "Tarik Ravelijn",
    ]  # fmt: skip


def test_settling_says_how_it_was_found_out(house: House, told: Told) -> None:
    with pytest.raises(ReasonMissing):
        settle(house, told, "joris", note=" ")
    page = open_page(house["noor"].member(), told.reference, at=LATER, language="nl").page
    assert page.exclusion_open


def test_when_only_the_person_meant_could_answer_somebody_else_must_read_first(
    house: House,
) -> None:
    told = given.a_report(house, reader="noor", must_not_words="Noor")
    with pytest.raises(LastReader):
        settle(house, told, "noor")
    page = open_page(house["noor"].member(), told.reference, at=LATER, language="nl").page
    assert page.exclusion_open


def test_the_reporter_is_never_the_one_who_is_meant(house: House, told: Told) -> None:
    """R-000-04: settling a name cannot take the case from whoever told it."""
    settle_exclusion(
        house["noor"].member(), told.reference, members=(told.seat.reporter,), note="x", at=LATER
    )
    assert channel.view(told.seat, told.case.id, at=LATER, language="nl").trouble == ()


def test_a_name_is_settled_once(house: House, told: Told) -> None:
    settle(house, told, "joris")
    settle(house, told, "tarik")
    page = open_page(house["tarik"].member(), told.reference, at=LATER, language="nl").page
    assert page.excluded == ("Joris Ravelijn",)
