"""A browser keeps one thing at a time: before it is erased for another, somebody is asked."""

from django.http import HttpResponse

from klankbord.intake.drafts import drop_draft, unfinished
from klankbord.intake.services import drop_files
from klankbord.organisations.queries import listed
from klankbord.web.access import TOKEN_FIELD, PublicRequest
from klankbord.web.public.pages import sent_token, show

GO_ON = "go_on"


def asked_first(request: PublicRequest, *, keeps: str = "") -> HttpResponse | None:
    """The page that asks, when going on would erase an unfinished story; else nothing.

    `keeps` is the form of this organisation that goes on, so a story in it is not erased. What was
    sent comes along in the page.
    """
    draft = unfinished(request.session)
    if draft is None or not draft.holds_something:
        return None
    if draft.organisation == request.organisation.id and draft.form == keeps:
        return None
    if GO_ON in request.POST and sent_token(request) is not None:
        return None
    there = next((it for it in listed() if it.id == draft.organisation), None)
    if there is None:
        return None
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in {TOKEN_FIELD, GO_ON}
        for value in values
    ]
    return show(request, "public/unfinished.html", {"there": there, "fields": fields})


def erase(request: PublicRequest) -> None:
    """Forget the unfinished story with its files, wherever it was for."""
    draft = unfinished(request.session)
    if draft is not None:
        drop_files(draft)
        drop_draft(request.session)
