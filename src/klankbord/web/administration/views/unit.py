"""One part of an organisation: another name, taken away, or there again (R-000-26)."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from klankbord.kit.clock import today
from klankbord.organisations.models import Membership, Unit
from klankbord.organisations.services.units import (
    UnitNameMissing,
    bring_unit_back,
    end_unit,
    rename_unit,
)
from klankbord.web.access import ADMINISTRATOR, allow
from klankbord.web.administration.own import AdministratorRequest, own_organisation
from klankbord.web.components import asked

PAGE = "administration/unit.html"
LONGEST = 120


@allow(ADMINISTRATOR)
def unit(request: AdministratorRequest, unit: UUID) -> HttpResponse:
    """Its name, and whether it can be chosen."""
    house = own_organisation(request)
    row = Unit.objects.filter(organisation=house, id=unit).select_related("parent").first()
    if row is None:
        raise Http404
    name = asked.line(request, "name")[:LONGEST] if request.method == "POST" else row.name
    page = {
        "here": "administration",
        "organisation": house,
        "unit": row,
        "name": name or row.name,
        "people": Membership.objects.filter(unit=row).count(),
    }
    if request.method != "POST":
        return render(request, PAGE, page)
    try:
        said = _done(request, row, name)
    except UnitNameMissing:
        return asked.again(request, PAGE, page | {"name": name}, {"name": _taken()})
    asked.say(request, said)
    return redirect("administration:units", house.slug)


def _done(request: AdministratorRequest, row: Unit, name: str) -> str:
    match request.POST.get("deed", ""):
        case "end":
            end_unit(request.member, row, on=today())
            return "unit_ended"
        case "back":
            bring_unit_back(request.member, row, on=today())
            return "unit_back"
        case _:
            rename_unit(request.member, row, name=name, on=today())
            return "unit_renamed"


def _taken() -> str:
    return gettext("Write a name that is not in the list yet.")
