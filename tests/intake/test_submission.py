"""A report is received: sealed for those who were chosen, once, with a receipt."""

from datetime import date, timedelta
from typing import Any

import pytest

from klankbord.agenda.services import note_absence
from klankbord.cases.models import Case, Entry, InboxRow, KeyHolder, Overseer, WorkItem
from klankbord.handling.casework import NotYours, open_page
from klankbord.handling.channel import view
from klankbord.intake.receipts import forget_receipt, receipt_of
from klankbord.intake.services import AlreadyReceived, NobodyLeft, submit, who_will_read
from klankbord.kit import throttle
from klankbord.kit.budgets import For, within
from klankbord.kit.outbox.models import Letter
from klankbord.kit.throttle import LaneName
from tests import given
from tests.given import NOON, House

pytestmark = pytest.mark.django_db


def test_the_chosen_person_reads_the_story(house: House) -> None:
    """R-000-02, R-000-03: the reporter picks a person, and that person reads the very words."""
    told = given.a_report(house, reader="noor")
    page = open_page(house["noor"].member(), told.reference, at=NOON, language="nl").page
    assert given.STORY in [row.text for row in page.report]


def test_nobody_else_finds_the_case(house: House, neighbour: House) -> None:
    """R-000-31, R-002-18: neither colleague, coordinator, administrator nor neighbour."""
    told = given.a_report(house, reader="noor")
    others = [house[name] for name in ("tarik", "els", "joris", "bert", "wout")]
    for person in [*others, *neighbour.people.values()]:
        with pytest.raises(NotYours):
            open_page(person.member(), told.reference, at=NOON, language="nl")


def test_the_reporter_reads_back_what_was_told(house: House) -> None:
    told = given.a_report(house, reader="noor")
    page = view(told.seat, told.case.id, at=NOON, language="fr")
    assert given.STORY in [row.text for row in page.report]
    assert [reader.name for reader in page.readers if not reader.is_reporter] == ["Noor Ravelijn"]


@pytest.mark.parametrize("flooded", ["code", "code_beyond", "member", "stranger"])
def test_a_flood_of_codes_or_passphrases_keeps_no_report_waiting(
    house: House, flooded: LaneName, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Vault §3.2: a lane of its own for submissions."""
    monkeypatch.setattr(throttle, "PATIENCE_SECONDS", 0.01)
    with throttle.kdf_slot(flooded):
        draft = given.a_draft(house)
        assert submit(house.organisation, draft, token=given.a_token(), at=NOON).code


def test_beyond_its_budget_an_organisation_still_takes_every_report(
    house: House, neighbour: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Vault §3.2: text is always accepted; what is beyond waits for itself and for nobody else."""
    monkeypatch.setattr(throttle, "PATIENCE_SECONDS", 0.01)
    assert within(house.organisation.id, For.REPORTS, 60)
    assert given.a_report(house).reference
    with throttle.kdf_slot("report_beyond"):
        assert given.a_report(neighbour).reference
        with pytest.raises(throttle.Busy):
            given.a_report(house)


def test_an_empty_report_is_a_report(house: House) -> None:
    """Promise 1: every optional field may be empty or missing."""
    told = given.a_report(house, answers={}, reader="noor")
    page = open_page(house["noor"].member(), told.reference, at=NOON, language="nl").page
    assert page.report == ()


def test_the_first_answer_is_promised_in_working_days(house: House) -> None:
    """Monday noon, two working days: Wednesday."""
    told = given.a_report(house, reader="noor")
    assert told.receipt.first_answer_by == date(2026, 11, 25)


def test_the_same_form_sent_twice_is_one_case_and_one_code(house: House) -> None:
    token = given.a_token()
    first = submit(house.organisation, given.a_draft(house), token=token, at=NOON)
    again = submit(house.organisation, given.a_draft(house), token=token, at=NOON)
    assert first == again
    assert Case.objects.count() == 1


def test_a_receipt_lasts_a_quarter_of_an_hour(house: House) -> None:
    token = given.a_token()
    receipt = submit(house.organisation, given.a_draft(house), token=token, at=NOON)
    assert receipt_of(token, at=NOON + timedelta(minutes=14)) == receipt
    assert receipt_of(token, at=NOON + timedelta(minutes=16)) is None


def test_a_receipt_that_was_written_down_is_gone(house: House) -> None:
    token = given.a_token()
    submit(house.organisation, given.a_draft(house), token=token, at=NOON)
    forget_receipt(token)
    with pytest.raises(AlreadyReceived):
        submit(house.organisation, given.a_draft(house), token=token, at=NOON)
    assert Case.objects.count() == 1


def test_makes_no_difference_goes_to_who_is_on_duty_for_the_unit(house: House) -> None:
    unit = house.units["Provincie West"].id.hex
    draft = given.a_draft(house, answers={"unit": unit})
    readers = who_will_read(house.organisation, draft, on=NOON.date(), language="nl")
    assert [card.name for card in readers.readers] == ["Tarik Ravelijn"]


def test_makes_no_difference_without_a_unit_goes_to_everybody_on_duty(house: House) -> None:
    readers = who_will_read(house.organisation, given.a_draft(house), on=NOON.date(), language="nl")
    assert {card.name for card in readers.readers} == {"Noor Ravelijn", "Tarik Ravelijn"}


def test_a_team_reads_together_only_where_the_profile_has_one(house: House) -> None:
    """P13"""
    draft = given.a_draft(
        house, choice="team", answers={"unit": house.units["Provincie West"].id.hex}
    )
    readers = who_will_read(house.organisation, draft, on=NOON.date(), language="nl")
    assert len(readers.readers) == 2


def test_who_must_not_read_gets_no_key_no_row_no_count_and_no_mail(house: House) -> None:
    """R-000-31: excluded before the first sealing, by key, row, count and mail."""
    told = given.a_report(house, must_not=["tarik", "els"])
    barred = {house["tarik"].membership, house["els"].membership}
    holders = set(KeyHolder.objects.values_list("holder", flat=True))
    assert not holders & barred
    assert not InboxRow.objects.filter(membership__in=barred).exists()
    assert not WorkItem.objects.filter(assignee__in=barred).exists()
    assert not Overseer.objects.filter(membership__in=barred).exists()
    assert Overseer.objects.filter(case=told.case).exists()
    assert [letter.address for letter in Letter.objects.all()] == [house["noor"].mail]


def test_a_group_is_kept_out_with_everybody_in_it(house: House) -> None:
    told = given.a_report(house, reader="noor", must_not_groups=["board"])
    counted = set(Overseer.objects.filter(case=told.case).values_list("membership", flat=True))
    assert counted == {house["els"].membership}


def test_when_everybody_is_excluded_nothing_is_stored(house: House) -> None:
    with pytest.raises(NobodyLeft):
        given.a_report(house, must_not=["noor", "tarik"])
    assert not Case.objects.exists()


def test_danger_alerts_the_readers_at_once_without_content(house: House) -> None:
    """P7"""
    given.a_report(house, reader="noor", answers={"danger": "yes"})
    letter = Letter.objects.get()
    assert letter.slot == int(NOON.timestamp()) // 3600


def test_other_news_waits_for_its_hour(house: House) -> None:
    given.a_report(house, reader="noor")
    assert Letter.objects.get().slot > int(NOON.timestamp()) // 3600


def test_stories_of_every_length_look_alike(house: House) -> None:
    """Promise 2: sizes in classes."""
    sizes = set()
    for length in (1, 40, 300, 600):
        told = given.a_report(house, answers={"happened": "x" * length}, reader="noor")
        sizes.add(
            tuple(len(row.sealed) for row in Entry.objects.filter(case=told.case).order_by("seq"))
        )
    assert len(sizes) == 1


def test_who_stays_unknown_leaves_the_same_rows_as_who_gives_a_name(house: House) -> None:
    unknown = given.a_report(house, reader="noor")
    known = given.a_report(
        house, reader="noor", answers={"known": "known", "name": "Iemand", "happened": "x"}
    )
    rows = [Entry.objects.filter(case=told.case).count() for told in (unknown, known)]
    assert rows[0] == rows[1]


def test_the_identity_is_sealed_apart_from_the_story(house: House) -> None:
    """R-000-31"""
    told = given.a_report(
        house, reader="noor",
        answers={"known": "known", "name": "Robin", "contact": "0470 00 00 99"},
    )  # fmt: skip
    opened = open_page(house["noor"].member(), told.reference, at=NOON, language="nl")
    assert "Robin" in [row.text for row in opened.identity or ()]
    assert "Robin" not in [row.text for row in opened.page.report]


def test_the_promise_waits_for_whoever_is_away(house: House) -> None:
    """K20, R-002-44: away until Friday, two working days: Tuesday."""
    note_absence(
        given.membership(house["tarik"]), from_day=NOON.date(), until_day=date(2026, 11, 27)
    )
    assert given.a_report(house, reader="tarik").receipt.first_answer_by == date(2026, 12, 1)
    assert given.a_report(house, reader="noor").receipt.first_answer_by == date(2026, 11, 25)


def test_a_report_asks_the_database_no_more_than_it_must(
    house: House, django_assert_max_num_queries: Any
) -> None:
    """Each question costs a report on PostgreSQL: whoever begins a case knows what it counts."""
    given.a_report(house)  # what is read once and remembered
    draft = given.a_draft(house, choice="team")
    with django_assert_max_num_queries(28):
        submit(house.organisation, draft, token=given.a_token(), at=NOON)
