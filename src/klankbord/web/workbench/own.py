"""The organisation in an address, for whoever works there: that of somebody else is not there."""

from __future__ import annotations

from django.http import Http404

from klankbord.organisations.members import MembershipLine
from klankbord.web.access import MemberRequest, PublicRequest


class HouseRequest(MemberRequest, PublicRequest):
    """A request of a member about one of their organisations."""


def own_membership(request: HouseRequest) -> MembershipLine:
    """The membership of whoever asks in this organisation.

    Raises Http404 for somebody who does not work there, and where nobody may report (P11).
    """
    for line in request.member.memberships:
        if line.organisation == request.organisation.id and line.takes_reports:
            return line
    raise Http404
