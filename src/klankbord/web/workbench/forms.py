"""What was typed in a form of this desk, and what must be looked at again.

A page never loses text: whatever was posted comes back in its field, also after a session that
ended while somebody was writing.
"""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext

from klankbord.kit.pages.errors import SECRET_FIELDS
from klankbord.kit.tokens.services import TokenRefused, make_token, read_token
from klankbord.web.access import TOKEN_FIELD, Kept
from klankbord.web.components.asked import KEPT
from klankbord.web.components.asked import Errors as Errors
from klankbord.web.components.asked import again as again
from klankbord.web.components.asked import all_taken_up as all_taken_up
from klankbord.web.components.asked import busy as busy
from klankbord.web.components.asked import line as line
from klankbord.web.components.asked import said as said
from klankbord.web.components.asked import say as say
from klankbord.web.components.asked import session_of as session_of
from klankbord.web.components.asked import taken_up as taken_up
from klankbord.web.components.asked import text as text

#: Never carried through another page, not even in a hidden field.
NOT_CARRIED = SECRET_FIELDS | {TOKEN_FIELD, "csrfmiddlewaretoken"}


def token_of(request: HttpRequest, purpose: str, *, at: datetime) -> bytes | None:
    """The random bytes of the form's token; None when it is older than a day or not ours."""
    try:
        return read_token(request.POST.get(TOKEN_FIELD, ""), purpose, None, at)
    except TokenRefused:
        return None


def fresh_token(purpose: str, *, at: datetime) -> str:
    """A token for a form: what it opens, it opens once."""
    return make_token(purpose, None, at)


def carried(kept: Kept | None) -> Kept | None:
    """What may be shown in hidden fields and kept in a session: for an address of ours, and
    without passphrases and codes.
    """
    if kept is None or not url_has_allowed_host_and_scheme(kept.path, allowed_hosts=None):
        return None
    return Kept(kept.path, tuple(pair for pair in kept.fields if pair[0] not in NOT_CARRIED))


def take_along(request: HttpRequest, kept: Kept) -> HttpResponseRedirect:
    """To the page that something was typed for; it finds the text with `taken_up`."""
    request.session[KEPT] = {"path": kept.path, "fields": [list(pair) for pair in kept.fields]}
    return redirect(kept.path)


def stale() -> str:
    """A form that was open for more than a day."""
    return gettext("This page was open for a long time. Look at it once more and send it again.")


def too_long() -> str:
    """More text than fits in one entry."""
    return gettext("This is too long to send at once. Cut it in two, or add it as a file.")


def choose_one() -> str:
    """Nothing was chosen, or it is not there any more."""
    return gettext("Choose one of these.")


def choose_somebody() -> str:
    """No person was chosen."""
    return gettext("Choose a person.")


def from_which_day() -> str:
    """No day, or none that can be read."""
    return gettext("Say from which day, for example 1/12/2026.")


def day_outside() -> str:
    """A day that is not one of those that are handed over."""
    return gettext("This day is not within the turn. Choose one of its days, from today on.")


def read_only() -> str:
    """What is stored of the case is not what was signed."""
    return gettext(
        "Nothing can be written in this case just now: what is stored does not fit what was signed."
        " Copy your text and tell whoever looks after Klankbord."
    )
