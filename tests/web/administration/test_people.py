"""Who works with the system: roles, whether a key is vouched for, who is away (P28)."""

from typing import Any

from django.test import Client

from klankbord.agenda.models import Absence
from klankbord.kit.clock import day_number, today
from tests.given import FOUNDED, House, a_house
from tests.web.desks import signed_in

PEOPLE = "/en/beheer/ravelijn/medewerkers/"


def test_everybody_with_a_role_is_listed(client: Client, house: House) -> None:
    listed = people(client, house)
    assert set(listed) == {person.name for person in house.people.values()}


def test_it_says_since_when_a_reader_is_vouched_for(client: Client, house: House) -> None:
    assert people(client, house)[house["noor"].name].certified_since == FOUNDED


def test_it_says_who_is_not_vouched_for_yet(client: Client, db: None, trusting: None) -> None:
    house = a_house(
        people={"noor": ["contact_person"], "tarik": ["contact_person"], "bert": ["administrator"]},
        founder="noor",
        certified=["noor"],
    )
    assert people(client, house)[house["tarik"].name].certified_since is None
    assert "not yet vouched for" in client.get(PEOPLE).content.decode()


def test_it_says_who_is_away_and_who_stands_in(client: Client, house: House) -> None:
    Absence.objects.create(
        membership_id=house["noor"].membership, substitute_id=house["tarik"].membership,
        from_day=day_number(today()), until_day=day_number(today()) + 3,
    )  # fmt: skip
    people(client, house)
    assert f"{house['tarik'].name} stands in" in client.get(PEOPLE).content.decode()


def test_there_is_nothing_to_vouch_with(client: Client, house: House) -> None:
    """The administrator can never make anybody a reader."""
    page = signed_in(client, house["bert"]).get(PEOPLE).content.decode()
    forms = page.count("<form")
    assert forms == 1, "only the one that signs out"
    assert client.post(PEOPLE).status_code == 405


def people(client: Client, house: House) -> dict[str, Any]:
    listed = signed_in(client, house["bert"]).get(PEOPLE).context["people"]
    return {person.card.name: person for person in listed}
