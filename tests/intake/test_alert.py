"""Danger may alert whoever has duty, at once and without content (P7)."""

from typing import Any

import pytest

from klankbord.agenda.services import give_duty, note_absence, set_alerts
from klankbord.handling.inbox import inbox_page
from klankbord.intake.entered import Entering, enter_report
from klankbord.intake.services import receipt_of, submit
from klankbord.kit.outbox.models import Letter
from tests import given
from tests.given import NOON, TODAY, House

pytestmark = pytest.mark.django_db

DANGER = {"happened": given.STORY, "danger": "yes"}
NOW = int(NOON.timestamp()) // 3600


@pytest.fixture
def permanence(house: House) -> House:
    """Tarik has duty today, and danger alerts whoever has it."""
    tarik = given.membership(house["tarik"])
    give_duty(tarik, from_day=TODAY, until_day=TODAY, by=tarik.id, on=TODAY)
    set_alerts(house.organisation, alerts=True, by=house["bert"].membership, on=TODAY)
    return house


def at_once() -> set[str]:
    return {letter.address.split("@")[0] for letter in Letter.objects.filter(slot=NOW)}


def told(house: House, **about: Any) -> Any:
    return given.a_report(house, **{"answers": DANGER, "reader": "noor", **about}).receipt


def test_whoever_has_duty_gets_a_mail_at_once(permanence: House) -> None:
    assert told(permanence).alerted == ("Tarik Ravelijn",)
    assert at_once() == {"noor", "tarik"}


def test_without_danger_no_mail_leaves_at_once(permanence: House) -> None:
    assert told(permanence, answers={"happened": given.STORY}).alerted is None
    assert at_once() == set()


def test_nobody_is_alerted_where_the_organisation_did_not_choose_it(permanence: House) -> None:
    bert = permanence["bert"].membership
    set_alerts(permanence.organisation, alerts=False, by=bert, on=TODAY)
    assert told(permanence).alerted is None
    assert at_once() == {"noor"}


def test_whoever_must_not_read_is_never_alerted_and_it_is_said(permanence: House) -> None:
    """R-000-31"""
    assert told(permanence, must_not=["tarik"]).alerted == ()
    assert at_once() == {"noor"}


def test_whoever_a_typed_name_could_mean_is_not_alerted_nor_given_it_by_default(
    permanence: House,
) -> None:
    """R-000-31: nobody settled yet whom it means, and a mail cannot be taken back."""
    assert told(permanence, must_not_words="Tarik, van de leiding").alerted == ()
    assert at_once() == {"noor"}
    anyone = told(permanence, must_not_words="tarik", reader="", choice="anyone")
    assert "Tarik Ravelijn" not in anyone.readers
    meant = told(permanence, must_not_words="de vriend van Noor")
    assert meant.readers == ("Noor Ravelijn",)


def test_whoever_has_duty_but_is_away_is_not_alerted(permanence: House) -> None:
    note_absence(given.membership(permanence["tarik"]), from_day=TODAY, until_day=TODAY)
    assert told(permanence).alerted == ()
    assert at_once() == {"noor"}


def test_the_alert_opens_nothing(permanence: House) -> None:

    told(permanence)
    assert inbox_page(permanence["tarik"].member(), language="nl").rows == ()


def test_the_receipt_says_it_again_when_the_answer_got_lost(permanence: House) -> None:
    token = given.a_token()
    draft = given.a_draft(permanence, answers=DANGER, reader="noor")
    submit(permanence.organisation, draft, token=token, at=NOON)
    found = receipt_of(token, at=NOON)
    assert found is not None
    assert found.alerted == ("Tarik Ravelijn",)


def test_what_a_worker_writes_down_alerts_too(permanence: House) -> None:
    """P7: danger does not wait because it was told to somebody who works here."""
    entering = Entering(
        draft=given.a_draft(permanence, answers=DANGER), told_on=TODAY, how="spoken",
        told_by="themselves", named=[permanence["noor"].membership],
    )  # fmt: skip
    wout = permanence["wout"]
    receipt = enter_report(
        wout.member(), wout.membership, permanence.organisation, entering, token=given.a_token(),
        at=NOON,
    )  # fmt: skip
    assert receipt.alerted == ("Tarik Ravelijn",)
    assert at_once() == {"noor", "tarik"}
