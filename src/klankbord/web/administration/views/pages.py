"""Everything an organisation writes itself, at a glance: where it stands, whose text it is."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_safe

from klankbord.organisations.models import Organisation
from klankbord.organisations.own import (
    Version,
    drafts_of,
    our_words,
    own_words,
    theme_of,
    with_drafts,
)
from klankbord.organisations.queries import profile_of
from klankbord.rules.contrast import Theme
from klankbord.rules.profiles.own import Part
from klankbord.web.access import ADMINISTRATOR, AdministratorRequest, allow
from klankbord.web.administration import editing
from klankbord.web.administration.own import own_organisation
from klankbord.web.components.asked import said

TEMPLATE = "administration/pages.html"


@dataclass(frozen=True, slots=True)
class Line:
    """A screen: what is written there, and in which languages that is the organisation's own."""

    title: str
    about: str
    address: str
    own: tuple[str, ...]
    ours: tuple[str, ...]
    waits: bool
    number: int


@allow(ADMINISTRATOR)
@require_safe
def pages(request: AdministratorRequest) -> HttpResponse:
    """A picture of the first page, every screen, and what waits to be published."""
    organisation = own_organisation(request)
    waiting = drafts_of(organisation)
    drafted = with_drafts(organisation)
    page = {
        "here": "administration",
        "organisation": organisation,
        "lines": [
            _line(organisation, waiting, part, number) for number, part in enumerate(Part, start=1)
        ],
        "waiting": [editing.full_title(it.part, it.language) for it in editing.by_place(waiting)],
        "theme": theme_of(drafted) or Theme(),
        "profile": profile_of(drafted, translation.get_language()),
        "said": said(request),
    }
    return render(request, TEMPLATE, page)


def _line(
    organisation: Organisation, waiting: dict[tuple[str, str], Version], part: Part, number: int
) -> Line:
    own, languages = own_words(organisation), editing.languages(part)
    written = [
        code
        for code in languages
        if own.get((part, code)) not in (None, our_words(organisation, part, code))
    ]
    return Line(
        title=editing.title_of(part),
        about=editing.about(part),
        address=editing.address_of(organisation, part),
        own=tuple(editing.language_name(code) for code in written),
        ours=tuple(editing.language_name(code) for code in languages if code not in written),
        waits=any((part.value, code) in waiting for code in languages),
        number=number,
    )
