"""Giving and ending access: with a reason, by a signed list, with a new key from there on."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from klankbord.cases.models import FILE, IDENTITY, Case, Entry, InboxRow, KeyHolder, WorkItem
from klankbord.handling import channel
from klankbord.handling.casework import (
    AlreadyReads,
    CasePage,
    Excluded,
    IdentityNeeded,
    LastReader,
    NotCertified,
    NotYours,
    ReasonMissing,
    answer,
    end_access,
    give_access,
    open_page,
    possible_readers,
)
from klankbord.kit.outbox.models import Letter
from klankbord.organisations.models import Countersignature
from klankbord.rules.entries import KeysArranged, MessageSent
from tests import given
from tests.cases.writer import hand_of, opened_by
from tests.given import NOON, House, Told

pytestmark = pytest.mark.django_db

LATER = NOON + timedelta(days=1)
KNOWN = {"known": "known", "name": "Robin", "happened": given.STORY}


@pytest.fixture
def told(house: House) -> Told:
    """A report for Noor alone, of somebody who said who they are."""
    return given.a_report(house, reader="noor", answers=KNOWN)


def give(
    house: House, told: Told, who: UUID | None = None, *, identity: bool = False,
    why: str = "Tarik kent de groep.", by: str = "noor",
) -> None:  # fmt: skip
    give_access(
        house[by].member(), told.reference, membership=who or house["tarik"].membership,
        identity=identity, why=why, at=LATER,
    )  # fmt: skip


def end(
    house: House, told: Told, who: str = "tarik", *, why: str = "Taak klaar.", by: str = "noor"
) -> None:
    end_access(
        house[by].member(), told.reference, membership=house[who].membership, why=why, at=LATER
    )


def opened(house: House, told: Told, name: str = "noor") -> CasePage:
    return open_page(house[name].member(), told.reference, at=LATER, language="nl")


def names(told: Told) -> list[str]:
    page = channel.view(told.seat, told.case.id, at=LATER, language="nl")
    assert page.trouble == ()
    return [reader.name for reader in page.readers if not reader.is_reporter]


def holders(told: Told, name: str) -> set[tuple[UUID, int]]:
    rows = KeyHolder.objects.filter(compartment__case=told.case, compartment__name=name)
    return set(rows.values_list("holder", "epoch"))


# Giving -------------------------------------------------------------------------------------------


def test_a_colleague_reads_all_that_was_there_and_all_that_comes(house: House, told: Told) -> None:
    answer(house["noor"].member(), told.reference, text="Dag.", token=given.a_token(), at=NOON)
    give(house, told)
    answer(house["noor"].member(), told.reference, text="Nu.", token=given.a_token(), at=LATER)
    page = opened(house, told, "tarik").page
    texts = [it.entry.text for it in page.items if isinstance(it.entry, MessageSent)]
    assert texts == ["Nu.", "Dag."]
    assert given.STORY in [row.text for row in page.report]
    assert page.trouble == ()


def test_a_colleague_reads_also_what_was_written_under_an_earlier_key(
    house: House, told: Told
) -> None:
    """All the epochs that the giver holds."""
    give(house, told)
    end(house, told)
    answer(house["noor"].member(), told.reference, text="Nu.", token=given.a_token(), at=LATER)
    give(house, told)
    page = opened(house, told, "tarik").page
    assert given.STORY in [row.text for row in page.report]
    tarik = house["tarik"].membership
    assert {epoch for who, epoch in holders(told, FILE) if who == tarik} == {0, 1}
    assert page.trouble == opened(house, told).page.trouble == ()


def test_who_got_access_and_why_stands_on_every_page_of_the_case(house: House, told: Told) -> None:
    """R-000-31, R-000-32"""
    give(house, told, why=" Tarik kent de groep. ")
    for page in (
        channel.view(told.seat, told.case.id, at=LATER, language="nl"),
        opened(house, told).page,
        opened(house, told, "tarik").page,
    ):
        reader = next(it for it in page.readers if it.name == "Tarik Ravelijn")
        assert (reader.why, reader.since) == ("Tarik kent de groep.", LATER.date())


@pytest.mark.parametrize("identity", [True, False])
def test_the_name_of_the_reporter_is_given_along_only_when_asked(
    house: House, told: Told, identity: bool
) -> None:
    give(house, told, identity=identity)
    page = opened(house, told, "tarik")
    seen = "Robin" in [row.text for row in page.identity or ()]
    assert seen is identity
    assert (page.identity is None) is not identity
    reader = next(it for it in page.page.readers if it.name == "Tarik Ravelijn")
    assert reader.reads_identity is identity
    assert {who for who, _ in holders(told, IDENTITY)} == {
        house["noor"].membership, told.seat.reporter,
        *([house["tarik"].membership] if identity else []),
    }  # fmt: skip


def test_who_does_not_know_the_name_cannot_give_it_along(house: House) -> None:
    house = given.a_house(
        "de-brug", "De Brug", people={name: ["contact_person"] for name in ("ann", "bo", "cas")},
        founder="ann",
    )  # fmt: skip
    told = given.a_report(house, reader="ann", answers=KNOWN)
    for name, by in (("bo", "ann"), ("cas", "bo")):
        give(house, told, house[name].membership, identity=name == "cas", by=by)
    assert opened(house, told, "cas").identity is None
    assert opened(house, told, "ann").page.trouble == ()


@pytest.mark.parametrize("why", ["", "  \n"])
def test_without_a_reason_nobody_gets_or_loses_access(house: House, told: Told, why: str) -> None:
    with pytest.raises(ReasonMissing):
        give(house, told, why=why)
    give(house, told)
    with pytest.raises(ReasonMissing):
        end(house, told, why=why)
    assert names(told) == ["Noor Ravelijn", "Tarik Ravelijn"]


def test_who_reads_already_gets_no_second_key(house: House, told: Told) -> None:
    with pytest.raises(AlreadyReads):
        give(house, told, house["noor"].membership)
    with pytest.raises(AlreadyReads):
        give(house, told, told.seat.reporter)


def test_somebody_whom_the_reporter_excluded_gets_no_access(house: House) -> None:
    """R-000-31: not from a reader, and not by the reporter's own mistake."""
    told = given.a_report(house, reader="noor", must_not=["tarik"])
    with pytest.raises(Excluded):
        give(house, told)
    with pytest.raises(Excluded):
        channel.choose(
            told.seat, told.case.id, membership=house["tarik"].membership, keep=True, at=LATER
        )
    assert possible_readers(house["noor"].member(), told.reference, at=LATER, language="nl") == ()
    assert channel.choices(told.seat, told.case.id, at=LATER, language="nl") == ()
    assert names(told) == ["Noor Ravelijn"]


def test_somebody_of_an_excluded_group_gets_no_access_also_when_they_joined_it_later(
    house: House,
) -> None:
    told = given.a_report(house, reader="noor", must_not_groups=["board"])
    given.membership(house["tarik"]).roles.create(word="board", from_day=1)
    with pytest.raises(Excluded):
        give(house, told)


def test_a_key_that_nobody_vouched_for_gets_nothing_sealed_to_it(house: House, told: Told) -> None:
    Countersignature.objects.filter(certificate__membership=house["tarik"].membership).delete()
    with pytest.raises(NotCertified):
        give(house, told)
    assert not possible_readers(house["noor"].member(), told.reference, at=LATER, language="nl")
    assert house["tarik"].membership not in {who for who, _ in holders(told, FILE)}


@pytest.mark.parametrize("who", ["els", "joris", "bert", "wout"])
def test_somebody_who_does_not_read_by_role_gets_no_access(
    house: House, told: Told, who: str
) -> None:
    with pytest.raises(NotCertified):
        give(house, told, house[who].membership)


def test_nobody_of_the_neighbour_gets_access(house: House, neighbour: House, told: Told) -> None:
    for who in (neighbour["nadia"].membership, uuid4()):
        with pytest.raises(NotCertified):
            give(house, told, who)
        with pytest.raises(NotCertified):
            channel.choose(told.seat, told.case.id, membership=who, keep=True, at=LATER)


def test_only_a_reader_gives_or_ends_access(house: House, neighbour: House, told: Told) -> None:
    for person in (house["tarik"], house["els"], house["bert"], neighbour["nadia"]):
        for deed in (give_access, end_access):
            about = {"identity": True} if deed is give_access else {}
            with pytest.raises(NotYours):
                deed(  # type: ignore[operator]
                    person.member(), told.reference, membership=person.membership, why="zomaar",
                    at=LATER, **about,
                )  # fmt: skip


def test_a_new_reader_has_the_case_in_the_inbox_with_the_work_that_waits(
    house: House, told: Told
) -> None:
    give(house, told)
    page = opened(house, told, "tarik")
    assert page.waiting
    assert page.due == told.receipt.first_answer_by
    answer(house["tarik"].member(), told.reference, text="Dag.", token=given.a_token(), at=LATER)
    assert not opened(house, told).waiting


def test_a_new_reader_of_an_answered_case_has_nothing_to_do(house: House, told: Told) -> None:
    answer(house["noor"].member(), told.reference, text="Dag.", token=given.a_token(), at=NOON)
    give(house, told)
    page = opened(house, told, "tarik")
    assert not page.waiting
    assert page.due is None


def test_giving_and_ending_access_is_announced_to_the_others(house: House, told: Told) -> None:
    Letter.objects.all().delete()
    give(house, told)
    assert [it.address for it in Letter.objects.all()] == [house["tarik"].mail]


# Ending -------------------------------------------------------------------------------------------


def test_whose_access_ended_finds_the_case_no_more(house: House, told: Told) -> None:
    give(house, told, identity=True)
    end(house, told)
    with pytest.raises(NotYours):
        opened(house, told, "tarik")
    tarik = house["tarik"].membership
    assert not KeyHolder.objects.filter(holder=tarik).exists()
    assert not InboxRow.objects.filter(membership=tarik).exists()
    assert not WorkItem.objects.filter(assignee=tarik).exists()
    assert not told.case.bookmarks.filter(holder=tarik).exists()
    assert names(told) == ["Noor Ravelijn"]
    assert opened(house, told).page.trouble == ()


def test_the_end_of_access_begins_a_new_key_in_each_compartment_they_held(
    house: House, told: Told
) -> None:
    """Row 8"""
    give(house, told, identity=True)
    end(house, told)
    places = opened_by(told, hand_of(house["noor"])).compartments
    for name in (FILE, IDENTITY):
        assert places[name].row.epoch == 1
        assert places[name].keys[0] != places[name].keys[1]
        assert holders(told, name) == {
            (who, epoch)
            for who in (house["noor"].membership, told.seat.reporter) for epoch in (0, 1)
        }  # fmt: skip


def test_a_compartment_that_somebody_did_not_hold_keeps_its_key(house: House, told: Told) -> None:
    give(house, told, identity=False)
    end(house, told)
    places = opened_by(told, hand_of(house["noor"])).compartments
    assert [places[name].row.epoch for name in (FILE, IDENTITY)] == [1, 0]


def test_after_the_end_of_access_everybody_else_reads_on(house: House, told: Told) -> None:
    give(house, told)
    end(house, told)
    answer(house["noor"].member(), told.reference, text="Verder.", token=given.a_token(), at=LATER)
    channel.write(told.seat, told.case.id, text="Ja.", token=given.a_token(), at=LATER)
    page = opened(house, told).page
    texts = [it.entry.text for it in page.items if isinstance(it.entry, MessageSent)]
    assert texts == ["Ja.", "Verder."]
    assert given.STORY in [row.text for row in page.report]
    assert names(told) == ["Noor Ravelijn"]


def test_the_end_of_access_and_its_reason_stand_in_the_case(house: House, told: Told) -> None:
    give(house, told)
    end(house, told, why="Tarik is zelf betrokken.")
    page = channel.view(told.seat, told.case.id, at=LATER, language="nl")
    lists = [it.entry for it in page.items if isinstance(it.entry, KeysArranged)]
    assert lists[0].why == "Tarik is zelf betrokken."
    assert lists[0].epoch == 1


@pytest.mark.parametrize("identity", [True, False])
def test_somebody_can_end_their_own_access(house: House, told: Told, identity: bool) -> None:
    give(house, told, identity=identity)
    end(house, told, "noor", by="noor", why="Ik ben bevooroordeeld.")
    with pytest.raises(NotYours):
        opened(house, told)
    page = opened(house, told, "tarik")
    assert page.page.trouble == ()
    assert page.page.can_write
    assert given.STORY in [row.text for row in page.page.report]
    assert names(told) == ["Tarik Ravelijn"]
    answer(house["tarik"].member(), told.reference, text="Ik neem over.", token=given.a_token(),
           at=LATER)  # fmt: skip
    assert opened(house, told, "tarik").page.trouble == ()


def test_the_new_reader_can_end_the_access_of_who_gave_it(house: House, told: Told) -> None:
    give(house, told, identity=True)
    end(house, told, "noor", by="tarik")
    assert names(told) == ["Tarik Ravelijn"]
    with pytest.raises(NotYours):
        opened(house, told)
    assert opened(house, told, "tarik").page.trouble == ()


def test_the_last_reader_cannot_be_taken_away(house: House, told: Told) -> None:
    """Nobody could answer the reporter."""
    before = Entry.objects.count()
    with pytest.raises(LastReader):
        end(house, told, "noor")
    assert Entry.objects.count() == before
    assert Case.objects.get(id=told.case.id).compartments.get(name=FILE).epoch == 0
    assert opened(house, told).page.trouble == ()


def test_the_reporter_cannot_be_sent_away(house: House, told: Told) -> None:
    """R-000-04: a report cannot be taken from whoever told it."""
    give(house, told)
    with pytest.raises(NotYours):
        end_access(
            house["noor"].member(), told.reference, membership=told.seat.reporter, why="lastig",
            at=LATER,
        )  # fmt: skip
    assert names(told) == ["Noor Ravelijn", "Tarik Ravelijn"]


def test_somebody_who_does_not_read_has_no_access_to_end(house: House, told: Told) -> None:
    with pytest.raises(NotYours):
        end(house, told, "els")


def test_somebody_can_come_back_and_find_their_own_notes(house: House, told: Told) -> None:
    from klankbord.handling.casework import note

    give(house, told)
    note(house["tarik"].member(), told.reference, text="a", token=given.a_token(), at=LATER)
    end(house, told)
    give(house, told)
    note(house["tarik"].member(), told.reference, text="b", token=given.a_token(), at=LATER)
    assert [it.entry.text for it in opened(house, told, "tarik").notes] == ["b", "a"]
    assert opened(house, told, "tarik").page.trouble == ()


# The reporter chooses -----------------------------------------------------------------------------


def choose(told: Told, house: House, *, keep: bool, who: str = "tarik") -> None:
    channel.choose(told.seat, told.case.id, membership=house[who].membership, keep=keep, at=LATER)


def test_the_reporter_lets_somebody_else_read_along(house: House, told: Told) -> None:
    """R-000-02: with the reporter's own key."""
    choose(told, house, keep=True)
    assert names(told) == ["Noor Ravelijn", "Tarik Ravelijn"]
    page = opened(house, told, "tarik")
    assert "Robin" in [row.text for row in page.identity or ()]
    assert page.waiting
    assert next(it for it in page.page.readers if it.name == "Tarik Ravelijn").why == "reporter"
    assert opened(house, told).page.trouble == ()


def test_the_reporter_chooses_somebody_else_instead(house: House, told: Told) -> None:
    Letter.objects.all().delete()
    choose(told, house, keep=False)
    assert names(told) == ["Tarik Ravelijn"]
    with pytest.raises(NotYours):
        opened(house, told)
    page = opened(house, told, "tarik")
    assert page.page.trouble == ()
    assert given.STORY in [row.text for row in page.page.report]
    noor = house["noor"].membership
    assert not KeyHolder.objects.filter(holder=noor).exists()
    assert not InboxRow.objects.filter(membership=noor).exists()
    assert not WorkItem.objects.filter(assignee=noor).exists()
    assert [it.address for it in Letter.objects.all()] == [house["tarik"].mail]


def test_whom_the_reporter_chose_instead_can_answer(house: House, told: Told) -> None:
    choose(told, house, keep=False)
    answer(house["tarik"].member(), told.reference, text="Dag.", token=given.a_token(), at=LATER)
    choose(told, house, keep=False, who="noor")
    assert names(told) == ["Noor Ravelijn"]
    page = opened(house, told).page
    assert page.trouble == ()
    assert [it.by for it in page.items if it.kind == "message_sent"] == ["Tarik Ravelijn"]


def test_the_reporter_sees_who_can_be_chosen(house: House, told: Told) -> None:
    def choices() -> list[str]:
        return [it.name for it in channel.choices(told.seat, told.case.id, at=LATER, language="nl")]

    assert choices() == ["Tarik Ravelijn"]
    choose(told, house, keep=True)
    assert choices() == []


@pytest.mark.parametrize("keep", [True, False])
def test_choosing_who_reads_already_changes_nothing(house: House, told: Told, keep: bool) -> None:
    before = Entry.objects.count()
    with pytest.raises(AlreadyReads):
        choose(told, house, keep=keep, who="noor")
    assert Entry.objects.count() == before


@pytest.mark.parametrize(
    "then",
    [
        lambda house, told: give(house, told, identity=True),
        lambda house, told: (give(house, told, identity=True), end(house, told)),
        lambda house, told: choose(told, house, keep=False),
    ],
    ids=["given", "ended", "chosen"],
)
def test_the_list_on_the_page_is_the_list_of_keys(
    house: House, told: Told, then: Callable[[House, Told], object]
) -> None:
    """Row 2: after whatever happens, both say the same of both compartments."""
    then(house, told)
    opened_case = opened_by(told, told.seat.hand)
    for name in (FILE, IDENTITY):
        assert set(opened_case.listed(name)) == {who for who, _ in holders(told, name)}
        assert opened_case.listed(name)
    assert not opened_case.trouble


def test_whoever_cannot_read_the_identity_cannot_end_the_access_of_somebody_who_can(
    house: House,
) -> None:
    """R-000-31: otherwise that wrap would stay behind, and the list on the page would lie."""
    told = given.a_report(house, reader="noor")
    give_access(
        house["noor"].member(), told.reference, membership=house["tarik"].membership,
        identity=False, why="leest mee", at=NOON,
    )  # fmt: skip
    with pytest.raises(IdentityNeeded):
        end_access(
            house["tarik"].member(), told.reference, membership=house["noor"].membership,
            why="weg", at=NOON,
        )  # fmt: skip
    assert open_page(house["noor"].member(), told.reference, at=NOON, language="nl").page.can_write
