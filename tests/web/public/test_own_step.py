"""A step that somebody takes in the channel: its page, who may, and that nothing typed is lost."""

from typing import Any

import pytest

from klankbord.handling.mending import start_procedure
from klankbord.handling.own_page import OwnPage, own_page
from klankbord.handling.steps import Doing, do_step
from klankbord.kit.clock import now, today
from klankbord.rules.procedures.standing import State
from tests import given
from tests.given import House, Told
from tests.proofreading import ProofreadingClient
from tests.web.desks import case_address, signed_in
from tests.web.public.walking import open_channel, text_of, token_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def brug(db: None, trusting: None) -> House:
    return given.de_brug()


def do(house: House, told: Told, step: str, outcome: str = "", *, who: str) -> None:
    member, doing = house[who].member(now()), Doing(outcome=outcome, on=today(), round=1)
    do_step(member, told.reference, step=step, doing=doing, token=given.a_token(), at=now())


@pytest.fixture
def complaint(brug: House) -> Told:
    told = given.a_report(brug, reader="koen", at=now())
    koen = brug["koen"].member(now())
    start_procedure(koen, told.reference, key="complaint", reason="over ons", at=now())
    do(brug, told, "receive", "service", who="koen")
    do(brug, told, "direct_attempt", "official", who="koen")
    return told


@pytest.fixture
def listening(brug: House) -> Told:
    told = given.a_report(brug, reader="amina", at=now())
    do(brug, told, "contact", "talk_now", who="amina")
    do(brug, told, "listen", who="amina")
    return told


def own(told: Told) -> OwnPage:
    return own_page(told.seat, told.case.id, at=now(), language="nl")


def number_of(told: Told, step: str) -> int:
    course = own(told).course
    assert course is not None
    return course.number_of(step)


def state(told: Told, step: str) -> State:
    course = own(told).course
    assert course is not None
    return course.progress.standings[step].state


def send(client: ProofreadingClient, house: House, told: Told, step: str, **fields: Any) -> Any:
    address = f"/{house.slug}/m/{told.case.id}/s/{number_of(told, step)}/"
    return client.post(address, {"form": token_on(client.get(address)), **fields})


def test_the_page_offers_the_choice_and_takes_it(
    client: ProofreadingClient, brug: House, listening: Told
) -> None:
    """R-003-34: the person decides."""
    case = open_channel(client, brug, listening.receipt.code)
    assert f"/s/{number_of(listening, 'choose')}/" in client.get(case).content.decode()
    answer = send(
        client, brug, listening, "choose", **{"s-outcome": "informal", "text": "Ik probeer het."}
    )
    assert answer.headers["Location"] == case
    assert state(listening, "informal") is State.OPEN
    words = text_of(client.get(case))
    assert "Zelf oplossen, met advies" in words
    assert words.count("Ik probeer het.") == 1


def test_what_is_missing_is_said_and_what_was_typed_stays(
    client: ProofreadingClient, brug: House, listening: Told
) -> None:
    open_channel(client, brug, listening.receipt.code)
    page = send(client, brug, listening, "choose", text="Ik twijfel nog.")
    assert set(page.context["errors"]) == {"s-outcome"}
    assert "Ik twijfel nog." in page.content.decode()
    page = send(client, brug, listening, "choose", **{"s-outcome": "another_talk"})
    assert set(page.context["errors"]) == {"day-appointment"}
    page = send(
        client, brug, listening, "choose",
        **{"s-outcome": "another_talk", "day-appointment": "31-02-2027"},
    )  # fmt: skip
    assert set(page.context["errors"]) == {"day-appointment"}
    assert state(listening, "choose") is State.OPEN


def test_the_button_pressed_twice_takes_the_step_once(
    client: ProofreadingClient, brug: House, listening: Told
) -> None:
    case = open_channel(client, brug, listening.receipt.code)
    address = f"{case}s/{number_of(listening, 'choose')}/"
    form = {"form": token_on(client.get(address)), "s-outcome": "informal", "text": "Zelf."}
    for _ in range(2):
        assert client.post(address, form).headers["Location"] == case
    assert text_of(client.get(case)).count("Zelf.") == 1


def test_who_was_overtaken_keeps_their_words(
    client: ProofreadingClient, brug: House, listening: Told
) -> None:
    case = open_channel(client, brug, listening.receipt.code)
    address = f"{case}s/{number_of(listening, 'choose')}/"
    token = token_on(client.get(address))
    do(brug, listening, "choose", "informal", who="amina")
    page = client.post(address, {"form": token, "s-outcome": "board", "text": "Lang verhaal."})
    assert "Lang verhaal." in page.content.decode()
    assert "net al gebeurd" in text_of(page)


def test_words_typed_in_a_session_that_ended_come_back_with_the_code(
    client: ProofreadingClient, brug: House, listening: Told
) -> None:
    case = open_channel(client, brug, listening.receipt.code)
    address = f"{case}s/{number_of(listening, 'choose')}/"
    fields = {"form": token_on(client.get(address)), "s-outcome": "board", "text": "Lang verhaal."}
    client.cookies.clear()
    page = client.post(address, fields)
    kept = {
        "form": token_on(page), "code": listening.receipt.code, "kept-path": address,
        "kept-s-outcome": "board", "kept-text": "Lang verhaal.",
    }  # fmt: skip
    back = client.post(f"/{brug.slug}/m/", kept)
    assert "Lang verhaal." in back.content.decode()
    assert 'value="board" checked' in back.content.decode()


def test_part_1_is_filled_in_read_again_and_signed_with_the_code(
    client: ProofreadingClient, brug: House, complaint: Told
) -> None:
    """P27 R-004-154 R-004-158: by code; the wrong one signs nothing."""
    case = open_channel(client, brug, complaint.receipt.code)
    answer = send(client, brug, complaint, "part1", story="Het rooster was verkeerd.")
    assert answer.headers["Location"] == case, answer.context["errors"]
    address = f"{case}s/{number_of(complaint, 'sign')}/"
    page = client.get(address)
    assert "Het rooster was verkeerd." in text_of(page)
    read = page.context["signable"].seq
    given_fields = {"s-outcome": "signed", "s-read": str(read)}
    other = given.a_report(brug, reader="koen", at=now())
    for wrong in ("", other.receipt.code):
        page = send(client, brug, complaint, "sign", **given_fields, code=wrong)
        assert set(page.context["errors"]) == {"code"}
        assert wrong == "" or wrong not in page.content.decode()
    assert state(complaint, "sign") is State.OPEN
    answer = send(client, brug, complaint, "sign", **given_fields, code=complaint.receipt.code)
    assert answer.headers["Location"] == case
    assert state(complaint, "hand_over") is State.OPEN


def test_another_reporter_and_the_neighbours_find_nothing_there(
    client: ProofreadingClient, brug: House, listening: Told
) -> None:
    other = given.a_report(brug, reader="amina", at=now())
    open_channel(client, brug, other.receipt.code)
    number = number_of(listening, "choose")
    for slug in (brug.slug, given.the_neighbour().slug):
        answer = client.get(f"/{slug}/m/{listening.case.id}/s/{number}/")
        assert answer.status_code in {404, 303}
        assert "Wat wil jij?" not in answer.content.decode()


def test_a_filled_form_is_printed_from_the_case(
    client: ProofreadingClient, brug: House, complaint: Told
) -> None:
    """R-004-160 P27: the copy of part 1 in hand."""
    open_channel(client, brug, complaint.receipt.code)
    send(client, brug, complaint, "part1", story="Het rooster was verkeerd.")
    seq = next(it.seq for it in own(complaint).page.items if it.kind == "step_done")
    signed_in(client, brug["koen"])
    page = client.get(case_address(complaint.reference)).content.decode()
    assert f"/paper/{seq}/" in page
    sheet = client.get(case_address(complaint.reference, "paper", str(seq)))
    assert "Het rooster was verkeerd." in sheet.content.decode()
