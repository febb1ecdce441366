"""A counsellor of two employers takes a call-back while a colleague is away (R-002-44, -47)."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from klankbord.kit.clock import today
from tests.journeys.conftest import A_PHONE, People
from tests.journeys.founding import EMPLOYER, OTHER_EMPLOYER
from tests.journeys.steps import (
    code_on,
    come_back,
    onward,
    open_new,
    references,
    send,
    sign_in,
    walk_on,
)

pytestmark = pytest.mark.browser

NUMBER = "06 0000 0399"


def test_a_counsellor_of_two_employers_takes_a_call_back_while_a_colleague_is_away(
    people: People,
) -> None:
    dani = people.somebody()
    sign_in(dani, "dani", EMPLOYER)
    note_absence(dani, until=today() + timedelta(days=9))

    mila = people.somebody()
    sign_in(mila, "mila", OTHER_EMPLOYER)
    before = references(mila)

    somebody = people.somebody(A_PHONE)
    somebody.goto(f"/{EMPLOYER}/")
    expect(somebody.locator("main")).to_contain_text("Mila")
    expect(somebody.locator("main .govuk-tag--yellow").first).to_be_visible()  # Dani is away
    code = ask_to_be_called(somebody)

    open_new(mila, before)
    page = mila.locator("main")
    expect(page).to_contain_text("Wolkenrand")
    expect(page).to_contain_text(NUMBER)
    mila.fill("[name=answer]", "Ik belde je net. Past morgen om tien uur?")
    send(mila, "answer")

    assert references(dani) == []  # sealed to whoever is there
    come_back(somebody, code, slug=EMPLOYER)
    expect(somebody.locator("main")).to_contain_text("Past morgen om tien uur?")


def note_absence(page: Page, *, until: object) -> None:
    page.goto(f"/werk/agenda/{EMPLOYER}/away/")
    page.fill("[name=from]", str(today()))
    page.fill("[name=until]", str(until))
    page.locator("main input[name=who]").first.check()
    onward(page)
    expect(page.locator("main")).to_contain_text("Mila")


def ask_to_be_called(page: Page) -> str:
    """Through the door of the call-back, choosing nobody: whoever is there calls."""
    page.goto(f"/{EMPLOYER}/c/c/")
    walk_on(page, {"contact": NUMBER, "reader": "anyone"})
    onward(page)
    return code_on(page)
