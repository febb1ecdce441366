"""A certified member vouches for a colleague's keys, after comparing the fingerprint."""

from datetime import date
from uuid import UUID

from django.db import transaction

from klankbord.kit.vault.pairs import fingerprint, fingerprint_text
from klankbord.organisations.members import Member
from klankbord.organisations.models import Organisation
from klankbord.organisations.queries import names_of
from klankbord.organisations.services.entrance import confirm_passphrase
from klankbord.organisations.services.founding import countersign
from klankbord.organisations.waiting import Waiting, waiting_in

DIGITS = 24


class NotForYou(LookupError):
    """This person does not wait, or somebody else has to vouch."""


class FingerprintIncomplete(ValueError):
    """The six groups of four digits are not all there."""


class FingerprintDiffers(ValueError):
    """The digits are not those of the key that is stored: do not sign."""


def to_vouch_for(member: Member, *, on: date) -> list[Waiting]:
    """The colleagues, in all one's organisations, whose fingerprint one can compare now."""
    mine = {line.id for line in member.memberships}
    houses = Organisation.objects.filter(
        id__in=[line.organisation for line in member.memberships]
    ).order_by("name")
    return [
        it
        for house in houses
        for it in waiting_in(house, on=on)
        if it.able & mine and not it.signed_by & mine
    ]


def one_to_vouch_for(member: Member, membership: UUID, *, on: date) -> Waiting:
    """One of them. Raises `NotForYou`."""
    for it in to_vouch_for(member, on=on):
        if it.membership == membership:
            return it
    raise NotForYou


def vouch(member: Member, membership: UUID, *, digits: str, passphrase: str, on: date) -> None:
    """Sign for a colleague whose fingerprint was read out, on screen or by telephone.

    The digits are typed and not shown, so that nobody signs without having asked. Raises
    `NotForYou`, `FingerprintIncomplete`, `FingerprintDiffers`, `SignInRefused`, `Busy`.
    """
    who = one_to_vouch_for(member, membership, on=on)
    typed = "".join(sign for sign in digits if sign.isdecimal())
    if len(typed) != DIGITS:
        raise FingerprintIncomplete
    if typed != fingerprint_text(who.mark).replace(" ", ""):
        raise FingerprintDiffers
    confirm_passphrase(member, passphrase=passphrase)
    (signer,) = who.able & {line.id for line in member.memberships}
    with transaction.atomic():
        countersign(who.certificate, signer=signer, pair=member.pair(signer), on=on)


def who_can_vouch(member: Member, *, on: date) -> dict[UUID, tuple[str, ...]]:
    """For each of one's memberships that waits: the names of those to read the digits to."""
    mine = {line.id for line in member.memberships}
    houses = Organisation.objects.filter(id__in=[it.organisation for it in member.memberships])
    waiting = [it for house in houses for it in waiting_in(house, on=on) if it.membership in mine]
    names = names_of({who for it in waiting for who in it.able})
    return {
        it.membership: tuple(sorted(names[who] for who in it.able - it.signed_by)) for it in waiting
    }


def own_digits(member: Member, membership: UUID) -> str:
    """The six groups of one's own key, to be read out. Raises `NotAMember`."""
    pair = member.pair(membership)
    return fingerprint_text(fingerprint(pair.box_pub, pair.sign_pub))
