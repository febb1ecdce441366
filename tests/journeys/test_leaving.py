"""One click and the page is gone (promise 6, vault row 23), also for whoever presses Back.

The browser keeps pages in memory here, as at people's homes: the first test shows that it does.
"""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import DEVICES, PHONE_WITHOUT_SCRIPT, Device, People
from tests.journeys.steps import (
    STORY,
    begin,
    come_back,
    fill,
    onward,
    sign_in,
    tell,
    walk,
    walk_to,
)
from tests.system.server import HOUSE

pytestmark = pytest.mark.browser

WEATHER = "<!doctype html><title>Het weer</title><h1>Het weer</h1>"
EXIT = "a.govuk-exit-this-page__button"
with_and_without_script = pytest.mark.parametrize(
    "device", DEVICES[:2], ids=lambda device: device.name
)


def leave(page: Page, people: People) -> None:
    """Press the button that is always there, and land on another website."""
    elsewhere(page)
    page.locator(EXIT).click()
    expect(page.locator("h1")).to_have_text("Het weer")
    assert "127.0.0.1" not in page.url
    people.elsewhere.clear()


def elsewhere(page: Page) -> None:
    """Every other website is about the weather."""
    page.route(
        lambda address: "127.0.0.1" not in address,
        lambda route: route.fulfill(status=200, content_type="text/html", body=WEATHER),
    )


def back(page: Page) -> str:
    """Press Back, and give all that stands there, also in the fields."""
    page.go_back(wait_until="commit")
    expect(page.locator("body")).to_be_visible()
    typed = [it.input_value() for it in page.locator("textarea, input[type=text]").all()]
    return page.locator("body").inner_text() + "".join(typed)


def test_a_page_without_the_button_would_come_back_with_its_text(people: People) -> None:
    """What this is about: by a plain link, Back brings the whole typed story from memory."""
    somebody = people.somebody(PHONE_WITHOUT_SCRIPT)
    begin(somebody)
    walk_to(somebody, "happened")
    fill(somebody, {"happened": STORY})
    elsewhere(somebody)
    somebody.goto("https://weer.example/")
    people.elsewhere.clear()
    assert STORY in back(somebody)


@pytest.mark.parametrize("device", DEVICES[1:3], ids=lambda device: device.name)
def test_after_leaving_back_shows_nothing_that_was_typed(people: People, device: Device) -> None:
    """Row 23: type, exit, Back: empty; and the draft is gone."""
    somebody = people.somebody(device)
    begin(somebody)
    walk_to(somebody, "where")
    fill(somebody, {"where": STORY})
    onward(somebody)
    somebody.locator("a.govuk-back-link").click()
    walk_to(somebody, "happened")
    fill(somebody, {"happened": STORY})
    leave(somebody, people)
    assert STORY not in back(somebody)
    somebody.goto(f"/{HOUSE}/c/check/")
    assert STORY not in somebody.content()
    assert somebody.context.cookies() == []


@with_and_without_script
def test_after_leaving_the_check_back_shows_nothing(people: People, device: Device) -> None:
    somebody = people.somebody(device)
    walk(somebody, {"happened": STORY})
    expect(somebody.locator("main")).to_contain_text(STORY)
    leave(somebody, people)
    assert STORY not in back(somebody)


@with_and_without_script
def test_after_leaving_the_channel_back_shows_no_message(people: People, device: Device) -> None:
    somebody = people.somebody(device)
    code = people.told({"happened": STORY})
    come_back(somebody, code)
    somebody.locator("main details").last.locator("summary").click()
    expect(somebody.locator("main")).to_contain_text(STORY)
    leave(somebody, people)
    assert STORY not in back(somebody)
    somebody.goto(f"/{HOUSE}/m/")
    expect(somebody.locator("[name=code]")).to_be_visible()


@with_and_without_script
def test_after_leaving_the_receipt_back_shows_no_code(people: People, device: Device) -> None:
    """Nor does the address of the receipt: leaving forgets it, the code still works."""
    somebody = people.somebody(device)
    code = tell(somebody)
    leave(somebody, people)
    assert code[:4] not in back(somebody)
    somebody.goto(f"/{HOUSE}/c/check/")
    assert code[:4] not in somebody.locator("body").inner_text()
    come_back(somebody, code)


@with_and_without_script
def test_after_erasing_everything_back_shows_nothing(people: People, device: Device) -> None:
    somebody = people.somebody(device)
    begin(somebody)
    walk_to(somebody, "happened")
    fill(somebody, {"happened": STORY})
    somebody.locator("button[formaction$='/stop/']").click()
    somebody.wait_for_url(f"**/{HOUSE}/")
    assert STORY not in back(somebody)


@with_and_without_script
def test_after_logging_out_back_asks_for_the_code(people: People, device: Device) -> None:
    somebody = people.somebody(device)
    code = people.told({"happened": STORY})
    come_back(somebody, code)
    somebody.locator("main form[action$='/m/leave/'] button").first.click()
    expect(somebody.locator("main .kb-thread")).to_have_count(0)
    assert STORY not in back(somebody)
    expect(somebody.locator("[name=code]")).to_be_visible()


def test_leaving_does_not_sign_out_who_works_here(people: People) -> None:
    """A counsellor who looks at the public pages keeps the inbox."""
    noor = people.somebody()
    sign_in(noor, "noor")
    noor.goto(f"/{HOUSE}/")
    leave(noor, people)
    noor.goto("/werk/")
    assert noor.url.endswith("/werk/")
