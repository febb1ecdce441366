"""A site of two pages: any form of the library to fill in, as a step page does, and to print."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import engines
from django.urls import path

from klankbord.rules.forms.onepage import begun
from klankbord.rules.forms.reading import load_form
from klankbord.rules.forms.shape import Form, with_options
from klankbord.rules.profiles.reading import load_profile
from klankbord.web.components.forms import FormPage, posted, taken

TODAY = date(2026, 12, 3)
#: What the page around the form asks itself, and what stands there before anybody typed.
FACTS: dict[str, str] = {}
EARLIER: dict[str, dict[str, object]] = {}
PAGE = """{% extends "components/page.html" %}{% load components %}
{% block title %}{{ page.form.title }}{% endblock %}
{% block main %}{% include "components/_errors.html" with problems=page.problems %}
<h1 class="govuk-heading-l">{{ page.form.title }}</h1>
<form method="post" novalidate>{% csrf_token %}{% form_page page %}
<button class="govuk-button">OK</button></form>{% endblock %}"""


def the_form(key: str, language: str) -> Form:
    return with_options(load_form(key, 1, language), load_profile("youth", 1, language).options())


def fill_in(request: HttpRequest, key: str) -> HttpResponse:
    form = the_form(key, request.LANGUAGE_CODE)  # type: ignore[attr-defined]
    if request.method != "POST":
        page = FormPage(form, begun(form, earlier=EARLIER, facts=FACTS), elsewhere=frozenset(FACTS))
    else:
        page = taken(form, posted(request), today=TODAY, facts=FACTS)
    if page.settled:
        return HttpResponse(repr(page.sealed), content_type="text/plain")
    body = engines["django"].from_string(PAGE).render({"page": page}, request)
    return HttpResponse(body, status=422 if page.problems else 200)


def print_it(request: HttpRequest, key: str) -> HttpResponse:
    form = the_form(key, request.LANGUAGE_CODE)  # type: ignore[attr-defined]
    page = FormPage(form, EARLIER.get(key, {}))
    return render(request, "components/form_print.html", {"page": page})


urlpatterns = [path("fill/<key>/", fill_in), path("print/<key>/", print_it)]
