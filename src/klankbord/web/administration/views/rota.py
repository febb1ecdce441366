"""The rota of an organisation: who can be called when, the gaps in it, and the alert (R-001-10)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext

from klankbord.agenda import services
from klankbord.agenda.queries import roster
from klankbord.agenda.rota import rota
from klankbord.agenda.services import NotThere
from klankbord.agenda.times import alerts
from klankbord.kit.clock import today
from klankbord.organisations.queries import membership_of
from klankbord.web.access import ADMINISTRATOR, allow
from klankbord.web.administration.own import (
    AdministratorRequest,
    own_membership,
    own_organisation,
)
from klankbord.web.components import agenda as asked

PAGE = "administration/rota.html"
UNPROCESSABLE = 422
FIELDS = ("who", "from", "until")


@allow(ADMINISTRATOR)
def turns(request: AdministratorRequest) -> HttpResponse:
    """Who has duty; a form for another turn; whether danger alerts them at once (P7)."""
    organisation = own_organisation(request)
    if request.method != "POST":
        return render(request, PAGE, _page(request, {}))
    by = own_membership(request)
    if "alerts" in request.POST:
        wanted = request.POST["alerts"] == "on"
        services.set_alerts(organisation, alerts=wanted, by=by, on=today())
    elif "end" in request.POST:
        _end(request, by)
    else:
        errors = _given(request, by)
        if errors:
            return render(request, PAGE, _page(request, errors), status=UNPROCESSABLE)
    return redirect("administration:rota", organisation.slug)


def _given(request: AdministratorRequest, by: UUID) -> asked.Errors:
    errors: asked.Errors = {}
    people = roster(request.organisation, today(), translation.get_language()).everybody
    who = asked.chosen(request.POST.get("who", ""), people)
    days = asked.read_days(request.POST.dict(), errors)
    if who is None:
        errors["who"] = gettext("Choose a person.")
    if who is None or days is None:
        return errors
    try:
        services.give_duty(
            membership_of(who), from_day=days[0], until_day=days[1], by=by, on=today()
        )
    except asked.DAYS_REFUSED as error:
        return asked.refused(error)
    return {}


def _end(request: AdministratorRequest, by: UUID) -> None:
    try:
        duty = UUID(hex=request.POST["end"])
        services.end_duty(request.organisation, duty=duty, by=by, on=today())
    except (ValueError, NotThere):
        return  # it is off the rota already: the page that follows shows so


def _page(request: AdministratorRequest, errors: asked.Errors) -> dict[str, Any]:
    organisation, on, language = request.organisation, today(), translation.get_language()
    typed = {name: request.POST.get(name, "") for name in FIELDS}
    return {
        "here": "administration",
        "today": on,
        "organisation": organisation,
        "rota": rota(organisation, on, language),
        "people": roster(organisation, on, language).everybody,
        "alerts": alerts(organisation),
        "errors": errors,
        **typed,
        "from_": typed["from"],
    }
