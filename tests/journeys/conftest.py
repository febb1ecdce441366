"""A real Chromium in front of the real server: phone and desktop, with and without script."""

import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, sync_playwright

from tests.journeys.founding import BRUG
from tests.journeys.telling import told
from tests.journeys.working import Days
from tests.system.conftest import a_server
from tests.system.conftest import founded as founded
from tests.system.server import Server, Template

CHROMIUM = "/usr/bin/chromium"
# In fewer processes than at home: all pages are of one website, on a machine with two cores.
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--in-process-gpu", "--disable-background-networking",
    "--disable-site-isolation-trials",
    "--disable-features=IsolateOrigins,site-per-process,SpareRendererForSitePerProcess",
]  # fmt: skip
PHONE = {"width": 390, "height": 780}
NARROW = {"width": 320, "height": 640}
DESKTOP = {"width": 1280, "height": 900}
PATIENCE = 15_000  # milliseconds, for machines that do more than this
AHEAD = "KLANKBORD_TEST_AHEAD"  # as in tests.system.moved_clock, which moves the clock
OURS = {"127.0.0.1", ""}  # no host: what a browser makes up itself, as the page about an error


@dataclass(frozen=True, slots=True)
class Device:
    """What somebody holds, and whether script runs on it."""

    name: str
    viewport: dict[str, int]
    script: bool


PHONE_WITHOUT_SCRIPT = Device("phone without script", PHONE, False)
A_PHONE = Device("phone", PHONE, True)
DESKTOP_WITHOUT_SCRIPT = Device("desktop without script", DESKTOP, False)
A_DESKTOP = Device("desktop", DESKTOP, True)
DEVICES = [PHONE_WITHOUT_SCRIPT, A_PHONE, DESKTOP_WITHOUT_SCRIPT, A_DESKTOP]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all journeys; its back/forward cache is on, as at people's homes."""
    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=CHROMIUM,
            args=FLAGS,
            ignore_default_args=["--disable-back-forward-cache"],
        )
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def site(
    founded: dict[str, Template], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    """The server that all journeys share, with an organisation of every kind."""
    server = a_server("sqlite", founded, tmp_path_factory, tmp_path_factory.mktemp("journeys"))
    more = subprocess.run(
        [sys.executable, "-m", "tests.journeys.founding"],
        env=server.environment(), cwd=server.folder, capture_output=True, timeout=120,
    )  # fmt: skip
    assert more.returncode == 0, more.stderr.decode()
    server.start()
    yield server
    server.kill()


@pytest.fixture(scope="session")
def days(founded: dict[str, Template], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Days]:
    """A server of its own with De Brug in it, whose clock goes on when a story asks for it."""
    server = a_server("sqlite", founded, tmp_path_factory, tmp_path_factory.mktemp("stories"))
    server.script = ("-m", "tests.system.moved_serving")
    server.extra = {AHEAD: str(server.folder / "ahead")}
    (server.folder / "ahead").write_text("0")
    more = subprocess.run(
        [sys.executable, "-m", "tests.journeys.founding", BRUG],
        env=server.environment(), cwd=server.folder, capture_output=True, timeout=120,
    )  # fmt: skip
    assert more.returncode == 0, more.stderr.decode()
    server.start()
    yield Days(server)
    server.kill()


class People:
    """Opens browsers of their own for the people of a journey, and closes them all."""

    def __init__(self, chromium: Browser, site: Server) -> None:
        self.chromium, self.site = chromium, site
        self.contexts: list[BrowserContext] = []
        self.elsewhere: list[str] = []

    def somebody(self, device: Device = A_DESKTOP, **more: Any) -> Page:
        """Somebody else, with an empty browser, who reads Dutch."""
        context = self.chromium.new_context(
            viewport=device.viewport,  # type: ignore[arg-type]
            java_script_enabled=device.script,
            base_url=self.site.origin,
            locale="nl-BE",
            **more,
        )
        context.set_default_timeout(PATIENCE)
        context.on("request", self._note)
        self.contexts.append(context)
        return context.new_page()

    def told(self, given: Mapping[str, Any]) -> str:
        """Somebody told this before the journey begins; returns the code."""
        return told(self.site.origin, given)

    def go_home(self) -> None:
        for context in self.contexts:
            context.close()

    def _note(self, request: Request) -> None:
        if (urlsplit(request.url).hostname or "") not in OURS:
            self.elsewhere.append(request.url)


@pytest.fixture
def people(chromium: Browser, site: Server) -> Iterator[People]:
    """Whoever takes part. No page of ours asks anything of another website; a test about leaving
    empties `elsewhere` itself.
    """
    everybody = People(chromium, site)
    yield everybody
    everybody.go_home()
    assert everybody.elsewhere == []
