"""The language stands in the path, so no cookie is needed: `/fr/…`, `/en/…`, `/de/…`, else Dutch.

The prefix is taken off before anything else looks at the path: there is one set of URL patterns,
and `{% url %}` puts the prefix of the present page back. Nothing else decides the language, so two
people who are sent the same address see the same page.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.urls import get_script_prefix, set_script_prefix
from django.utils import translation
from django.utils.encoding import escape_uri_path

PREFIXED = ("fr", "en", "de")
UNPREFIXED = "nl"
_PREFIX = re.compile(rf"/({'|'.join(PREFIXED)})(?=/|\Z)")  # `/de-brug/` is an organisation


@dataclass(frozen=True, slots=True)
class SamePage:
    """The present page in one language: `code`, the language's own `name`, and its path."""

    code: str
    name: str
    path: str
    current: bool


def split_path(path_info: str) -> tuple[str, str]:
    """Language code and the path without it: `/fr/x/` gives `fr`, `/x/`."""
    match = _PREFIX.match(path_info)
    if match is None:
        return UNPREFIXED, path_info
    return match[1], path_info[match.end() :] or "/"


def path_in(code: str, path_info: str, *, script: str = "") -> str:
    """The path to write in a link, the reverse of `split_path`; `script` is our mount point."""
    prefix = "" if code == UNPREFIXED else f"/{code}"
    return escape_uri_path(f"{script}{prefix}{path_info}")


def same_page(request: HttpRequest) -> tuple[SamePage, ...]:
    """The present page in every language, without its query: what was asked stays unsaid."""
    script = request.META.get("SCRIPT_NAME", "")
    return tuple(
        SamePage(
            code=code,
            name=name,
            path=path_in(code, request.path_info, script=script),
            current=code == request.LANGUAGE_CODE,
        )
        for code, name in settings.LANGUAGES
    )


class LanguageMiddleware:
    """Takes the language off `path_info`; sets `request.LANGUAGE_CODE` and `Content-Language`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        code, request.path_info = split_path(request.path_info)
        request.LANGUAGE_CODE = code
        with translation.override(code), links_in(code, request.META.get("SCRIPT_NAME", "")):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", code)
        return response


@contextmanager
def links_in(code: str, script: str = "") -> Iterator[None]:
    """Let `reverse` and `{% url %}` lead to pages in this language."""
    before = get_script_prefix()
    set_script_prefix(path_in(code, "/", script=script))
    try:
        yield
    finally:
        set_script_prefix(before)
