"""The first use of a start code: a code of one's own, that nobody else has seen (vault 2.2)."""

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from klankbord.handling.channel import CodeUnknown, Seat, cases_of, enter, keep_seat, seat_in
from klankbord.intake.services import forget_receipt, receipt_of
from klankbord.intake.start_codes import (
    AlreadyReceived,
    NotYours,
    TroubleInCase,
    renew,
    settle,
    starts_in,
)
from klankbord.kit.clock import now
from klankbord.kit.throttle import Busy
from klankbord.web.access import PUBLIC, PublicRequest, allow
from klankbord.web.components.code_card import card_of
from klankbord.web.public.pages import language, sent_token, show, show_busy

START = "start"  # a session in which somebody typed a start code: it opens no channel
KEPT = "receipt"  # the name under which leaving the website finds it too
PAGE = "public/own_code.html"
CARD = "public/own_code_card.html"
SEE_OTHER = 303


def begin_own_code(request: PublicRequest, seat: Seat) -> HttpResponse:
    """Somebody typed a start code: keep it for the next page, where it is explained."""
    keep_seat(request.session, seat, START)
    return _to(request, "own_code")


@require_http_methods(["GET", "HEAD", "POST"])
@allow(PUBLIC)
def own_code(request: PublicRequest) -> HttpResponse:
    """What a start code is, and the button that makes a code of one's own."""
    seat = seat_in(request.session, request.organisation, START)
    if seat is None:
        return _without_start_code(request)
    if request.method == "POST":
        return _made(request, seat)
    kept = request.session.get(KEPT)
    receipt = receipt_of(bytes.fromhex(kept), at=now()) if kept else None
    return _card(request, receipt.code) if receipt else show(request, PAGE, {})


@require_POST
@allow(PUBLIC)
def own_code_written(request: PublicRequest) -> HttpResponse:
    """The new code was written down: it is in use, and the start code opens nothing any more."""
    kept = request.session.get(KEPT)
    receipt = receipt_of(bytes.fromhex(kept), at=now()) if kept else None
    if not kept or not receipt or not seat_in(request.session, request.organisation, START):
        return _without_start_code(request)
    try:
        seat = enter(request.organisation, receipt.code)
    except Busy as busy:
        return show_busy(request, CARD, card_of(request, request.organisation, receipt.code), busy)
    except CodeUnknown:  # another renewal was in use first: whoever wrote this one down must know
        return show(request, "public/code.html", {"overtaken": True})
    settle(request.organisation, seat, at=now())
    forget_receipt(bytes.fromhex(kept))
    keep_seat(request.session, seat)
    return _to(request, "case", cases_of(seat)[0].id)


def _without_start_code(request: PublicRequest) -> HttpResponse:
    """Whoever is in already goes to their own page, and everybody else types a code."""
    seat = seat_in(request.session, request.organisation)
    lines = cases_of(seat) if seat else ()
    return _to(request, "case", lines[0].id) if lines else _to(request, "code")


def _made(request: PublicRequest, seat: Seat) -> HttpResponse:
    token = sent_token(request)
    if token is None:
        return show(request, PAGE, {"stale": True})
    line = starts_in(request.organisation, seat)
    if line is None:
        return _to(request, "code")
    try:
        receipt = renew(
            request.organisation, seat, line, token=token, at=now(), language=language()
        )
    except AlreadyReceived:
        return show(request, PAGE, {"stale": True})
    except (TroubleInCase, NotYours):
        return show(request, PAGE, {"not_now": True})
    except Busy as busy:
        return show_busy(request, PAGE, {}, busy)
    request.session[KEPT] = token.hex()
    return _card(request, receipt.code)


def _card(request: PublicRequest, code: str) -> HttpResponse:
    return show(request, CARD, card_of(request, request.organisation, code))


def _to(request: PublicRequest, name: str, *more: object) -> HttpResponse:
    answer = HttpResponseRedirect(
        reverse(f"public:{name}", args=[request.organisation.slug, *more])
    )
    answer.status_code = SEE_OTHER
    return answer
