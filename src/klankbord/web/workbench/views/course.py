"""The course as a picture: of a case, and of every procedure of an organisation to read."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation

from klankbord.agenda.queries import colleagues
from klankbord.handling.picture import picture_of, picture_of_case
from klankbord.handling.procedures import procedures_here
from klankbord.kit.clock import today
from klankbord.organisations.models import Organisation
from klankbord.organisations.queries import named, profile_of
from klankbord.rules.procedures.reading import procedure_in_force
from klankbord.rules.procedures.shape import Procedure
from klankbord.web.access import READER, MemberRequest, allow
from klankbord.web.workbench.cases import opened, own_case

OF_CASE = "workbench/course.html"
LIST = "workbench/procedures.html"
TO_READ = "workbench/procedure_read.html"


@allow(READER)
@own_case
def course(request: MemberRequest, reference: str) -> HttpResponse:
    """Every step, and where this case stands (R-004-218)."""
    work = opened(request, reference)
    if work.todo is None:
        return redirect("workbench:procedure", reference)
    organisation, on = work.page.organisation, today()
    people = colleagues(organisation, on, translation.get_language())
    page = {
        "here": "inbox",
        "today": on,
        "work": work,
        "case": work.page,
        "picture": picture_of_case(work.todo, organisation, people, on),
    }
    return render(request, OF_CASE, {**page, **_words(organisation, work.todo.course.procedure)})


@allow(READER)
def procedures(request: MemberRequest) -> HttpResponse:
    """The procedures of one's organisations, to read and to print."""
    places = [(line, _of(line.slug)) for line in request.member.reads]
    return render(request, LIST, {"here": "inbox", "places": places})


@allow(READER)
def procedure_read(request: MemberRequest, place: str, procedure: str) -> HttpResponse:
    """One procedure, as it would go if it began today. Of others it is not there at all."""
    line = next((it for it in request.member.reads if it.slug == place), None)
    organisation = named(place) if line else None
    found = next((it for it in _of(place) if it.key == procedure), None) if organisation else None
    if organisation is None or found is None:
        raise Http404
    page = {"here": "inbox", "today": today(), "organisation": organisation}
    drawn = picture_of(found, organisation, today())
    return render(request, TO_READ, {**page, "picture": drawn, **_words(organisation, found)})


def _of(slug: str) -> tuple[Procedure, ...]:
    organisation = named(slug)
    if organisation is None:
        return ()
    return procedures_here(organisation, on=today(), language=translation.get_language())


def _words(organisation: Organisation, procedure: Procedure) -> dict[str, dict[str, str]]:
    """The titles of roles and of other procedures, which a list names by their keys."""
    language = translation.get_language()
    roles = {role.key: role.title for role in profile_of(organisation, language).roles}
    ways = [way for step in procedure.steps for way in step.outcomes]
    keys = {way.converts_to or way.starts for way in ways} - {""}
    others = {key: procedure_in_force(key, today(), language).title for key in keys}
    return {"roles": roles, "others": others}
