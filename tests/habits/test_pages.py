"""What holds for every page."""

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

WRITES = {
    "save", "create", "update", "delete", "bulk_create", "bulk_update", "get_or_create",
    "update_or_create", "select_for_update", "execute",
}  # fmt: skip
WEB = Path("src/klankbord/web")
INLINE = re.compile(r"\sstyle=|\son[a-z]+=\"|<style\b|<script(?![^>]*\ssrc=)|javascript:", re.I)
THIRD_PARTY = re.compile(r"(?:\ssrc|\saction|<link[^>]*\shref)=\"(?:https?:)?//", re.I)


def pages(patterns: list[URLPattern | URLResolver]) -> Iterator[Any]:
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield pytest.param(pattern.callback, id=str(pattern.pattern) or "(root)")
        else:
            yield from pages(pattern.url_patterns)


def views() -> list[Path]:
    return sorted(path for path in WEB.rglob("*.py") if "views" in path.as_posix())


def written_in(path: Path) -> set[str]:
    """Names of writing methods that this file calls on something it queried.

    `.update(…)` and the like on a plain dictionary are nobody's business, so only calls whose
    receiver speaks of `objects`, or that no dictionary has, are counted.
    """
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            called, receiver = node.func.attr, ast.unparse(node.func.value)
            if called in WRITES and (called != "update" or ".objects" in receiver):
                found.add(f"{receiver}.{called}")
    return {call for call in found if not call.startswith("request.session.")}


@pytest.mark.parametrize("view", list(pages(get_resolver().url_patterns)))
def test_every_page_says_who_may_open_it(view: Callable[..., Any]) -> None:
    assert getattr(view, "allowed", None), f"{view.__module__}.{view.__name__} has no @allow"


@pytest.mark.parametrize("path", views(), ids=str)
def test_pages_leave_writing_to_the_services(path: Path) -> None:
    assert not written_in(path)


@pytest.mark.parametrize("template", sorted(WEB.rglob("templates/**/*.html")), ids=str)
def test_no_page_has_inline_style_or_script_or_asks_another_site(template: Path) -> None:
    text = template.read_text()
    assert not INLINE.search(text), INLINE.search(text)
    assert not THIRD_PARTY.search(text), THIRD_PARTY.search(text)
