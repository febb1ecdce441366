"""Empty forms on paper: only those of one's own house, with the words of the screen (P27)."""

import re

from django.test import Client

from tests.given import House
from tests.web.desks import INBOX, signed_in

PAPER = "/en/werk/papier/"


def test_who_reads_here_finds_every_form_of_this_house(client: Client, house: House) -> None:
    signed_in(client, house["noor"])
    assert PAPER in client.get(INBOX).content.decode()
    page = client.get(PAPER).content.decode()
    for key in ("report", "youth_registration", "youth_report", "conversation_report"):
        assert f"{PAPER}{house.slug}/{key}/" in page
    assert "transgressive_registration" not in page  # P6
    assert "complaint_part1" not in page


def test_every_form_that_is_listed_can_be_printed(client: Client, house: House) -> None:
    signed_in(client, house["noor"])
    links = re.findall(rf'href="({PAPER}[^"]+)"', client.get(PAPER).content.decode())
    assert len(links) > 5
    for link in links:
        page = client.get(link)
        assert page.status_code == 200
        assert "<input" not in page.content.decode()
        assert "kb-line" in page.content.decode()


def test_a_paper_form_has_the_own_words_of_the_house(client: Client, house: House) -> None:
    page = signed_in(client, house["noor"]).get(f"/werk/papier/{house.slug}/youth_registration/")
    assert "Registratieformulier van de jeugdbeweging" in page.content.decode()
    assert "Pesten of buitensluiten" in page.content.decode()


def test_a_form_of_another_house_or_of_no_use_here_is_not_there(
    client: Client, house: House, neighbour: House
) -> None:
    signed_in(client, house["noor"])
    for place, form in (
        (neighbour.slug, "conversation_report"),
        ("nowhere", "conversation_report"),
        (house.slug, "transgressive_registration"),
        (house.slug, "nothing"),
    ):
        assert client.get(f"{PAPER}{place}/{form}/").status_code == 404


def test_somebody_who_reads_nowhere_has_no_use_for_them(client: Client, house: House) -> None:
    assert signed_in(client, house["bert"]).get(PAPER).status_code == 404
