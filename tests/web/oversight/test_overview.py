"""Counts without content, for whoever may count: never a row, a name or a reference (P29)."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from klankbord.handling import casework
from klankbord.kit.clock import now
from tests.given import NOON, STORY, House, a_report, a_token
from tests.web.desks import signed_in

OVERVIEW = "/en/overzicht/"


@pytest.mark.parametrize("name", ["els", "joris"])
def test_coordinator_and_board_see_numbers(client: Client, house: House, name: str) -> None:
    a_report(house, reader="noor")
    [place] = signed_in(client, house[name]).get(OVERVIEW).context["places"]
    assert (place.organisation, place.counts.open, place.counts.waiting) == ("Ravelijn", 1, 1)


@pytest.mark.usefixtures("no_procedure")
def test_the_numbers_follow_what_is_answered_and_closed(client: Client, house: House) -> None:
    noor, told = house["noor"].member(), a_report(house, reader="noor")
    signed_in(client, house["els"])
    casework.answer(noor, told.reference, text="Dank je.", token=a_token(), at=NOON)
    assert client.get(OVERVIEW).context["places"][0].counts.waiting == 0
    casework.close(noor, told.reference, reason="settled", text="Klaar.", at=NOON)
    assert client.get(OVERVIEW).context["places"][0].counts.open == 0


def test_not_a_word_of_a_case_is_there(client: Client, house: House) -> None:
    """R-002-18, R-004-156: management gets counts, never rows."""
    told = a_report(house, reader="noor")
    page = signed_in(client, house["els"]).get(OVERVIEW).content.decode()
    for word in (told.reference, STORY):
        assert word not in page


def test_the_coordinator_sees_with_whom_it_waits_and_how_long(client: Client, house: House) -> None:
    a_report(house, reader="noor", at=now() - timedelta(days=20))
    [place] = signed_in(client, house["els"]).get(OVERVIEW).context["places"]
    [noor] = place.people
    assert (noor.name, noor.waits.very_late) == ("Noor Ravelijn", 1)


def test_the_board_sees_how_many_and_no_names(client: Client, house: House) -> None:
    """P29"""
    a_report(house, reader="noor")
    answer = signed_in(client, house["joris"]).get(OVERVIEW)
    assert answer.context["places"][0].people is None
    assert house["noor"].name not in answer.content.decode()


def test_another_year_can_be_looked_at(client: Client, house: House) -> None:
    a_report(house, reader="noor", at=now())
    client = signed_in(client, house["els"])
    year = now().year
    assert client.get(OVERVIEW).context["places"][0].counts.came == 1
    assert client.get(f"{OVERVIEW}?year={year - 1}").context["places"][0].counts.came == 0
    for nonsense in ("9999", "x", "-1", "1", "20266"):
        assert client.get(f"{OVERVIEW}?year={nonsense}").context["year"] == year


def test_what_an_excluded_coordinator_sees_is_the_same_with_and_without_the_case(
    client: Client, house: House
) -> None:
    """vault §4, row 31: lists, counts and the agenda, to the letter."""
    a_report(house, reader="noor")
    els, tarik = signed_in(client, house["els"]), signed_in(Client(), house["tarik"])
    pages = [(els, OVERVIEW), (tarik, "/en/werk/"), (tarik, "/en/werk/agenda/")]
    before = [seen(*page) for page in pages]
    a_report(house, reader="noor", must_not=["els", "tarik"])
    assert [seen(*page) for page in pages] == before


def seen(client: Client, address: str) -> str:
    page = client.get(address).content.decode()
    return re.sub(r'value="[^"]*"|<!--.*?-->', "", page, flags=re.S)


def test_a_case_that_somebody_must_not_see_does_not_count(client: Client, house: House) -> None:
    a_report(house, must_not=["els"])
    [place] = signed_in(client, house["els"]).get(OVERVIEW).context["places"]
    assert place.counts.open == 0
    [colleague] = signed_in(Client(), house["joris"]).get(OVERVIEW).context["places"]
    assert colleague.counts.open == 1


def test_the_neighbour_counts_only_at_home(client: Client, house: House, neighbour: House) -> None:
    a_report(house, reader="noor")
    [place] = signed_in(client, neighbour["cleo"]).get(OVERVIEW).context["places"]
    assert (place.organisation, place.counts.open) == ("Molenbeemd", 0)


def test_it_says_what_it_does_not_show(client: Client, house: House) -> None:
    page = signed_in(client, house["els"]).get(OVERVIEW).content.decode()
    assert "What you do not see here, on purpose" in page


@pytest.mark.parametrize("name", ["noor", "bert", "wout"])
def test_nobody_else_has_an_overview(client: Client, house: House, name: str) -> None:
    assert signed_in(client, house[name]).get(OVERVIEW).status_code == 404


def test_who_is_not_signed_in_is_asked_to(client: Client, db: None) -> None:
    assert client.get(OVERVIEW).status_code == 303


def test_counting_opens_no_case(client: Client, house: House) -> None:
    told = a_report(house, reader="noor")
    signed_in(client, house["els"])
    assert client.get(f"/en/werk/{told.reference}/").status_code == 404
