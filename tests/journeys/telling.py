"""Telling something without a browser: for the journeys that begin after that."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from tests.journeys.steps import PAGES_OF_THE_FORM, PEOPLE
from tests.system import visitor
from tests.system.server import HOUSE
from tests.system.visitor import Visitor

COLLEAGUE = re.compile(r'name="not_readers"[^>]*value="([0-9a-f]{32})"[^>]*><label[^>]*>\s*(\w+)')


def told(origin: str, given: Mapping[str, Any]) -> str:
    """Tell this, with people by their first names; returns the code."""
    people = colleagues(origin)
    values = {
        name: _ids(people, value) if name in PEOPLE else value for name, value in given.items()
    }
    return visitor.tell(Visitor(origin), HOUSE, values)


@cache
def colleagues(origin: str) -> dict[str, str]:
    """The value that stands for each colleague, read from the page that asks who must not read."""
    somebody = Visitor(origin)
    visitor.walk(somebody, HOUSE, {})
    for number in reversed(range(1, PAGES_OF_THE_FORM)):
        found = COLLEAGUE.findall(somebody.get(f"/{HOUSE}/c/{number}/").html)
        if found:
            return {first.lower(): value for value, first in found}
    raise AssertionError("no page asks who must not read")


def _ids(people: Mapping[str, str], value: Any) -> Any:
    return people[value] if isinstance(value, str) else [people[one] for one in value]
