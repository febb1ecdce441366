"""The parts of an organisation: provinces, local groups, departments (R-000-26)."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from klankbord.kit.clock import today
from klankbord.organisations.queries import ended_units_of, units_of
from klankbord.organisations.services.units import UnitNameMissing, set_up_unit
from klankbord.web.access import ADMINISTRATOR, allow
from klankbord.web.administration.own import AdministratorRequest, own_organisation
from klankbord.web.administration.whom import unit_in
from klankbord.web.components import asked

PAGE = "administration/units.html"
LONGEST = 120


@allow(ADMINISTRATOR)
def units(request: AdministratorRequest) -> HttpResponse:
    """The tree, and one more branch."""
    house = own_organisation(request)
    lines = units_of(house)
    page = {
        "here": "administration",
        "organisation": house,
        "lines": lines,
        "ended": ended_units_of(house),
        "units": [(line.id.hex, line.name, line.depth) for line in lines],
        "unit": asked.line(request, "unit"),
        "name": asked.line(request, "name")[:LONGEST],
        "said": asked.said(request),
    }
    if request.method != "POST":
        return render(request, PAGE, page)
    parent = unit_in(house, str(page["unit"]))
    try:
        set_up_unit(request.member, house, name=str(page["name"]), parent=parent, on=today())
    except UnitNameMissing:
        said = gettext("Write a name that is not in the list yet.")
        return asked.again(request, PAGE, page, {"name": said})
    asked.say(request, "unit_added")
    return redirect("administration:units", house.slug)
