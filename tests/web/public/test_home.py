"""The first page: people first, or the telephone, or the organisations (P1, P8, P10, P11)."""

import gzip
from pathlib import Path

import pytest
from django.conf import settings

from klankbord.organisations.models import Membership
from klankbord.organisations.services import engage
from klankbord.web.components.templatetags.components import dial_abroad
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
    assert "/anker/c/a/" not in page.content.decode()
    assert client.get("/anker/c/a/").status_code == 404
    for address in ("/anker/c/1/", "/anker/c/check/"):
        assert "<textarea" not in client.get(address).content.decode()


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


def test_the_sectoral_point_speaks_of_no_code_and_no_story(
    client: ProofreadingClient, trusting: None, db: None
) -> None:
    """P11: what it does not take, it does not offer."""
    given.a_house(
        "samenlevingsnet", "Samenlevingsnet", profile="sector",
        people={"griet": ["officer"]}, founder="griet", certified=[],
    )  # fmt: skip
    assert client.get("/samenlevingsnet/m/").status_code == 404
    assert client.get("/samenlevingsnet/c/check/").status_code == 404
    for address in ("/en/samenlevingsnet/", "/en/samenlevingsnet/i/", "/en/samenlevingsnet/h/"):
        page = client.get(address).content.decode()
        assert "/samenlevingsnet/m/" not in page
        assert "What you tell is locked" not in page
        assert "#people" not in page or 'id="people"' in page
    doors = client.get("/samenlevingsnet/").context["doors"]
    assert {it.door.key: it.address for it in doors}["organisations"] == "/"


@pytest.fixture
def employer(trusting: None, db: None) -> given.House:
    """An employer with the telephone of its bureau; two vouch there for each key."""
    bureau = given.a_house(
        "anker", "Bureau Anker", profile="bureau", country="NL",
        people={"saskia": ["counsellor"]}, founder="saskia",
    )  # fmt: skip
    house = given.a_house(
        "zonnedael", "Zonnedael Zorg", profile="employer", country="NL",
        people={"tom": ["counsellor"]}, founder="tom",
    )  # fmt: skip
    engage(bureau=bureau.organisation, employer=house.organisation, from_day=given.FOUNDED)
    return house


def test_an_employers_page_promises_nothing_about_the_employers_network(
    client: ProofreadingClient, employer: given.House
) -> None:
    page = text_of(client.get("/en/zonnedael/"))
    assert "Your employer hears nothing from us" in page
    assert "Use your own phone and your own network." in page
    assert "does not know that you are here" not in page


BUREAU_BESIDE_ITS_NUMBER = (
    "0470 00 01 12 Bureau Anker", "Bureau Anker 0470 00 01 12",
)  # fmt: skip


@pytest.mark.parametrize("address", ["/zonnedael/", "/zonnedael/h/", "/zonnedael/i/"])
def test_with_the_number_stands_who_picks_it_up(
    client: ProofreadingClient, employer: given.House, address: str
) -> None:
    """P10: an employer's page shows the bureau's number, so the bureau's name."""
    page = text_of(client.get(address))
    assert any(words in page for words in BUREAU_BESIDE_ITS_NUMBER), page


@pytest.mark.parametrize(
    ("typed", "country", "dialled"),
    [
        ("0470 00 02 01", "BE", "32470000201"), ("06 12 34 56 78", "NL", "31612345678"),
        ("+32 (0)470 00 02 01", "NL", "32470000201"), ("0032 470 00 02 01", "NL", "32470000201"),
        ("0470 00 02 01", "LU", "0470000201"),
    ],
)  # fmt: skip
def test_a_messengers_link_begins_with_the_country(typed: str, country: str, dialled: str) -> None:
    assert dial_abroad(typed, country) == dialled


def test_nobody_is_said_to_be_there(client: ProofreadingClient, house: given.House) -> None:
    """Nobody knows who is at their desk; only who said to be away is known."""
    page = client.get("/en/ravelijn/").content.decode()
    assert "Available" not in page
    assert "govuk-tag--green" not in page
    Membership.objects.filter(id=house["noor"].membership).update(whatsapp="0470 00 02 01")
    assert "https://wa.me/32470000201" in client.get("/ravelijn/").content.decode()


def test_no_hour_is_promised_to_be_unknown_to_who_reads(
    client: ProofreadingClient, house: given.House
) -> None:
    page = text_of(client.get("/en/ravelijn/i/"))
    assert "never the hour" not in page
    assert "No hour is kept outside the lock. Who reads it sees when you wrote." in page


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
