"""Signing in: one form, one answer for all that is wrong, and no typed word lost."""

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.test import Client

from klankbord.kit.clock import now
from klankbord.kit.throttle import Busy
from klankbord.organisations import services
from klankbord.organisations.services import entrance
from tests.given import House, a_report
from tests.proofreading import ProofreadingClient
from tests.web.desks import (
    INBOX,
    SIGN_IN,
    WORK_LIST,
    case_address,
    sign_in,
    signed_in,
    token_on,
)

LATE = "Ik schrijf je morgen terug, na het gesprek."


def test_somebody_who_reads_comes_to_the_work_list(client: Client, house: House) -> None:
    assert sign_in(client, house["noor"]).url == WORK_LIST


def test_somebody_who_counts_comes_to_the_overview(client: Client, house: House) -> None:
    assert sign_in(client, house["els"]).url == "/en/overzicht/"


def test_somebody_who_keeps_the_settings_comes_to_the_administration(
    client: Client, house: House
) -> None:
    assert sign_in(client, house["bert"]).url == "/en/beheer/"


def test_somebody_without_any_of_these_comes_to_the_account(client: Client, house: House) -> None:
    assert sign_in(client, house["wout"]).url == "/en/account/"


def test_who_is_signed_in_does_not_see_the_form_again(client: Client, house: House) -> None:
    assert signed_in(client, house["noor"]).get(SIGN_IN).url == WORK_LIST


def test_the_browser_is_remembered_and_then_counted_apart(client: Client, house: House) -> None:
    """Vault §3.4: whoever guesses elsewhere cannot keep a counsellor out."""
    own, elsewhere = Client(), Client()
    answer = sign_in(own, house["noor"])
    assert answer.cookies["d"]["max-age"]
    for _ in range(10):
        sign_in(elsewhere, house["noor"], passphrase="geraden, maar niet goed")
    refused = sign_in(elsewhere, house["noor"])
    assert refused.status_code == 422
    assert "tried too often" in refused.content.decode()
    assert house["noor"].mail in refused.content.decode()
    del own.cookies["m"]  # the browser was closed
    assert sign_in(own, house["noor"]).url == WORK_LIST


def test_a_refusal_sets_no_cookie_of_a_known_browser(client: Client, house: House) -> None:
    answer = sign_in(client, house["noor"], passphrase="geraden, maar niet goed")
    assert "d" not in answer.cookies


def test_a_nul_in_the_address_never_reaches_the_database(client: Client, house: House) -> None:
    """PostgreSQL refuses to look for it, which would be an error of ours."""
    assert sign_in(client, house["noor"], mail=f"\0{house['noor'].mail}").url == WORK_LIST


@pytest.mark.parametrize(
    "wrong",
    [
        {"mail": "nobody@ravelijn.example"},
        {"passphrase": "noor wandelt langs de zee"},
        {"mail": "", "passphrase": ""},
    ],
    ids=["unknown name", "wrong passphrase", "nothing"],
)
def test_unknown_name_and_wrong_passphrase_get_the_same_answer(
    client: Client, house: House, wrong: dict[str, str]
) -> None:
    answer = sign_in(client, house["noor"], **wrong)
    assert answer.status_code == 422
    assert answer.context["errors"] == {
        "mail": "This e-mail address, passphrase and code do not belong together."
        " Look at all three again."
    }


def test_a_wrong_one_time_code_gets_that_same_answer(client: Client, house: House) -> None:
    turn_on_the_code(house)
    wrong_code = sign_in(client, house["noor"], code="000000")
    wrong_phrase = sign_in(client, house["noor"], passphrase="noor wandelt langs de zee")
    assert wrong_code.status_code == wrong_phrase.status_code == 422
    assert wrong_code.context["errors"] == wrong_phrase.context["errors"]


def test_the_mail_address_stays_and_the_passphrase_does_not(client: Client, house: House) -> None:
    page = sign_in(client, house["noor"], passphrase="noor wandelt langs de zee").content.decode()
    assert house["noor"].mail in page
    assert "langs de zee" not in page


def test_when_too_many_sign_in_the_page_asks_to_try_again_and_keeps_the_address(
    client: Client, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("klankbord.organisations.services.entrance.kdf_slot", nobody_gets_a_turn)
    answer = sign_in(client, house["noor"])
    assert answer.status_code == 503
    assert answer["Retry-After"] == "5"
    assert house["noor"].mail in answer.content.decode()


def test_a_form_that_is_a_day_old_asks_to_look_once_more(client: Client, house: House) -> None:
    answer = sign_in(client, house["noor"], form="old")
    assert answer.status_code == 422
    assert "once more" in answer.content.decode()


def test_looking_at_the_form_leaves_no_cookie(client: Client, db: None) -> None:
    assert not client.get(SIGN_IN).cookies


def test_signing_in_gives_a_fresh_cookie(client: Client, house: House) -> None:
    first = sign_in(client, house["noor"]).cookies["m"].value
    client.post("/en/uitloggen/")
    assert sign_in(client, house["noor"]).cookies["m"].value != first


def test_signing_out_ends_the_session(client: Client, house: House) -> None:
    signed_in(client, house["noor"])
    kept = client.cookies["m"].value
    assert client.post("/en/uitloggen/").url == SIGN_IN
    client.cookies["m"] = kept
    assert client.get(INBOX).status_code == 303


def test_signing_out_twice_is_no_mistake(client: Client, db: None) -> None:
    assert client.post("/en/uitloggen/").url == SIGN_IN
    assert client.get("/en/uitloggen/").url == SIGN_IN


def test_somebody_who_is_not_signed_in_is_asked_to(client: Client, db: None) -> None:
    answer = client.get(INBOX)
    assert (answer.status_code, answer["Location"]) == (303, SIGN_IN)


@pytest.mark.parametrize("enforce", [False, True], ids=["without token", "with token"])
def test_text_typed_in_an_expired_session_is_back_in_its_box_after_signing_in(
    house: House, enforce: bool
) -> None:
    """Nobody who works here loses a word: the form carries it, the case page shows it."""
    client = ProofreadingClient(enforce_csrf_checks=enforce)
    reference = a_report(house, reader="noor").reference
    address = case_address(reference, "answer")
    late = client.post(address, {"answer": LATE, "csrfmiddlewaretoken": "x" * 32, "form": "x"})
    page = late.content.decode()
    assert "Your text has not been sent yet." in page
    assert "A file must be added again." in page
    assert LATE in page

    noor = house["noor"]
    arrived = client.post(
        SIGN_IN,
        {
            "mail": noor.mail,
            "passphrase": noor.passphrase,
            "form": token_on(late),
            "kept-path": address,
            "kept-answer": LATE,
        },
        follow=True,
    )
    assert arrived.redirect_chain[-1][0] == case_address(reference)
    assert arrived.context["answer"] == LATE
    assert client.get(case_address(reference)).context["answer"] == ""


def test_a_wrong_passphrase_in_between_does_not_cost_the_text_either(
    client: Client, house: House
) -> None:
    kept = {"kept-path": case_address("RAV-0000", "answer"), "kept-answer": LATE}
    page = sign_in(client, house["noor"], passphrase="noor wandelt niet meer", **kept)
    assert LATE in page.content.decode()


def test_no_passphrase_is_carried_along(client: Client, house: House) -> None:
    fields = {"old": "noor wandelt langs de rivier", "new": "iets anders dat lang is"}
    page = client.post("/en/account/passphrase/", fields).content.decode()
    assert "rivier" not in page
    assert "iets anders" not in page


@pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org/", "javascript:0"])
def test_what_was_kept_leads_nowhere_but_to_our_own_pages(
    client: Client, house: House, elsewhere: str
) -> None:
    answer = sign_in(client, house["noor"], **{"kept-path": elsewhere, "kept-answer": LATE})
    assert answer.url == WORK_LIST


def test_text_of_a_form_that_was_open_in_another_window_is_not_lost(house: House) -> None:
    client = ProofreadingClient(enforce_csrf_checks=True)
    reference = a_report(house, reader="noor").reference
    signed_in(client, house["noor"])
    address = case_address(reference, "answer")
    arrived = client.post(address, {"answer": LATE, "csrfmiddlewaretoken": "x" * 32}, follow=True)
    assert arrived.context["answer"] == LATE


def turn_on_the_code(house: House) -> None:
    member = house["noor"].member()
    secret, _ = services.start_one_time_code(member)
    step = int(now().timestamp()) // entrance.STEP
    code = f"{entrance.hotp(base64.b32decode(secret), step):06d}"
    services.confirm_one_time_code(member, secret=secret, code=code, at=now())


@contextmanager
def nobody_gets_a_turn(_kind: str) -> Iterator[Any]:
    raise Busy
    yield
