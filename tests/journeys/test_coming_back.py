"""Somebody comes back with the code, and stays in control of what was told."""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import DEVICES, PHONE_WITHOUT_SCRIPT, Device, People
from tests.journeys.steps import (
    STORY,
    come_back,
    onward,
    open_new,
    pick,
    references,
    send,
    sign_in,
)
from tests.system.server import HOUSE

pytestmark = pytest.mark.browser

MORE = "Ik wil nog iets zeggen."


def test_the_reporter_writes_chooses_stops_and_goes_on(people: People) -> None:
    """R-000-02, R-000-04, R-002-22: the reporter stays in control, and tells nobody why."""
    tarik = people.somebody(PHONE_WITHOUT_SCRIPT)
    sign_in(tarik, "tarik")
    before = references(tarik)
    somebody = people.somebody(PHONE_WITHOUT_SCRIPT)
    code = people.told({"happened": STORY, "reader": "noor"})
    come_back(somebody, code)
    somebody.fill("[name=text]", MORE)
    send(somebody, "text")
    expect(somebody.locator("main .kb-thread")).to_contain_text(MORE)

    somebody.locator("main a[href$='/who/']").first.click()
    pick(somebody, "reader", "tarik")
    pick(somebody, "how", "instead")
    onward(somebody)
    expect(somebody.locator("main aside")).to_contain_text("Tarik")
    expect(somebody.locator("main aside")).not_to_contain_text("Noor")

    somebody.locator("main a[href$='/stop/']").first.click()
    onward(somebody)
    reference = open_new(tarik, before)
    expect(tarik.locator("main")).to_contain_text(MORE)
    expect(tarik.locator("main .kb-sos--warn")).to_be_visible()

    somebody.locator("main form[action$='/on/'] button").click()
    expect(somebody.locator("main form[action$='/on/']")).to_have_count(0)
    tarik.reload()
    expect(tarik.locator("main .kb-sos--warn")).to_have_count(0)

    noor = people.somebody(PHONE_WITHOUT_SCRIPT)
    sign_in(noor, "noor")
    answer = noor.goto(f"/werk/{reference}/")
    assert answer is not None
    assert answer.status == 404


@pytest.mark.parametrize("device", DEVICES[:2], ids=lambda device: device.name)
def test_a_message_outlives_the_session_in_which_it_was_written(
    people: People, device: Device
) -> None:
    """The code is asked again, and what was typed is back in its box."""
    somebody = people.somebody(device)
    code = people.told({"happened": STORY})
    come_back(somebody, code)
    somebody.fill("[name=text]", MORE)
    somebody.context.clear_cookies()
    send(somebody, "text")
    expect(somebody.locator("main [role=status]")).to_contain_text(MORE)
    somebody.fill("[name=code]", code)
    onward(somebody)
    expect(somebody.locator("[name=text]")).to_have_value(MORE)
    send(somebody, "text")
    expect(somebody.locator("main .kb-thread")).to_contain_text(MORE)


def test_a_wrong_digit_is_told_at_once_and_a_strange_code_opens_nothing(people: People) -> None:
    """R-000-38: what was typed stays where a digit is wrong; an unknown code gets no hint."""
    somebody = people.somebody(PHONE_WITHOUT_SCRIPT)
    code = people.told({"happened": STORY})
    wrong = code[:-1] + str((int(code[-1]) + 1) % 10)
    somebody.goto(f"/{HOUSE}/m/")
    somebody.fill("[name=code]", wrong)
    onward(somebody)
    expect(somebody.locator("[name=code]")).to_have_value(wrong)
    expect(somebody.locator("#code-error")).to_be_visible()
    somebody.goto("/molenbeemd/m/")
    somebody.fill("[name=code]", code)
    onward(somebody)
    expect(somebody.locator("#code-error")).to_be_visible()
    expect(somebody.locator("main")).not_to_contain_text(STORY)
