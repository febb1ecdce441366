"""Asking somebody to work here: a link that works once, for three days, and own keys."""

from datetime import timedelta

import pytest

from klankbord.agenda.queries import cards
from klankbord.handling.casework import open_page
from klankbord.intake.services import submit, who_will_read
from klankbord.kit.journal.models import Line
from klankbord.kit.outbox.models import Letter
from klankbord.kit.tokens.invitations import invitation_token
from klankbord.organisations.models import Account, Certificate, Invitation, Membership, Role
from klankbord.organisations.queries import readers_keys
from klankbord.organisations.services import PassphraseTooWeak, SignInRefused, sign_in
from klankbord.organisations.services.accepting import AddressTaken, accept, accept_as
from klankbord.organisations.services.inviting import (
    InvitationGone,
    InvitedAlready,
    NoRoleChosen,
    NotYourHouse,
    WorksHereAlready,
    invitation_behind,
    invite,
    invite_again,
    invite_for_new_keys,
    withdraw,
)
from klankbord.organisations.services.vouching import own_digits, to_vouch_for, vouch
from tests import given
from tests.given import NOON, House

pytestmark = pytest.mark.django_db

TODAY = NOON.date()
MAIL = "mila@ravelijn.example"
PHRASE = "mila fietst naar de zee"


def invited(house: House, *, mail: str = MAIL, roles: tuple[str, ...] = ("contact_person",)) -> str:
    """Bert invites Mila; what stands in the link."""
    row = invite(
        house["bert"].member(), house.organisation, name="Mila", mail=mail, roles=roles, at=NOON
    )
    return invitation_token(row.id)


def accepted(house: House, token: str, *, mail: str = MAIL):  # type: ignore[no-untyped-def]
    return accept(token, name="Mila Claes", mail=mail, passphrase=PHRASE, at=NOON)


# The invitation -----------------------------------------------------------------------------------


def test_only_the_administrator_of_the_house_invites(house: House, neighbour: House) -> None:
    for outsider in (house["noor"], house["els"], neighbour["bas"]):
        with pytest.raises(NotYourHouse):
            invite(
                outsider.member(), house.organisation, name="Mila", mail=MAIL,
                roles=["contact_person"], at=NOON,
            )  # fmt: skip
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("roles", [(), ("king",), ("contact_person", "king")])
def test_a_role_must_be_one_of_the_organisations_own(house: House, roles: tuple[str, ...]) -> None:
    with pytest.raises(NoRoleChosen):
        invited(house, roles=roles)


def test_who_works_here_or_was_invited_is_not_invited_again(house: House) -> None:
    with pytest.raises(WorksHereAlready):
        invited(house, mail="Tarik@Ravelijn.example")
    invited(house)
    with pytest.raises(InvitedAlready):
        invited(house, mail=MAIL.upper())


def test_nothing_that_is_stored_leads_to_the_link(house: House) -> None:
    """vault §2.5: the link is computed from the keyring when the mail leaves."""
    token = invited(house)
    rows = [*Invitation.objects.values_list(), *Letter.objects.values_list()]
    assert token not in str(rows)
    assert token[22:] not in str(rows)


def test_the_link_works_for_seventy_two_hours(house: House) -> None:
    token = invited(house)
    assert invitation_behind(token, at=NOON + timedelta(hours=71))
    with pytest.raises(InvitationGone):
        invitation_behind(token, at=NOON + timedelta(hours=72))


@pytest.mark.parametrize("change", [lambda it: "", lambda it: it[:-2] + "AA", lambda it: it[::-1]])
def test_a_link_that_was_changed_opens_nothing(house: House, change) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(InvitationGone):
        invitation_behind(change(invited(house)), at=NOON)


def test_the_link_works_once(house: House) -> None:
    token = invited(house)
    accepted(house, token)
    with pytest.raises(InvitationGone):
        accepted(house, token, mail="other@ravelijn.example")
    assert Account.objects.filter(name="Mila Claes").count() == 1


def test_a_withdrawn_invitation_opens_nothing_and_a_new_one_does(house: House) -> None:
    bert, token = house["bert"].member(), invited(house)
    fresh = invite_again(bert, Invitation.objects.get(), at=NOON)
    with pytest.raises(InvitationGone):
        accepted(house, token)
    assert invitation_behind(invitation_token(fresh.id), at=NOON).mail == MAIL
    withdraw(bert, fresh, at=NOON)
    with pytest.raises(InvitationGone):
        accepted(house, invitation_token(fresh.id))
    assert not Account.objects.filter(mail=MAIL).exists()


def test_the_neighbours_administrator_withdraws_nothing(house: House, neighbour: House) -> None:
    invited(house)
    with pytest.raises(NotYourHouse):
        withdraw(neighbour["bas"].member(), Invitation.objects.get(), at=NOON)


def test_a_weak_passphrase_does_not_use_the_link_up(house: House) -> None:
    token = invited(house)
    with pytest.raises(PassphraseTooWeak):
        accept(token, name="Mila", mail=MAIL, passphrase="kort", at=NOON)
    assert accepted(house, token)


def test_what_happened_is_in_the_journal_without_a_name(house: House) -> None:
    Line.objects.all().delete()
    accepted(house, invited(house))
    assert sorted(Line.objects.values_list("deed", "subject")) == [
        ("invitation_accepted", ""), ("invited", ""), ("role_given", "contact_person"),
    ]  # fmt: skip


# Own keys, and nobody who vouches yet -------------------------------------------------------------


def test_who_accepts_has_an_account_of_their_own(house: House) -> None:
    member, recovery = accepted(house, invited(house))
    assert [line.slug for line in member.memberships] == ["ravelijn"]
    assert recovery
    assert sign_in(mail=MAIL, passphrase=PHRASE, code="", at=NOON).account == member.account


def test_nothing_is_sealed_to_a_newcomer_before_a_colleague_vouched(house: House) -> None:
    """vault §2.5: the mail system alone cannot become a counsellor."""
    member, _ = accepted(house, invited(house))
    mila = member.memberships[0].id
    assert mila not in readers_keys(house.organisation)
    draft = given.a_draft(house, choice="team")
    readers = who_will_read(house.organisation, draft, on=TODAY, language="nl")
    assert "Mila Claes" in [card.name for card in readers.refused]
    receipt = submit(house.organisation, draft, token=given.a_token(), at=NOON)
    assert "Mila Claes" not in receipt.readers

    vouch(
        house["tarik"].member(), mila, digits=own_digits(member, mila),
        passphrase=house["tarik"].passphrase, on=TODAY,
    )  # fmt: skip
    receipt = submit(house.organisation, draft, token=given.a_token(), at=NOON)
    assert "Mila Claes" in receipt.readers


def test_whoever_can_vouch_hears_that_there_is_news(house: House) -> None:
    token = invited(house)
    Letter.objects.all().delete()
    accepted(house, token)
    told = set(Letter.objects.values_list("address", flat=True))
    assert told == {house["noor"].mail, house["tarik"].mail}


def test_somebody_who_reads_nothing_waits_for_nobody(house: House) -> None:
    accepted(house, invited(house, roles=("leader",)))
    assert to_vouch_for(house["noor"].member(), on=TODAY) == []


# One more organisation ----------------------------------------------------------------------------


def test_an_account_gets_one_more_organisation_with_keys_of_its_own(
    house: House, neighbour: House
) -> None:
    """R-002-01: somebody may work for several organisations."""
    nadia, token = neighbour["nadia"], invited(house, mail="n@elsewhere.example")
    accept_as(nadia.member(), token, passphrase=nadia.passphrase, at=NOON)
    member = nadia.member()
    assert [line.slug for line in member.memberships] == ["molenbeemd", "ravelijn"]
    one, other = (member.pair(line.id) for line in member.memberships)
    assert one != other
    assert "Nadia Molenbeemd" in [it.name for it in cards(house.organisation, TODAY, "nl")]


def test_one_more_organisation_asks_the_passphrase(house: House, neighbour: House) -> None:
    token = invited(house, mail="n@elsewhere.example")
    with pytest.raises(SignInRefused):
        accept_as(neighbour["nadia"].member(), token, passphrase="niet deze", at=NOON)
    assert invitation_behind(token, at=NOON)


def test_an_invitation_to_another_address_destroys_nobodys_keys(house: House) -> None:
    """Noor is the only one who reads a case, and accepts a link that came by a private mail."""
    noor, told = house["noor"], given.a_report(house, reader="noor")
    before = noor.member().pair(noor.membership)
    token = invited(house, mail="noor@private.example", roles=("contact_person", "staff"))
    accept_as(noor.member(), token, passphrase=noor.passphrase, at=NOON)
    assert noor.member().pair(noor.membership) == before
    assert noor.membership in readers_keys(house.organisation)
    assert open_page(noor.member(), told.reference, at=NOON, language="nl")
    roles = Role.objects.filter(membership=noor.membership).values_list("word", flat=True)
    assert sorted(roles) == ["contact_person", "staff"]


def test_an_address_that_has_an_account_makes_no_second_one(house: House, neighbour: House) -> None:
    token = invited(house, mail=neighbour["nadia"].mail)
    with pytest.raises(AddressTaken):
        accepted(house, token, mail=neighbour["nadia"].mail)
    assert invitation_behind(token, at=NOON)


# New keys for somebody who lost everything --------------------------------------------------------


def new_keys(house: House, who: str) -> str:
    row = invite_for_new_keys(house["bert"].member(), given.membership(house[who]), at=NOON)
    return invitation_token(row.id)


def test_new_keys_take_the_place_of_the_old_ones_and_wait_for_a_colleague(house: House) -> None:
    mila = house["tarik"]
    member, _ = accept(
        new_keys(house, "tarik"), name=mila.name, mail=mila.mail, passphrase=PHRASE, at=NOON
    )
    assert member.memberships[0].id == mila.membership
    assert mila.membership not in readers_keys(house.organisation)
    assert Certificate.objects.filter(membership=mila.membership).count() == 2
    with pytest.raises(SignInRefused):
        sign_in(mail=mila.mail, passphrase=mila.passphrase, code="", at=NOON)
    (waiting,) = to_vouch_for(house["noor"].member(), on=TODAY)
    assert waiting.new_keys


def test_one_house_cannot_destroy_what_opens_cases_in_another(
    house: House, neighbour: House
) -> None:
    nadia = neighbour["nadia"]
    accept_as(
        nadia.member(), invited(house, mail="n@elsewhere.example"), passphrase=nadia.passphrase,
        at=NOON,
    )  # fmt: skip
    here = Membership.objects.get(account__mail=nadia.mail, organisation=house.organisation)
    token = invitation_token(invite_for_new_keys(house["bert"].member(), here, at=NOON).id)
    with pytest.raises(AddressTaken):
        accept(token, name="Nadia", mail=nadia.mail, passphrase=PHRASE, at=NOON)
    accept(token, name="Nadia", mail="nadia@new.example", passphrase=PHRASE, at=NOON)
    assert [line.slug for line in nadia.member().memberships] == ["molenbeemd"]
    assert nadia.member().pair(nadia.membership)


def test_only_the_houses_administrator_asks_for_new_keys(house: House, neighbour: House) -> None:
    for outsider in (house["noor"], neighbour["bas"]):
        with pytest.raises(NotYourHouse):
            invite_for_new_keys(outsider.member(), given.membership(house["tarik"]), at=NOON)
