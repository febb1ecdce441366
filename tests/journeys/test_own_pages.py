"""A volunteer furnishes an organisation without help (P12): texts in two languages, a category, a
colour that is first refused, days off; looks, publishes, sees it in public, and takes it back.
"""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import A_PHONE, DESKTOP_WITHOUT_SCRIPT, People
from tests.journeys.steps import begin, onward, sign_in, walk_to
from tests.system.server import HOUSE

pytestmark = pytest.mark.browser
PAGES = f"/beheer/{HOUSE}/paginas/"
DUTCH, FRENCH = "Wil je iets kwijt?", "Tu veux en parler ?"
KIND, EXAMPLE = "Ontgroening", "Je moest iets doen wat je niet wou."
READABLE, PALE = "rgb(90, 44, 160)", "#ffd34d"


def open_screen(page: Page, path: str) -> None:
    """By the links that stand on the overview, as somebody does who knows no addresses."""
    page.goto("/beheer/")
    page.locator(f"main a.kb-go[href$='{PAGES}']").click()
    page.locator(f"main a.kb-go[href*='{path}']").click()


def save(page: Page) -> None:
    page.locator("main form button.govuk-button:not(.govuk-button--secondary)").first.click()
    page.wait_for_load_state()


def publish(page: Page) -> None:
    page.goto(PAGES)
    page.locator("main .kb-card--do a.govuk-button").click()
    onward(page)
    expect(page.locator("main [role=status]")).to_be_visible()


def write_texts(bert: Page) -> None:
    for language, text in (("nl", DUTCH), ("fr", FRENCH)):
        open_screen(bert, "tekst")
        bert.locator(f".kb-tabs a[href*='tekst/{language}']").click()
        bert.fill("[name=hero]", text)
        save(bert)
        expect(bert.locator("main [role=status]")).to_be_visible()
        expect(bert.locator("[name=hero]")).to_have_value(text)


def add_a_category(bert: Page) -> None:
    open_screen(bert, "onderwerpen")
    bert.locator("[name=do][value=add]").click()
    bert.locator("[name^=label-own]").fill(KIND)
    save(bert)
    expect(bert.locator(".govuk-error-summary")).to_be_visible()  # an example is missing
    expect(bert.locator("[name^=label-own]")).to_have_value(KIND)
    bert.locator("[name^=example-own]").fill(EXAMPLE)
    save(bert)
    expect(bert.locator(".govuk-error-summary")).to_have_count(0)


def choose_a_colour(bert: Page) -> None:
    open_screen(bert, "kleuren")
    bert.fill("[name=brand]", PALE)
    save(bert)
    expect(bert.locator(".govuk-error-summary")).to_be_visible()  # cannot be read
    expect(bert.locator("main form [name=brand][type=color]")).to_have_value(PALE)
    bert.fill("main form [name=brand][type=color]", "#5a2ca0")
    save(bert)
    expect(bert.locator(".govuk-error-summary")).to_have_count(0)


def add_days_off(bert: Page) -> None:
    open_screen(bert, "dagen")
    bert.fill("[name=first]", "2027-08-02")
    bert.fill("[name=last]", "2027-08-13")
    bert.locator("[name=add]").click()
    expect(bert.locator("[name=out]")).to_have_count(1)


def colour_of_the_button(page: Page) -> str:
    found: str = page.locator("main a.govuk-button").first.evaluate(
        "it => getComputedStyle(it).backgroundColor"
    )
    return found


def test_a_volunteer_furnishes_the_organisation_without_help(people: People) -> None:
    """P12, R-000-15, R-000-41, R-001-40"""
    bert, visitor = people.somebody(DESKTOP_WITHOUT_SCRIPT), people.somebody(A_PHONE)
    visitor.goto(f"/{HOUSE}/")
    ours, old_colour = visitor.locator("h1").inner_text(), colour_of_the_button(visitor)
    sign_in(bert, "bert")
    write_texts(bert)
    add_a_category(bert)
    choose_a_colour(bert)
    add_days_off(bert)
    look_before_it_is_public(bert, visitor, ours)
    publish(bert)
    see_it_in_public(visitor, old_colour)
    take_it_back(bert, visitor, ours)


def look_before_it_is_public(bert: Page, visitor: Page, ours: str) -> None:
    bert.goto(PAGES)
    bert.locator("main .kb-card--do a[href*=voorbeeld]").click()
    expect(bert.locator("h1")).to_have_text(DUTCH)
    assert colour_of_the_button(bert) == READABLE
    bert.locator(".kb-bar ~ .kb-nav a[hreflang=fr], .kb-nav a[hreflang=fr]").first.click()
    expect(bert.locator("h1")).to_have_text(FRENCH)
    bert.locator("main a[href*='voorbeeld/kinds']").click()
    expect(bert.locator("main")).to_contain_text(EXAMPLE)
    visitor.goto(f"/{HOUSE}/")
    expect(visitor.locator("h1")).to_have_text(ours)


def see_it_in_public(visitor: Page, old_colour: str) -> None:
    visitor.goto(f"/{HOUSE}/")
    expect(visitor.locator("h1")).to_have_text(DUTCH)
    assert colour_of_the_button(visitor) == READABLE != old_colour
    visitor.goto(f"/fr/{HOUSE}/")
    expect(visitor.locator("h1")).to_have_text(FRENCH)
    begin(visitor)
    walk_to(visitor, "kind", {"danger": "no"})
    expect(visitor.locator("main")).to_contain_text(KIND)


def take_it_back(bert: Page, visitor: Page, ours: str) -> None:
    """Every part as it was at the start: the last of each in the history."""
    bert.goto(f"{PAGES}eerder/")
    addresses = [str(it.get_attribute("href")) for it in bert.locator("main a.kb-go").all()]
    for address in addresses:
        bert.goto(address)
        if bert.locator("main form").count():
            onward(bert)
    visitor.goto(f"/{HOUSE}/")
    expect(visitor.locator("h1")).to_have_text(ours)
