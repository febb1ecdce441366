"""Reading a case: what a reader sees of it, what is new, and what their looking leaves behind."""

from datetime import timedelta

import pytest

from klankbord.cases.models import Bookmark, Case, Entry
from klankbord.cases.services import open_for
from klankbord.handling import channel
from klankbord.handling.casework import NotYours, answer, note, open_page
from klankbord.rules.entries import CaseRead, MessageSent
from tests import given
from tests.cases.writer import hand_of, opened_by
from tests.given import NOON, House, Told

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def reads_of(told: Told) -> list[object]:
    return [it.by for it in opened_by(told, told.seat.hand).happened if it.entry == CaseRead()]


def test_a_reader_who_looks_is_written_down_in_the_case_once_a_day(house: House) -> None:
    """R-000-31: who read it stands in the case itself, for everybody on it."""
    told = given.a_report(house, choice="team")
    noor, tarik = house["noor"].member(), house["tarik"].member()
    for member, at in (
        (noor, NOON), (noor, NOON + timedelta(hours=2)), (tarik, NOON), (noor, NOON + DAY),
    ):  # fmt: skip
        open_page(member, told.reference, at=at, language="nl")
    noors, tariks = house["noor"].membership, house["tarik"].membership
    assert reads_of(told) == [noors, tariks, noors]


def test_the_day_of_looking_is_the_day_in_brussels(house: House) -> None:
    told = given.a_report(house, reader="noor")
    noor = house["noor"].member()
    for hour, minute in ((22, 30), (23, 30)):  # half past eleven, and half past twelve the next day
        at = NOON.replace(hour=hour, minute=minute)
        open_page(noor, told.reference, at=at, language="nl")
    assert len(reads_of(told)) == 2


def test_a_reporter_who_looks_is_written_down_nowhere(house: House) -> None:
    told = given.a_report(house, reader="noor")
    before = Entry.objects.count()
    for later in range(3):
        channel.view(told.seat, told.case.id, at=NOON + later * DAY, language="nl")
    assert Entry.objects.count() == before
    assert reads_of(told) == []


def test_what_was_said_since_somebody_last_looked_is_new(house: House) -> None:
    told = given.a_report(house, reader="noor")
    noor = house["noor"].member()

    def new(at: object = NOON) -> list[str]:
        page = open_page(noor, told.reference, at=at, language="nl").page  # type: ignore[arg-type]
        return [item.kind for item in page.items if item.new]

    assert set(new()) == {"keys_arranged", "report_received", "procedure_started"}
    assert new() == []
    channel.write(told.seat, told.case.id, text="Nog iets.", token=given.a_token(), at=NOON)
    assert new() == ["message_sent"]
    assert new() == []
    answer(noor, told.reference, text="Dank je.", token=given.a_token(), at=NOON)
    assert new() == []


def test_an_answer_is_new_for_the_reporter_until_the_next_visit(house: House) -> None:
    told = given.a_report(house, reader="noor")
    channel.view(told.seat, told.case.id, at=NOON, language="nl")
    answer(house["noor"].member(), told.reference, text="Dag.", token=given.a_token(), at=NOON)
    pages = [channel.view(told.seat, told.case.id, at=NOON, language="nl") for _ in range(2)]
    assert [[item.kind for item in page.items if item.new] for page in pages] == [
        ["message_sent"], [],
    ]  # fmt: skip


def test_what_happened_last_stands_first(house: House) -> None:
    told = given.a_report(house, reader="noor")
    for text in ("een", "twee", "drie"):
        channel.write(told.seat, told.case.id, text=text, token=given.a_token(), at=NOON)
    page = channel.view(told.seat, told.case.id, at=NOON, language="nl")
    texts = [item.entry.text for item in page.items if isinstance(item.entry, MessageSent)]
    assert texts == ["drie", "twee", "een"]
    assert [item.seq for item in page.items] == sorted(
        (item.seq for item in page.items), reverse=True
    )


def test_each_item_says_who_did_it(house: House) -> None:
    told = given.a_report(house, reader="noor")
    noor = house["noor"].member()
    channel.write(told.seat, told.case.id, text="Dag.", token=given.a_token(), at=NOON)
    answer(noor, told.reference, text="Dag jij.", token=given.a_token(), at=NOON)
    for page, is_reporter in (
        (channel.view(told.seat, told.case.id, at=NOON, language="nl"), True),
        (open_page(noor, told.reference, at=NOON, language="nl").page, False),
    ):
        answered, asked = [it for it in page.items if it.kind == "message_sent"]
        assert (answered.by, answered.by_reporter, answered.mine) == (
            "Noor Ravelijn", False, not is_reporter,
        )  # fmt: skip
        assert (asked.by, asked.by_reporter, asked.mine) == ("", True, is_reporter)


def test_a_name_stays_with_what_somebody_did_after_they_left(house: House) -> None:
    told = given.a_report(house, reader="noor")
    answer(house["noor"].member(), told.reference, text="Dag.", token=given.a_token(), at=NOON)
    given.membership(house["noor"]).roles.all().delete()
    page = channel.view(told.seat, told.case.id, at=NOON, language="nl")
    assert [it.by for it in page.items if it.kind == "message_sent"] == ["Noor Ravelijn"]
    assert [it.name for it in page.readers if not it.is_reporter] == ["Noor Ravelijn"]


def test_somebody_without_a_role_any_more_opens_nothing(house: House) -> None:
    told = given.a_report(house, reader="noor")
    given.membership(house["noor"]).roles.all().delete()
    with pytest.raises(NotYours):
        open_page(house["noor"].member(), told.reference, at=NOON, language="nl")


@pytest.mark.parametrize("reference", ["", "RAV-0000", "'; --", "RAV-7KQ2" * 40])
def test_a_reference_that_does_not_exist_is_like_one_that_is_not_yours(
    house: House, reference: str
) -> None:
    with pytest.raises(NotYours):
        open_page(house["noor"].member(), reference, at=NOON, language="nl")


def test_a_code_opens_no_other_case(house: House, neighbour: House) -> None:
    told, other = given.a_report(house, reader="noor"), given.a_report(house, reader="noor")
    theirs = given.a_report(neighbour, reader="nadia")
    for case in (other.case.id, theirs.case.id, told.seat.reporter):
        with pytest.raises(NotYours):
            channel.view(told.seat, case, at=NOON, language="nl")
        with pytest.raises(NotYours):
            channel.write(told.seat, case, text="x", token=given.a_token(), at=NOON)
        with pytest.raises(NotYours):
            channel.withdraw(told.seat, case, text="", at=NOON)


def test_a_case_read_while_somebody_writes_is_no_trouble(house: House) -> None:
    """The row of the case is older than its entries: that is haste, not tampering."""
    told = given.a_report(house, reader="noor")
    stale = Case.objects.select_related("organisation").get(id=told.case.id)
    channel.write(told.seat, told.case.id, text="Nog iets.", token=given.a_token(), at=NOON)
    opened = open_for(stale, hand_of(house["noor"]), at=NOON)
    assert not opened.trouble
    assert len(opened.happened) == 7


def test_a_bookmark_is_kept_for_each_holder_and_readable_by_that_holder_only(
    house: House,
) -> None:
    told = given.a_report(house, choice="team")
    for name in ("noor", "tarik"):
        open_page(house[name].member(), told.reference, at=NOON, language="nl")
    channel.view(told.seat, told.case.id, at=NOON, language="nl")
    holders = set(Bookmark.objects.filter(case=told.case).values_list("holder", flat=True))
    assert holders == {
        house["noor"].membership, house["tarik"].membership, told.seat.reporter,
    }  # fmt: skip


# Notes --------------------------------------------------------------------------------------------


def test_a_note_is_read_by_whoever_wrote_it_and_by_nobody_else(house: House) -> None:
    """R-002-19: not by the other readers, not by the reporter."""
    told = given.a_report(house, choice="team")
    note(
        house["noor"].member(), told.reference, text="Bellen na vier.", token=given.a_token(),
        at=NOON,
    )  # fmt: skip
    mine = open_page(house["noor"].member(), told.reference, at=NOON, language="nl")
    theirs = open_page(house["tarik"].member(), told.reference, at=NOON, language="nl")
    reporters = channel.view(told.seat, told.case.id, at=NOON, language="nl")
    assert [item.entry.text for item in mine.notes] == ["Bellen na vier."]
    assert theirs.notes == ()
    for page in (theirs.page, reporters):
        assert page.trouble == ()
        assert "note_taken" not in [item.kind for item in page.items]


def test_two_readers_each_keep_their_own_notes(house: House) -> None:
    told = given.a_report(house, choice="team")
    for name in ("noor", "tarik"):
        for count in range(2):
            note(
                house[name].member(), told.reference, text=f"{name} {count}",
                token=given.a_token(), at=NOON,
            )  # fmt: skip
    for name in ("noor", "tarik"):
        page = open_page(house[name].member(), told.reference, at=NOON, language="nl")
        assert [it.entry.text for it in page.notes] == [f"{name} 1", f"{name} 0"]


def test_a_note_tells_nobody_and_answers_nothing(house: House) -> None:
    told = given.a_report(house, reader="noor")
    noor = house["noor"].member()
    note(noor, told.reference, text="x", token=given.a_token(), at=NOON)
    page = open_page(noor, told.reference, at=NOON, language="nl")
    assert page.waiting
    assert not page.page.answered


def test_the_same_note_sent_twice_is_one_note(house: House) -> None:
    told = given.a_report(house, reader="noor")
    noor, token = house["noor"].member(), given.a_token()
    for _ in range(2):
        note(noor, told.reference, text="x", token=token, at=NOON)
    assert len(open_page(noor, told.reference, at=NOON, language="nl").notes) == 1
