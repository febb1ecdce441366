"""A real Chromium in front of the real server: phone and desktop, with and without script."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.system.conftest import a_server
from tests.system.conftest import founded as founded
from tests.system.server import Server

CHROMIUM = "/usr/bin/chromium"
PHONE = {"width": 390, "height": 780}
NARROW = {"width": 320, "height": 640}
DESKTOP = {"width": 1280, "height": 900}


@dataclass(frozen=True, slots=True)
class Device:
    """What somebody holds, and whether script runs on it."""

    name: str
    viewport: dict[str, int]
    script: bool


DEVICES = [
    Device("phone without script", PHONE, False),
    Device("phone", PHONE, True),
    Device("desktop without script", DESKTOP, False),
    Device("desktop", DESKTOP, True),
]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all journeys; its back/forward cache is on, as at people's homes."""
    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
            ignore_default_args=["--disable-back-forward-cache"],
        )
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def site(founded: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The server that all journeys share."""
    server = a_server("sqlite", founded, tmp_path_factory, tmp_path_factory.mktemp("journeys"))
    server.start()
    yield server
    server.kill()


class People:
    """Opens browsers of their own for the people of a journey, and closes them all."""

    def __init__(self, chromium: Browser, site: Server) -> None:
        self.chromium, self.site = chromium, site
        self.contexts: list[BrowserContext] = []

    def somebody(self, device: Device = DEVICES[3], **more: Any) -> Page:
        """Somebody else, with an empty browser. Any request elsewhere fails."""
        context = self.chromium.new_context(
            viewport=device.viewport,  # type: ignore[arg-type]
            java_script_enabled=device.script,
            base_url=self.site.origin,
            **more,
        )
        context.set_default_timeout(8000)
        self.contexts.append(context)
        return context.new_page()

    def go_home(self) -> None:
        for context in self.contexts:
            context.close()


@pytest.fixture
def people(chromium: Browser, site: Server) -> Iterator[People]:
    """Whoever takes part."""
    everybody = People(chromium, site)
    yield everybody
    everybody.go_home()
