"""Other ways in: a call-back without content, and a question by the link of a camp (P9, P10)."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import A_PHONE, PHONE_WITHOUT_SCRIPT, People
from tests.journeys.founding import CAMP, EMPLOYER
from tests.journeys.steps import (
    code_on,
    come_back,
    fill,
    onward,
    open_new,
    references,
    sign_in,
    walk_on,
)
from tests.system.server import HOUSE

pytestmark = pytest.mark.browser

NUMBER = "06 0000 0999"


def test_somebody_asks_to_be_called_at_an_employer_and_comes_back_with_the_code(
    people: People,
) -> None:
    """P10, R-002-46, R-002-47: nothing is told, not even a name; a code like everybody."""
    page = people.somebody(PHONE_WITHOUT_SCRIPT)
    page.goto(f"/{EMPLOYER}/")
    page.locator(".kb-hero a[href*='/c/']").click()
    expect(page.locator("main textarea")).to_have_count(0)
    fill(page, {"contact": NUMBER})
    onward(page)
    walk_on(page, {"reader": "dani"})
    expect(page.locator("main")).to_contain_text(NUMBER)
    onward(page)
    code = code_on(page)
    assert NUMBER not in page.content()
    come_back(page, code, slug=EMPLOYER)
    expect(page.locator("main .kb-track")).to_contain_text("We bellen je")


def test_a_parent_follows_the_link_of_a_camp_and_asks_a_question(people: People) -> None:
    """R-001-41, R-001-42: the sheet, the address on it, the question, the answer to come."""
    noor = people.somebody()
    sign_in(noor, "noor")
    before = references(noor)
    page = people.somebody(A_PHONE)
    page.goto(f"/{HOUSE}/a/{CAMP}/sheet/")
    printed = page.locator("main .kb-address").inner_text()
    page.emulate_media(media="print")
    expect(page.locator("header.kb-bar")).to_be_hidden()
    page.emulate_media(media="screen")
    page.goto(f"http://{printed}/")
    page.locator(f"main a[href$='/a/{CAMP}/b/']").click()
    fill(page, {"question": "Slapen begeleiders in dezelfde kamer?"})
    onward(page)
    assert re.search(r"/c/2/$", page.url), page.url
    walk_on(page, {"reader": "noor"})
    expect(page.locator("main")).to_contain_text("Zomerkamp van de rakkers")
    onward(page)
    come_back(page, code_on(page))
    reference = open_new(noor, before)
    assert reference
    expect(noor.locator("main")).to_contain_text("Zomerkamp van de rakkers")
    expect(noor.locator("main")).to_contain_text("Slapen begeleiders in dezelfde kamer?")
