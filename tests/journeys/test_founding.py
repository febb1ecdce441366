"""A volunteer founds and peoples an organisation without help: a bare machine and a browser."""

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys import peopling
from tests.journeys.conftest import A_PHONE, People
from tests.journeys.looking import Tour
from tests.journeys.steps import onward
from tests.system.server import Server

pytestmark = pytest.mark.browser

NOOR, MILA = "noor wandelt langs de rivier", peopling.PHRASE.format("mila")
ADDRESS = re.compile(r"http://\S+/stichten/\S+/")


@pytest.fixture
def bare(tmp_path: Path) -> Iterator[tuple[Server, str]]:
    """`klankbord found` on a machine where there is nothing yet, and the address it prints."""
    server = Server(tmp_path)
    server.tmp.mkdir(parents=True, exist_ok=True)
    with server.log.open("ab") as said:
        server.process = subprocess.Popen(
            [sys.executable, *server.script, "found", "--port", str(server.port)],
            env=server.environment(), cwd=server.folder, stdout=said, stderr=said,
            stdin=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
    server.wait()
    yield server, printed(server)
    server.kill()


def printed(server: Server) -> str:
    for _ in range(100):
        if found := ADDRESS.search(server.said()):
            return found[0].removeprefix(server.origin)
        time.sleep(0.1)
    raise AssertionError(server.said())


def test_a_volunteer_founds_and_peoples_an_organisation_without_help(
    chromium: Browser, bare: tuple[Server, str]
) -> None:
    """R-000-02, R-002-01: found, print, invite, compare, and a report reaches both."""
    server, address = bare
    people = People(chromium, server)
    tour = Tour(people.somebody(A_PHONE), "nl")
    page = tour.page
    found(tour, address)
    page.goto(address)
    expect(page.locator("main")).not_to_contain_text("stichter")  # it works once
    page.goto("/beheer/")
    tour.look()
    expect(page.locator("main ol.kb-rows > li")).to_have_count(7)
    invitation = peopling.invite(page, "meeuwen", "mila", "contact_person")
    mila = people.somebody(A_PHONE)
    peopling.come_in(mila, peopling.link_of(server, invitation), "mila")
    digits = peopling.digits_of(mila)
    page.goto("/account/colleagues/")
    peopling.vouch(page, "Mila", digits, "noor", passphrase=NOOR)
    page.goto("/beheer/")
    tour.look()
    expect(page.locator("main ol.kb-rows .govuk-tag--green")).not_to_have_count(0)
    both_can_be_told(people.somebody())
    assert not tour.faults, "\n".join(tour.faults)
    people.go_home()


def found(tour: Tour, address: str) -> None:
    page = tour.page
    tour.visit(address)
    onward(page)
    tour.look()  # nothing filled in
    told: dict[str, Any] = {
        "name": "De Meeuwen", "slug": "meeuwen", "person": "Noor Bracke",
        "mail": "noor@meeuwen.example", "new": NOOR, "repeated": NOOR,
    }  # fmt: skip
    page.locator("[name=profile][value=youth]").check()
    page.locator("[name=country][value=BE]").check()
    for name, value in told.items():
        page.fill(f"[name={name}]", value)
    onward(page)
    tour.look()  # the sheet
    expect(page.locator(".kb-ticket .kb-key")).to_have_count(2)
    page.locator("main a.govuk-button").last.click()
    expect(page).to_have_url(re.compile("/beheer/$"))


def both_can_be_told(page: Page) -> None:
    page.goto("/meeuwen/")
    for name in ("Noor Bracke", "Mila"):
        expect(page.locator("main")).to_contain_text(name)
