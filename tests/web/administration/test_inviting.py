"""The pages with which an administrator invites people and changes what they are here."""

from typing import Any

import pytest
from django.test import Client

from klankbord.organisations.models import Invitation, Role
from klankbord.organisations.services.roles import membership_in
from tests.given import House
from tests.web.desks import signed_in

PEOPLE = "/en/beheer/ravelijn/medewerkers/"
INVITE = f"{PEOPLE}invite/"
MILA = {"name": "Mila", "mail": "mila@ravelijn.example", "role": ["contact_person"], "unit": ""}


@pytest.fixture
def bert(client: Client, house: House) -> Client:
    return signed_in(client, house["bert"])


def test_somebody_is_invited_and_stands_in_the_list(bert: Client) -> None:
    assert bert.post(INVITE, MILA).headers["Location"] == PEOPLE
    page = bert.get(PEOPLE)
    assert [it.row.name for it in page.context["invitations"]] == ["Mila"]
    assert "on its way" in page.content.decode()
    assert "on its way" not in bert.get(PEOPLE).content.decode(), "said once"


@pytest.mark.parametrize(
    ("changed", "where"),
    [
        ({"name": ""}, "name"),
        ({"mail": "mila"}, "mail"),
        ({"mail": "tarik@ravelijn.example"}, "mail"),
        ({"role": []}, "role"),
        ({"role": ["king"]}, "role"),
    ],
)
def test_what_cannot_be_sent_comes_back_with_what_was_typed(
    bert: Client, changed: dict[str, Any], where: str
) -> None:
    answer = bert.post(INVITE, {**MILA, **changed, "outside": "Bureau Anker"})
    assert answer.status_code == 422
    assert set(answer.context["errors"]) == {where}
    assert "Bureau Anker" in answer.content.decode()
    assert not Invitation.objects.exists()


def test_an_invitation_is_sent_again_or_withdrawn(bert: Client) -> None:
    bert.post(INVITE, MILA)
    first = Invitation.objects.get()
    bert.post(f"{PEOPLE}invitation/{first.id}/", {"again": "yes"})
    second = Invitation.objects.get(withdrawn_day=None)
    assert second.id != first.id
    assert bert.get(f"{PEOPLE}invitation/{first.id}/").status_code == 404
    bert.post(f"{PEOPLE}invitation/{second.id}/", {"withdraw": "yes"})
    assert bert.get(PEOPLE).context["invitations"] == []


def test_a_role_is_given_and_its_last_day_is_said(bert: Client, house: House) -> None:
    wout = f"{PEOPLE}{house['wout'].membership}/"
    answer = bert.post(f"{wout}role/", {"role": "board", "from": "28/11/2036", "until": ""})
    assert answer.headers["Location"] == wout
    role = Role.objects.get(membership=house["wout"].membership, word="board")
    assert "28 November 2036" in bert.get(wout).content.decode()
    assert bert.post(f"{wout}role/{role.id}/", {"until": "31/11/2036"}).status_code == 422
    bert.post(f"{wout}role/{role.id}/", {"until": "28-12-2036"})
    assert "until 28 December 2036" in bert.get(wout).content.decode()


def test_the_last_administrator_reads_why_not(bert: Client, house: House) -> None:
    role = Role.objects.get(membership=house["bert"].membership)
    address = f"{PEOPLE}{house['bert'].membership}/role/{role.id}/"
    assert "nobody would be left" in bert.post(address, {"until": ""}).content.decode()


def test_what_the_public_page_says_is_changed(bert: Client, house: House) -> None:
    """P8"""
    tarik = house["tarik"].membership
    typed = {"telephone": "0470 00 07 77", "speaks": ["nl", "ar"], "unit": ""}
    wrong = bert.post(f"{PEOPLE}{tarik}/card/", {**typed, "whatsapp": "bel maar"})
    assert set(wrong.context["errors"]) == {"whatsapp"}
    assert "0470 00 07 77" in wrong.content.decode()
    bert.post(f"{PEOPLE}{tarik}/card/", typed)
    row = membership_in(house.organisation, tarik)
    assert row is not None
    assert (row.telephone, row.speaks, row.unit) == ("0470 00 07 77", ["nl", "ar"], None)


def test_it_says_what_comes_back_and_what_is_lost(bert: Client, house: House) -> None:
    address = f"{PEOPLE}{house['tarik'].membership}/keys/"
    page = bert.get(address).content.decode()
    assert "Own notes" in page
    assert bert.post(address).headers["Location"] == PEOPLE
    assert bert.post(address).status_code == 422, "one mail is enough"


def test_somebody_of_another_house_is_nobody_here(
    bert: Client, house: House, neighbour: House
) -> None:
    nadia = neighbour["nadia"].membership
    for page in ("", "card/", "role/", "keys/"):
        assert bert.get(f"{PEOPLE}{nadia}/{page}").status_code == 404
        assert bert.post(f"{PEOPLE}{nadia}/{page}").status_code in {404, 405}
