"""Whose keys wait for somebody to vouch for them, and who may do that."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from klankbord.kit.vault.pairs import fingerprint
from klankbord.organisations import pins
from klankbord.organisations.certification import CertifiedKeys, certified
from klankbord.organisations.models import Certificate, Invitation, Organisation
from klankbord.organisations.queries import profile_of, running_roles
from klankbord.rules.vouching import may_vouch


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody whose newest certificate still lacks a signature.

    `mark` is the fingerprint (32 bytes) of the keys in the table; `new_keys` says that other keys
    were vouched for before; `roles` are the reading roles that the certificate speaks of.
    """

    membership: UUID
    name: str
    organisation: Organisation
    certificate: Certificate
    roles: tuple[str, ...]
    since: int
    mark: bytes
    new_keys: bool
    signed_by: frozenset[UUID]
    needed: int
    able: frozenset[UUID]  # who may vouch
    invited_by: UUID | None


def waiting_in(organisation: Organisation, *, on: date) -> list[Waiting]:
    """Everybody with a reading role whose keys are not vouched for yet, by name."""
    needed = profile_of(organisation, "nl").certifiers
    believed = certified(organisation.id, needed=needed)
    reading = set(profile_of(organisation, "nl").reading_roles)
    held = _held(organisation, on)
    newest = _newest(organisation, [who for who, roles in held.items() if roles & reading])
    inviters = dict(
        Invitation.objects.filter(organisation=organisation)
        .exclude(accepted_day=None)
        .order_by("accepted_day")
        .values_list("membership", "invited_by")
    )
    administrators = {who for who, roles in held.items() if "administrator" in roles}
    able = able_to_vouch(organisation, believed, held)
    return [
        Waiting(
            membership=row.membership_id,
            name=row.membership.account.name,
            organisation=organisation,
            certificate=row,
            roles=tuple(row.roles),
            since=row.from_day,
            mark=fingerprint(bytes(row.box_pub), bytes(row.sign_pub)),
            new_keys=row.serial > 1 and not _holds(row, believed, same_keys=True),
            signed_by=frozenset(it.signer for it in row.signatures.all()),
            needed=needed,
            able=may_vouch(
                row.membership_id, certified=able, administrators=administrators, needed=needed
            ),
            invited_by=inviters.get(row.membership_id),
        )
        for row in newest
        if not _holds(row, believed, same_keys=False)
    ]


def able_to_vouch(
    organisation: Organisation, believed: dict[UUID, CertifiedKeys], held: dict[UUID, set[str]]
) -> set[UUID]:
    """Who is certified as a reader and still is one, or founded the organisation."""
    founders = pins.founders(organisation.id)
    return {
        who
        for who, keys in believed.items()
        if held.get(who, set()) & set(keys.roles)
        or (keys.fingerprint in founders and held.get(who))
    }


def _held(organisation: Organisation, on: date) -> dict[UUID, set[str]]:
    held: dict[UUID, set[str]] = {}
    for role in running_roles(on).filter(membership__organisation=organisation):
        held.setdefault(role.membership_id, set()).add(role.word)
    return held


def _newest(organisation: Organisation, people: list[UUID]) -> list[Certificate]:
    rows = (
        Certificate.objects.filter(membership__organisation=organisation, membership__in=people)
        .select_related("membership__account")
        .prefetch_related("signatures")
        .order_by("serial")
    )
    newest = {row.membership_id: row for row in rows}
    return sorted(newest.values(), key=lambda row: row.membership.account.name)


def _holds(row: Certificate, believed: dict[UUID, CertifiedKeys], *, same_keys: bool) -> bool:
    keys = believed.get(row.membership_id)
    if keys is None:
        return False
    return same_keys or keys.serial == row.serial
