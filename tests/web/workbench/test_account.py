"""One's own account: a new passphrase, a code from the device, the recovery code."""

import base64
import re
from typing import Any

import pytest
from django.test import Client

from klankbord.kit.clock import now
from klankbord.organisations.services import entrance
from klankbord.organisations.services.new_keys import make_new_keys
from tests import given
from tests.given import House, Person
from tests.web.desks import INBOX, sign_in, signed_in, token_on

ACCOUNT = "/en/account/"
CHANGE = "/en/account/passphrase/"
RENEW = "/en/account/recovery/"
KEYS = "/en/account/keys/"
CODE = "/en/account/code/"
CODE_OFF = "/en/account/code/off/"
RECOVER = "/en/inloggen/herstel/"
NEW = "zeven zwanen zwemmen zuidwaarts"


def test_everybody_who_is_signed_in_has_an_account(client: Client, house: House) -> None:
    for name in ("noor", "els", "bert", "wout"):
        page = signed_in(Client(), house[name]).get(ACCOUNT)
        assert house[name].mail in page.content.decode()


@pytest.mark.parametrize("address", [ACCOUNT, CHANGE, RENEW, KEYS, CODE, CODE_OFF])
def test_nobody_else_has_one(client: Client, db: None, address: str) -> None:
    assert client.get(address).status_code == 303


def test_a_new_passphrase_lets_in_and_the_old_one_does_not(client: Client, house: House) -> None:
    signed_in(client, house["noor"])
    assert change(client, house["noor"]).url == ACCOUNT
    assert client.get(INBOX).status_code == 200, "this session goes on"
    assert sign_in(Client(), house["noor"]).status_code == 422
    assert sign_in(Client(), house["noor"], passphrase=NEW).status_code == 302


@pytest.mark.parametrize("address", [CHANGE, RECOVER])
def test_a_form_from_elsewhere_shows_no_passphrase_again(
    client: Client, house: House, address: str
) -> None:
    typed = {"old": house["noor"].passphrase, "new": NEW, "repeated": NEW}
    signed_in(client, house["noor"])
    answer = client.post(address, typed, headers={"Origin": "http://evil.example"})
    assert answer.status_code == 403
    assert not [text for text in typed.values() if text in answer.content.decode()]


def test_a_new_passphrase_ends_every_other_session(client: Client, house: House) -> None:
    elsewhere = signed_in(Client(), house["noor"])
    change(signed_in(client, house["noor"]), house["noor"])
    assert elsewhere.get(INBOX).status_code == 303


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"old": "noor wandelt niet"}, "old"),
        ({"new": "te kort", "repeated": "te kort"}, "new"),
        ({"new": "wachtwoordwachtwoord", "repeated": "wachtwoordwachtwoord"}, "new"),
        ({"repeated": "iets heel anders dan dat"}, "repeated"),
    ],
    ids=["wrong old one", "too short", "common", "not the same"],
)
def test_a_passphrase_that_will_not_do_is_asked_again(
    client: Client, house: House, fields: dict[str, str], where: str
) -> None:
    answer = change(signed_in(client, house["noor"]), house["noor"], **fields)
    assert answer.status_code == 422
    assert set(answer.context["errors"]) == {where}
    assert sign_in(Client(), house["noor"]).status_code == 302


def test_a_recovery_code_is_shown_once_and_replaces_the_old_one(
    client: Client, house: House
) -> None:
    signed_in(client, house["noor"])
    shown = client.post(RENEW, {"passphrase": house["noor"].passphrase})
    text = shown.context["recovery_code"]
    assert text in shown.content.decode()
    assert text not in client.get(RENEW).content.decode()
    assert recover(Client(), house["noor"], house["noor"].recovery).status_code == 422
    assert recover(Client(), house["noor"], text).status_code == 200


def test_a_recovery_code_needs_the_passphrase(client: Client, house: House) -> None:
    answer = signed_in(client, house["noor"]).post(RENEW, {"passphrase": "noor wandelt niet"})
    assert answer.status_code == 422


def test_with_the_recovery_code_somebody_comes_back_with_a_new_passphrase(
    client: Client, house: House
) -> None:
    answer = recover(client, house["noor"], house["noor"].recovery)
    assert answer.context["recovery_code"] in answer.content.decode()
    assert house["noor"].mail in answer.content.decode()
    assert answer.context["recovery_code"] != house["noor"].recovery
    assert client.get(INBOX).status_code == 200
    assert sign_in(Client(), house["noor"], passphrase=NEW).status_code == 302


def test_an_unknown_name_and_a_wrong_recovery_code_get_the_same_answer(
    client: Client, house: House
) -> None:
    wrong = recover(client, house["noor"], house["tarik"].recovery)
    typo = recover(client, house["noor"], "abc")
    unknown = recover(client, house["noor"], house["noor"].recovery, mail="x@ravelijn.example")
    assert wrong.status_code == typo.status_code == unknown.status_code == 422
    assert wrong.context["errors"] == typo.context["errors"] == unknown.context["errors"]


def test_a_weak_new_passphrase_does_not_use_the_recovery_code_up(
    client: Client, house: House
) -> None:
    weak = recover(client, house["noor"], house["noor"].recovery, new="kort", repeated="kort")
    assert set(weak.context["errors"]) == {"new"}
    assert recover(client, house["noor"], house["noor"].recovery).status_code == 200


def test_a_code_from_the_device_is_asked_once_it_was_shown_to_work(
    client: Client, house: House
) -> None:
    secret = switched_on(client, house["noor"])
    assert sign_in(Client(), house["noor"]).status_code == 422
    assert sign_in(Client(), house["noor"], code=code_of(secret, later=1)).status_code == 302


def test_a_code_counts_once(client: Client, house: House) -> None:
    secret = switched_on(client, house["noor"])
    code = code_of(secret, later=1)
    assert sign_in(Client(), house["noor"], code=code).status_code == 302
    assert sign_in(Client(), house["noor"], code=code).status_code == 422


def test_a_wrong_first_code_switches_nothing_on_and_shows_the_same_picture(
    client: Client, house: House
) -> None:
    signed_in(client, house["noor"])
    before = client.get(CODE).context["secret"]
    answer = client.post(CODE, {"code": "000000"})
    assert answer.status_code == 422
    assert answer.context["secret"] == before
    assert sign_in(Client(), house["noor"]).status_code == 302


def test_the_picture_is_in_the_page_itself(client: Client, house: House) -> None:
    page = signed_in(client, house["noor"]).get(CODE).content.decode()
    assert "<svg" in page
    assert "data:image" not in page


def test_switching_the_code_off_needs_the_passphrase(client: Client, house: House) -> None:
    switched_on(client, house["noor"])
    assert client.post(CODE_OFF, {"passphrase": "noor wandelt niet"}).status_code == 422
    assert client.post(CODE_OFF, {"passphrase": house["noor"].passphrase}).url == ACCOUNT
    assert sign_in(Client(), house["noor"]).status_code == 302


def change(client: Client, person: Person, **fields: str) -> Any:
    return client.post(CHANGE, {"old": person.passphrase, "new": NEW, "repeated": NEW, **fields})


def recover(client: Client, person: Person, recovery: str, **fields: str) -> Any:
    typed = {"mail": person.mail, "recovery": recovery, "new": NEW, "repeated": NEW}
    return client.post(RECOVER, {**typed, "form": token_on(client.get(RECOVER)), **fields})


def switched_on(client: Client, person: Person) -> str:
    """Switch the code on; gives the secret."""
    signed_in(client, person)
    secret = re.sub(" ", "", client.get(CODE).context["secret"])
    assert client.post(CODE, {"code": code_of(secret)}).url == ACCOUNT
    return secret


def code_of(secret: str, *, later: int = 0) -> str:
    step = int(now().timestamp()) // entrance.STEP + later
    return f"{entrance.hotp(base64.b32decode(secret), step):06d}"


# Somebody may know it -----------------------------------------------------------------------------


def fill_in(client: Client, person: Person, **other: str) -> Any:
    typed = {"old": person.passphrase, "new": NEW, "repeated": NEW} | other
    return client.post(KEYS, typed)


def test_new_keys_show_a_new_recovery_code_and_end_every_other_session(
    client: Client, house: House
) -> None:
    """vault §2.5: new master key, new pairs, new certificates."""
    given.a_report(house, reader="noor")
    elsewhere = signed_in(Client(), house["noor"])
    page = fill_in(signed_in(client, house["noor"]), house["noor"])
    assert "This is your new recovery code" in page.content.decode()
    assert f'href="{ACCOUNT}"' in page.content.decode(), "nothing waits"
    assert client.get(INBOX).status_code == 200
    assert elsewhere.get(INBOX).status_code == 303
    assert sign_in(Client(), house["noor"]).status_code == 422


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"old": "niet wat het is of was"}, "This is not your passphrase"),
        ({"repeated": "iets anders dan het nieuwe"}, "are not the same"),
        ({"new": "kort", "repeated": "kort"}, "at least 15 characters"),
    ],
)
def test_what_cannot_be_used_is_said_and_changes_no_key(
    client: Client, house: House, other: dict[str, str], said: str
) -> None:
    answer = fill_in(signed_in(client, house["noor"]), house["noor"], **other)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert sign_in(Client(), house["noor"]).status_code == 302


def test_the_passphrase_that_somebody_may_know_is_no_new_one(client: Client, house: House) -> None:
    known = house["noor"].passphrase
    answer = fill_in(signed_in(client, house["noor"]), house["noor"], new=known, repeated=known)
    assert "Choose another one" in answer.content.decode()


def test_who_stopped_halfway_is_led_back_and_told_how_many_cases_wait(
    client: Client, house: House
) -> None:
    for _ in range(2):
        given.a_report(house, reader="noor")
    noor = house["noor"]
    make_new_keys(noor.member(), old=noor.passphrase, new=NEW, at=now())
    assert sign_in(client, noor, passphrase=NEW).url == KEYS
    assert "2 cases are still waiting" in client.get(KEYS).content.decode()
    assert client.post(KEYS).url == ACCOUNT
    assert "the old ones are erased" in client.get(ACCOUNT).content.decode()
