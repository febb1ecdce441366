"""Somebody lost the passphrase and the recovery code: asking them to make new keys."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from klankbord.kit.clock import now
from klankbord.organisations.services.accepting import works_elsewhere
from klankbord.organisations.services.inviting import InvitedAlready, invite_for_new_keys
from klankbord.web.access import ADMINISTRATOR, allow
from klankbord.web.administration.own import AdministratorRequest
from klankbord.web.administration.whom import person_in
from klankbord.web.components import asked

PAGE = "administration/new_keys.html"


@allow(ADMINISTRATOR)
def ask(request: AdministratorRequest, person: UUID) -> HttpResponse:
    """What comes back and what does not, before the mail leaves."""
    row = person_in(request, person)
    page = {
        "here": "administration",
        "organisation": row.organisation,
        "person": row,
        "elsewhere": works_elsewhere(row),
    }
    if request.method != "POST":
        return render(request, PAGE, page)
    try:
        invite_for_new_keys(request.member, row, at=now())
    except InvitedAlready:
        said = gettext("A mail for new keys was sent already. You can send that one once more.")
        return asked.again(request, PAGE, page, {"": said})
    asked.say(request, "asked_for_new_keys")
    return redirect("administration:people", row.organisation.slug)
