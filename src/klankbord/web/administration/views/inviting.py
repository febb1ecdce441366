"""Inviting somebody by mail, and taking an invitation back or sending it once more."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from klankbord.kit.clock import now
from klankbord.organisations.models import Invitation
from klankbord.organisations.queries import units_of
from klankbord.organisations.services import inviting
from klankbord.organisations.services.inviting import (
    InvitationGone,
    InvitedAlready,
    NoRoleChosen,
    WorksHereAlready,
)
from klankbord.web.access import ADMINISTRATOR, allow
from klankbord.web.administration.own import AdministratorRequest, own_organisation
from klankbord.web.administration.whom import roles_by_key, unit_in
from klankbord.web.components import asked

INVITE = "administration/invite.html"
INVITATION = "administration/invitation.html"
LONGEST_NAME = 120


@allow(ADMINISTRATOR)
def invite(request: AdministratorRequest) -> HttpResponse:
    """Who, at which address, in which roles and for which part of the organisation."""
    organisation = own_organisation(request)
    page = _page(request)
    if request.method != "POST":
        return render(request, INVITE, page)
    errors = _what_is_missing(page)
    if errors:
        return asked.again(request, INVITE, page, errors)
    unit = unit_in(organisation, page["unit"])
    try:
        inviting.invite(
            request.member, organisation, name=page["name"], mail=page["mail"],
            roles=page["chosen"], unit=unit, outside=page["outside"], at=now(),
        )  # fmt: skip
    except NoRoleChosen:
        return asked.again(request, INVITE, page, {"role": _no_role()})
    except (WorksHereAlready, InvitedAlready) as refused:
        return asked.again(request, INVITE, page, {"mail": _there_already(refused)})
    asked.say(request, "invited")
    return redirect("administration:people", organisation.slug)


@allow(ADMINISTRATOR)
def invitation(request: AdministratorRequest, invitation: UUID) -> HttpResponse:
    """One invitation: send a fresh link, or withdraw it."""
    organisation = own_organisation(request)
    row = inviting.unanswered(organisation).filter(id=invitation).first()
    if row is None:
        raise Http404
    if request.method != "POST":
        return render(request, INVITATION, _about(request, row))
    again = "again" in request.POST
    try:
        (inviting.invite_again if again else inviting.withdraw)(request.member, row, at=now())
    except InvitationGone:
        raise Http404 from None
    asked.say(request, "invited_again" if again else "withdrawn")
    return redirect("administration:people", organisation.slug)


def _page(request: AdministratorRequest) -> dict[str, Any]:
    organisation = request.organisation
    roles = roles_by_key(organisation)
    units = units_of(organisation)
    unit = asked.line(request, "unit")
    return {
        "here": "administration",
        "organisation": organisation,
        "roles": list(roles.values()),
        "units": [(line.id.hex, line.name, line.depth) for line in units],
        "name": asked.line(request, "name")[:LONGEST_NAME],
        "mail": asked.line(request, "mail"),
        "outside": asked.line(request, "outside")[:LONGEST_NAME],
        "unit": unit if unit in {line.id.hex for line in units} else "",
        "chosen": [word for word in request.POST.getlist("role") if word in roles],
    }


def _what_is_missing(page: dict[str, Any]) -> asked.Errors:
    errors: asked.Errors = {}
    if not page["name"]:
        errors["name"] = gettext("Write the name as colleagues know it.")
    try:
        validate_email(page["mail"])
    except ValidationError:
        errors["mail"] = gettext("Write an e-mail address, such as name@example.org.")
    if not page["chosen"]:
        errors["role"] = _no_role()
    return errors


def _no_role() -> str:
    return gettext("Choose at least one role.")


def _there_already(refused: ValueError) -> str:
    if isinstance(refused, WorksHereAlready):
        return gettext("Somebody with this address works here already. Change the roles instead.")
    return gettext("This address was invited already. You can send that invitation once more.")


def _about(request: AdministratorRequest, row: Invitation) -> dict[str, Any]:
    roles = roles_by_key(request.organisation)
    return {
        "here": "administration",
        "organisation": request.organisation,
        "invitation": row,
        "roles": [roles[key].title for key in row.roles if key in roles],
        "too_old": row.expires_hour <= inviting.hour_of(now()),
    }
