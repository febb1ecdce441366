"""One click and the page is gone (promise 6), also for whoever presses Back."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import DEVICES, Device, People
from tests.journeys.steps import STORY, come_back, fill, onward, tell
from tests.system.server import HOUSE

pytestmark = pytest.mark.browser

ELSEWHERE = "**://*.example/**"


def leave(page: Page, people: People) -> None:
    """Press the button that is always there, and land on another website."""
    page.route(
        lambda address: "127.0.0.1" not in address,
        lambda route: route.fulfill(status=200, content_type="text/html", body="<h1>Het weer</h1>"),
    )
    page.locator("a.govuk-exit-this-page__button").click()
    expect(page.locator("h1")).to_have_text("Het weer")
    people.elsewhere.clear()


@pytest.mark.parametrize("device", DEVICES, ids=lambda device: device.name)
def test_after_leaving_back_shows_nothing_that_was_typed(people: People, device: Device) -> None:
    somebody = people.somebody(device)
    somebody.goto(f"/{HOUSE}/c/1/")
    for _ in range(10):
        if somebody.locator("[name=happened]").count():
            break
        onward(somebody)
    fill(somebody, {"happened": STORY})
    leave(somebody, people)
    somebody.go_back()
    assert STORY not in somebody.content()
    typed = somebody.locator("[name=happened]")
    assert typed.count() == 0 or typed.input_value() == ""


@pytest.mark.parametrize("device", DEVICES[:2], ids=lambda device: device.name)
def test_after_leaving_the_channel_back_shows_no_message(people: People, device: Device) -> None:
    somebody = people.somebody(device)
    code = tell(somebody)
    come_back(somebody, code)
    expect(somebody.locator("main")).to_contain_text(STORY)
    leave(somebody, people)
    somebody.go_back()
    somebody.wait_for_load_state()
    assert STORY not in somebody.content()


def test_after_leaving_the_receipt_back_shows_no_code(people: People) -> None:
    somebody = people.somebody(DEVICES[0])
    code = tell(somebody)
    leave(somebody, people)
    somebody.go_back()
    assert code[:4] not in somebody.locator("body").inner_text()
