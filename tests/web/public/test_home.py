"""The first page: people first, or the telephone, or the organisations (P1, P8, P10, P11)."""

import gzip
from pathlib import Path

import pytest
from django.conf import settings

from tests import given
from tests.proofreading import ProofreadingClient
from tests.web.public.walking import text_of

LIMIT = 40_000
STATIC = (
    settings.VENDOR / "govuk-frontend/dist/govuk-frontend.min.css",
    settings.PACKAGE / "web/components/static/klankbord/theme.css",
    settings.PACKAGE / "web/components/static/klankbord/page.js",
)


def test_people_come_first_with_their_promise_and_how_to_reach_them(
    client: ProofreadingClient, house: given.House
) -> None:
    """P8, R-000-02, R-000-30, R-000-40"""
    page = text_of(client.get("/ravelijn/"))
    assert "Noor Ravelijn" in page
    assert "0470 00 02 01" in page
    assert "noor@ravelijn.example" in page
    assert "We gaan zorgzaam om met je verhaal" in page
    assert "beroepsgeheim" not in page


def test_the_danger_strip_has_the_permanence_number(
    client: ProofreadingClient, house: given.House
) -> None:
    """P7, R-000-12"""
    page = client.get("/ravelijn/").content.decode()
    assert 'href="tel:112"' in page
    assert 'href="tel:0470000112"' in page


def test_several_organisations_stand_on_the_first_page(
    client: ProofreadingClient, house: given.House, neighbour: given.House
) -> None:
    page = text_of(client.get("/"))
    assert "Ravelijn" in page
    assert "Molenbeemd" in page


def test_the_only_organisation_is_the_first_page(
    client: ProofreadingClient, house: given.House
) -> None:
    assert client.get("/").headers["Location"] == "/ravelijn/"


def test_a_bureau_leads_with_the_telephone_and_has_no_story_form(
    client: ProofreadingClient, trusting: None, db: None
) -> None:
    """P10"""
    given.a_house(
        "anker", "Bureau Anker", profile="bureau", country="NL",
        people={"saskia": ["counsellor"]}, founder="saskia",
    )  # fmt: skip
    page = client.get("/anker/")
    assert text_of(page).index("0470 00 01 12") < text_of(page).index("Saskia")
    assert "/anker/c/1/" not in page.content.decode()
    assert client.get("/anker/c/1/").status_code == 404
    assert client.get("/anker/c/check/").status_code == 404


def test_the_sectoral_point_sends_people_to_their_own_organisation(
    client: ProofreadingClient, trusting: None, db: None
) -> None:
    """P11"""
    given.a_house(
        "samenlevingsnet", "Samenlevingsnet", profile="sector",
        people={"griet": ["officer"]}, founder="griet", certified=[],
    )  # fmt: skip
    page = client.get("/samenlevingsnet/").content.decode()
    assert 'href="/"' in page
    assert "/samenlevingsnet/c/1/" not in page
    assert client.get("/samenlevingsnet/c/1/").status_code == 404


def test_an_unknown_organisation_is_not_found(
    client: ProofreadingClient, house: given.House
) -> None:
    assert client.get("/niemand/").status_code == 404


@pytest.mark.parametrize("address", ["/", "/ravelijn/", "/ravelijn/h/", "/ravelijn/i/"])
@pytest.mark.parametrize("prefix", ["", "/fr", "/en", "/de"])
def test_looking_leaves_no_cookie_in_any_language(
    client: ProofreadingClient,
    house: given.House,
    neighbour: given.House,
    prefix: str,
    address: str,
) -> None:
    """Promise 6; vault row 22"""
    page = client.get(prefix + address)
    assert page.status_code == 200
    assert not page.cookies
    assert f'lang="{prefix.strip("/") or "nl"}"' in page.content.decode()


@pytest.mark.parametrize("address", ["/ravelijn/", "/ravelijn/c/1/"])
def test_a_first_visit_is_light(
    client: ProofreadingClient, house: given.House, address: str
) -> None:
    """Promise 8: at most 40 kB in at most four requests, all of them ours."""
    page = client.get(address).content
    assert page.count(b'<link rel="stylesheet"') == 2
    assert page.count(b"<script") == 1
    assert page.count(b"<img") == 0
    static = sum(len(gzip.compress(Path(path).read_bytes(), 9)) for path in STATIC)
    assert len(page) + static <= LIMIT
    assert len(STATIC[2].read_bytes()) < 3000


def test_titles_and_addresses_do_not_say_what_it_is_about(
    client: ProofreadingClient, house: given.House
) -> None:
    """Vault 2.9: this is what stands in a browser's history."""
    for address in ("/ravelijn/", "/ravelijn/m/", "/ravelijn/c/2/", "/ravelijn/h/"):
        title = client.get(address).content.decode().partition("<title>")[2].partition("<")[0]
        assert title.endswith("Ravelijn")
        assert not any(word in title.lower() for word in ("meld", "report", "hulp", "help"))
