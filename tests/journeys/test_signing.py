"""A complaint without paper: part 1 filled in, read again and signed with the code (P27)."""

import pytest
from playwright.sync_api import Page

from tests.journeys.conftest import A_PHONE, People
from tests.journeys.founding import WELFARE
from tests.journeys.looking import Tour
from tests.journeys.steps import STORY, onward, open_new, references, sign_in
from tests.journeys.steps_pages import end, number_of
from tests.system.visitor import Visitor, tell

pytestmark = pytest.mark.browser


def test_a_reporter_signs_part_1_with_the_code(people: People) -> None:
    """R-004-154, R-004-158: what is signed stands above the signature."""
    amal = people.somebody()
    sign_in(amal, "amal", WELFARE)
    before = references(amal)
    code = tell(Visitor(people.site.origin), WELFARE, {"happened": STORY})
    by_complaint(amal, open_new(amal, before))
    sam = Tour(people.somebody(A_PHONE), "nl")
    case = come_in(sam, code)
    sam.visit(f"{case}s/{number_of('part1', 'complaint')}/")
    sam.page.fill("[name=story]", STORY)
    onward(sam.page)
    sign = f"{case}s/{number_of('sign', 'complaint')}/"
    sam.visit(sign)
    assert STORY in sam.page.locator("main").inner_text()
    sam.page.check("[name=s-outcome][value=signed]")
    onward(sam.page)
    sam.look()  # without the code
    sam.page.fill("[name=code]", code)
    onward(sam.page)
    sam.look()
    assert not sam.page.locator(f"main a[href$='{sign}']").count(), "there is nothing to sign now"
    assert not sam.faults, "\n".join(sam.faults)


def by_complaint(amal: Page, reference: str) -> None:
    """It is about the service, and was said before: then it goes on in writing."""
    case = f"/werk/{reference}/"
    amal.goto(f"{case}procedure/")
    amal.check("[name=procedure][value=complaint]")
    amal.fill("[name=reason]", "Het gaat over onze werking.")
    onward(amal)
    for step, outcome in (("receive", "service"), ("direct_attempt", "official")):
        amal.goto(f"{case}step/{number_of(step, 'complaint')}/")
        end(amal, outcome)


def come_in(sam: Tour, code: str) -> str:
    sam.page.goto(f"/{WELFARE}/m/")
    sam.page.fill("[name=code]", code)
    onward(sam.page)
    return "/" + sam.page.url.partition("://")[2].partition("/")[2]
