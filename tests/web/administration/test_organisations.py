"""What an administrator sees of the organisation, and that there is no way to a case."""

import pytest
from django.test import Client

from tests.given import House, a_report
from tests.web.desks import signed_in

START = "/en/beheer/"
PAGES = ["", "ravelijn/medewerkers/", "ravelijn/bewaring/", "ravelijn/logboek/"]


def test_the_facts_of_the_organisation_are_there(client: Client, house: House) -> None:
    page = signed_in(client, house["bert"]).get(START).content.decode()
    assert "Ravelijn" in page
    assert "Provincie Oost" in page
    assert "You cannot read any case" in page


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("name", ["noor", "els", "wout"])
def test_nobody_else_gets_in(client: Client, house: House, name: str, page: str) -> None:
    assert signed_in(client, house[name]).get(START + page).status_code == 404


@pytest.mark.parametrize("page", PAGES[1:])
def test_an_administrator_of_another_organisation_gets_in_nowhere_here(
    client: Client, house: House, neighbour: House, page: str
) -> None:
    assert signed_in(client, neighbour["bas"]).get(START + page).status_code == 404


def test_an_organisation_that_is_not_there_is_not_there(client: Client, house: House) -> None:
    assert signed_in(client, house["bert"]).get(START + "nergens/logboek/").status_code == 404


@pytest.mark.parametrize("page", PAGES)
def test_who_is_not_signed_in_is_asked_to(client: Client, house: House, page: str) -> None:
    assert client.get(START + page).status_code == 303


@pytest.mark.parametrize("page", PAGES)
def test_no_page_names_a_case(client: Client, house: House, page: str) -> None:
    told = a_report(house, reader="noor")
    assert told.reference not in signed_in(client, house["bert"]).get(START + page).content.decode()


def test_an_administrator_has_no_inbox_and_no_numbers(client: Client, house: House) -> None:
    signed_in(client, house["bert"])
    assert client.get("/en/werk/").status_code == 404
    assert client.get("/en/overzicht/").status_code == 404
