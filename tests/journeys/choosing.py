"""Who is who on the page where one chooses: read from that page, as a person would."""

import re
from functools import cache

from tests.system.server import Server
from tests.system.visitor import Visitor, walk


def membership_of(site: Server, name: str) -> str:
    """The value that stands for a person of Ravelijn on the page about readers."""
    return _choices(site.origin)[name]


@cache
def _choices(origin: str) -> dict[str, str]:
    visitor = Visitor(origin)
    walk(visitor, "ravelijn", {})
    page = visitor.get("/ravelijn/c/10/")
    found = re.findall(
        r'name="reader"[^>]*?value="([0-9a-f-]{32,36})".*?<b>(\w+)', page.html, re.DOTALL
    )
    return {first.lower(): value for value, first in found}
