"""The person that an address of this desk is about."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404
from django.utils import translation

from klankbord.organisations.models import Membership, Organisation, Unit
from klankbord.organisations.queries import profile_of
from klankbord.organisations.services.roles import membership_in
from klankbord.rules.profiles.shape import Role
from klankbord.web.administration.own import AdministratorRequest, own_organisation


def person_in(request: AdministratorRequest, person: UUID) -> Membership:
    """Somebody of one's own organisation. Raises Http404 for anybody else."""
    found = membership_in(own_organisation(request), person)
    if found is None:
        raise Http404
    return found


def roles_by_key(organisation: Organisation) -> dict[str, Role]:
    """The roles that the organisation knows, in the language of the page."""
    profile = profile_of(organisation, translation.get_language())
    return {role.key: role for role in profile.roles}


def unit_in(organisation: Organisation, chosen: str) -> Unit | None:
    """The unit that was chosen; None is the whole organisation."""
    units = Unit.objects.filter(organisation=organisation, ended_day=None)
    return next((unit for unit in units if unit.id.hex == chosen), None)
