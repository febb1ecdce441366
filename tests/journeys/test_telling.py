"""Somebody tells something, and the answer is read with the code."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Route, expect

from tests.journeys.conftest import DEVICES, PHONE_WITHOUT_SCRIPT, Device, People
from tests.journeys.steps import (
    MAIN_BUTTON,
    STORY,
    begin,
    code_on,
    come_back,
    fill,
    next_page,
    onward,
    open_new,
    references,
    send,
    sign_in,
    tell,
    walk,
    walk_on,
    walk_to,
)
from tests.kit.files.pictures import photo
from tests.system.server import HOUSE, NEIGHBOUR

pytestmark = pytest.mark.browser

ANSWER = "Dank je dat je dit vertelt. Het is niet jouw schuld."
EVERYTHING = {
    "danger": "no", "concerned": "somebody", "age_band": "young", "kind": ["bullying"],
    "happened": STORY, "known": "anonymous", "reader": "noor", "not_readers": ["tarik"],
}  # fmt: skip


@pytest.mark.parametrize("device", DEVICES, ids=lambda device: device.name)
def test_an_anonymous_bystander_tells_and_reads_the_answer(people: People, device: Device) -> None:
    """R-000-18, R-000-35, R-000-38, promises 1, 3 and 8: with and without script.

    Neither the administrator, nor an excluded colleague, nor the neighbour can find it.
    """
    counsellor = people.somebody(device)
    sign_in(counsellor, "noor")
    before = references(counsellor)
    bystander = people.somebody(device)
    code = tell(bystander, EVERYTHING)
    expect(bystander.locator("main")).to_contain_text("Noor")
    expect(bystander.locator("main")).not_to_contain_text("Tarik")

    reference = open_new(counsellor, before)
    expect(counsellor.locator("main")).to_contain_text(STORY)
    counsellor.fill("[name=answer]", ANSWER)
    send(counsellor, "answer")
    expect(counsellor.locator("main .kb-thread")).to_contain_text(ANSWER)

    come_back(bystander, code)
    expect(bystander.locator("main")).to_contain_text(ANSWER)

    for first, slug in (("bert", HOUSE), ("tarik", HOUSE), ("nadia", NEIGHBOUR)):
        other = people.somebody(device)
        sign_in(other, first, slug)
        assert reference not in references(other), first
        answer = other.goto(f"/werk/{reference}/")
        assert answer is not None
        assert answer.status == 404, first


@pytest.mark.parametrize("device", DEVICES[:2], ids=lambda device: device.name)
def test_a_form_that_was_left_is_taken_up_again(people: People, device: Device) -> None:
    """R-000-35: the window is closed, and opened again within the hour."""
    somebody = people.somebody(device)
    begin(somebody)
    walk_to(somebody, "where")
    fill(somebody, {"happened": STORY, "where": "op kamp"})
    place = somebody.url
    onward(somebody)
    expect(somebody).not_to_have_url(place)
    again = somebody.context.new_page()
    somebody.close()
    again.goto(place)
    expect(again.locator("[name=happened]")).to_have_value(STORY)
    walk_on(again, {})
    expect(again.locator("main")).to_contain_text("op kamp")
    onward(again)
    code_on(again)


@pytest.mark.parametrize("device", DEVICES[:2], ids=lambda device: device.name)
def test_an_hour_later_the_text_is_still_there(people: People, device: Device) -> None:
    """The draft is gone, what was being typed is not."""
    somebody = people.somebody(device)
    begin(somebody)
    walk_to(somebody, "happened")
    fill(somebody, {"happened": STORY})
    somebody.context.clear_cookies()
    onward(somebody)
    expect(somebody.locator("[name=happened]")).to_have_value(STORY)
    walk_on(somebody, {})
    expect(somebody.locator("main")).to_contain_text(STORY)
    onward(somebody)
    code_on(somebody)


def test_danger_is_answered_with_numbers_before_the_form_goes_on(people: People) -> None:
    """R-000-12, P7: call now, who is there, when this is read; and the form waits."""
    somebody = people.somebody(PHONE_WITHOUT_SCRIPT)
    begin(somebody)
    next_page(somebody, {"danger": "yes"})
    assert somebody.url.endswith("/n/")
    expect(somebody.locator("main a[href='tel:112']")).to_be_visible()
    expect(somebody.locator("main a[href*='470000112']")).to_be_visible()
    walk_on(somebody, {"happened": STORY})
    onward(somebody)
    code_on(somebody)
    expect(somebody.locator("main .kb-sos a[href='tel:112']")).to_be_visible()


def test_when_nobody_is_left_the_page_says_whom_to_call(people: People) -> None:
    """R-000-02: everybody who could read is excluded: nothing is sent, and nobody is alone."""
    somebody = people.somebody(PHONE_WITHOUT_SCRIPT)
    walk(somebody, {"happened": STORY, "not_readers": ["noor", "tarik"]})
    expect(somebody.locator(MAIN_BUTTON)).to_have_count(0)
    expect(somebody.locator("main a[href^='tel:']").first).to_be_visible()
    somebody.locator("main a.govuk-button[href*='/c/'], main a[href*='/c/']").last.click()
    expect(somebody).not_to_have_url(re.compile("/check/"))
    walk_to(somebody, "not_readers")
    somebody.locator("[name=not_readers]:checked").first.uncheck()
    onward(somebody)
    onward(somebody)
    code_on(somebody)


# Sending ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("device", DEVICES[:2], ids=lambda device: device.name)
def test_two_clicks_send_one_report(people: People, device: Device) -> None:
    """R-000-18: the second click shows the same receipt."""
    counsellor = people.somebody()
    sign_in(counsellor, "noor")
    before = set(references(counsellor))
    somebody = people.somebody(device)
    walk(somebody, {"happened": STORY, "reader": "noor"})
    somebody.locator(MAIN_BUTTON).last.dblclick(no_wait_after=True)
    code = code_on(somebody)
    come_back(somebody, code)
    assert len(set(references(counsellor)) - before) == 1


def test_a_receipt_that_got_lost_on_the_way_is_shown_again(people: People) -> None:
    """Promise 1: the report was kept, the answer never arrived; the same button shows the code."""
    somebody = people.somebody(PHONE_WITHOUT_SCRIPT)
    lost: list[str] = []

    def lose(route: Route) -> None:
        if lost:
            route.continue_()
            return
        before = somebody.context.cookies()
        page = route.fetch().text()
        somebody.context.clear_cookies()
        somebody.context.add_cookies(before)  # type: ignore[arg-type]
        route.fulfill(status=204)  # nothing comes, and the page stays
        lost.append(page)

    walk(somebody, {"happened": STORY})
    somebody.route("**/check/", lose)
    somebody.locator(MAIN_BUTTON).last.click(no_wait_after=True)
    while not lost:
        somebody.wait_for_timeout(50)
    onward(somebody)
    code = code_on(somebody)
    assert f"<span>{code[:4]}</span>" in lost[0]


def test_the_receipt_stays_until_the_code_is_written_down(people: People) -> None:
    """Reloading and coming back show the same code; after "I wrote it down" nothing does."""
    somebody = people.somebody(PHONE_WITHOUT_SCRIPT)
    code = tell(somebody)
    somebody.reload()
    assert code_on(somebody) == code
    somebody.goto(f"/{HOUSE}/")
    somebody.goto(f"/{HOUSE}/c/check/")
    assert code_on(somebody) == code
    onward(somebody)
    expect(somebody.locator(".kb-code")).to_have_count(0)
    somebody.go_back()
    expect(somebody.locator("main")).to_be_visible()
    assert code[:4] not in somebody.locator("body").inner_text()


# Files --------------------------------------------------------------------------------------------


def test_a_photo_goes_along_and_is_seen_cleaned(people: People, tmp_path: Path) -> None:
    """R-000-35: added on a phone; the counsellor sees the clean copy and may keep the
    original, as it was asked."""
    picture = tmp_path / "kamp.jpg"
    picture.write_bytes(photo())
    counsellor = people.somebody()
    sign_in(counsellor, "noor")
    before = references(counsellor)
    somebody = people.somebody(PHONE_WITHOUT_SCRIPT)
    begin(somebody)
    walk_to(somebody, "file", {"happened": STORY, "reader": "noor"})
    somebody.set_input_files("[name=file]", picture)
    somebody.check("[name=keep_as][value=evidence]")
    somebody.locator("button[name=add]").click()
    expect(somebody.locator("main")).to_contain_text("kamp.jpg")
    walk_on(somebody, {"reader": "noor"})
    onward(somebody)
    code = code_on(somebody)

    open_new(counsellor, before)
    image = counsellor.locator("main img").first
    image.scroll_into_view_if_needed()
    expect(image).to_have_js_property("complete", True)
    assert image.evaluate("it => it.naturalWidth") > 0
    with counsellor.expect_download() as kept:
        counsellor.locator("main a[href$='/'][href*='/file/']:not([href$='/view/'])").last.click()
    assert kept.value.path().read_bytes() == picture.read_bytes()
    assert "kamp" not in kept.value.suggested_filename

    counsellor.locator("main details", has=counsellor.locator("[name=file]")).locator(
        "summary"
    ).click()
    counsellor.set_input_files("[name=file]", picture)
    counsellor.fill("[name=answer]", ANSWER)
    send(counsellor, "answer")
    come_back(somebody, code)
    expect(somebody.locator("main .kb-thread")).to_contain_text("kamp.jpg")


def test_a_file_that_is_too_large_stops_nothing(people: People, tmp_path: Path) -> None:
    """It is said, and the report goes on without it."""
    film = tmp_path / "film.mp4"
    film.write_bytes(bytes(26 * 1024 * 1024))
    somebody = people.somebody(PHONE_WITHOUT_SCRIPT)
    begin(somebody)
    walk_to(somebody, "file", {"happened": STORY})
    somebody.set_input_files("[name=file]", film)
    somebody.locator("button[name=add]").click()
    expect(somebody.locator("main [role=alert]")).to_be_visible()
    expect(somebody.locator("main")).not_to_contain_text("film.mp4")
    walk_on(somebody, {})
    expect(somebody.locator("main")).to_contain_text(STORY)
    onward(somebody)
    code = code_on(somebody)
    come_back(somebody, code)
    somebody.fill("[name=text]", "Dit is de film.")
    somebody.set_input_files("[name=file]", film)
    send(somebody, "text")
    expect(somebody.locator("[name=text]")).to_have_value("Dit is de film.")
    expect(somebody.locator("main [role=alert]")).to_be_visible()
