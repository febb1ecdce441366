"""Going away: stop and erase everything, or leave the website in one click."""

from contextlib import suppress

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from klankbord.intake.drafts import draft_in, drop_draft, unfinished
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
    receipt, draft = request.session.get("receipt"), unfinished(request.session)
    request.session.flush()  # first: whatever fails after this, what was typed is gone
    with suppress(Exception):
        if isinstance(receipt, str):
            forget_receipt(bytes.fromhex(receipt))
        if draft is not None:
            drop_files(draft)
    answer = _to(_exit_address(request.GET.get("o", "")))
    forget_on_leaving(answer)
    return answer


def _exit_address(slug: str) -> str:
    """Where this organisation sends whoever leaves; whatever fails, somebody leaves."""
    with suppress(Exception):
        organisation = named(slug.replace("\0", ""))
        if organisation is not None:
            return profile(organisation).page.exit_address
    return ELSEWHERE


def _to(address: str) -> HttpResponse:
    answer = HttpResponseRedirect(address)
    answer.status_code = SEE_OTHER
    return answer
