"""What every page of the public desk shares: its frame, its form token, its numbers to call."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.functional import SimpleLazyObject

from klankbord.directory.queries import urgent
from klankbord.kit.clock import now, today
from klankbord.kit.throttle import Busy
from klankbord.kit.tokens.services import TokenRefused, make_token, read_token
from klankbord.organisations.models import Organisation
from klankbord.organisations.queries import bureau_of, profile_of
from klankbord.rules.profiles.shape import Profile
from klankbord.web.access import TOKEN_FIELD, PublicRequest

BUSY = 503
PURPOSE = "public"


def language() -> str:
    """The language of this page: `nl`, `fr`, `en` or `de`."""
    return translation.get_language()


def profile(organisation: Organisation) -> Profile:
    """The organisation's profile in the language of the page."""
    return profile_of(organisation, language())


def show(
    request: PublicRequest,
    template: str,
    context: Mapping[str, Any],
    *,
    status: int = 200,
) -> HttpResponse:
    """A page of an organisation; every form on it can send the token that comes along."""
    organisation = request.organisation
    shared = {
        "organisation": organisation,
        "profile": profile(organisation),
        "answering": SimpleLazyObject(lambda: answering(organisation)),
        "today": today(),
        "urgent": urgent(organisation.country, language()),
        "form_token": make_token(PURPOSE, organisation.id, now()),
    }
    return render(request, template, {**shared, **context}, status=status)


def answering(organisation: Organisation) -> Organisation:
    """Whose telephone it is: that of the bureau an employer engaged, else its own."""
    return bureau_of(organisation, today()) or organisation


def show_busy(
    request: PublicRequest, template: str, context: Mapping[str, Any], busy: Busy
) -> HttpResponse:
    """The page again with everything on it, and a kind word: too many people at once."""
    answer = show(request, template, {**context, "busy": True}, status=BUSY)
    answer.headers["Retry-After"] = str(busy.retry_after)
    return answer


def sent_token(request: PublicRequest) -> bytes | None:
    """The random part of the form token that was sent; nothing when it is not ours (any more).

    Not ours is mostly a page that stood open for a day: whoever asks shows the page again, with
    what was typed and a fresh token.
    """
    text = request.POST.get(TOKEN_FIELD, "")
    try:
        return read_token(text, PURPOSE, request.organisation.id, now())
    except TokenRefused:
        return None


def posted(request: HttpRequest) -> dict[str, list[str]]:
    """Everything that was sent, by the name of its field."""
    return {name: [str(text) for text in texts] for name, texts in request.POST.lists()}


def forget_on_leaving(response: HttpResponse) -> None:
    """Set a cookie that lives a second.

    Without it browsers bring the page back from memory, typed story and all, when somebody presses
    Back: a response that sets a cookie is the one thing seen to stop that in every case.
    """
    response.set_cookie(
        "x",
        "1",
        max_age=timedelta(seconds=1),
        httponly=True,
        samesite="Strict",
        secure=settings.HTTPS,
    )
