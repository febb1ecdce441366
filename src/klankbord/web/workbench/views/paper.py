"""Empty forms on paper, for the counter and for a talk: the numbers and words of the screen."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation

from klankbord.handling.paper import paper_forms
from klankbord.kit.clock import today
from klankbord.organisations.queries import named
from klankbord.rules.forms.shape import Form
from klankbord.web.access import READER, MemberRequest, allow
from klankbord.web.components.forms import FormPage

LIST = "workbench/paper.html"
SHEET = "components/form_print.html"


@allow(READER)
def paper(request: MemberRequest) -> HttpResponse:
    """Every form that can be printed, by organisation."""
    places = [(line, _forms(line.slug)) for line in request.member.reads]
    return render(request, LIST, {"here": "inbox", "places": places})


@allow(READER)
def sheet(request: MemberRequest, place: str, form: str) -> HttpResponse:
    """One empty form. A form that is not used there, or a place of others, is not there at all."""
    line = next((it for it in request.member.reads if it.slug == place), None)
    found = next((it for it in _forms(place) if it.key == form), None) if line else None
    if line is None or found is None:
        raise Http404
    page = {"page": FormPage(found), "organisation": line.organisation_name}
    return render(request, SHEET, {**page, "back": reverse("workbench:paper")})


def _forms(slug: str) -> tuple[Form, ...]:
    organisation = named(slug)
    if organisation is None:
        return ()
    return paper_forms(organisation, on=today(), language=translation.get_language())
