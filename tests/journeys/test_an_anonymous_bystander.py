"""An anonymous bystander tells, the counsellor answers, the answer is read with the code.

And neither the administrator, nor an excluded colleague, nor the neighbour can find it.
"""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import DEVICES, Device, People
from tests.journeys.steps import (
    STORY,
    come_back,
    newest_case,
    onward,
    references,
    sign_in,
    tell,
)
from tests.system.server import NEIGHBOUR

pytestmark = pytest.mark.browser

ANSWER = "Dank je dat je dit vertelt. Het is niet jouw schuld."


def the_choice(people: People, name: str) -> str:
    """The id under which a person stands on the page where one chooses who reads."""
    from tests.journeys.choosing import membership_of

    return membership_of(people.site, name)


@pytest.mark.parametrize("device", DEVICES, ids=lambda device: device.name)
def test_somebody_tells_and_reads_the_answer(people: People, device: Device) -> None:
    """R-000-18, R-000-35, R-000-38, promises 1, 3 and 8: with and without script."""
    noor, tarik = the_choice(people, "noor"), the_choice(people, "tarik")
    bystander = people.somebody(device)
    code = tell(
        bystander,
        {
            "danger": "no", "concerned": "somebody", "age_band": "young", "kind": ["bullying"],
            "happened": STORY, "known": "anonymous", "reader": noor, "not_readers": [tarik],
        },
    )  # fmt: skip
    expect(bystander.locator("main")).to_contain_text("Noor")
    expect(bystander.locator("main")).not_to_contain_text("Tarik")

    counsellor = people.somebody(device)
    sign_in(counsellor, "noor")
    reference = newest_case(counsellor)
    counsellor.goto(f"/werk/{reference}/")
    expect(counsellor.locator("main")).to_contain_text(STORY)
    counsellor.fill("[name=answer]", ANSWER)
    counsellor.locator("form", has=counsellor.locator("[name=answer]")).locator(
        "button"
    ).first.click()

    come_back(bystander, code)
    expect(bystander.locator("main")).to_contain_text(ANSWER)

    for first, slug in (("bert", "ravelijn"), ("tarik", "ravelijn"), ("nadia", NEIGHBOUR)):
        other = people.somebody(device)
        sign_in(other, first, slug)
        other.goto("/werk/")
        assert reference not in references(other)
        answer = other.goto(f"/werk/{reference}/")
        assert answer is not None
        assert answer.status == 404, first


def test_the_reporter_writes_chooses_and_stops(people: People) -> None:
    """R-000-02, R-000-04, R-002-22: the reporter stays in control."""
    device = DEVICES[0]
    somebody = people.somebody(device)
    code = tell(somebody, {"happened": STORY, "reader": the_choice(people, "noor")})
    come_back(somebody, code)
    somebody.fill("main textarea", "Ik wil nog iets zeggen.")
    somebody.locator("main form", has=somebody.locator("textarea")).locator("button").last.click()
    expect(somebody.locator("main")).to_contain_text("Ik wil nog iets zeggen.")

    somebody.locator("main a[href*='/who/']").first.click()
    somebody.locator(f"[value='{the_choice(people, 'tarik')}']").check(force=True)
    onward(somebody)
    expect(somebody.locator("main")).to_contain_text("Tarik")

    somebody.locator("main a[href*='/stop/']").first.click()
    onward(somebody)
    counsellor = people.somebody(device)
    sign_in(counsellor, "tarik")
    counsellor.goto(f"/werk/{newest_case(counsellor)}/")
    expect(counsellor.locator("main")).to_contain_text("Ik wil nog iets zeggen.")


def test_a_counsellor_brings_somebody_in_and_lets_them_go(people: People) -> None:
    """R-000-31: access is given and ended with a reason; a note is read by nobody else."""
    somebody = people.somebody(DEVICES[1])
    tell(somebody, {"happened": STORY, "reader": the_choice(people, "noor")})
    noor = people.somebody()
    sign_in(noor, "noor")
    reference = newest_case(noor)
    noor.goto(f"/werk/{reference}/")
    noor.locator("[name=note]").fill("Alleen voor mij.")
    noor.locator("form", has=noor.locator("[name=note]")).locator("button").first.click()

    noor.goto(f"/werk/{reference}/access/")
    noor.locator(f"[value='{the_choice(people, 'tarik')}']").check(force=True)
    noor.locator("[name=why]").fill("Hij kent de groep.")
    onward(noor)

    tarik = people.somebody()
    sign_in(tarik, "tarik")
    tarik.goto(f"/werk/{reference}/")
    expect(tarik.locator("main")).to_contain_text(STORY)
    expect(tarik.locator("main")).not_to_contain_text("Alleen voor mij.")
