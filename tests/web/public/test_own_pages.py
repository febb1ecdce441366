"""What visitors get of an organisation's own pages: colours that weigh nothing, and the facts."""

import gzip
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from klankbord.kit.clock import day_number
from klankbord.organisations.models import Role
from klankbord.organisations.services import publish, write_draft
from klankbord.rules.profiles.own import Part
from tests.given import TODAY, House
from tests.web.desks import signed_in
from tests.web.public.test_home import LIMIT, STATIC

pytestmark = pytest.mark.django_db
COLOURS = {"brand": "#5a2ca0", "on_brand": "#ffffff", "brand_tint": "#efe8fa", "paper": "#fbf9ff"}
THEME = (Part.THEME, "")
KEEPING = "/en/ravelijn/k/"


def coloured(house: House, *, public: bool = True) -> None:
    by = house["bert"].membership
    write_draft(house.organisation, *THEME, COLOURS, by=by, on=TODAY)
    if public:
        publish(house.organisation, [THEME], by=by, on=TODAY)


def sheet_on(page: str) -> str:
    """The address of the second style sheet."""
    return page.split('<link rel="stylesheet" href="')[2].partition('"')[0]


def test_without_colours_of_its_own_a_page_asks_for_our_sheet(client: Client, house: House) -> None:
    assert "theme" in sheet_on(client.get("/ravelijn/").content.decode())


def test_a_draft_of_colours_is_on_no_public_page(client: Client, house: House) -> None:
    coloured(house, public=False)
    assert "theme" in sheet_on(client.get("/ravelijn/").content.decode())
    assert b"5a2ca0" not in client.get("/ravelijn/s/whatever.css").content


def test_own_colours_come_in_the_place_of_ours_and_are_kept(client: Client, house: House) -> None:
    """R-001-40: no request more than before, no inline style, and kept by its name."""
    coloured(house)
    page = client.get("/ravelijn/").content.decode()
    assert page.count('<link rel="stylesheet"') == 2
    answer = client.get(sheet_on(page))
    assert answer.headers["Content-Type"] == "text/css; charset=utf-8"
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    css = answer.content.decode()
    assert css.startswith("/* Klankbord theme")
    assert "--kb-brand:#5a2ca0;" in css.rpartition(":root{")[2]
    assert not answer.cookies


def test_a_page_that_stood_open_still_gets_its_colours(client: Client, house: House) -> None:
    coloured(house)
    answer = client.get("/ravelijn/s/0123456789abcdef.css")
    assert answer.status_code == 200
    assert "max-age=60" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("address", ["/ravelijn/", "/ravelijn/c/1/"])
def test_a_first_visit_stays_light_in_own_colours(
    client: Client, house: House, address: str
) -> None:
    """Promise 8: at most 40 kB in at most four requests."""
    coloured(house)
    page = client.get(address)
    sheet = client.get(sheet_on(page.content.decode()), headers={"Accept-Encoding": "gzip"})
    assert sheet.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(sheet.content).endswith(b"}\n")
    others = [path for path in STATIC if Path(path).name != "theme.css"]
    static = sum(len(gzip.compress(Path(path).read_bytes(), 9)) for path in others)
    assert len(page.content) + len(sheet.content) + static <= LIMIT


def test_own_words_and_colours_cost_a_page_no_question(
    client: Client, house: House, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with CaptureQueriesContext(connection) as before:
        client.get("/ravelijn/")
    asked = len(before)
    coloured(house)
    client.get("/ravelijn/")
    with django_assert_num_queries(asked):
        client.get("/ravelijn/")


def test_the_preview_has_its_colours_and_nobody_keeps_them(client: Client, house: House) -> None:
    coloured(house, public=False)
    bert = signed_in(client, house["bert"])
    address = sheet_on(bert.get("/beheer/ravelijn/voorbeeld/home/").content.decode())
    answer = bert.get(address)
    assert b"5a2ca0" in answer.content
    assert answer.headers["Cache-Control"] == "no-store"
    assert Client().get(address).status_code == 303


# Where we keep this -------------------------------------------------------------------------------


def keeping(client: Client, address: str = KEEPING) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_it_names_who_can_be_chosen_today(client: Client, house: House) -> None:
    """R-001-21, R-004-143: told from the facts, so it cannot be out of date."""
    page = keeping(client)
    assert house["noor"].name in page
    assert house["tarik"].name in page
    assert house["els"].name not in page
    Role.objects.filter(membership=house["tarik"].membership).update(
        until_day=day_number(TODAY - timedelta(days=1))
    )
    assert house["tarik"].name not in keeping(client)


def test_it_says_who_only_counts_and_who_sees_nothing(client: Client, house: House) -> None:
    page = keeping(client)
    assert "Integrity coordinator and Board member: they see how many" in page
    assert "Leader and Administrator: they see nothing" in page
    assert "Staff member" not in page  # nobody has that role here


def test_somebody_who_reads_is_not_said_to_see_nothing(client: Client, house: House) -> None:
    Role.objects.create(
        membership_id=house["noor"].membership, word="staff", from_day=day_number(TODAY)
    )
    assert "Staff member" not in keeping(client)


def test_it_says_where_the_server_stands_once_that_is_written_down(
    client: Client, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """R-001-20"""
    monkeypatch.setattr(settings, "HOSTED", "")
    assert "has not been written down yet" in keeping(client)
    monkeypatch.setattr(settings, "HOSTED", "Example <Hosting>, Ghent")
    assert "Example &lt;Hosting&gt;, Ghent" in keeping(client)


@pytest.mark.parametrize("prefix", ["", "/fr", "/en", "/de"])
def test_it_is_one_click_from_every_page_in_every_language(
    client: Client, house: House, prefix: str
) -> None:
    for address in ("/ravelijn/", "/ravelijn/i/", "/ravelijn/c/1/"):
        assert f'href="{prefix}/ravelijn/k/"' in client.get(prefix + address).content.decode()
    assert f'lang="{prefix.strip("/") or "nl"}"' in keeping(client, f"{prefix}/ravelijn/k/")


def test_it_promises_no_spare_key_and_no_day_that_is_not_there(
    client: Client, house: House
) -> None:
    page = keeping(client)
    assert "There is no spare key" in page
    assert "There is no fixed day yet on which it is erased." in page
