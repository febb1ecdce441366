"""A look at the pages of a case that goes by a procedure: each of them once well and once wrong."""

import re

from playwright.sync_api import Page

from klankbord.kit.clock import today
from klankbord.rules.procedures.reading import procedure_in_force
from tests.journeys.looking import Tour
from tests.journeys.steps import onward, send

CORRECT = re.compile(r"/correct/\d+/")


def number_of(step: str, procedure: str = "youth_contact") -> int:
    """Where a step stands in a procedure: addresses carry the number, never the name."""
    steps = procedure_in_force(procedure, today(), "nl").steps
    return [it.key for it in steps].index(step) + 1


def go_by_its_steps_and_look(tour: Tour, reference: str) -> None:
    """A step taken, left out, given away; consent; facts; who acts; corrected, turned, ended."""
    page, case = tour.page, f"/werk/{reference}/"
    there = tour.prefix + case
    refused(tour, f"{case}step/{number_of('danger')}/")
    end(page, "none")
    page.goto(f"{there}step/{number_of('listen')}/")
    end(page, "behaviour")
    picture = f"{case}step/{number_of('picture')}/"
    refused(tour, picture)  # with the form of a talk
    refused(tour, f"{picture}give/")
    refused(tour, f"{picture}said/")
    page.check("[name=answer][value=no]")
    page.fill("[name=how]", "Aan de telefoon.")
    onward(page)
    estimate_and_look(tour, case)
    page.goto(f"{there}step/{number_of('estimate')}/")
    end(page, "estimated")
    refused(tour, f"{case}step/{number_of('talk_other')}/leave/")
    for path in ("procedure/", "facts/"):
        refused(tour, case + path)
    who_acts(tour, f"{case}acting/")
    page.goto(there)
    tour.look()
    correct = CORRECT.search(page.content())
    assert correct
    refused(tour, case.removesuffix("/") + correct[0])
    page.goto(f"{there}step/{number_of('stop')}/")
    page.locator("main details summary").first.click()
    page.fill("[name=s-reason]", "De melder wil niet verder.")
    end(page, "stops")
    tour.look()  # it came to its end
    refused(tour, f"{case}resume/")
    page.check("[name=step][value=plan]")
    page.fill("[name=reason]", "Er kwam iets bij.")
    onward(page)


def refused(tour: Tour, path: str) -> None:
    """A page, and the same page when its button is pressed too early."""
    page = tour.page
    tour.visit(path)
    folded = page.locator("main details:not([open])").filter(
        has=page.locator("button.govuk-button")
    )
    if folded.count():  # what waits for a yes
        folded.locator("summary").first.click()
    onward(page)
    tour.look()


def end(page: Page, outcome: str) -> None:
    page.check(f"[name=s-outcome][value={outcome}]")
    onward(page)


def estimate_and_look(tour: Tour, case: str) -> None:
    page = tour.page
    tour.visit(f"{case}severity/")
    press(page, "look")
    tour.look()  # what the marks say
    press(page, "decide")
    tour.look()  # what it still lacks
    for danger in page.locator("main [name^=danger-][value=no]").all():
        danger.check()
    for name in {it.get_attribute("name") for it in page.locator("main [name^=mark-]").all()}:
        page.locator(f"main [name='{name}']").first.check()
    page.check("[name=level][value=green]")
    press(page, "decide")
    tour.look()  # how it stands


def press(page: Page, value: str) -> None:
    page.locator(f"main [name=do][value={value}]").click()
    page.wait_for_load_state()


def who_acts(tour: Tour, path: str) -> None:
    page = tour.page
    tour.visit(path)
    for field in ("seat", "whom"):
        send(page, field)
        tour.look()  # nobody chosen
        page.goto(tour.prefix + path)
    page.select_option("[name=whom]", index=1)
    page.select_option("[name=relation]", "in_power_relation")
    send(page, "whom")
    send(page, "why-in")
    tour.look()  # not said how anybody knows
