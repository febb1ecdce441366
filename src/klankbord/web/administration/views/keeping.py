"""Where cases are kept and who can reach them (R-004-143)."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_safe

from klankbord.agenda.queries import cards
from klankbord.kit.clock import today
from klankbord.web.access import ADMINISTRATOR, allow
from klankbord.web.administration.own import AdministratorRequest, own_organisation


@allow(ADMINISTRATOR)
@require_safe
def keeping(request: AdministratorRequest) -> HttpResponse:
    """What is kept where, and who can open it: never the administrator."""
    organisation = own_organisation(request)
    readers = cards(organisation, today(), translation.get_language())
    page = {"here": "administration", "organisation": organisation, "readers": readers}
    return render(request, "administration/keeping.html", page)
