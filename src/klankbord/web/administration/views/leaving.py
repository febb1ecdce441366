"""Ending the account of somebody who left: the same rules as leaving oneself."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from klankbord.handling.leaving import OnlyReader, end_work_of, read_alone
from klankbord.kit.clock import now, today
from klankbord.organisations.services.roles import LastAdministrator
from klankbord.web.access import ADMINISTRATOR, allow
from klankbord.web.administration.own import AdministratorRequest
from klankbord.web.administration.whom import person_in
from klankbord.web.components import asked

PAGE = "administration/leave.html"


@allow(ADMINISTRATOR)
def leave(request: AdministratorRequest, person: UUID) -> HttpResponse:
    """What goes, and why it cannot yet; a count of cases and never which."""
    row = person_in(request, person)
    page = {
        "here": "administration",
        "organisation": row.organisation,
        "person": row,
        "alone": len(read_alone(row.id, on=today())),
    }
    if request.method != "POST":
        return render(request, PAGE, page)
    try:
        end_work_of(request.member, row, at=now())
    except OnlyReader:
        return asked.again(request, PAGE, page, {"": _only_reader()})
    except LastAdministrator:
        return asked.again(request, PAGE, page, {"": _last_administrator()})
    asked.say(request, "ended")
    return redirect("administration:people", row.organisation.slug)


def _only_reader() -> str:
    return gettext("This person is still the only one who can open some cases.")


def _last_administrator() -> str:
    return gettext(
        "Then nobody would be left who can invite people. First give somebody else the role of"
        " administrator."
    )
