"""Somebody who works here writes down what was told to them."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import connection

from klankbord.cases.models import (
    Bookmark,
    Case,
    Entry,
    InboxRow,
    KeyHolder,
    Overseer,
    Reporter,
    WorkItem,
)
from klankbord.cases.opening import open_case
from klankbord.cases.verifying import verify
from klankbord.handling.casework import NotYours, answer, note, open_page
from klankbord.handling.channel import cases_of, enter
from klankbord.handling.inbox import inbox_page
from klankbord.intake.entered import (
    DayImpossible,
    Entering,
    NobodyLeft,
    NotCertified,
    NotEnough,
    Receipt,
    enter_report,
    who_reads_along,
)
from klankbord.kit.clock import day_number
from klankbord.kit.outbox.models import Letter
from klankbord.organisations.models import Countersignature
from klankbord.rules.entries import Happened, KeysArranged, ReportEntered, ReportReceived
from tests import given
from tests.cases.writer import hand_of
from tests.given import NOON, TODAY, House

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_folder")]

KNOWN = {"known": "known", "name": "Robin", "happened": given.STORY, "kind": ["bullying"]}


def written_down(
    house: House, *, named: tuple[str, ...] = ("noor",), how: str = "spoken",
    told_by: str = "themselves", told_on: date = TODAY, with_code: bool = False,
    must_not: tuple[str, ...] = (), must_not_groups: tuple[str, ...] = (),
) -> Entering:  # fmt: skip
    return Entering(
        draft=given.a_draft(
            house, answers=KNOWN, must_not=must_not, must_not_groups=must_not_groups
        ),
        told_on=told_on, how=how, told_by=told_by, with_code=with_code,
        named=[house[name].membership for name in named],
    )  # fmt: skip


def entered(
    house: House, by: str = "noor", entering: Entering | None = None, token: bytes = b""
) -> Receipt:
    return enter_report(
        house[by].member(), house[by].membership, house.organisation,
        entering or written_down(house), token=token or given.a_token(), at=NOON,
    )  # fmt: skip


def the_case(receipt: Receipt) -> Case:
    return Case.objects.select_related("organisation").get(reference=receipt.reference)


def happened(house: House, receipt: Receipt, reader: str = "noor") -> tuple[Happened, ...]:
    opened = open_case(the_case(receipt), hand_of(house[reader]))
    assert opened is not None
    assert opened.trouble == frozenset()
    return opened.happened


def holders(receipt: Receipt) -> set[UUID]:
    rows = KeyHolder.objects.filter(compartment__case=the_case(receipt))
    return set(rows.values_list("holder", flat=True))


def test_a_reader_writes_down_what_was_told_and_reads_along(house: House) -> None:
    """R-000-36: the counsellor who was told signs it, and it is a case like any other."""
    receipt = entered(house, "noor", written_down(house, named=("noor", "tarik")))
    for reader in ("noor", "tarik"):
        page = open_page(house[reader].member(), receipt.reference, at=NOON, language="nl")
        assert given.STORY in [row.text for row in page.page.report]
        assert page.page.can_write
        assert page.identity
    assert receipt.readers == ("Noor Ravelijn", "Tarik Ravelijn")
    assert receipt.code == ""


def test_there_may_be_no_reporter_key_at_all(house: House) -> None:
    """Epoch 0 is arranged by the counsellor who enters an oral report."""
    receipt = entered(house)
    assert not Reporter.objects.exists()
    assert holders(receipt) == {house["noor"].membership}
    first = happened(house, receipt)[0]
    assert isinstance(first.entry, KeysArranged)
    assert first.by == house["noor"].membership
    assert first.entry.reporter is None


@pytest.mark.parametrize("how", ["spoken", "phone", "letter", "mail", "whatsapp", "counter"])
def test_it_says_how_it_came_in_who_told_it_and_which_day_counts(house: House, how: str) -> None:
    """R-000-39, R-004-137, P27: paper arrives late; the day that counts is inside the seal."""
    friday = TODAY - timedelta(days=3)
    receipt = entered(house, entering=written_down(house, how=how, told_on=friday))
    told = next(it.entry for it in happened(house, receipt) if isinstance(it.entry, ReportEntered))
    assert (told.how, told.told_by, told.told_on) == (how, "themselves", friday)
    assert the_case(receipt).opened_day == day_number(TODAY)


def test_the_promise_counts_from_the_day_on_which_it_was_told(house: House) -> None:
    """P27: two working days after Friday is Tuesday; what is over already is due today."""
    friday, long_ago = TODAY - timedelta(days=3), TODAY - timedelta(days=40)
    late = entered(house, entering=written_down(house, told_on=friday))
    assert late.first_answer_by == date(2026, 11, 24)
    later = entered(house, entering=written_down(house, told_on=long_ago))
    assert later.first_answer_by == TODAY
    days = WorkItem.objects.order_by("due_day").values_list("due_day", flat=True)
    assert list(days) == [day_number(TODAY), day_number(date(2026, 11, 24))]


def test_any_employee_passes_on_what_a_child_told(house: House) -> None:
    """R-000-36, R-004-137: Wout has no reading role. What he wrote is sealed to the reader."""
    receipt = entered(house, "wout")
    report = next(it for it in happened(house, receipt) if isinstance(it.entry, ReportReceived))
    assert report.by == house["wout"].membership
    page = open_page(house["noor"].member(), receipt.reference, at=NOON, language="nl").page
    assert page.can_write
    assert [reader.name for reader in page.readers] == ["Noor Ravelijn"]


def test_whoever_only_passes_it_on_holds_no_key_and_stands_in_no_table(house: House) -> None:
    """Row 1: no wrap at any moment, no inbox row, no work, no bookmark, no count."""
    receipt = entered(house, "wout", written_down(house, with_code=True))
    wout = house["wout"].membership
    case = the_case(receipt)
    assert wout not in holders(receipt)
    assert open_case(case, hand_of(house["wout"])) is None
    for table in (InboxRow, Overseer):
        assert not table.objects.filter(membership=wout).exists()
    assert not WorkItem.objects.filter(assignee=wout).exists()
    assert not Bookmark.objects.filter(holder=wout).exists()
    with pytest.raises(NotYours):
        open_page(house["wout"].member(), receipt.reference, at=NOON, language="nl")


def test_what_comes_after_is_under_a_key_that_they_never_knew(house: House) -> None:
    """Row 8: the keys that passed through Wout's hands open nothing that is written later."""
    receipt = entered(house, "wout")
    noor = house["noor"].member()
    note(noor, receipt.reference, text="Ik belde.", token=given.a_token(), at=NOON)
    answer(noor, receipt.reference, text="Dank je.", token=given.a_token(), at=NOON)
    epochs = set(Entry.objects.filter(compartment__name="file").values_list("epoch", flat=True))
    assert epochs == {0, 1}
    last = Entry.objects.filter(compartment__name="file").order_by("-seq")[0]
    assert last.epoch == 1


def test_the_same_exclusions_hold_before_anything_is_sealed(house: House) -> None:
    """R-000-31: whoever must not read gets no key, no row and no count, whoever writes it down."""
    entering = written_down(house, named=("noor", "tarik"), must_not=("tarik", "els"))
    receipt = entered(house, "wout", entering)
    assert receipt.readers == ("Noor Ravelijn",)
    barred = {house["tarik"].membership, house["els"].membership}
    assert not barred & holders(receipt)
    assert not Overseer.objects.filter(membership__in=barred).exists()
    assert inbox_page(house["tarik"].member(), language="nl").rows == ()
    page = open_page(house["noor"].member(), receipt.reference, at=NOON, language="nl").page
    assert set(page.excluded) == {"Tarik Ravelijn", "Els Ravelijn"}


def test_whoever_must_not_read_it_can_still_pass_it_on(house: House) -> None:
    """Noor took the letter in, and it is about Noor: it goes to Tarik, and Noor keeps nothing."""
    entering = written_down(house, named=("noor", "tarik"), must_not=("noor",), how="letter")
    receipt = entered(house, "noor", entering)
    assert receipt.readers == ("Tarik Ravelijn",)
    assert house["noor"].membership not in holders(receipt)
    assert inbox_page(house["noor"].member(), language="nl").rows == ()


def test_nobody_ticked_means_whoever_is_on_duty(house: House) -> None:
    entering = written_down(house, named=())
    readers = who_reads_along(
        house.organisation, entering, by=house["wout"].membership, on=TODAY, language="nl"
    )
    assert [card.name for card in readers.readers] == ["Noor Ravelijn", "Tarik Ravelijn"]


def test_without_anybody_left_it_is_not_sealed(house: House) -> None:
    entering = written_down(house, must_not=("noor",))
    with pytest.raises(NobodyLeft):
        entered(house, "wout", entering)
    assert not Case.objects.exists()


def test_neither_colleague_nor_neighbour_finds_it(house: House, neighbour: House) -> None:
    """R-000-31, R-002-18."""
    receipt = entered(house, "wout")
    others = [house[name] for name in ("tarik", "els", "joris", "bert")]
    for person in [*others, *neighbour.people.values()]:
        with pytest.raises(NotYours):
            open_page(person.member(), receipt.reference, at=NOON, language="nl")


def test_a_neighbour_writes_nothing_down_here(house: House, neighbour: House) -> None:
    """Row 1: a membership elsewhere signs nothing in this house."""
    nadia = neighbour["nadia"]
    with pytest.raises(NotCertified):
        enter_report(
            nadia.member(), nadia.membership, house.organisation, written_down(house),
            token=given.a_token(), at=NOON,
        )  # fmt: skip


def test_a_signature_that_nobody_could_check_is_refused_beforehand(house: House) -> None:
    """Nobody vouched for Wout's key any more."""
    Countersignature.objects.filter(certificate__membership=house["wout"].membership).delete()
    with pytest.raises(NotCertified):
        entered(house, "wout")


@pytest.mark.parametrize(("how", "told_by"), [("", "parent"), ("phone", ""), ("telepathy", "x")])
def test_how_and_by_whom_are_asked(house: House, how: str, told_by: str) -> None:
    with pytest.raises(NotEnough):
        entered(house, entering=written_down(house, how=how, told_by=told_by))


@pytest.mark.parametrize("days", [-1, 400])
def test_the_day_is_neither_to_come_nor_years_ago(house: House, days: int) -> None:
    with pytest.raises(DayImpossible):
        entered(house, entering=written_down(house, told_on=TODAY - timedelta(days=days)))


def test_the_same_form_sent_twice_is_one_case(house: House) -> None:
    """Row 32: a double click at the counter."""
    token, entering = given.a_token(), written_down(house, with_code=True)
    assert entered(house, "wout", entering, token) == entered(house, "wout", entering, token)
    assert Case.objects.count() == 1


def test_the_readers_are_told_by_mail_and_the_writer_is_not(house: House) -> None:
    entered(house, "noor", written_down(house, named=("noor", "tarik")))
    assert {letter.address for letter in Letter.objects.all()} == {house["tarik"].mail}


def test_a_code_can_be_given_with_it(house: House) -> None:
    """P30: printed together at the desk; the code finds the case."""
    receipt = entered(house, "wout", written_down(house, with_code=True))
    seat = enter(house.organisation, receipt.code)
    assert [line.reference for line in cases_of(seat)] == [receipt.reference]


def test_everything_that_was_stored_holds(house: House) -> None:
    for by in ("noor", "wout"):
        for with_code in (True, False):
            entered(house, by, written_down(house, with_code=with_code))
    assert verify().faults == []


def test_a_stolen_database_tells_neither_the_words_nor_who_wrote_them(house: House) -> None:
    """Rows 3 and 19: what was told, by whom it was written down, how and when are in the seal."""
    entering = written_down(house, how="whatsapp", told_by="parent", told_on=date(2026, 11, 2))
    assert the_case(entered(house, "wout", entering))
    wout = house["wout"].membership
    stored = []
    with connection.cursor() as cursor:
        for table in [it for it in connection.introspection.table_names() if "cases_" in it]:
            cursor.execute(f"SELECT * FROM {table}")  # noqa: S608 - our own tables
            stored += [value for row in cursor.fetchall() for value in row]
    texts = " ".join(str(value) for value in stored if not isinstance(value, bytes | memoryview))
    raw = b" ".join(bytes(value) for value in stored if isinstance(value, bytes | memoryview))
    for secret in (wout.hex, str(wout), "whatsapp", "parent", given.STORY):
        assert secret not in texts
        assert secret.encode() not in raw
    assert day_number(date(2026, 11, 2)) not in stored
