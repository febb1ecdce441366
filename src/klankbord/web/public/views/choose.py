"""Choose somebody else to read, besides whoever reads now or instead of them."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_http_methods

from klankbord.handling.channel import (
    AlreadyReads,
    Excluded,
    ExclusionOpen,
    IdentityNeeded,
    NotCertified,
    NotYours,
    TroubleInCase,
    choices,
    view,
)
from klankbord.handling.channel import choose as let_read
from klankbord.kit.clock import now
from klankbord.web.access import REPORTER, ReporterRequest, allow
from klankbord.web.public.pages import language, profile, sent_token, show
from klankbord.web.public.views.channel import to_case
from klankbord.web.public.views.home import Person

INSTEAD, BESIDES = "instead", "besides"


@require_http_methods(["GET", "HEAD", "POST"])
@allow(REPORTER)
def choose(request: ReporterRequest, case_id: UUID) -> HttpResponse:
    """The people who could read; the reporter's own key lets them in."""
    if request.method != "POST":
        return _asked(request, case_id)
    if sent_token(request) is None:
        return _asked(request, case_id, stale=True)
    person = _person(request.POST.get("reader", ""))
    how = request.POST.get("how", "")
    if person is None or how not in {INSTEAD, BESIDES}:
        return _asked(request, case_id, missing=True)
    try:
        let_read(request.seat, case_id, membership=person, keep=how == BESIDES, at=now())
    except AlreadyReads:
        return to_case(request, case_id)
    except ExclusionOpen:
        return _asked(request, case_id, open_name=True)
    except IdentityNeeded:
        return _asked(request, case_id, besides_only=True)
    except (Excluded, NotCertified):
        return _asked(request, case_id, cannot=True)
    except TroubleInCase:
        return _asked(request, case_id, not_now=True)
    except NotYours:
        raise Http404 from None
    return to_case(request, case_id)


def _asked(request: ReporterRequest, case_id: UUID, **more: object) -> HttpResponse:
    try:
        page = view(request.seat, case_id, at=now(), language=language())
        able = choices(request.seat, case_id, at=now(), language=language())
    except NotYours:
        raise Http404 from None
    own = profile(request.organisation)
    return show(
        request,
        "public/choose.html",
        {
            "page": page,
            "people": [Person(card, own.promises.get(card.regime)) for card in able],
            "readers": [reader for reader in page.readers if not reader.is_reporter],
            "chosen": request.POST.get("reader", "") or request.GET.get("reader", ""),
            "how": request.POST.get("how", "") or ("reader" in request.GET and BESIDES) or "",
            **more,
        },
    )


def _person(given: str) -> UUID | None:
    try:
        return UUID(hex=given)
    except ValueError:
        return None
