"""When something goes wrong: one line for us that tells nothing, one page that helps the visitor.

Django calls the functions here as `handler400` … `handler500` of the URL configuration. Whatever
somebody was typing stands on the page again, so it is not lost; secrets do not.
"""

import errno
import logging
import secrets
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass

from django.core.exceptions import (
    RequestDataTooBig,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.http import HttpRequest, HttpResponse, HttpResponseBase, UnreadablePostError
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import get_script_prefix

from klankbord.kit.pages.logs import LOGGING, what_failed
from klankbord.kit.sessions.desks import Desk, desk_of
from klankbord.kit.throttle import Busy

__all__ = ["LOGGING", "ErrorsMiddleware", "bad_request", "server_error"]

log = logging.getLogger("klankbord.failure")

BUSY, FULL, TOO_LARGE = 503, 507, 413
RETRY_AFTER_SECONDS = 5
TEMPLATES = {
    400: "errors/bad_request.html",
    403: "errors/forbidden.html",
    404: "errors/not_found.html",
    405: "errors/not_allowed.html",
    TOO_LARGE: "errors/too_large.html",
    BUSY: "errors/busy.html",
    FULL: "errors/full.html",
}
SORRY = "errors/sorry.html"
STYLESHEETS = ("klankbord/govuk-frontend.min.css", "klankbord/theme.css")
#: Fields that hold a secret, by the names our forms give them.
SECRET_FIELDS = frozenset({"passphrase", "old", "new", "repeated", "code", "recovery", "secret"})
SECRET_WORDS = ("pass", "code", "secret", "totp", "otp", "recovery")  # whatever else a form says
TOKEN_WORDS = ("token", "csrf")
LONG_TEXT = 20
PIECE = 64 * 2**10
FORGOTTEN = 64 * 2**20  # bytes; whoever sends more finds the line cut
TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
LAST_RESORT = (
    b"<!doctype html><html lang=nl><meta charset=utf-8><title>Sorry</title>"
    b"<h1>Sorry, er ging iets mis</h1><p>Het ligt niet aan jou. Ga een pagina terug en probeer "
    b"opnieuw. Nu in gevaar? Bel 112.</html>"
)


@dataclass(frozen=True, slots=True)
class Typed:
    """Something that was filled in: the field's label, or its name where no label is known."""

    label: str
    text: str


# What Django calls --------------------------------------------------------------------------------


def server_error(request: HttpRequest) -> HttpResponse:
    """handler500: called while the exception is being handled. Writes exactly one line."""
    error = sys.exc_info()[1]
    if isinstance(error, UnreadablePostError):  # the visitor's connection broke; nothing of ours
        return page(request, 400)
    number = secrets.token_hex(4)
    status = status_of(error)
    log.error("%s %s %s", number, status, what_failed(error) if error else "unknown")
    response = page(request, status, number=number)
    if status == BUSY:
        response.headers["Retry-After"] = str(getattr(error, "retry_after", RETRY_AFTER_SECONDS))
    return response


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """handler400; 413 when more was sent than we read."""
    if not isinstance(exception, TOO_MUCH):
        return page(request, 400)
    _read_and_forget(request)
    return page(request, TOO_LARGE)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """handler403."""
    return page(request, 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """handler404."""
    return page(request, 404)


def refused_origin(request: HttpRequest) -> HttpResponse:
    """A form that was not sent from a page of ours."""
    return page(request, 403, template="errors/elsewhere.html")


class ErrorsMiddleware:
    """Puts a page where Django or a view answers with nothing but a number, as with 405."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        bare = isinstance(response, HttpResponse) and not response.content
        if bare and response.status_code in {400, 403, 404, 405, TOO_LARGE}:
            helpful = page(request, response.status_code)
            if response.has_header("Allow"):
                helpful.headers["Allow"] = response.headers["Allow"]
            return helpful
        return response


def _read_and_forget(request: HttpRequest) -> None:
    """What is still on its way: a browser looks at the answer only when all of it was taken."""
    left = FORGOTTEN
    with suppress(OSError):
        while left > 0 and (piece := request.read(PIECE)):
            left -= len(piece)


# Which answer -------------------------------------------------------------------------------------


def status_of(error: BaseException | None) -> int:
    """503 when trying again helps, 507 when the disk is full, else 500."""
    for one in _with_causes(error):
        if isinstance(one, Busy) or getattr(one, "sqlite_errorname", "") == "SQLITE_BUSY":
            return BUSY
        if disk_is_full(one):
            return FULL
    return 500


def disk_is_full(error: BaseException) -> bool:
    """Whether the operating system, SQLite or PostgreSQL says there is no room left."""
    if isinstance(error, OSError) and error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return True
    if getattr(error, "sqlite_errorname", "") == "SQLITE_FULL":
        return True
    if getattr(error, "sqlstate", "") == "53100":  # PostgreSQL's disk_full
        return True
    # Compared only, never kept: the one message of SQLite that has no code on older builds.
    return type(error).__name__ == "OperationalError" and "disk is full" in str(error)


def _with_causes(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__


# The page -----------------------------------------------------------------------------------------


def page(
    request: HttpRequest, status: int, *, template: str = "", number: str = ""
) -> HttpResponse:
    """A page that says what happened and what to do; works when nearly nothing else does."""
    try:
        context = {
            "number": number,
            "kept": kept(request),
            "retry_fields": retry_fields(request),
            "here": request.path,
            "home": get_script_prefix(),
            "telephone": getattr(getattr(request, "organisation", None), "telephone", ""),
            "public": desk_of(request.path_info) is Desk.REPORTER,
            "stylesheets": _stylesheets(),
        }
        text = render_to_string(template or TEMPLATES.get(status, SORRY), context)
    except Exception:
        # Nothing may go wrong in telling that something went wrong.
        return HttpResponse(LAST_RESORT, status=status)
    return HttpResponse(text, status=status)


def kept(request: HttpRequest) -> tuple[Typed, ...]:
    """The longer texts that were typed, to copy or send again; nothing if a secret was among it.

    A view may set `request.field_labels` (field name to label) to have its fields called by name.
    """
    labels = getattr(request, "field_labels", {})
    return tuple(
        Typed(label=str(labels.get(name, name)), text=text)
        for name, text in retry_fields(request)
        if not _is_one_of(TOKEN_WORDS, name) and _is_long(text)
    )


def retry_fields(request: HttpRequest) -> tuple[tuple[str, str], ...]:
    """All that was posted, to post again, form token included; nothing if a secret was among it."""
    fields = tuple(_fields(request))
    if any(_is_secret(name) for name, _ in fields):
        return ()
    return fields


def _fields(request: HttpRequest) -> Iterator[tuple[str, str]]:
    if request.method != "POST":
        return
    try:
        lists = list(request.POST.lists())
    except Exception:
        return  # what was sent cannot be read (any more)
    for name, texts in lists:
        for text in texts:
            yield name, str(text)


def _is_secret(name: str) -> bool:
    return name.lower() in SECRET_FIELDS or _is_one_of(SECRET_WORDS, name)


def _is_one_of(words: tuple[str, ...], name: str) -> bool:
    return any(word in name.lower() for word in words)


def _is_long(text: str) -> bool:
    """Somebody's own words: a choice or an id has no spaces."""
    return len(text) >= LONG_TEXT and len(text.split()) > 1


def _stylesheets() -> tuple[str, ...]:
    try:
        return tuple(static(name) for name in STYLESHEETS)
    except ValueError:
        return ()  # not collected; the page reads well without
