"""The course in the channel: what somebody reads of it, what they are asked, what they deny."""

from dataclasses import replace

import pytest

from klankbord.handling.asking import ask_consent, note_consent
from klankbord.handling.mending import start_procedure
from klankbord.handling.own_page import own_page
from klankbord.handling.steps import Doing, do_step
from klankbord.kit.clock import now, today
from klankbord.rules.procedures.standing import ConsentState
from tests import given
from tests.given import House, Told
from tests.proofreading import ProofreadingClient
from tests.web.public.walking import open_channel, text_of, token_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def brug(db: None, trusting: None) -> House:
    return given.de_brug()


def do(house: House, told: Told, step: str, outcome: str = "", *, who: str, **more: object) -> None:
    doing = Doing(outcome=outcome, on=today(), round=1, **more)  # type: ignore[arg-type]
    member = house[who].member(now())
    do_step(member, told.reference, step=step, doing=doing, token=given.a_token(), at=now())


@pytest.fixture
def complaint(brug: House) -> Told:
    told = given.a_report(brug, reader="koen", at=now())
    koen = brug["koen"].member(now())
    start_procedure(koen, told.reference, key="complaint", reason="over ons", at=now())
    for step, outcome in (("receive", "service"), ("direct_attempt", "official"), ("part1", "")):
        do(brug, told, step, outcome, who="koen")
    return told


@pytest.fixture
def listening(brug: House) -> Told:
    """Amina may bring somebody and their manager together, if they say yes."""
    told = given.a_report(brug, reader="amina", at=now())
    for step, outcome in (("contact", "talk_now"), ("listen", ""), ("choose", "manager")):
        do(brug, told, step, outcome, who="amina")
    return told


def note_a_yes(house: House, told: Told) -> None:
    amina = house["amina"].member(now())
    note_consent(
        amina, told.reference, step="talk_manager", answer="yes", how="op kantoor", at=now()
    )


def consent(told: Told) -> ConsentState:
    course = own_page(told.seat, told.case.id, at=now(), language="nl").course
    assert course is not None
    return course.progress.standings["talk_manager"].consent


def test_the_page_says_where_it_is_who_acts_and_what_usually_comes_next(
    client: ProofreadingClient, brug: House, complaint: Told
) -> None:
    do(brug, complaint, "sign", "signed", who="koen", days={"signed": today()})
    do(brug, complaint, "give_copy", who="koen", letter={"contact": "Koen, 0470 00 02 01"})
    page = client.get(open_channel(client, brug, complaint.receipt.code))
    words = text_of(page)
    assert "Binnen vijf werkdagen ligt je klacht bij de verantwoordelijke." in words
    assert brug["koen"].name in words
    assert "Beslissen of de klacht ontvankelijk is" in words
    assert "Koen, 0470 00 02 01" in words  # the letter, with its part


def test_a_case_by_no_procedure_keeps_the_simple_card(
    client: ProofreadingClient, brug: House
) -> None:
    draft = replace(given.a_draft(brug, reader="amina", on=today()), form="visit")
    told = given.a_report(brug, draft=draft, at=now())
    page = client.get("/en" + open_channel(client, brug, told.receipt.code))
    assert "Looking together at what helps you" in text_of(page)


def test_the_question_is_asked_with_what_yes_and_no_mean(
    client: ProofreadingClient, brug: House, listening: Told
) -> None:
    """R-003-22."""
    ask_consent(brug["amina"].member(now()), listening.reference, step="talk_manager", at=now())
    words = text_of(client.get("/en" + open_channel(client, brug, listening.receipt.code)))
    assert "Mag ik jou en je leidinggevende samenbrengen?" in words
    assert "If you say no" in words
    assert "nobody does this without your yes" in words


def test_a_noted_yes_is_shown_as_noted_and_can_be_denied(
    client: ProofreadingClient, brug: House, listening: Told
) -> None:
    """P22."""
    note_a_yes(brug, listening)
    case = open_channel(client, brug, listening.receipt.code)
    page = client.get(f"/en{case}")
    assert f"noted by {brug['amina'].name}" in text_of(page)
    (number,) = own_page(listening.seat, listening.case.id, at=now(), language="nl").given
    form = client.get(f"{case}w/{number}/")
    for _ in range(2):
        sent = client.post(
            f"{case}w/{number}/", {"form": token_on(form), "text": "Dat zei ik niet."}
        )
        assert sent.headers["Location"] == case
    assert consent(listening) is not ConsentState.GIVEN
    assert text_of(client.get(case)).count("Dat zei ik niet.") == 1


def test_a_page_that_stood_open_too_long_keeps_what_was_typed(
    client: ProofreadingClient, brug: House, listening: Told
) -> None:
    note_a_yes(brug, listening)
    case = open_channel(client, brug, listening.receipt.code)
    (number,) = own_page(listening.seat, listening.case.id, at=now(), language="nl").given
    page = client.post(f"{case}w/{number}/", {"form": "oud", "text": "Dat zei ik niet."})
    assert "Dat zei ik niet." in page.content.decode()
    assert consent(listening) is ConsentState.GIVEN


def test_another_reporter_finds_nothing_there(
    client: ProofreadingClient, brug: House, listening: Told
) -> None:
    note_a_yes(brug, listening)
    other = given.a_report(brug, reader="amina", at=now())
    own = open_channel(client, brug, other.receipt.code)
    (number,) = own_page(listening.seat, listening.case.id, at=now(), language="nl").given
    theirs = f"/{brug.slug}/m/{listening.case.id}/w/{number}/"
    assert client.get(theirs).status_code == 404
    token = token_on(client.get(own))
    assert client.post(theirs, {"form": token, "text": "x"}).status_code == 404
    assert consent(listening) is ConsentState.GIVEN
