"""A worker enters what a child told, and the child takes over with the start code."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import A_DESKTOP, PHONE_WITHOUT_SCRIPT, Device, People
from tests.journeys.steps import (
    STORY,
    code_on,
    come_back,
    onward,
    open_new,
    references,
    send,
    sign_in,
    write_down,
)
from tests.system.server import HOUSE

pytestmark = pytest.mark.browser

TOLD = {"how": "spoken", "told_by": "themselves", "happened": STORY, "with_code": "yes"}


def only_the_card_is_printed(page: Page) -> None:
    """Of the width of a card, and without a word of what it is for."""
    page.emulate_media(media="print")
    card = page.locator(".kb-ticket")
    expect(card).to_be_visible()
    expect(page.locator("main h1")).to_be_hidden()
    box = card.bounding_box()
    assert box is not None
    assert box["width"] == pytest.approx(85 / 25.4 * 96, abs=2)
    page.emulate_media(media="screen")


@pytest.mark.parametrize("device", [PHONE_WITHOUT_SCRIPT, A_DESKTOP], ids=lambda it: it.name)
def test_a_worker_enters_what_a_child_told_and_the_child_takes_over(
    people: People, device: Device
) -> None:
    """R-000-36, R-004-137, P2, P30: Wout reads nothing here; the card opens nothing but a way to
    a code that only the child has seen.
    """
    noor = people.somebody()
    sign_in(noor, "noor")
    before = references(noor)

    wout = people.somebody(device)
    sign_in(wout, "wout")
    write_down(wout, {**TOLD, "named": "noor"})
    expect(wout.locator("main")).to_contain_text(STORY)
    onward(wout)
    start = code_on(wout)
    only_the_card_is_printed(wout)
    onward(wout)
    expect(wout.locator("main")).not_to_contain_text(STORY)

    reference = open_new(noor, before)
    expect(noor.locator("main")).to_contain_text(STORY)
    answer = wout.goto(f"/werk/{reference}/")
    assert answer is not None
    assert answer.status == 404

    child = people.somebody(PHONE_WITHOUT_SCRIPT)
    child.goto(f"/{HOUSE}/m/")
    child.fill("[name=code]", start)
    onward(child)
    onward(child)
    own = code_on(child)
    only_the_card_is_printed(child)
    assert own != start
    onward(child)
    expect(child.locator("main .kb-thread")).to_be_visible()
    child.fill("[name=text]", "Ik ben het zelf.")
    send(child, "text")

    noor.goto(f"/werk/{reference}/")
    expect(noor.locator("main .kb-thread")).to_contain_text("Ik ben het zelf.")

    somebody = people.somebody()
    somebody.goto(f"/{HOUSE}/m/")
    somebody.fill("[name=code]", start)
    onward(somebody)
    expect(somebody.locator("main [name=code]")).to_be_visible()
    come_back(people.somebody(), own)
