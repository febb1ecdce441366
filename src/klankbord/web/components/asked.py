"""What was typed in a form of a desk, and what must be looked at again.

Shared by the desks of those who work with the system.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from klankbord.kit.sessions.store import SessionStore
from klankbord.kit.throttle import RETRY_AFTER_SECONDS

SAID = "said"
KEPT = "kept"  # what was typed in a session that ended, and where
UNPROCESSABLE = 422
BUSY = 503

Errors = dict[str, str]


def session_of(request: HttpRequest) -> SessionStore:
    """The sealed session of this desk; Django's types know only its own kind."""
    return cast(SessionStore, request.session)


def line(request: HttpRequest, name: str) -> str:
    """One posted line, without the spaces around it and without NUL, which no table takes."""
    return request.POST.get(name, "").replace("\0", "").strip()


def text(request: HttpRequest, name: str) -> str:
    """A posted text, with one kind of line end, and without NUL and spaces around it."""
    return request.POST.get(name, "").replace("\0", "").replace("\r\n", "\n").strip()


def again(
    request: HttpRequest, template: str, page: Mapping[str, Any], errors: Errors
) -> HttpResponse:
    """The same page; what is wrong stands above it and at the field of that name."""
    return render(request, template, {**page, "errors": errors}, status=UNPROCESSABLE)


def busy(request: HttpRequest, template: str, page: Mapping[str, Any]) -> HttpResponse:
    """The same page, when too many passphrases are being checked at the same moment."""
    said = gettext("It is very busy just now. Wait a moment and try again.")
    answer = render(request, template, {**page, "errors": {"": said}}, status=BUSY)
    answer["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return answer


def say(request: HttpRequest, word: str) -> None:
    """Something was done: the next page says it, once (`workbench/_said.html`)."""
    request.session[SAID] = word


def said(request: HttpRequest) -> str:
    """The word of what was just done, once."""
    return str(request.session.pop(SAID, ""))


def taken_up(request: HttpRequest, *paths: str) -> dict[str, str]:
    """What was typed for one of these addresses in a session that ended; it is given once."""
    return {name: values[-1] for name, values in all_taken_up(request, *paths).items()}


def all_taken_up(request: HttpRequest, *paths: str) -> dict[str, list[str]]:
    """The same, for a form in which a name may stand more than once."""
    kept = request.session.get(KEPT)
    if not kept or kept["path"] not in paths:
        return {}
    del request.session[KEPT]
    found: dict[str, list[str]] = {}
    for name, value in kept["fields"]:
        found.setdefault(str(name), []).append(str(value))
    return found
