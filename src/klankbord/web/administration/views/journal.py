"""What was done to the organisation itself: day and deed, never a case."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_safe

from klankbord.kit.clock import day_of
from klankbord.kit.journal.models import Line
from klankbord.kit.journal.queries import lines
from klankbord.organisations.queries import names_of, profile_of
from klankbord.web.access import ADMINISTRATOR, allow
from klankbord.web.administration import editing
from klankbord.web.administration.own import AdministratorRequest, own_organisation
from klankbord.web.administration.views.procedures import procedures_of


@dataclass(frozen=True, slots=True)
class Noted:
    """A line of the journal; `deed` and `subject` are words that the page puts in a sentence."""

    day: date
    deed: str
    subject: str
    by: str


@allow(ADMINISTRATOR)
@require_safe
def journal(request: AdministratorRequest) -> HttpResponse:
    """A page of the journal, the newest day first."""
    organisation = own_organisation(request)
    number = request.GET.get("page", "1")
    found = lines(organisation.id, int(number) if number.isdecimal() and len(number) < 7 else 1)
    profile = profile_of(organisation, translation.get_language())
    words = {role.key: role.title for role in profile.roles} | editing.titles()
    words |= {f"procedure.{it.key}": it.title for it in procedures_of(organisation)}
    page = {
        "here": "administration",
        "organisation": organisation,
        "lines": _noted(found.object_list, words),
        "next": found.next_page_number() if found.has_next() else None,
        "previous": found.previous_page_number() if found.has_previous() else None,
    }
    return render(request, "administration/journal.html", page)


def _noted(found: Iterable[Line], words: dict[str, str]) -> list[Noted]:
    found = list(found)
    people = {line.actor for line in found if line.actor} | {
        subject for line in found if (subject := _id(line.subject))
    }
    names = names_of(people)
    return [
        Noted(
            day=day_of(line.day),
            deed=line.deed,
            subject=names.get(_id(line.subject) or UUID(int=0), words.get(line.subject, "")),
            by=names.get(line.actor, "") if line.actor else "",
        )
        for line in found
    ]


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
