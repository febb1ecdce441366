"""Invitations that somebody changed who can write in the database: no key follows from any of it.

The link is computed from the keyring (ADR 0023), so nobody without it makes one. Here its holder
works together with whoever writes in the tables.
"""

from datetime import timedelta
from typing import Any

import pytest

from klankbord.cases.errors import NotYours
from klankbord.handling.casework import open_page
from klankbord.kit.tokens.invitations import invitation_token
from klankbord.organisations.members import Member
from klankbord.organisations.models import Invitation
from klankbord.organisations.queries import readers_keys
from klankbord.organisations.services.accepting import accept
from klankbord.organisations.services.inviting import InvitationGone, invite
from klankbord.organisations.services.vouching import to_vouch_for
from tests import given
from tests.given import NOON, House

pytestmark = pytest.mark.django_db

TODAY = NOON.date()
MAIL = "mila@ravelijn.example"


@pytest.fixture
def link(house: House) -> str:
    """Bert invites Mila as a leader, who reads nothing."""
    row = invite(
        house["bert"].member(),
        house.organisation,
        name="Mila",
        mail=MAIL,
        roles=["leader"],
        at=NOON,
    )
    return invitation_token(row.id)


def come(link: str, *, mail: str = MAIL, days: int = 0) -> Member:
    at = NOON + timedelta(days=days)
    member, _ = accept(link, name="Mila", mail=mail, passphrase="mila fietst naar de zee", at=at)
    return member


def change(**columns: Any) -> None:
    Invitation.objects.update(**columns)


def test_a_reading_role_that_was_written_in_gives_no_key(house: House, link: str) -> None:
    """Row 6: a role in a table makes nobody a reader; the colleague sees what is asked for."""
    change(roles=["contact_person"])
    mila = come(link).memberships[0].id
    assert mila not in readers_keys(house.organisation)
    assert "Mila" not in given.a_report(house, choice="team").receipt.readers
    (waiting,) = to_vouch_for(house["noor"].member(), on=TODAY)
    assert (waiting.membership, waiting.roles) == (mila, ("contact_person",))


def test_an_invitation_that_was_used_is_not_used_again(house: House, link: str) -> None:
    """Also when the day on which it was accepted was wiped: it says whose it became."""
    come(link)
    change(accepted_day=None)
    with pytest.raises(InvitationGone):
        come(link, mail="wie@elders.example")


def test_an_invitation_leads_to_nobody_elses_place(house: House, link: str) -> None:
    change(membership=house["tarik"].membership)
    with pytest.raises(InvitationGone):
        come(link)
    assert house["tarik"].member().pair(house["tarik"].membership)


def test_not_to_a_place_in_another_organisation_either(
    house: House, neighbour: House, link: str
) -> None:
    change(membership=neighbour["nadia"].membership, renews=True)
    with pytest.raises(InvitationGone):
        come(link)
    assert neighbour["nadia"].member().pair(neighbour["nadia"].membership)


def test_who_is_put_in_a_colleagues_place_reads_nothing_of_theirs(house: House, link: str) -> None:
    """That colleague is shut out, and notices; what was sealed to them stays shut."""
    told = given.a_report(house, reader="tarik")
    change(membership=house["tarik"].membership, renews=True, roles=["contact_person"])
    thief = come(link)
    assert house["tarik"].membership not in readers_keys(house.organisation)
    with pytest.raises(NotYours):
        open_page(thief, told.reference, at=NOON, language="nl")
    (waiting,) = to_vouch_for(house["noor"].member(), on=TODAY)
    assert waiting.new_keys, "whoever vouches is told to ask why"


def test_hours_that_were_added_let_in_and_give_no_key(house: House, link: str) -> None:
    with pytest.raises(InvitationGone):
        come(link, days=4)
    change(expires_hour=2**31 - 1, roles=["contact_person"])
    assert come(link, days=4).memberships[0].id not in readers_keys(house.organisation)


def test_a_withdrawn_invitation_that_was_put_back_gives_no_key(house: House, link: str) -> None:
    change(withdrawn_day=1)
    with pytest.raises(InvitationGone):
        come(link)
    change(withdrawn_day=None)
    assert come(link).memberships[0].id not in readers_keys(house.organisation)
