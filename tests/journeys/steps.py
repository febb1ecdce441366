"""What people do in a browser, told in few words. Never by a text on a button: those have four
languages, and somebody may still be looking for better ones.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from playwright.sync_api import Page, expect

from tests.system.server import HOUSE, mail_of, passphrase_of

STORY = "Op de laatste avond werd er met een meisje gelachen. Ik stond erbij."
PEOPLE = {"reader", "not_readers", "member", "named"}  # asked with a card for each person
MAIN_BUTTON = "main button[type=submit].govuk-button:not(.govuk-button--secondary)"
PAGES_OF_THE_FORM = 25
REFERENCE = re.compile(r"/werk/([A-Z]+-[0-9A-Z]+)/$")


def pick(page: Page, name: str, people: str | Sequence[str]) -> None:
    """Choose people by their first name, or a choice that is nobody by its value."""
    for one in [people] if isinstance(people, str) else people:
        by_value = page.locator(f"main input[name='{name}'][value='{one}']")
        if by_value.count():
            by_value.check()
            continue
        asked = page.locator("main .govuk-radios__item, main .govuk-checkboxes__item")
        choice = asked.filter(has=page.locator(f"input[name='{name}']"))
        choice.filter(has_text=one.title()).first.locator("input").check()


def fill(page: Page, given: Mapping[str, Any]) -> None:
    """Fill in whatever of this is asked here."""
    for name, value in given.items():
        fields = page.locator(f"main [name='{name}']")
        if fields.count() == 0:
            continue
        if name in PEOPLE:
            pick(page, name, value)
        elif fields.first.get_attribute("type") in {"radio", "checkbox"}:
            for one in [value] if isinstance(value, str) else value:
                page.locator(f"main [name='{name}'][value='{one}']").check()
        else:
            fields.first.fill(value)


def onward(page: Page) -> None:
    """Press the button that leads on."""
    page.locator(MAIN_BUTTON).last.click()
    page.wait_for_load_state()


def send(page: Page, field: str) -> None:
    """Press the button of the form with this field."""
    form = page.locator("main form").filter(has=page.locator(f"[name='{field}']"))
    form.locator("button.govuk-button").last.click()
    page.wait_for_load_state()


def begin(page: Page, *, slug: str = HOUSE, prefix: str = "") -> None:
    """The first question."""
    page.goto(f"{prefix}/{slug}/c/1/")


def next_page(page: Page, given: Mapping[str, Any]) -> None:
    """Answer what is asked here and go on; past the numbers to call, the form goes on."""
    if page.url.endswith("/n/"):
        page.locator("main a.govuk-button[href*='/c/']").last.click()
        return
    fill(page, given)
    onward(page)


def walk_to(page: Page, field: str, given: Mapping[str, Any] | None = None) -> None:
    """On through the form, until this is asked."""
    for _ in range(PAGES_OF_THE_FORM):
        if page.locator(f"main [name='{field}']").count():
            return
        next_page(page, given or {})
    raise AssertionError(f"nothing asks for {field}")


def walk(page: Page, given: Mapping[str, Any], *, slug: str = HOUSE, prefix: str = "") -> None:
    """From the first question to the last check."""
    begin(page, slug=slug, prefix=prefix)
    walk_on(page, given)


def walk_on(page: Page, given: Mapping[str, Any]) -> None:
    """From here to the last check."""
    for _ in range(PAGES_OF_THE_FORM):
        if page.url.endswith("/check/"):
            return
        next_page(page, given)
    raise AssertionError("the form has no end")


def code_on(page: Page) -> str:
    """The code on the receipt."""
    expect(page.locator(".kb-code span")).to_have_count(5)
    code = "".join(page.locator(".kb-code span").all_inner_texts()).replace(" ", "")
    assert re.fullmatch(r"\d{20}", code), code
    return code


def tell(page: Page, given: Mapping[str, Any] | None = None, **where: Any) -> str:
    """Tell something and send it; returns the code."""
    walk(page, given or {"happened": STORY}, **where)
    onward(page)
    return code_on(page)


def come_back(page: Page, code: str, *, slug: str = HOUSE, prefix: str = "") -> None:
    """Type the code, and see one's own page."""
    page.goto(f"{prefix}/{slug}/m/")
    page.fill("[name=code]", code)
    onward(page)
    expect(page.locator("main .kb-thread")).to_be_visible()


def sign_in(
    page: Page, first: str, slug: str = HOUSE, *, passphrase: str = "", code: str = ""
) -> None:
    """Come in as somebody who works there."""
    page.goto("/inloggen/")
    page.fill("[name=mail]", mail_of(first, slug))
    page.fill("[name=passphrase]", passphrase or passphrase_of(first))
    page.fill("[name=code]", code)
    onward(page)


def references(page: Page) -> list[str]:
    """Every reference in the inbox, on all its pages."""
    found: list[str] = []
    address: str | None = "/werk/"
    while address:
        page.goto(address)
        links = [str(it.get_attribute("href")) for it in page.locator("main a").all()]
        found += [match[1] for it in links if (match := REFERENCE.search(it))]
        further = page.locator("main a[href*='after=']")
        address = further.get_attribute("href") if further.count() else None
    return found


def open_new(page: Page, before: Collection[str]) -> str:
    """Open the case that was not in the inbox before; returns its reference."""
    (reference,) = set(references(page)) - set(before)
    page.goto(f"/werk/{reference}/")
    return reference


def write_down(
    page: Page, given: Mapping[str, Any], *, slug: str = HOUSE, prefix: str = ""
) -> None:
    """As somebody who is signed in: fill in what was told, up to the page that shows it all."""
    page.goto(f"{prefix}/werk/new/{slug}/")
    fill(page, given)
    onward(page)
    expect(page).to_have_url(re.compile(r"/check/$"))
