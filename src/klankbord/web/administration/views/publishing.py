"""Looking over what waits, and showing it to everybody; undoing what is not shown yet."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from klankbord.kit.clock import today
from klankbord.organisations.models import Organisation
from klankbord.organisations.own import Version, drafts_of, starting_words
from klankbord.organisations.services import (
    NothingWaits,
    back_to_ours,
    drop_draft,
    publish,
    undo_draft,
)
from klankbord.rules.library import LANGUAGES, Refused
from klankbord.rules.profiles.own import Part
from klankbord.web.access import ADMINISTRATOR, AdministratorRequest, allow
from klankbord.web.administration import editing
from klankbord.web.administration.differences import Difference, differences
from klankbord.web.administration.own import own_organisation
from klankbord.web.components.asked import say

TEMPLATE = "administration/publish.html"


@dataclass(frozen=True, slots=True)
class Waiting:
    """A draft, and every text in it that differs from what is public."""

    place: str
    title: str
    address: str
    changes: tuple[Difference, ...]
    is_promise: bool


@allow(ADMINISTRATOR)
def publish_page(request: AdministratorRequest) -> HttpResponse:
    """What is different, text by text; what is ticked becomes public."""
    organisation = own_organisation(request)
    waiting = [_waiting(organisation, it) for it in editing.by_place(drafts_of(organisation))]
    page = {"here": "administration", "organisation": organisation, "waiting": waiting}
    if request.method != "POST":
        return render(request, TEMPLATE, page)
    chosen = [place for it in request.POST.getlist("place") if (place := editing.place_named(it))]
    if not chosen:
        return editing.show(request, TEMPLATE, page, {"place": _choose()})
    try:
        publish(organisation, chosen, by=editing.writer(request), on=today())
    except NothingWaits:
        return editing.show(request, TEMPLATE, page, {"": _done_already()})
    except Refused:
        return editing.show(request, TEMPLATE, page, {"": _not_sound()})
    say(request, "published")
    return redirect("administration:pages", organisation.slug)


@allow(ADMINISTRATOR)
def undo(request: AdministratorRequest) -> HttpResponse:
    """Take back the last change, or all that waits of a part; or begin with our text again."""
    organisation = own_organisation(request)
    if request.method != "POST":  # who signed in again on the way comes back to an overview
        return redirect("administration:pages", organisation.slug)
    place = editing.place_named(request.POST.get("place", ""))
    if place is None:
        raise Http404
    part, language = place
    deeds = {"last": undo_draft, "all": drop_draft}
    try:
        if request.POST.get("what") == "ours":
            back_to_ours(organisation, part, language, by=editing.writer(request), on=today())
        else:
            deeds[request.POST.get("what", "last")](organisation, part, language)
        say(request, "undone")
    except (NothingWaits, KeyError):
        say(request, "nothing")
    return redirect(_where(request, organisation, part, language))


def _where(
    request: AdministratorRequest, organisation: Organisation, part: Part, language: str
) -> str:
    """Back to the screen with the button; its language is that of the form, if it says one."""
    shown = request.POST.get("language", "")
    return editing.address_of(organisation, part, language or (shown if shown in LANGUAGES else ""))


def _waiting(organisation: Organisation, draft: Version) -> Waiting:
    public = starting_words(organisation, draft.part, draft.language)
    return Waiting(
        place=editing.name_of(draft.part, draft.language),
        title=editing.full_title(draft.part, draft.language),
        address=editing.address_of(organisation, draft.part, draft.language),
        changes=differences(organisation, draft.part, draft.language, public, draft.words),
        is_promise=draft.part is Part.PROMISES,
    )


def _choose() -> str:
    return gettext("Tick at least one part to publish.")


def _done_already() -> str:
    return gettext("One of these parts has been published or undone meanwhile. Look once more.")


def _not_sound() -> str:
    return gettext("One of these texts does not fit any more. Open it, look it over and save it.")
