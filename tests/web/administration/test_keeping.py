"""Where cases are kept and who can reach them, said without ifs (R-004-143)."""

from django.test import Client

from tests.given import House
from tests.web.desks import signed_in

KEEPING = "/en/beheer/ravelijn/bewaring/"


def test_it_names_who_a_story_can_be_sealed_to(client: Client, house: House) -> None:
    page = signed_in(client, house["bert"]).get(KEEPING).content.decode()
    assert house["noor"].name in page
    assert house["els"].name not in page


def test_it_says_that_the_administrator_cannot(client: Client, house: House) -> None:
    page = signed_in(client, house["bert"]).get(KEEPING).content.decode()
    assert "You, as administrator." in page


def test_it_promises_nothing_of_a_server_that_was_taken_over(client: Client, house: House) -> None:
    page = signed_in(client, house["bert"]).get(KEEPING).content.decode()
    assert "taken over the running server" in page
