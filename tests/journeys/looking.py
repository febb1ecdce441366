"""A tour along pages: what axe finds on each, whether it is wider than the screen, and which of all
our addresses were seen.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from django.urls import Resolver404, resolve
from playwright.sync_api import Page

from tests.journeys.conftest import DESKTOP, PHONE

AXE = Axe()
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

ALL: dict[str, Any] = {
    "runOnly": RULES, "resultTypes": ["violations"], "iframes": False, "preload": False,
}  # fmt: skip
# Which screens a page is looked at on, and what axe looks for there; nothing: only the width.
# In Dutch on a phone in every state it can be in, with its colours, that are the same in every
# language; all the rest once for each page.
COLOURS = {**ALL, "runOnly": ["color-contrast", "target-size"]}
NO_COLOURS = {**ALL, "rules": {"color-contrast": {"enabled": False}}}
LOOKS: dict[str, list[tuple[Mapping[str, int], Mapping[str, Any] | None]]] = {
    "nl": [(PHONE, ALL), (DESKTOP, COLOURS)],
    "fr": [(PHONE, None), (DESKTOP, NO_COLOURS)],
    "en": [(PHONE, NO_COLOURS)],
    "de": [(PHONE, NO_COLOURS)],
}
RUN = """options => axe.run(document, options).then(found => found.violations.flatMap(
    fault => fault.nodes.slice(0, 2).map(node => fault.id + ": " + node.html.slice(0, 160))))"""


@dataclass(slots=True)
class Tour:
    """Somebody who looks at pages in one language, and remembers what is wrong with them.

    What has an address to visit, they look at in the languages of `also` too, the others first.
    """

    page: Page
    language: str
    also: Sequence[str] = ()
    faults: list[str] = field(default_factory=list)
    looked: set[tuple[str, str]] = field(default_factory=set)

    @property
    def prefix(self) -> str:
        return prefix_of(self.language)

    @property
    def seen(self) -> set[str]:
        return {name for language, name in self.looked if language == self.language}

    def visit(self, path: str, *, status: int = 200) -> None:
        """Go there, and look."""
        for language in (*self.also, self.language):
            answer = self.page.goto(prefix_of(language) + path)
            assert answer is not None
            assert answer.status == status, (path, answer.status)
            self._look(language)

    def look(self) -> None:
        """Look at the page as it stands."""
        self._look(self.language)

    def _look(self, language: str) -> None:
        self.page.wait_for_load_state()
        where = self.page.url
        first = (language, name_of(where)) not in self.looked
        self.looked.add((language, name_of(where)))
        if self.page.locator("html").get_attribute("lang") != language:
            self.faults.append(f"{where}: not in {language}")
        if first or language == "nl":
            self.page.evaluate(AXE.axe_script)
        for size, options in LOOKS[language]:
            self.page.set_viewport_size(size)  # type: ignore[arg-type]
            found = faults(self.page, options if first or options is ALL else None)
            self.faults += [f"{where} at {size['width']}: {it}" for it in found]


def prefix_of(language: str) -> str:
    """What an address begins with in a language."""
    return "" if language == "nl" else f"/{language}"


def faults(page: Page, options: Mapping[str, Any] | None = ALL) -> list[str]:
    """What axe finds on a page, and whether it is wider than the screen."""
    page.evaluate("window.scrollTo(0, 0)")  # half under the sticky header a link looks too small
    found: list[str] = page.evaluate(RUN, options) if options else []
    return [*found, *(["wider than the screen"] if is_wide(page) else [])]


def is_wide(page: Page) -> bool:
    """Whether one has to scroll sideways; not while it is still laid out for another screen."""
    page.wait_for_load_state()
    wide = "document.documentElement.scrollWidth > window.innerWidth"
    if not page.evaluate(wide):
        return False
    page.wait_for_timeout(300)
    return bool(page.evaluate(wide))


def name_of(address: str) -> str:
    """The name of the address in our table of addresses; nothing if there is none."""
    path = re.sub(r"^/(fr|en|de)(?=/|$)", "", urlsplit(address).path)
    try:
        return resolve(path).view_name
    except Resolver404:
        return ""
