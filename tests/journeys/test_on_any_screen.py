"""On the narrowest phone, from right to left, on paper, with a keyboard: it stays readable."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import (
    A_DESKTOP,
    A_PHONE,
    NARROW,
    PHONE_WITHOUT_SCRIPT,
    Device,
    People,
)
from tests.journeys.founding import BUREAU, EMPLOYER, SECTOR, WELFARE
from tests.journeys.looking import is_wide
from tests.journeys.steps import (
    PAGES_OF_THE_FORM,
    STORY,
    begin,
    code_on,
    come_back,
    next_page,
    onward,
    open_new,
    references,
    sign_in,
    tell,
    walk,
)
from tests.system.server import HOUSE

pytestmark = pytest.mark.browser

FIRST_PAGES = ["/", *(f"/{slug}/" for slug in (HOUSE, BUREAU, EMPLOYER, WELFARE, SECTOR))]
PUBLIC = [*FIRST_PAGES, f"/{HOUSE}/h/", f"/{HOUSE}/i/", f"/{HOUSE}/m/", f"/{HOUSE}/c/1/"]
LONG = "Rechtsschutzversicherungsgesellschaftsmitarbeiterin" * 3
PEOPLE_AND_WORDS = {"happened": LONG, "where": LONG, "known": "known", "name": LONG}


def whole_form(page: Page, prefix: str = "") -> list[str]:
    """Walk to the check and tell which pages are too wide, with long words in every answer."""
    found = []
    begin(page, prefix=prefix)
    for _ in range(PAGES_OF_THE_FORM):
        found += [page.url] if is_wide(page) else []
        if page.url.endswith("/check/"):
            break
        next_page(page, PEOPLE_AND_WORDS)
    onward(page)
    code_on(page)
    return found + ([page.url] if is_wide(page) else [])


def test_long_words_fit_the_narrowest_phone(people: People) -> None:
    """R-000-43, promise 8: German at 320 pixels, with words longer than the screen."""
    somebody = people.somebody(Device("narrow", NARROW, True))
    found = []
    for path in PUBLIC:
        somebody.goto("/de" + path)
        found += [path] if is_wide(somebody) else []
    found += whole_form(somebody, "/de")
    assert found == []


def test_a_case_with_long_words_fits_too(people: People) -> None:
    """On both sides: the reporter's page and the case of those who follow up."""
    noor = people.somebody(Device("narrow", NARROW, True))
    sign_in(noor, "noor")
    before = references(noor)
    somebody = people.somebody(Device("narrow", NARROW, True))
    code = people.told({**PEOPLE_AND_WORDS, "reader": "noor"})
    come_back(somebody, code, prefix="/de")
    reference = open_new(noor, before)
    found = [somebody.url] if is_wide(somebody) else []
    for path in ("/werk/", f"/werk/{reference}/", f"/werk/{reference}/close/", "/account/"):
        noor.goto("/de" + path)
        found += [path] if is_wide(noor) else []
    assert found == []


def test_nothing_breaks_from_right_to_left(people: People) -> None:
    """For the languages that come later: the pages are mirrored without scrolling sideways."""
    somebody = people.somebody(A_PHONE)
    mirror = "document.documentElement.dir = 'rtl'"
    found = []
    for path in PUBLIC:
        somebody.goto(path)
        somebody.evaluate(mirror)
        found += [path] if is_wide(somebody) else []
        brand = somebody.locator(".kb-brand").bounding_box()
        assert brand is not None
        assert brand["x"] > A_PHONE.viewport["width"] / 3, path
    walk(somebody, {"happened": STORY})
    for step in ("check", "receipt"):
        somebody.evaluate(mirror)
        found += [step] if is_wide(somebody) else []
        if step == "check":
            onward(somebody)
            code_on(somebody)
    assert found == []


def test_paper_shows_only_the_card(people: People) -> None:
    """R-000-38: no word of what it is about, and no button; the code, and where to use it."""
    somebody = people.somebody(A_DESKTOP)
    code = tell(somebody, {"happened": STORY, "reader": "noor"})
    somebody.emulate_media(media="print")
    seen = somebody.evaluate("document.body.innerText")
    expect(somebody.locator(".kb-ticket")).to_be_visible()
    expect(somebody.locator(".kb-ticket svg")).to_be_visible()
    for hidden in ("h1", "header", "footer", "aside", "main button", ".kb-track", "main form"):
        assert not any(it.is_visible() for it in somebody.locator(hidden).all()), hidden
    assert code in seen.replace(" ", "").replace("\n", "")
    assert "Noor" not in seen
    card = somebody.locator(".kb-ticket").bounding_box()
    assert card is not None
    assert card["width"] < 340  # 85 mm


def test_the_card_with_a_recovery_code_is_alone_on_paper_too(people: People) -> None:
    nadia = people.somebody(A_DESKTOP)
    sign_in(nadia, "griet", SECTOR)
    nadia.goto("/account/recovery/")
    nadia.fill("[name=passphrase]", "griet wandelt langs de rivier")
    onward(nadia)
    nadia.emulate_media(media="print")
    expect(nadia.locator(".kb-ticket .kb-code")).to_be_visible()
    for hidden in ("h1", "header", "footer", "main a"):
        assert not any(it.is_visible() for it in nadia.locator(hidden).all()), hidden


def test_a_keyboard_reaches_the_content_first(people: People) -> None:
    """R-000-43: the first thing that Tab finds leads to the content; then to the way out."""
    somebody = people.somebody(A_DESKTOP)
    somebody.goto(f"/{HOUSE}/")
    somebody.keyboard.press("Tab")
    assert somebody.evaluate("document.activeElement.getAttribute('href')") == "#main"
    somebody.keyboard.press("Tab")
    somebody.keyboard.press("Tab")
    assert "/exit" in somebody.evaluate("document.activeElement.getAttribute('href')")


def test_a_keyboard_is_enough_to_tell(people: People) -> None:
    """A question is answered and sent on without a mouse."""
    somebody = people.somebody(PHONE_WITHOUT_SCRIPT)
    begin(somebody)
    somebody.locator("[name=danger]").first.focus()
    somebody.keyboard.press("ArrowDown")
    somebody.keyboard.press("Enter")
    expect(somebody.locator("[name=concerned]").first).to_be_visible()


def test_looking_leaves_no_cookie(people: People) -> None:
    """Promise 6: whoever only looks around leaves nothing behind, in any language."""
    somebody = people.somebody(PHONE_WITHOUT_SCRIPT)
    for prefix in ("", "/fr"):
        for path in [
            *PUBLIC,
            f"/{HOUSE}/c/3/",
            f"/{HOUSE}/c/1/n/",
            f"/{HOUSE}/c/check/",
            "/inloggen/",
        ]:
            answer = somebody.goto(prefix + path)
            assert answer is not None
            assert "set-cookie" not in answer.all_headers(), path
    assert somebody.context.cookies() == []
