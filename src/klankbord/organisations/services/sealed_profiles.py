"""The sealed profile of an account: the keys of its memberships, and the one-time code."""

import json
from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from klankbord.kit.vault.members import open_profile, seal_profile
from klankbord.kit.vault.pairs import KeyPair
from klankbord.organisations.members import Member, MembershipLine, line_of
from klankbord.organisations.models import Account, Membership
from klankbord.organisations.queries import running_roles
from klankbord.rules.profiles.reading import load_profile


def opened_profile(account: Account, master: bytes) -> dict[str, Any]:
    """What lies in the seal, opened with the master key of 32 bytes. Raises `VaultError`."""
    opened: dict[str, Any] = json.loads(
        open_profile(bytes(account.profile), master=master, account=account.id)
    )
    return opened


def sealed_profile(profile: dict[str, Any], account: UUID, master: bytes) -> bytes:
    """The bytes as they are stored."""
    return seal_profile(json.dumps(profile).encode(), master=master, account=account)


def keep_profile(account: UUID, profile: dict[str, Any], master: bytes) -> None:
    """Store it sealed. Whoever read it before holds a lock on the row."""
    Account.objects.filter(id=account).update(profile=sealed_profile(profile, account, master))


def add_pairs(account_id: UUID, master: bytes, pairs: dict[UUID, KeyPair]) -> None:
    """Put the key pairs of memberships into a profile."""
    with transaction.atomic():
        account = Account.objects.select_for_update().get(id=account_id)
        profile = opened_profile(account, master)
        for membership, pair in pairs.items():
            profile["pairs"][membership.hex] = as_kept(pair)
        keep_profile(account.id, profile, master)


def has_pair(account_id: UUID, master: bytes, membership: UUID) -> bool:
    """Whether a profile holds the keys of a membership."""
    return membership.hex in opened_profile(Account.objects.get(id=account_id), master)["pairs"]


def forget_pair(member: Member, membership: UUID) -> None:
    """Take the keys of one organisation out of one's own profile."""
    with transaction.atomic():
        account = Account.objects.select_for_update().get(id=member.account)
        profile = without_pairs(opened_profile(account, member.master), [membership])
        keep_profile(account.id, profile, member.master)


def forget_old_pairs(member: Member) -> None:
    """Take the keys that were replaced out of one's own profile."""
    with transaction.atomic():
        account = Account.objects.select_for_update().get(id=member.account)
        profile = opened_profile(account, member.master) | {"old": {}}
        keep_profile(account.id, profile, member.master)


def without_pairs(profile: dict[str, Any], memberships: Iterable[UUID]) -> dict[str, Any]:
    """The profile without the keys, old and new, of these memberships."""
    gone = {membership.hex for membership in memberships}
    kept = {it: pair for it, pair in profile["pairs"].items() if it not in gone}
    old = {it: pairs for it, pairs in profile.get("old", {}).items() if it not in gone}
    return profile | {"pairs": kept, "old": old}


def member_of(account: Account, profile: dict[str, Any], master: bytes, *, on: date) -> Member:
    """Somebody who is in, with the roles of that day."""
    return Member(
        account=account.id,
        name=account.name,
        mail=account.mail,
        serial=account.serial,
        memberships=_lines(account, on),
        one_time_code=bool(profile["otp"]),
        pairs={UUID(hex=it): _pair(kept) for it, kept in profile["pairs"].items()},
        master=master,
        old_pairs={
            UUID(hex=it): tuple(_pair(kept) for kept in old)
            for it, old in profile.get("old", {}).items()
        },
    )


def _pair(kept: dict[str, str]) -> KeyPair:
    return KeyPair(bytes.fromhex(kept["box"]), bytes.fromhex(kept["sign"]))


def as_kept(pair: KeyPair) -> dict[str, str]:
    """A pair as it stands in a profile."""
    return {"box": pair.box.hex(), "sign": pair.sign.hex()}


def _lines(account: Account, on: date) -> tuple[MembershipLine, ...]:
    roles: dict[UUID, list[str]] = {}
    for role in running_roles(on).filter(membership__account=account):
        roles.setdefault(role.membership_id, []).append(role.word)
    rows = (
        Membership.objects.filter(account=account, id__in=roles)
        .select_related("organisation")
        .order_by("organisation__name")
    )
    return tuple(
        line_of(
            row.id,
            organisation=row.organisation_id,
            name=row.organisation.name,
            slug=row.organisation.slug,
            country=row.organisation.country,
            profile=load_profile(row.organisation.profile, row.organisation.profile_version, "nl"),
            roles=tuple(roles[row.id]),
        )
        for row in rows
    )
