"""Stop: asked once more before it happens, and taken back with one click (R-000-04)."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_http_methods

from klankbord.handling.channel import NotYours, TextTooLong, TroubleInCase, view
from klankbord.handling.channel import withdraw as ask_to_stop
from klankbord.kit.clock import now
from klankbord.web.access import REPORTER, ReporterRequest, allow
from klankbord.web.public.pages import language, sent_token, show
from klankbord.web.public.views.channel import to_case


@require_http_methods(["GET", "HEAD", "POST"])
@allow(REPORTER)
def withdraw(request: ReporterRequest, case_id: UUID) -> HttpResponse:
    """What stopping means, and then stopping. A reason is welcome and never needed."""
    if request.method != "POST":
        return _asked(request, case_id)
    text = request.POST.get("text", "")
    if sent_token(request) is None:
        return _asked(request, case_id, text=text, stale=True)
    try:
        ask_to_stop(request.seat, case_id, text=text, at=now())
    except TextTooLong:
        return _asked(request, case_id, text=text, too_long=True)
    except TroubleInCase:
        return _asked(request, case_id, text=text, not_now=True)
    except NotYours:
        raise Http404 from None
    return to_case(request, case_id)


def _asked(request: ReporterRequest, case_id: UUID, **more: object) -> HttpResponse:
    try:
        page = view(request.seat, case_id, at=now(), language=language())
    except NotYours:
        raise Http404 from None
    readers = [reader for reader in page.readers if not reader.is_reporter]
    return show(request, "public/withdraw.html", {"page": page, "readers": readers, **more})
