"""Only one's own organisation: that of somebody else is not there at all."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404

from klankbord.organisations.models import Organisation
from klankbord.web.access import AdministratorRequest as AdministratorRequest
from klankbord.web.access import looks_after


def own_organisation(request: AdministratorRequest) -> Organisation:
    """The organisation in the address. Raises Http404 unless this person looks after it."""
    if not looks_after(request):
        raise Http404
    return request.organisation


def own_membership(request: AdministratorRequest) -> UUID:
    """The membership under which this person looks after the organisation in the address."""
    return next(
        line.id
        for line in request.member.administers
        if line.organisation == request.organisation.id
    )
