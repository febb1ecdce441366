"""Say that a consent was not given, or not any more."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_http_methods

from klankbord.handling.channel import NotYours, TextTooLong, TroubleInCase
from klankbord.handling.happening import NoProcedure, StepRefused
from klankbord.handling.own_page import own_page
from klankbord.handling.own_words import take_consent_back
from klankbord.kit.clock import now
from klankbord.web.access import REPORTER, ReporterRequest, allow
from klankbord.web.public.pages import language, sent_token, show
from klankbord.web.public.views.channel import to_case


@require_http_methods(["GET", "HEAD", "POST"])
@allow(REPORTER)
def not_said(request: ReporterRequest, case_id: UUID, number: int) -> HttpResponse:
    """What it means, and then saying it. A word with it is welcome and never needed."""
    if request.method != "POST":
        return _asked(request, case_id, number)
    text = request.POST.get("text", "")
    if sent_token(request) is None:
        return _asked(request, case_id, number, text=text, stale=True)
    try:
        take_consent_back(request.seat, case_id, number=number, text=text, at=now())
    except TextTooLong:
        return _asked(request, case_id, number, text=text, too_long=True)
    except TroubleInCase:
        return _asked(request, case_id, number, text=text, not_now=True)
    except (NotYours, NoProcedure, StepRefused):
        raise Http404 from None
    return to_case(request, case_id)


def _asked(request: ReporterRequest, case_id: UUID, number: int, **more: object) -> HttpResponse:
    try:
        own = own_page(request.seat, case_id, at=now(), language=language())
    except NotYours:
        raise Http404 from None
    if own.course is None or number not in own.given:
        return to_case(request, case_id)
    context = {
        "page": own.page,
        "readers": [reader for reader in own.page.readers if not reader.is_reporter],
        "title": own.course.step(number).title,
    }
    return show(request, "public/not_said.html", {**context, **more})
