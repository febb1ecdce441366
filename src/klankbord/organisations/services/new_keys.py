"""Somebody may know my passphrase: another master key, other pairs, and nothing opens with the old.

A new passphrase alone locks a thief out of the page, and leaves the keys as they were: a copy of
the database with the old passphrase would go on opening whatever is sealed to them afterwards.
"""

import json
import secrets
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F

from klankbord.kit.clock import HOME
from klankbord.kit.vault.members import recovery_key, seal_master, seal_profile, seal_recovery
from klankbord.kit.vault.pairs import KeyPair, fingerprint, new_pair
from klankbord.kit.vault.secret import new_key
from klankbord.organisations import pins
from klankbord.organisations.members import Member
from klankbord.organisations.models import Account, Membership
from klankbord.organisations.services.accepting import tell_who_vouches
from klankbord.organisations.services.entrance import (
    SignInRefused,
    confirm_passphrase,
    entered,
    stretched,
)
from klankbord.organisations.services.founding import claim_keys, countersign
from klankbord.organisations.services.passphrases import check_passphrase
from klankbord.organisations.services.sealed_profiles import as_kept
from klankbord.rules.codes import recovery_text


class SamePassphrase(ValueError):
    """The new passphrase is the one that somebody may know."""


def make_new_keys(member: Member, *, old: str, new: str, at: datetime) -> tuple[Member, str]:
    """Other keys in every organisation: who is in now, and the recovery code as text.

    Each new pair is signed with the old one, which is enough to go on reading and writing what one
    read; nothing new is sealed to it before a colleague vouches. The old pairs stay in the profile
    until nothing opens with them any more (`old_pairs`). The one-time code is switched off, and
    every session ends. Raises `SignInRefused`, `SamePassphrase`, `PassphraseTooWeak`, `Busy`.
    """
    check_passphrase(new)
    if new == old:
        raise SamePassphrase
    confirm_passphrase(member, passphrase=old)
    salt, key = stretched(new)
    master, code, on = new_key(), secrets.token_bytes(16), at.astimezone(HOME).date()
    with transaction.atomic():
        account = Account.objects.select_for_update().get(id=member.account)
        if account.serial != member.serial:  # another window was first
            raise SignInRefused
        pairs = {membership: new_pair() for membership in member.pairs}
        Account.objects.filter(id=account.id).update(
            salt=salt,
            master=seal_master(master, key=key, account=account.id),
            recovery=seal_recovery(master, key=recovery_key(code), account=account.id),
            profile=seal_profile(
                json.dumps(_profile_with(member, pairs)).encode(), master=master, account=account.id
            ),
            serial=F("serial") + 1,
        )
        for line in Membership.objects.filter(id__in=pairs).select_related("organisation"):
            _claim(line, member, pairs[line.id], on=on)
            tell_who_vouches(line.organisation, at=at)
    return entered(account, master, on=on), recovery_text(code)


def _profile_with(member: Member, pairs: dict[UUID, KeyPair]) -> dict[str, Any]:
    old = {
        membership.hex: [as_kept(it) for it in (*member.old_pairs.get(membership, ()), pair)]
        for membership, pair in member.pairs.items()
    }
    kept = {membership.hex: as_kept(pair) for membership, pair in pairs.items()}
    return {"pairs": kept, "old": old, "otp": None}


def _claim(row: Membership, member: Member, pair: KeyPair, *, on: date) -> None:
    """A certificate for the new pair, signed with the old one, about the same reading roles."""
    newest = row.certificates.order_by("-serial").first()
    claim = claim_keys(
        row, box_pub=pair.box_pub, sign_pub=pair.sign_pub, roles=newest.roles if newest else (),
        on=on,
    )  # fmt: skip
    before = member.pair(row.id)
    countersign(claim, signer=row.id, pair=before, on=on, deed="keys_changed")
    if fingerprint(before.box_pub, before.sign_pub) in pins.founders(row.organisation_id):
        # Whoever founded alone has nobody to ask: the keyring can name these keys too.
        countersign(claim, signer=row.id, pair=pair, on=on, deed="")
