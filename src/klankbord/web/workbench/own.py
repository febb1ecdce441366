"""The organisation in an address, for whoever works there: that of somebody else is not there."""

from __future__ import annotations

from django.http import Http404

from klankbord.organisations.members import MembershipLine
from klankbord.organisations.queries import profile_of
from klankbord.web.access import MemberRequest, PublicRequest


class HouseRequest(MemberRequest, PublicRequest):
    """A request of a member about one of their organisations."""


def own_membership(request: HouseRequest) -> MembershipLine:
    """The membership of whoever asks in this organisation.

    Raises Http404 for somebody who does not work there, and where nobody may report (P11).
    """
    for line in request.member.memberships:
        works_here = line.organisation == request.organisation.id
        if works_here and profile_of(request.organisation, "nl").reports_from_public:
            return line
    raise Http404
