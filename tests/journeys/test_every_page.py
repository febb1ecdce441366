"""Every page, in every language, on a phone: axe finds nothing, nothing scrolls sideways."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.journeys.conftest import DESKTOP, DEVICES, NARROW, PHONE, Device, People
from tests.journeys.steps import STORY, come_back, newest_case, sign_in, tell, walk
from tests.system.server import HOUSE

pytestmark = pytest.mark.browser

LANGUAGES = ["nl", "fr", "en", "de"]
OPTIONS = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
PUBLIC = ["/", f"/{HOUSE}/", f"/{HOUSE}/h/", f"/{HOUSE}/i/", f"/{HOUSE}/m/"]
STEPS = [f"/{HOUSE}/c/{number}/" for number in range(1, 11)]
DESK = ["/werk/", "/werk/afgesloten/", "/account/", "/account/passphrase/", "/account/recovery/",
        "/account/code/"]  # fmt: skip
OVERSIGHT = ["/overzicht/"]
BEHEER = ["/beheer/", *(f"/beheer/{HOUSE}/{it}/" for it in ("medewerkers", "bewaring", "logboek"))]
FRONT = ["/inloggen/", "/inloggen/herstel/"]


def prefix(language: str) -> str:
    return "" if language == "nl" else f"/{language}"


def faults(page: Page) -> list[str]:
    """What axe finds, and whether the page is wider than the screen."""
    found: dict[str, Any] = Axe().run(page, options=OPTIONS).response
    wide = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    return [
        f"{page.url}: {it['id']}: {it['nodes'][0]['html'][:160]}" for it in found["violations"]
    ] + ([f"{page.url}: wider than the screen"] if wide else [])


def look(page: Page, paths: list[str], language: str) -> list[str]:
    found: list[str] = []
    for path in paths:
        answer = page.goto(prefix(language) + path)
        assert answer is not None
        assert answer.status == 200, (path, answer.status)
        assert page.locator("html").get_attribute("lang") == language, path
        found += faults(page)
    return found


VIEWS = [(language, PHONE) for language in LANGUAGES] + [("nl", DESKTOP)]
NAMES = [f"{language} {'phone' if size is PHONE else 'desktop'}" for language, size in VIEWS]


@pytest.mark.parametrize(("language", "size"), VIEWS, ids=NAMES)
def test_public_pages_have_no_faults(people: People, language: str, size: dict[str, int]) -> None:
    """Promise 8, R-000-43."""
    somebody = people.somebody(Device("any", size, True))
    found = look(somebody, PUBLIC, language)
    start = prefix(language)
    walk(somebody, {"happened": STORY, "known": "known", "danger": "yes"}, prefix=start)
    found += faults(somebody)
    found += look(somebody, [*STEPS, f"/{HOUSE}/c/1/n/", f"/{HOUSE}/c/check/"], language)
    code = tell(somebody, prefix=start)
    found += faults(somebody)
    come_back(somebody, code)
    case = somebody.url.removeprefix(people.site.origin)
    pages = [case, *(case + it for it in ("who/", "stop/"))]
    found += look(somebody, pages, language)
    missing = somebody.goto(f"{start}/{HOUSE}/bestaat-niet/")
    assert missing is not None
    assert missing.status == 404
    found += faults(somebody)
    assert not found, "\n".join(found)


@pytest.mark.parametrize(("language", "size"), VIEWS, ids=NAMES)
def test_desks_have_no_faults(people: People, language: str, size: dict[str, int]) -> None:
    """Promise 8."""
    tell(people.somebody(), {"happened": STORY})
    device = Device("any", size, True)
    noor = people.somebody(device)
    found = look(noor, FRONT, language)
    sign_in(noor, "noor")
    reference = newest_case(noor)
    case = [f"/werk/{reference}/{it}" for it in ("", "access/", "close/")]
    found += look(noor, [*DESK, *case], language)
    els = people.somebody(device)
    sign_in(els, "els")
    found += look(els, OVERSIGHT, language)
    bert = people.somebody(device)
    sign_in(bert, "bert")
    found += look(bert, BEHEER, language)
    assert not found, "\n".join(found)


def test_nothing_scrolls_sideways_on_the_narrowest_phone(people: People) -> None:
    somebody = people.somebody(Device("narrow", NARROW, False), device_scale_factor=1)
    for language in LANGUAGES:
        for path in [*PUBLIC, *STEPS[:5]]:
            somebody.goto(prefix(language) + path)
            box = somebody.locator("body").bounding_box()
            assert box is not None
            assert box["width"] <= NARROW["width"], (language, path)


def test_a_keyboard_reaches_the_content_first(people: People) -> None:
    """R-000-43: the first thing that Tab finds leads to the content."""
    somebody = people.somebody(DEVICES[3])
    somebody.goto(f"/{HOUSE}/")
    somebody.keyboard.press("Tab")
    assert somebody.evaluate("document.activeElement.getAttribute('href')").startswith("#")
