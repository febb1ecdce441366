"""By which procedures the organisation works: ours or its own, and what each of them says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.views.decorators.http import require_POST, require_safe

from klankbord.handling.adapting import NothingWaits, begin_copy, switch_off
from klankbord.handling.own import FIRST_OWN, drafts_of, versions_of
from klankbord.handling.procedures import procedures_here
from klankbord.kit.clock import today
from klankbord.organisations.models import Organisation
from klankbord.organisations.queries import names_of, profile_of
from klankbord.rules.procedures.shape import OWN_SEATS, Procedure, Step
from klankbord.web.access import ADMINISTRATOR, AdministratorRequest, allow
from klankbord.web.administration.own import own_membership, own_organisation
from klankbord.web.components.asked import line, said, say
from klankbord.web.components.procedures import terms_in_words

LIST = "administration/procedures.html"
ONE = "administration/procedure.html"
OFF = "administration/procedure_off.html"


@dataclass(frozen=True, slots=True)
class Line:
    """A step in the numbered list, in words."""

    number: int
    step: Step
    who: tuple[str, ...]
    term: tuple[str, ...]


@allow(ADMINISTRATOR)
@require_safe
def procedures(request: AdministratorRequest) -> HttpResponse:
    """Every procedure that a case can go by here."""
    organisation = own_organisation(request)
    page = {
        "here": "administration",
        "organisation": organisation,
        "procedures": [(it, since_of(organisation, it)) for it in procedures_of(organisation)],
        "drafts": drafts_of(organisation),
        "said": said(request),
    }
    return render(request, LIST, page)


@allow(ADMINISTRATOR)
@require_safe
def procedure(request: AdministratorRequest, key: str) -> HttpResponse:
    """The version by which new cases begin, as a numbered list, and the earlier own ones."""
    page = frame(request, key)
    organisation, shown = page["organisation"], page["procedure"]
    versions = versions_of(organisation, key)
    page |= {
        "lines": lines_of(shown),
        "since": since_of(organisation, shown),
        "waits": key in drafts_of(organisation),
        "versions": versions,
        "names": names_of(it.written_by for it in versions),
        "roles": role_titles(organisation),
        "said": said(request),
    }
    return render(request, ONE, page)


@allow(ADMINISTRATOR)
@require_POST
def copy(request: AdministratorRequest, key: str) -> HttpResponse:
    """Begin to write: in our text, or in an earlier version of one's own."""
    organisation = frame(request, key)["organisation"]
    like = line(request, "like")
    try:
        begin_copy(
            organisation, key, by=own_membership(request), on=today(),
            like=int(like) if like.isdecimal() and len(like) < 9 else None,
        )  # fmt: skip
    except NothingWaits as gone:
        raise Http404 from gone
    return redirect("administration:draft", organisation.slug, key)


@allow(ADMINISTRATOR)
def off(request: AdministratorRequest, key: str) -> HttpResponse:
    """New cases by our text again, once somebody said so twice."""
    page = frame(request, key)
    organisation = page["organisation"]
    if page["procedure"].version < FIRST_OWN:
        return redirect("administration:procedure", organisation.slug, key)
    if request.method != "POST":
        return render(request, OFF, page)
    try:
        switch_off(organisation, key, by=own_membership(request), on=today())
        say(request, "switched_off")
    except NothingWaits:
        say(request, "nothing")
    return redirect("administration:procedure", organisation.slug, key)


def frame(request: AdministratorRequest, key: str) -> dict[str, Any]:
    """What every page about one procedure shows. Raises Http404 for one that is not run here."""
    organisation = own_organisation(request)
    found = next((it for it in procedures_of(organisation) if it.key == key), None)
    if found is None:
        raise Http404
    return {"here": "administration", "organisation": organisation, "procedure": found}


def procedures_of(organisation: Organisation) -> tuple[Procedure, ...]:
    """In the versions by which new cases begin today."""
    return procedures_here(organisation, on=today(), language=translation.get_language())


def since_of(organisation: Organisation, procedure: Procedure) -> date | None:
    """The day on which an own version was switched on; none for ours."""
    if procedure.version < FIRST_OWN:
        return None
    versions = versions_of(organisation, procedure.key)
    return next((it.on for it in versions if it.version == procedure.version), None)


def lines_of(procedure: Procedure) -> list[Line]:
    """Its steps, with who takes them and by when."""
    return [
        Line(number, step, seats_in_words(procedure, step), terms_in_words(step, procedure))
        for number, step in enumerate(procedure.steps, start=1)
    ]


def seats_in_words(procedure: Procedure, step: Step) -> tuple[str, ...]:
    """Who may take a step; the reporter's own seats are worded by the page."""
    return tuple(it if it in OWN_SEATS else procedure.seats[it].title for it in step.by)


def role_titles(organisation: Organisation) -> dict[str, str]:
    """What the roles of the organisation are called."""
    profile = profile_of(organisation, translation.get_language())
    return {role.key: role.title for role in profile.roles}
