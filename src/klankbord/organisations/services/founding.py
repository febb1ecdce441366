"""Founding an organisation and bringing people in, each with certified keys."""

import secrets
from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from klankbord.kit.clock import day_number
from klankbord.kit.journal.services import write_down
from klankbord.kit.vault.certificates import sign_certificate
from klankbord.kit.vault.labels import Label, kdf
from klankbord.kit.vault.pairs import KeyPair, new_pair
from klankbord.organisations import pins
from klankbord.organisations.certification import record_of
from klankbord.organisations.models import (
    Account,
    Certificate,
    Countersignature,
    Engagement,
    Installation,
    Membership,
    Organisation,
    Role,
    Unit,
)
from klankbord.organisations.queries import profile_of
from klankbord.organisations.services.entrance import make_account, stretched
from klankbord.organisations.services.passphrases import check_passphrase
from klankbord.organisations.services.sealed_profiles import add_pairs


class NameTaken(ValueError):
    """The name in the address is one of our own, or another organisation's."""


class OpenAccount:
    """An account while it is being made: its row and the master key that is in hand."""

    def __init__(self, row: Account, master: bytes, recovery: str) -> None:
        self.row, self.master, self.recovery = row, master, recovery


class Joined:
    """A membership while it is being made: its row and its key pair."""

    def __init__(self, row: Membership, pair: KeyPair) -> None:
        self.row, self.pair = row, pair


def found_installation() -> Installation:
    """The row that every installation needs once; keeps the one that is there."""
    row, _ = Installation.objects.get_or_create(
        id=1,
        defaults={
            "code_salt": secrets.token_bytes(16),
            "pepper_print": kdf(pins.pepper(), Label.PEPPER_FINGERPRINT, 8),
        },
    )
    return row


def found_organisation(
    *, slug: str, name: str, profile: str, country: str, on: date, telephone: str = "",
    telephone_hours: str = "", version: int = 1,
) -> Organisation:  # fmt: skip
    """A new organisation, still without people. Raises `NameTaken`."""
    if slug in settings.RESERVED_NAMES or Organisation.objects.filter(slug=slug).exists():
        raise NameTaken
    row = Organisation.objects.create(
        slug=slug, name=name, profile=profile, profile_version=version, country=country,
        telephone=telephone, telephone_hours=telephone_hours, founded_day=day_number(on),
    )  # fmt: skip
    write_down(deed="organisation_founded", on=on, organisation=row.id)
    return row


def add_unit(organisation: Organisation, *, name: str, parent: Unit | None = None) -> Unit:
    """A province, a local group or a department."""
    return Unit.objects.create(organisation=organisation, name=name, parent=parent)


def engage(*, bureau: Organisation, employer: Organisation, from_day: date) -> Engagement:
    """A bureau starts to work for an employer."""
    write_down(deed="engagement_begun", on=from_day, organisation=employer.id)
    return Engagement.objects.create(
        bureau=bureau, employer=employer, from_day=day_number(from_day)
    )


def open_account(*, mail: str, name: str, passphrase: str) -> OpenAccount:
    """An account for a person. Raises `PassphraseTooWeak`, `Busy`."""
    check_passphrase(passphrase)
    lock = stretched(passphrase)
    return OpenAccount(*make_account(mail=mail, name=name, lock=lock, pairs={}))


@transaction.atomic
def join(
    account: OpenAccount, organisation: Organisation, *, roles: Sequence[str], on: date,
    unit: Unit | None = None, telephone: str = "", public_mail: str = "", whatsapp: str = "",
    speaks: Sequence[str] = (), outside: str = "", order: int = 0,
) -> Joined:  # fmt: skip
    """A person starts in an organisation, with keys that nobody has vouched for yet."""
    row = Membership.objects.create(
        account=account.row, organisation=organisation, unit=unit, telephone=telephone,
        public_mail=public_mail, whatsapp=whatsapp, speaks=list(speaks), outside=outside,
        order=order,
    )  # fmt: skip
    for word in roles:
        give_role(row, word, on=on)
    pair = new_pair()
    add_pairs(account.row.id, account.master, {row.id: pair})
    claim_keys(row, box_pub=pair.box_pub, sign_pub=pair.sign_pub, roles=roles, on=on)
    return Joined(row, pair)


def claim_keys(
    membership: Membership, *, box_pub: bytes, sign_pub: bytes, roles: Iterable[str], on: date
) -> Certificate:
    """A certificate about these public keys, that nobody has signed yet.

    Of `roles` it speaks of those that read.
    """
    reading = set(profile_of(membership.organisation, "nl").reading_roles)
    newest = membership.certificates.aggregate(newest=Max("serial"))["newest"] or 0
    return Certificate.objects.create(
        membership=membership, serial=newest + 1, box_pub=box_pub, sign_pub=sign_pub,
        roles=sorted(reading & set(roles)), from_day=day_number(on),
    )  # fmt: skip


def give_role(
    membership: Membership,
    word: str,
    *,
    on: date,
    until: date | None = None,
    actor: UUID | None = None,
) -> Role:
    """Somebody starts in a role, until its last day if that is known."""
    write_down(
        deed="role_given", on=on, organisation=membership.organisation_id, subject=word,
        actor=actor,
    )  # fmt: skip
    return Role.objects.create(
        membership=membership, word=word, from_day=day_number(on),
        until_day=day_number(until) if until else None,
    )  # fmt: skip


def certify(membership: Membership, *, signer: UUID, pair: KeyPair, on: date) -> None:
    """A certified member vouches for somebody's newest keys; a founder for their own."""
    countersign(membership.certificates.order_by("-serial")[0], signer=signer, pair=pair, on=on)


def countersign(
    row: Certificate, *, signer: UUID, pair: KeyPair, on: date, deed: str = "keys_certified"
) -> None:
    """Sign exactly this certificate, as it was read: not what stands in the table by now."""
    organisation = row.membership.organisation_id
    signature = sign_certificate(record_of(organisation, row), pair.sign)
    Countersignature.objects.create(certificate=row, signer=signer, signature=signature)
    if deed:
        write_down(deed=deed, on=on, organisation=organisation, actor=signer)
