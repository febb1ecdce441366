"""Messages both ways: said once, answered in time, never lost."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from klankbord.cases.models import Entry, InboxRow, WorkItem
from klankbord.handling import channel
from klankbord.handling.casework import CasePage, TextEmpty, TextTooLong, answer, note, open_page
from klankbord.handling.inbox import inbox_page
from klankbord.kit.clock import day_number, day_of
from klankbord.kit.outbox.models import Letter
from klankbord.kit.tokens.models import SpentToken
from klankbord.rules.entries import MessageSent
from tests import given
from tests.given import NOON, House, Told

pytestmark = pytest.mark.django_db

FRIDAY = NOON + timedelta(days=4)


def say(house: House, told: Told, text: str = "Dag, ik lees mee.", name: str = "noor") -> None:
    answer(house[name].member(), told.reference, text=text, token=given.a_token(), at=NOON)


def ask(told: Told, text: str = "En nu?", at: datetime = NOON) -> None:
    channel.write(told.seat, told.case.id, text=text, token=given.a_token(), at=at)


def opened(house: House, told: Told, name: str = "noor") -> CasePage:
    return open_page(house[name].member(), told.reference, at=NOON, language="nl")


def texts(page: Any) -> list[str]:
    return [item.entry.text for item in page.items if isinstance(item.entry, MessageSent)]


def due(told: Told) -> set[date]:
    return {day_of(it.due_day) for it in WorkItem.objects.filter(case=told.case, done_day=None)}


def test_an_answer_reaches_the_reporter(house: House) -> None:
    told = given.a_report(house, reader="noor")
    say(house, told)
    page = channel.view(told.seat, told.case.id, at=NOON, language="nl")
    assert texts(page) == ["Dag, ik lees mee."]
    assert page.answered


def test_a_message_reaches_every_reader(house: House) -> None:
    told = given.a_report(house, choice="team")
    ask(told)
    for name in ("noor", "tarik"):
        assert texts(opened(house, told, name).page) == ["En nu?"]
    assert not opened(house, told).page.answered


@pytest.mark.usefixtures("no_procedure")
def test_an_answer_marks_the_work_done_for_everybody(house: House) -> None:
    told = given.a_report(house, choice="team")
    assert opened(house, told, "tarik").waiting
    assert opened(house, told, "tarik").due == told.receipt.first_answer_by
    say(house, told)
    assert due(told) == set()
    assert {it.done_day for it in WorkItem.objects.all()} == {day_number(NOON.date())}
    for name in ("noor", "tarik"):
        assert not opened(house, told, name).waiting
        assert opened(house, told, name).due is None


def test_a_message_makes_work_again_due_in_working_days(house: House) -> None:
    """Friday noon, two working days: Tuesday."""
    told = given.a_report(house, choice="team")
    say(house, told)
    ask(told, at=FRIDAY)
    assert due(told) == {date(2026, 12, 1)}
    assert WorkItem.objects.filter(case=told.case, done_day=None).count() == 2
    assert opened(house, told).waiting


def test_a_second_message_does_not_put_the_answer_off(house: House) -> None:
    told = given.a_report(house, reader="noor")
    ask(told, at=FRIDAY)
    ask(told, at=FRIDAY)
    assert due(told) == {told.receipt.first_answer_by}
    assert WorkItem.objects.filter(case=told.case, done_day=None).count() == 1


def test_the_same_message_sent_twice_is_one_message(house: House) -> None:
    told, token = given.a_report(house, reader="noor"), given.a_token()
    for _ in range(2):
        channel.write(told.seat, told.case.id, text="Hallo?", token=token, at=NOON)
    assert texts(opened(house, told).page) == ["Hallo?"]
    assert opened(house, told).page.trouble == ()


def test_the_same_answer_sent_twice_is_one_message(house: House) -> None:
    told, token = given.a_report(house, reader="noor"), given.a_token()
    for _ in range(2):
        answer(house["noor"].member(), told.reference, text="Dag.", token=token, at=NOON)
    assert texts(opened(house, told).page) == ["Dag."]


@pytest.mark.parametrize("text", ["", "  \n\t ", "\x00\x01"])
def test_a_message_without_anything_in_it_is_not_sent(house: House, text: str) -> None:
    told = given.a_report(house, reader="noor")
    before = Entry.objects.count()
    with pytest.raises(TextEmpty):
        say(house, told, text)
    with pytest.raises(TextEmpty):
        ask(told, text)
    with pytest.raises(TextEmpty):
        note(house["noor"].member(), told.reference, text=text, token=given.a_token(), at=NOON)
    assert Entry.objects.count() == before


def test_a_message_of_nearly_a_megabyte_is_kept_to_the_last_letter(house: House) -> None:
    told = given.a_report(house, reader="noor")
    story = "é" * ((1 << 19) - 200)
    ask(told, story)
    assert texts(opened(house, told).page) == [story]


def test_what_does_not_fit_in_an_entry_is_refused_and_can_be_sent_shorter(house: House) -> None:
    """The token is not used up by what was not stored."""
    told, token = given.a_report(house, reader="noor"), given.a_token()
    before, spent = Entry.objects.count(), SpentToken.objects.count()
    long = "x" * ((1 << 20) + 1)
    with pytest.raises(TextTooLong):
        channel.write(told.seat, told.case.id, text=long, token=token, at=NOON)
    with pytest.raises(TextTooLong):
        say(house, told, long)
    assert Entry.objects.count() == before
    assert SpentToken.objects.count() == spent
    channel.write(told.seat, told.case.id, text="korter", token=token, at=NOON)
    assert texts(opened(house, told).page) == ["korter"]


def test_a_story_that_does_not_fit_leaves_nothing_half_stored(house: House) -> None:
    token = given.a_token()
    draft = given.a_draft(house, reader="noor", answers={"happened": "x" * (1 << 20)})
    with pytest.raises(TextTooLong):
        given.submit(house.organisation, draft, token=token, at=NOON)
    assert not Entry.objects.exists()
    assert not Letter.objects.exists()
    assert not SpentToken.objects.exists()
    draft.answers["happened"] = "korter"
    assert given.submit(house.organisation, draft, token=token, at=NOON)


@pytest.mark.parametrize(
    "text",
    ["‘niet oké’ 🙁", "مرحبا", "a\n\n\nb", "<script>alert(1)</script>", "{{ x }} %s \\u0000"],
)
def test_what_somebody_writes_comes_back_as_they_wrote_it(house: House, text: str) -> None:
    told = given.a_report(house, reader="noor")
    ask(told, text)
    assert texts(opened(house, told).page) == [text]


def test_a_message_is_announced_to_the_readers_in_their_hour(house: House) -> None:
    told = given.a_report(house, choice="team")
    Letter.objects.all().delete()
    ask(told)
    letters = Letter.objects.all()
    assert {it.address for it in letters} == {house["noor"].mail, house["tarik"].mail}
    assert {it.slot for it in letters} == {int(NOON.timestamp()) // 3600 + 1}


def test_an_answer_is_announced_to_the_other_readers_and_never_to_the_reporter(
    house: House,
) -> None:
    told = given.a_report(house, choice="team")
    Letter.objects.all().delete()
    say(house, told)
    assert [it.address for it in Letter.objects.all()] == [house["tarik"].mail]


@pytest.mark.usefixtures("no_procedure")
def test_a_message_on_a_closed_case_comes_back_to_the_inbox(house: House) -> None:
    """What a reporter says must not lie where nobody looks."""
    from klankbord.handling.casework import close

    told = given.a_report(house, reader="noor")
    noor = house["noor"].member()
    close(noor, told.reference, reason="settled", text="Het is klaar.", at=NOON)
    ask(told, "Het is toch niet klaar.")
    assert [row.reference for row in inbox_page(noor, language="nl").rows] == [told.reference]
    assert inbox_page(noor, language="nl").rows[0].waiting
    say(house, told, "Ik bel je.")
    assert inbox_page(noor, language="nl").rows == ()
    assert [it.reference for it in inbox_page(noor, closed=True, language="nl").rows] == [
        told.reference
    ]


@pytest.mark.usefixtures("no_procedure")
def test_looking_changes_nothing_in_what_waits(house: House) -> None:
    told = given.a_report(house, choice="team")
    rows = list(InboxRow.objects.order_by("id").values_list())
    work = list(WorkItem.objects.order_by("id").values_list())
    opened(house, told)
    open_page(house["tarik"].member(), told.reference, at=NOON + timedelta(days=3), language="nl")
    assert list(InboxRow.objects.order_by("id").values_list()) == rows
    assert list(WorkItem.objects.order_by("id").values_list()) == work


# Withdrawing and going on -------------------------------------------------------------------------


def test_a_withdrawn_report_stays_and_its_readers_are_told(house: House) -> None:
    """R-000-04: nothing disappears."""
    told = given.a_report(house, reader="noor")
    say(house, told)
    Letter.objects.all().delete()
    channel.withdraw(told.seat, told.case.id, text="  Ik wil niet verder. ", at=NOON)
    page = opened(house, told)
    assert page.page.withdrawn
    assert page.page.closed is None
    assert page.waiting
    assert given.STORY in [row.text for row in page.page.report]
    withdrawn = next(it for it in page.page.items if it.kind == "report_withdrawn")
    assert withdrawn.entry.text == "Ik wil niet verder."
    assert [it.address for it in Letter.objects.all()] == [house["noor"].mail]


def test_a_withdrawal_can_be_taken_back(house: House) -> None:
    told = given.a_report(house, reader="noor")
    channel.withdraw(told.seat, told.case.id, text="", at=NOON)
    channel.go_on(told.seat, told.case.id, at=NOON)
    page = opened(house, told).page
    assert not page.withdrawn
    assert {"report_withdrawn", "report_resumed"} <= {it.kind for it in page.items}


def test_a_withdrawn_report_can_still_be_answered(house: House) -> None:
    told = given.a_report(house, reader="noor")
    channel.withdraw(told.seat, told.case.id, text="", at=NOON)
    say(house, told, "Je bent altijd welkom.")
    page = channel.view(told.seat, told.case.id, at=NOON, language="nl")
    assert texts(page) == ["Je bent altijd welkom."]
