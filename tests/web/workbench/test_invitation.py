"""Answering an invitation, and vouching for whoever did."""

from typing import Any

import pytest
from django.test import Client

from klankbord.kit.clock import now
from klankbord.kit.tokens.invitations import invitation_token
from klankbord.organisations.queries import readers_keys
from klankbord.organisations.services.inviting import invite
from tests.given import House
from tests.web.desks import signed_in, token_on

PHRASE = "mila fietst naar de zee"
COLLEAGUES = "/en/account/colleagues/"


@pytest.fixture
def link(house: House) -> str:
    row = invite(
        house["bert"].member(), house.organisation, name="Mila", mail="mila@ravelijn.example",
        roles=["contact_person"], at=now(),
    )  # fmt: skip
    return f"/en/uitnodiging/{invitation_token(row.id)}/"


def answer(client: Client, link: str, **changed: str) -> Any:
    typed = {"name": "Mila Claes", "new": PHRASE, "repeated": PHRASE}
    return client.post(link, {**typed, "form": token_on(client.get(link)), **changed})


def test_the_link_says_who_asks_and_for_what(client: Client, link: str) -> None:
    page = client.get(link).content.decode()
    assert "Ravelijn" in page
    assert "Mila" in page
    assert not client.cookies, "looking sets no cookie"


def test_keys_are_made_and_the_recovery_code_is_shown_once(client: Client, link: str) -> None:
    shown = answer(client, link)
    assert shown.context["recovery_code"] in shown.content.decode()
    page = client.get("/en/account/").content.decode()
    assert "not yet vouched for" in page
    assert "Noor Ravelijn and Tarik Ravelijn" in page
    assert client.get(link).status_code == 404, "the link worked once"


@pytest.mark.parametrize(
    ("changed", "where"),
    [
        ({"name": " "}, "name"),
        ({"repeated": "iets anders dan dat"}, "repeated"),
        ({"new": "kort", "repeated": "kort"}, "new"),
        ({"form": "x"}, ""),
    ],
)
def test_what_will_not_do_is_asked_again_and_uses_nothing_up(
    client: Client, link: str, changed: dict[str, str], where: str
) -> None:
    wrong = answer(client, link, **changed)
    assert wrong.status_code == 422
    assert set(wrong.context["errors"]) == {where}
    assert PHRASE not in wrong.content.decode()
    assert answer(client, link).status_code == 200


def test_a_link_that_works_no_more_says_what_to_do(client: Client, db: None) -> None:
    page = client.get("/en/uitnodiging/abc/")
    assert page.status_code == 404
    assert "send it once more" in page.content.decode()


def test_who_is_signed_in_gets_one_more_organisation(
    client: Client, link: str, neighbour: House
) -> None:
    """R-002-01"""
    nadia = neighbour["nadia"]
    signed_in(client, nadia)
    token = token_on(client.get(link), "")
    assert client.post(link, {"form": token, "passphrase": "niet deze"}).status_code == 422
    assert client.post(link, {"form": token, "passphrase": nadia.passphrase}).status_code == 302
    page = client.get("/en/account/").content.decode()
    assert "Ravelijn" in page
    assert "Molenbeemd" in page


def test_a_colleague_types_the_digits_that_were_read_out(
    client: Client, link: str, house: House
) -> None:
    answer(client, link)
    (place,) = client.get("/en/account/").context["places"]
    tarik = signed_in(Client(), house["tarik"])
    ((waiting, _titles),) = tarik.get(COLLEAGUES).context["waiting"]
    address = f"{COLLEAGUES}{waiting.membership}/"
    assert place.mark not in tarik.get(address).content.decode(), "heard, not copied"
    typed = {"digits": place.mark, "passphrase": house["tarik"].passphrase}
    turned = " ".join(reversed(place.mark.split()))
    wrong = tarik.post(address, {**typed, "digits": turned})
    assert wrong.status_code == 422
    assert "Do not sign" in wrong.content.decode()
    assert tarik.post(address, {**typed, "passphrase": "x"}).status_code == 422
    assert tarik.post(address, typed).headers["Location"] == COLLEAGUES
    assert waiting.membership in readers_keys(house.organisation)
    assert tarik.get(address).status_code == 404


def test_the_newcomer_signs_in_with_the_passphrase_of_their_own(client: Client, link: str) -> None:
    answer(client, link)
    typed = {"mail": "mila@ravelijn.example", "passphrase": PHRASE, "code": ""}
    token = token_on(Client().get("/en/inloggen/"))
    assert Client().post("/en/inloggen/", {**typed, "form": token}).status_code == 302
