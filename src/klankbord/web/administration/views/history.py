"""What was published: who, which day, what changed; and going back to an earlier version."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from klankbord.kit.clock import today
from klankbord.organisations.models import Organisation
from klankbord.organisations.own import (
    Version,
    history_of,
    starting_words,
    version_before,
    version_of,
)
from klankbord.organisations.queries import names_of
from klankbord.organisations.services import NothingWaits, go_back
from klankbord.rules.library import Refused
from klankbord.web.access import ADMINISTRATOR, AdministratorRequest, allow
from klankbord.web.administration import editing
from klankbord.web.administration.differences import differences
from klankbord.web.administration.own import own_organisation
from klankbord.web.components.asked import say

HISTORY = "administration/history.html"
EARLIER = "administration/earlier.html"


@dataclass(frozen=True, slots=True)
class Line:
    """A version: `now` is the one that everybody sees."""

    id: UUID
    title: str
    day: date | None
    by: str
    now: bool


@allow(ADMINISTRATOR)
@require_safe
def history(request: AdministratorRequest) -> HttpResponse:
    """Everything that was ever public, the newest first."""
    organisation = own_organisation(request)
    page = {
        "here": "administration",
        "organisation": organisation,
        "lines": _lines(history_of(organisation)),
    }
    return render(request, HISTORY, page)


@allow(ADMINISTRATOR)
def earlier(request: AdministratorRequest, edition: UUID) -> HttpResponse:
    """One version beside what is public now, and the button that brings it back."""
    organisation = own_organisation(request)
    version = version_of(organisation, edition)
    if version is None:
        raise Http404
    page = _page(organisation, version)
    if request.method != "POST":
        return render(request, EARLIER, page)
    try:
        go_back(organisation, edition, by=editing.writer(request), on=today())
    except NothingWaits:
        raise Http404 from None
    except Refused:
        said = gettext("This version does not fit any more. Write it again in its screen.")
        return editing.show(request, EARLIER, page, {"": said})
    say(request, "went_back")
    return redirect("administration:pages", organisation.slug)


def _page(organisation: Organisation, version: Version) -> dict[str, object]:
    now = starting_words(organisation, version.part, version.language)
    place = (organisation, version.part, version.language)
    before = version_before(organisation, version)
    return {
        "here": "administration",
        "organisation": organisation,
        "version": version,
        "title": editing.full_title(version.part, version.language),
        "by": _name(version),
        "then": differences(*place, before.words, version.words) if before else (),
        "changes": differences(*place, now, version.words),
    }


def _name(version: Version) -> str:
    if version.written_by is None:
        return ""
    return names_of([version.written_by]).get(version.written_by, "")


def _lines(versions: list[Version]) -> list[Line]:
    names = names_of(it.written_by for it in versions if it.written_by)
    seen: set[tuple[str, str]] = set()
    lines = []
    for it in versions:
        place = (it.part, it.language)
        lines.append(
            Line(
                id=it.id,
                title=editing.full_title(it.part, it.language),
                day=it.published,
                by=names.get(it.written_by, "") if it.written_by else "",
                now=place not in seen,
            )
        )
        seen.add(place)
    return lines
