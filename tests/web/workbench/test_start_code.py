"""A start code on the page of a case: given once, shown once, withdrawn while nobody used it."""

import re
from typing import Any

import pytest
from django.test import Client

from klankbord.cases.models import Reporter
from tests.given import House, a_report
from tests.intake.test_entered import entered
from tests.web.desks import case_address, signed_in, token_on


@pytest.fixture
def reference(house: House) -> str:
    """What Noor wrote down, without a code."""
    return entered(house).reference


def page_of(client: Client, reference: str) -> Any:
    return client.get(case_address(reference, "code"))


def given(
    client: Client, house: House, reference: str, whose: str = "reporter", passphrase: str = ""
) -> Any:
    typed = {"whose": whose, "passphrase": passphrase or house["noor"].passphrase}
    address = case_address(reference, "code")
    return client.post(address, typed | {"form": token_on(client.get(address))})


def test_a_code_is_given_later_and_printed_together(
    client: Client, house: House, reference: str
) -> None:
    """P30."""
    signed_in(client, house["noor"])
    card = given(client, house, reference).content.decode()
    assert len(re.findall(r"<span>(\d{4})</span>", card)) == 5
    assert "kb-print-ticket" in card
    assert "It does not say what it is about." in card
    address = case_address(reference, "code")
    assert client.post(address, {"printed": "1"}).headers["Location"] == case_address(reference)
    assert "A start code was given and not used yet." in page_of(client, reference).content.decode()


def test_for_whom_it_is_has_to_be_said(client: Client, house: House, reference: str) -> None:
    """P2: the person it happened to is not told who reported."""
    signed_in(client, house["noor"])
    page = given(client, house, reference, whose="")
    assert page.status_code == 422
    assert "Choose for whom it is." in page.content.decode()
    assert not Reporter.objects.exists()


def test_on_a_screen_that_was_left_open_nobody_makes_a_code(
    client: Client, house: House, reference: str
) -> None:
    """Vault 2.9: the passphrase once more for whatever gives access."""
    signed_in(client, house["noor"])
    page = given(client, house, reference, passphrase="een twee drie vier vijf")
    assert page.status_code == 422
    assert "once more" in page.content.decode()
    assert not Reporter.objects.exists()


def test_the_same_form_sent_twice_shows_the_same_card(
    client: Client, house: House, reference: str
) -> None:
    """Row 12."""
    signed_in(client, house["noor"])
    address = case_address(reference, "code")
    sent = {"whose": "reporter", "passphrase": house["noor"].passphrase}
    sent |= {"form": token_on(client.get(address))}
    cards = [re.findall(r"<span>(\d{4})", client.post(address, sent).content.decode())
             for _ in range(2)]  # fmt: skip
    assert cards[0] == cards[1] != []


def test_a_code_that_leaked_is_withdrawn(client: Client, house: House, reference: str) -> None:
    signed_in(client, house["noor"])
    given(client, house, reference)
    page = client.post(case_address(reference, "code"), {"withdraw": "1"}, follow=True)
    assert "opens nothing any more" in page.content.decode()
    assert not Reporter.objects.exists()
    assert given(client, house, reference).status_code == 200


def test_a_reporter_with_a_code_keeps_it(client: Client, house: House) -> None:
    reference = a_report(house, reader="noor").reference
    signed_in(client, house["noor"])
    page = page_of(client, reference).content.decode()
    assert "nobody can take it away" in page
    refused = client.post(case_address(reference, "code"), {"withdraw": "1"})
    assert refused.status_code == 422


def test_nobody_else_finds_the_page(
    client: Client, house: House, neighbour: House, reference: str
) -> None:
    """Row 1."""
    for person in (house["tarik"], house["wout"], house["bert"], neighbour["nadia"]):
        browser = signed_in(Client(), person)
        assert page_of(browser, reference).status_code == 404
        assert browser.post(case_address(reference, "code"), {"withdraw": "1"}).status_code == 404
