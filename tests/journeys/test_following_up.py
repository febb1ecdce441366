"""Those who follow up: a colleague comes in and goes, a name is settled, a text is never lost."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import DEVICES, PHONE_WITHOUT_SCRIPT, Device, People
from tests.journeys.steps import STORY, onward, open_new, pick, references, send, sign_in
from tests.system.server import passphrase_of

pytestmark = pytest.mark.browser

NOTE = "Alleen voor mij."


def status_of(page: Page, path: str) -> int:
    answer = page.goto(path)
    assert answer is not None
    return answer.status


def give_access(page: Page, reference: str, first: str) -> None:
    page.goto(f"/werk/{reference}/access/")
    pick(page, "member", first)
    page.fill("[name=why]", "Hij kent de groep.")
    page.fill("[name=passphrase]", passphrase_of("noor"))
    onward(page)


def test_a_colleague_is_brought_in_and_let_go(people: People) -> None:
    """R-000-31: with a reason that the others read; a note of one's own is read by nobody else."""
    noor = people.somebody()
    sign_in(noor, "noor")
    before = references(noor)
    people.told({"happened": STORY, "reader": "noor"})
    reference = open_new(noor, before)
    noor.fill("[name=note]", NOTE)
    send(noor, "note")
    expect(noor.locator("main .kb-thread")).to_contain_text(NOTE)
    give_access(noor, reference, "tarik")
    expect(noor.locator("main aside")).to_contain_text("Tarik")

    tarik = people.somebody()
    sign_in(tarik, "tarik")
    assert status_of(tarik, f"/werk/{reference}/") == 200
    expect(tarik.locator("main")).to_contain_text(STORY)
    expect(tarik.locator("main")).not_to_contain_text(NOTE)

    noor.goto(f"/werk/{reference}/access/end/")
    pick(noor, "member", "tarik")
    noor.fill("[name=why]", "Het is rond.")
    onward(noor)
    noor.locator("[name=sure]").click()
    expect(noor.locator("main aside")).not_to_contain_text("Tarik")
    assert status_of(tarik, f"/werk/{reference}/") == 404


def test_a_name_that_was_typed_is_settled_before_anybody_gets_access(people: People) -> None:
    """R-000-02: the name is read by the counsellor, who says whom it means; then that person
    cannot be chosen any more.
    """
    noor = people.somebody(PHONE_WITHOUT_SCRIPT)
    sign_in(noor, "noor")
    before = references(noor)
    people.told({"happened": STORY, "reader": "noor", "not_named": "die van West"})
    reference = open_new(noor, before)
    expect(noor.locator("main")).to_contain_text("die van West")
    noor.goto(f"/werk/{reference}/access/")
    expect(noor.locator("[name=member]")).to_have_count(0)
    noor.locator("main a[href$='/exclusion/']").first.click()
    pick(noor, "member", "tarik")
    noor.fill("[name=note]", "Hij is de enige van West.")
    onward(noor)
    expect(noor.locator("main a[href$='/exclusion/']")).to_have_count(0)
    noor.goto(f"/werk/{reference}/access/")
    expect(noor.locator("main")).not_to_contain_text("Tarik")


@pytest.mark.parametrize("device", DEVICES[:2], ids=lambda device: device.name)
def test_an_answer_outlives_the_session_in_which_it_was_written(
    people: People, device: Device
) -> None:
    """Signing in again brings the text back into its box."""
    noor = people.somebody(device)
    sign_in(noor, "noor")
    before = references(noor)
    people.told({"happened": STORY, "reader": "noor"})
    open_new(noor, before)
    noor.fill("[name=answer]", "Dit was een lang antwoord.")
    noor.context.clear_cookies()
    send(noor, "answer")
    noor.fill("[name=mail]", "noor@ravelijn.example")
    noor.fill("[name=passphrase]", passphrase_of("noor"))
    onward(noor)
    expect(noor.locator("[name=answer]")).to_have_value("Dit was een lang antwoord.")
    send(noor, "answer")
    expect(noor.locator("main .kb-thread")).to_contain_text("Dit was een lang antwoord.")


def test_a_case_is_closed_with_a_reason_and_taken_up_again(people: People) -> None:
    """R-000-04, P19: asked once more, read by the reporter, never the end."""
    noor = people.somebody(PHONE_WITHOUT_SCRIPT)
    sign_in(noor, "noor")
    before = references(noor)
    people.told({"happened": STORY, "reader": "noor"})
    reference = open_new(noor, before)
    noor.goto(f"/werk/{reference}/close/")
    pick(noor, "reason", "withdrawn")  # settled is what the steps of its procedure say
    noor.fill("[name=text]", "We spraken het uit.")
    onward(noor)
    noor.locator("[name=sure]").click()
    expect(noor.locator("main .kb-thread")).to_contain_text("We spraken het uit.")
    noor.goto(f"/werk/{reference}/reopen/")
    noor.fill("[name=text]", "Er kwam iets bij.")
    onward(noor)
    expect(noor.locator("main .kb-thread")).to_contain_text("Er kwam iets bij.")
