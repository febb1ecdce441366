"""Who may open a page. Every view says so with `@allow(...)`; a habit test finds who forgot.

- `PUBLIC`         anybody, without an account or a cookie
- `REPORTER`       somebody who typed a code of this organisation (session kind `channel`)
- `MEMBER`         somebody who is signed in
- `READER`, `OVERSEER`, `ADMINISTRATOR`   a member with a role of that kind somewhere

Whoever has to sign in first is sent to the page where that happens. When they were just sending
something, that page comes in the answer itself, with what they typed still in it (`Kept`): a
session that ended while somebody was writing never costs them their words. A member without the
role gets the same 404 as somebody who made the address up.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import wraps
from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import get_script_prefix, resolve, reverse

from klankbord.handling.channel import Seat, seat_in
from klankbord.kit.clock import today
from klankbord.organisations.models import Organisation
from klankbord.organisations.queries import named
from klankbord.organisations.services import Member, member_in


class Who(StrEnum):
    """The kinds of people that a page can be for."""

    PUBLIC = "public"
    REPORTER = "reporter"
    MEMBER = "member"
    READER = "reader"
    OVERSEER = "overseer"
    ADMINISTRATOR = "administrator"


PUBLIC = Who.PUBLIC
REPORTER = Who.REPORTER
MEMBER = Who.MEMBER
READER = Who.READER
OVERSEER = Who.OVERSEER
ADMINISTRATOR = Who.ADMINISTRATOR

TOKEN_FIELD = "form"  # noqa: S105 - the name of the field with the form token
KEPT_PREFIX = "kept-"
KEPT_PATH = "kept-path"


@dataclass(frozen=True, slots=True)
class Kept:
    """What somebody sent when their session had already ended: where to, and which fields."""

    path: str
    fields: tuple[tuple[str, str], ...] = field(repr=False)

    @property
    def text(self) -> str:
        """The words that were typed in the field `text`, or nothing."""
        return next((value for name, value in reversed(self.fields) if name == "text"), "")

    def hidden(self) -> tuple[tuple[str, str], ...]:
        """The hidden fields that carry this through the page that asks to sign in."""
        return (
            (KEPT_PATH, self.path),
            *((f"{KEPT_PREFIX}{name}", value) for name, value in self.fields),
        )


class PublicRequest(HttpRequest):
    """A request of the public desk, within one organisation.

    `field_labels` lets a page about an error call what was typed by its question.
    """

    organisation: Organisation
    field_labels: Mapping[str, str]


class ReporterRequest(PublicRequest):
    """A request of somebody who typed a code."""

    seat: Seat


class MemberRequest(HttpRequest):
    """A request of somebody who works with the system."""

    member: Member


class AdministratorRequest(MemberRequest, PublicRequest):
    """A request of an administrator about one organisation."""


View = Callable[..., HttpResponseBase]


def allow(who: Who) -> Callable[[View], View]:
    """Only lets these people in.

    A view under `<slug:slug>` finds the organisation in `request.organisation` and does not get the
    slug itself. `REPORTER` adds `request.seat`, the kinds of members add `request.member`.
    """

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, **address: Any) -> HttpResponseBase:
            slug = address.pop("slug", None)
            if slug is not None:
                cast(PublicRequest, request).organisation = _organisation(slug)
            refused = _CHECKS[who](request)
            return refused if refused is not None else view(request, **address)

        guarded.allowed = who  # type: ignore[attr-defined]
        # No cookie, so no session token: these pages are guarded by the form token and the origin.
        guarded.csrf_exempt = who in {PUBLIC, REPORTER}  # type: ignore[attr-defined]
        return guarded

    return guard


def kept_in(request: HttpRequest) -> Kept | None:
    """What was sent too late: by this request, or carried along by the page that signs in."""
    kept = getattr(request, "kept", None)
    if isinstance(kept, Kept):
        return kept
    path = request.POST.get(KEPT_PATH, "")
    if not path:
        return None
    return Kept(
        path,
        tuple(
            (name.removeprefix(KEPT_PREFIX), value)
            for name, values in request.POST.lists()
            if name.startswith(KEPT_PREFIX) and name != KEPT_PATH
            for value in values
        ),
    )


def looks_after(request: AdministratorRequest) -> bool:
    """Whether the organisation in the address is one that this person looks after."""
    mine = {line.organisation for line in request.member.administers}
    return request.organisation.id in mine


def _organisation(slug: str) -> Organisation:
    organisation = named(slug)
    if organisation is None:
        raise Http404
    return organisation


def _anybody(_request: HttpRequest) -> None:
    return None


def _reporter(request: HttpRequest) -> HttpResponseBase | None:
    asked = cast(ReporterRequest, request)
    seat = seat_in(asked.session, asked.organisation)
    if seat is None:
        return _sign_in_first(request, reverse("public:code", args=[asked.organisation.slug]))
    asked.seat = seat
    return None


def _member(request: HttpRequest) -> HttpResponseBase | None:
    member = member_in(request.session, on=today())
    if member is None:
        return _sign_in_first(request, reverse("workbench:sign_in"))
    cast(MemberRequest, request).member = member
    return None


def _member_who(kind: str) -> Callable[[HttpRequest], HttpResponseBase | None]:
    def check(request: HttpRequest) -> HttpResponseBase | None:
        refused = _member(request)
        if refused is None and not getattr(cast(MemberRequest, request).member, kind):
            raise Http404
        return refused

    return check


def _sign_in_first(request: HttpRequest, page: str) -> HttpResponseBase:
    if request.method != "POST":
        answer: HttpResponse = HttpResponseRedirect(page)
        answer.status_code = 303
        return answer
    request.kept = Kept(  # type: ignore[attr-defined]
        request.path,
        tuple(
            (name, value)
            for name, values in request.POST.lists()
            if name not in {TOKEN_FIELD, "csrfmiddlewaretoken"}
            for value in values
        ),
    )
    # The language's prefix is the script prefix: addresses are resolved without it.
    match = resolve("/" + page.removeprefix(get_script_prefix()))
    return cast(HttpResponseBase, match.func(request, *match.args, **match.kwargs))


_CHECKS: dict[Who, Callable[[HttpRequest], HttpResponseBase | None]] = {
    PUBLIC: _anybody,
    REPORTER: _reporter,
    MEMBER: _member,
    READER: _member_who("reads"),
    OVERSEER: _member_who("oversees"),
    ADMINISTRATOR: _member_who("administers"),
}
