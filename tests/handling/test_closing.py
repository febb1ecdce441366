"""Closing with a reason that the reporter can read, and taking a case up again (R-000-04)."""

from datetime import timedelta

import pytest

from klankbord.cases.models import Case, Entry, WorkItem
from klankbord.handling import channel
from klankbord.handling.casework import NotYours, ReasonMissing, close, open_page, reopen
from klankbord.handling.inbox import inbox_page
from klankbord.kit.clock import day_number
from klankbord.kit.outbox.models import Letter
from tests import given
from tests.given import NOON, House, Told

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_procedure")]


@pytest.fixture
def told(house: House) -> Told:
    return given.a_report(house, choice="team")


def end(
    house: House, told: Told, reason: str = "settled", text: str = "Klaar.", to: str = ""
) -> None:
    close(house["noor"].member(), told.reference, reason=reason, text=text, referred_to=to, at=NOON)


@pytest.mark.parametrize("reason", ["settled", "withdrawn", "not_for_us", "abuse"])
def test_a_case_is_closed_with_a_reason_and_the_reporter_reads_it(
    house: House, told: Told, reason: str
) -> None:
    end(house, told, reason, " We spraken af wat helpt. ")
    for closed in (
        channel.view(told.seat, told.case.id, at=NOON, language="nl").closed,
        open_page(house["tarik"].member(), told.reference, at=NOON, language="nl").page.closed,
    ):
        assert closed is not None
        assert (closed.reason, closed.text) == (reason, "We spraken af wat helpt.")


@pytest.mark.parametrize(
    ("reason", "text"), [("", "Klaar."), ("done", "Klaar."), ("settled", ""), ("settled", " \n")]
)
def test_without_a_reason_nothing_is_closed(
    house: House, told: Told, reason: str, text: str
) -> None:
    before = Entry.objects.count()
    with pytest.raises(ReasonMissing):
        end(house, told, reason, text)
    assert Case.objects.get(id=told.case.id).closed_day is None
    assert Entry.objects.count() == before


def test_a_referral_says_to_whom(house: House, told: Told) -> None:
    """P19"""
    for nobody in ("", "  "):
        with pytest.raises(ReasonMissing):
            end(house, told, "referred", "Zij helpen verder.", nobody)
    end(house, told, "referred", "Zij helpen verder.", " het steunpunt ")
    closed = channel.view(told.seat, told.case.id, at=NOON, language="nl").closed
    assert closed is not None
    assert closed.referred_to == "het steunpunt"


def test_the_reason_stands_inside_the_seal_and_the_day_outside(house: House, told: Told) -> None:
    end(house, told, "abuse", "Vals alarm.")
    row = Case.objects.filter(id=told.case.id).values().get()
    assert row["closed_day"] == day_number(NOON.date())
    assert "abuse" not in str(row)


def test_a_closed_case_leaves_the_inbox_of_every_reader_and_asks_nothing_more(
    house: House, told: Told
) -> None:
    end(house, told)
    for name in ("noor", "tarik"):
        member = house[name].member()
        assert inbox_page(member, language="nl").rows == ()
        (row,) = inbox_page(member, closed=True, language="nl").rows
        assert not row.waiting
        assert row.due is None
    assert not WorkItem.objects.filter(done_day=None).exists()


def test_closing_and_reopening_are_announced_to_the_other_readers(house: House, told: Told) -> None:
    for deed in (
        lambda: end(house, told),
        lambda: reopen(house["noor"].member(), told.reference, text="Toch.", at=NOON),
    ):
        Letter.objects.all().delete()
        deed()
        assert [it.address for it in Letter.objects.all()] == [house["tarik"].mail]


def test_a_closed_case_can_be_taken_up_again_with_a_reason(house: House, told: Told) -> None:
    end(house, told)
    with pytest.raises(ReasonMissing):
        reopen(house["tarik"].member(), told.reference, text=" ", at=NOON)
    reopen(house["tarik"].member(), told.reference, text="Er kwam iets bij.", at=NOON)
    page = channel.view(told.seat, told.case.id, at=NOON, language="nl")
    assert page.closed is None
    assert {"case_closed", "case_reopened"} <= {item.kind for item in page.items}
    assert Case.objects.get(id=told.case.id).closed_day is None
    assert len(inbox_page(house["noor"].member(), language="nl").rows) == 1


def test_a_case_that_was_closed_twice_says_the_last_reason(house: House, told: Told) -> None:
    end(house, told, text="Eerst dit.")
    reopen(house["noor"].member(), told.reference, text="Toch.", at=NOON)
    close(
        house["noor"].member(), told.reference, reason="withdrawn", text="Nu dat.",
        at=NOON + timedelta(days=1),
    )  # fmt: skip
    closed = channel.view(told.seat, told.case.id, at=NOON, language="nl").closed
    assert closed is not None
    assert closed.text == "Nu dat."


def test_only_a_reader_closes(house: House, neighbour: House, told: Told) -> None:
    for person in (house["els"], house["bert"], neighbour["nadia"]):
        with pytest.raises(NotYours):
            close(person.member(), told.reference, reason="settled", text="Klaar.", at=NOON)
