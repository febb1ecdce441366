"""Somebody comes back with a code."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import Resolver404, get_script_prefix, resolve, reverse
from django.views.decorators.http import require_http_methods

from klankbord.handling.channel import (
    CaseLine,
    CodeUnknown,
    Seat,
    cases_of,
    enter,
    keep_seat,
    seat_in,
)
from klankbord.intake.start_codes import settle, starts_in
from klankbord.kit.clock import now
from klankbord.kit.throttle import Busy
from klankbord.rules.codes import CodeMistyped
from klankbord.web.access import PUBLIC, Kept, PublicRequest, ReporterRequest, allow, kept_in
from klankbord.web.public.pages import profile, sent_token, show, show_busy
from klankbord.web.public.unfinished import asked_first, erase
from klankbord.web.public.views import own_step
from klankbord.web.public.views.channel import show_case
from klankbord.web.public.views.own_code import begin_own_code

PAGE = "public/code.html"
SEE_OTHER = 303


@require_http_methods(["GET", "HEAD", "POST"])
@allow(PUBLIC)
def code(request: PublicRequest) -> HttpResponse:
    """Ask for the code; with an open channel, show what it opens."""
    if not profile(request.organisation).reports_from_public:  # P11
        raise Http404
    kept = kept_in(request)
    if request.method == "POST" and "code" in request.POST:
        asked = asked_first(request)
        return asked or _typed(request, request.POST["code"], kept)
    if kept is not None:
        return show(request, PAGE, {"kept": kept})
    seat = seat_in(request.session, request.organisation)
    if seat is None:
        return show(request, PAGE, {})
    return _inside(request, seat)


def _typed(request: PublicRequest, typed: str, kept: Kept | None) -> HttpResponse:
    if sent_token(request) is None:
        return show(request, PAGE, {"kept": kept, "typed": typed, "stale": True})
    try:
        seat = enter(request.organisation, typed)
    except CodeMistyped:
        return show(request, PAGE, {"kept": kept, "typed": typed, "mistyped": True})
    except CodeUnknown:
        return show(request, PAGE, {"kept": kept, "unknown": True})
    except Busy as busy:
        return show_busy(request, PAGE, {"kept": kept, "typed": typed}, busy)
    erase(request)
    if starts_in(request.organisation, seat):
        return begin_own_code(request, seat)
    settle(request.organisation, seat, at=now())
    keep_seat(request.session, seat)
    if kept is not None:
        return _with_what_was_typed(request, seat, kept)
    return _inside(request, seat)


def _inside(request: PublicRequest, seat: Seat) -> HttpResponse:
    lines = cases_of(seat)
    if len(lines) != 1:
        return show(request, "public/cases.html", {"cases": lines})
    answer = HttpResponseRedirect(_address(request, lines[0]))
    answer.status_code = SEE_OTHER
    return answer


def _address(request: PublicRequest, line: CaseLine) -> str:
    return reverse("public:case", args=[request.organisation.slug, line.id])


def _with_what_was_typed(request: PublicRequest, seat: Seat, kept: Kept) -> HttpResponse:
    """The case with the message still in its box: sending it again is one click."""
    asked = _as_reporter(request, seat)
    case_id, number = _case_in(kept)
    if case_id not in {line.id for line in cases_of(seat)}:
        return _inside(request, seat)
    if number is not None:
        return own_step.again(asked, case_id, number, _posted(kept))
    return show_case(asked, case_id, text=kept.text, back_again=True)


def _posted(kept: Kept) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in kept.fields:
        found.setdefault(name, []).append(value)
    return found


def _as_reporter(request: HttpRequest, seat: Seat) -> ReporterRequest:
    request.seat = seat  # type: ignore[attr-defined]
    return request  # type: ignore[return-value]


def _case_in(kept: Kept) -> tuple[UUID | None, int | None]:
    """The case that something was sent to, and the place of the step if it was one."""
    try:
        match = resolve("/" + kept.path.removeprefix(get_script_prefix()))
    except Resolver404:
        return None, None
    found = match.kwargs.get("case_id")
    number = match.kwargs.get("number") if match.view_name.endswith("own_step") else None
    return (found if isinstance(found, UUID) else None), number
