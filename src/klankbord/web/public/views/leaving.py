"""Going away: stop and erase everything, or leave the website in one click."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from klankbord.intake.drafts import draft_in, drop_draft
from klankbord.intake.services import drop_files, forget_receipt
from klankbord.organisations.queries import named
from klankbord.web.access import PUBLIC, PublicRequest, allow
from klankbord.web.public.pages import forget_on_leaving, profile

ELSEWHERE = "https://www.wikipedia.org/"
SEE_OTHER = 303


@require_POST
@allow(PUBLIC)
def stop(request: PublicRequest) -> HttpResponse:
    """Erase what was typed, with its files, and go back to the first page."""
    draft = draft_in(request.session, request.organisation.id)
    if draft is not None:
        drop_files(draft)
        drop_draft(request.session)
    answer = _to(reverse("public:home", args=[request.organisation.slug]))
    forget_on_leaving(answer)
    return answer


@require_safe
@allow(PUBLIC)
def leave_website(request: HttpRequest) -> HttpResponse:
    """To a page about something else, leaving nothing: the draft, the channel and the receipt end.

    The session of somebody who works here is another cookie and stays.
    """
    organisation = named(request.GET.get("o", ""))
    kept = request.session.get("receipt")
    if isinstance(kept, str):
        forget_receipt(bytes.fromhex(kept))
    draft = organisation and draft_in(request.session, organisation.id)
    if draft:
        drop_files(draft)
    request.session.flush()
    answer = _to(profile(organisation).page.exit_address if organisation else ELSEWHERE)
    forget_on_leaving(answer)
    return answer


def _to(address: str) -> HttpResponse:
    answer = HttpResponseRedirect(address)
    answer.status_code = SEE_OTHER
    return answer
