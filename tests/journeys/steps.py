"""What people do in a browser, told in few words."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from playwright.sync_api import Locator, Page

from tests.system.server import HOUSE, mail_of, passphrase_of

STORY = "Op de laatste avond werd er met een meisje gelachen. Ik stond erbij."


def form_of(page: Page) -> Locator:
    """The form that goes on to the next question."""
    return page.locator("main form", has=page.locator("[name=form]")).last


def fill(page: Page, given: Mapping[str, Any]) -> None:
    """Fill in whatever of this is asked here."""
    for name, value in given.items():
        fields = page.locator(f"main [name='{name}']")
        if fields.count() == 0:
            continue
        if fields.first.get_attribute("type") in {"radio", "checkbox"}:
            for one in [value] if isinstance(value, str) else value:
                page.locator(f"main [name='{name}'][value='{one}']").check(force=True)
        else:
            fields.first.fill(value)


def onward(page: Page) -> None:
    """Press the button that leads on."""
    page.locator("main button[type=submit].govuk-button:not(.govuk-button--secondary)").last.click()


def walk(page: Page, given: Mapping[str, Any], *, slug: str = HOUSE, prefix: str = "") -> None:
    """From the first question to the last check."""
    page.goto(f"{prefix}/{slug}/c/1/")
    for _ in range(25):
        if page.url.endswith("/check/"):
            return
        if page.url.endswith("/n/"):
            page.locator("main a.govuk-button[href*='/c/']").last.click()
            continue
        fill(page, given)
        onward(page)
    raise AssertionError("the form has no end")


def code_on(page: Page) -> str:
    """The code on the receipt."""
    groups = page.locator(".kb-code span").all_inner_texts()
    code = "".join(groups).replace(" ", "")
    assert re.fullmatch(r"\d{20}", code), groups
    return code


def tell(page: Page, given: Mapping[str, Any] | None = None, **where: Any) -> str:
    """Tell something and send it; returns the code."""
    walk(page, given or {"happened": STORY}, **where)
    onward(page)
    return code_on(page)


def come_back(page: Page, code: str, *, slug: str = HOUSE) -> None:
    """Type the code."""
    page.goto(f"/{slug}/m/")
    page.fill("[name=code]", code)
    onward(page)


def sign_in(page: Page, first: str, slug: str = HOUSE) -> None:
    """Come in as somebody who works there."""
    page.goto("/inloggen/")
    page.fill("[name=mail]", mail_of(first, slug))
    page.fill("[name=passphrase]", passphrase_of(first))
    onward(page)


def newest_case(page: Page) -> str:
    """The reference of the first case in the inbox."""
    link = page.locator("main a[href*='/werk/'][href*='-']").first
    return str(link.get_attribute("href")).rstrip("/").rpartition("/")[2]


def references(page: Page) -> Sequence[str]:
    """Every reference in the inbox."""
    links = page.locator("main a[href*='/werk/'][href*='-']").all()
    return [str(it.get_attribute("href")).rstrip("/").rpartition("/")[2] for it in links]
