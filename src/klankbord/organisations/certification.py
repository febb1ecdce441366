"""Which keys may be sealed to: those that lead back, signature by signature, to a founder.

One changed public key in the database would otherwise open everything that is sealed after it. So
a key counts only with a certificate, a certificate only with the signature of somebody certified
before, and the first of an organisation only with the fingerprint in the keyring file.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from django.db.models import F

from klankbord.kit.vault.certificates import Certificate as Record
from klankbord.kit.vault.certificates import check_certificate
from klankbord.kit.vault.errors import VaultError
from klankbord.kit.vault.pairs import fingerprint
from klankbord.organisations import pins
from klankbord.organisations.models import Certificate


@dataclass(frozen=True, slots=True)
class CertifiedKeys:
    """The public keys of a member, believed. `roles` are those the certificate speaks of."""

    holder: UUID
    box: bytes
    sign: bytes
    roles: tuple[str, ...]
    from_day: int
    serial: int

    @property
    def fingerprint(self) -> bytes:
        """The 32 bytes by which people and key lists recognise these keys."""
        return fingerprint(self.box, self.sign)


@dataclass(frozen=True, slots=True)
class _Claim:
    record: Record
    signatures: tuple[tuple[UUID, bytes], ...]


def certified(organisation: UUID, *, needed: int) -> dict[UUID, CertifiedKeys]:
    """The keys of an organisation's members that may be sealed to, by membership.

    `needed` is the number of countersignatures that the profile asks for. Somebody whose newest
    keys nobody vouched for is left out, even if older ones were. While a certificate about other
    roles waits for the same keys, the one before it counts.
    """
    claims = sorted(_claims(organisation), key=lambda claim: claim.record.serial)
    believed = _believed(claims, pins.founders(organisation), needed)
    newest = {claim.record.membership: claim.record for claim in claims}
    return {
        record.membership: _keys_in(record)
        for record in (claim.record for claim in claims)
        if record in believed and _same_keys(record, newest[record.membership])
    }


def _same_keys(one: Record, other: Record) -> bool:
    return (one.box_pub, one.sign_pub) == (other.box_pub, other.sign_pub)


def ever_certified(organisation: UUID, *, needed: int) -> dict[UUID, tuple[CertifiedKeys, ...]]:
    """Every key that was ever certified, by membership: to check what was signed or listed.

    Also keys that somebody made because the old ones may be known, signed with those: enough to go
    on in the cases one reads, and not to be sealed to.
    """
    claims = _claims(organisation)
    keys: dict[UUID, tuple[CertifiedKeys, ...]] = {}
    for record in _with_successors(claims, _believed(claims, pins.founders(organisation), needed)):
        keys[record.membership] = (*keys.get(record.membership, ()), _keys_in(record))
    return keys


def _with_successors(claims: Iterable[_Claim], believed: set[Record]) -> list[Record]:
    """The believed ones, and those that the same person signed with a key that counts here."""
    found, own = list(believed), dict[UUID, set[bytes]]()
    for record in believed:
        own.setdefault(record.membership, set()).add(record.sign_pub)
    for claim in sorted(claims, key=lambda it: it.record.serial):
        record = claim.record
        mine = {record.membership: own.get(record.membership, set())}
        if record not in believed and _vouched(claim, mine):
            found.append(record)
            own[record.membership].add(record.sign_pub)
    return found


def _keys_in(record: Record) -> CertifiedKeys:
    return CertifiedKeys(
        record.membership, record.box_pub, record.sign_pub, record.roles, record.from_day,
        record.serial,
    )  # fmt: skip


def _claims(organisation: UUID) -> list[_Claim]:
    rows: dict[int, Certificate] = {}
    signatures: dict[int, list[tuple[UUID, bytes]]] = {}
    every = Certificate.objects.filter(membership__organisation=organisation)
    # One question for the certificates and for what stands under each: everybody who reports asks.
    for row in every.annotate(signer=F("signatures__signer"), signed=F("signatures__signature")):
        rows[row.pk] = row
        if row.signer:
            signatures.setdefault(row.pk, []).append((row.signer, bytes(row.signed)))
    return [
        _Claim(record_of(organisation, row), tuple(signatures.get(it, ())))
        for it, row in rows.items()
    ]


def record_of(organisation: UUID, row: Certificate) -> Record:
    """The certificate in this row, as it was signed."""
    return Record(
        organisation=organisation,
        membership=row.membership_id,
        box_pub=bytes(row.box_pub),
        sign_pub=bytes(row.sign_pub),
        roles=tuple(row.roles),
        from_day=row.from_day,
        serial=row.serial,
    )


def _believed(claims: Iterable[_Claim], pinned: frozenset[bytes], needed: int) -> set[Record]:
    believed = {
        claim.record
        for claim in claims
        if fingerprint(claim.record.box_pub, claim.record.sign_pub) in pinned
        and _vouched(claim, {claim.record.membership: {claim.record.sign_pub}}) >= 1
    }
    waiting = [claim for claim in claims if claim.record not in believed]
    founders = frozenset(believed)
    while True:
        keys: dict[UUID, set[bytes]] = {}
        for record in believed:
            # Only who may read, or founded it, vouches: an administrator's key makes nobody a
            # reader, whatever somebody signs with it.
            if record.roles or record in founders:
                keys.setdefault(record.membership, set()).add(record.sign_pub)
        new = [claim for claim in waiting if _vouched(claim, _others(keys, claim)) >= needed]
        if not new:
            return believed
        believed |= {claim.record for claim in new}
        waiting = [claim for claim in waiting if claim not in new]


def _others(keys: dict[UUID, set[bytes]], claim: _Claim) -> dict[UUID, set[bytes]]:
    """Nobody vouches for themselves, also not with older keys: these may be somebody else's now."""
    return {who: held for who, held in keys.items() if who != claim.record.membership}


def _vouched(claim: _Claim, keys: dict[UUID, set[bytes]]) -> int:
    return len(
        {
            signer
            for signer, signature in claim.signatures
            if any(_holds(claim.record, signature, key) for key in keys.get(signer, ()))
        }
    )


@lru_cache(maxsize=4096)
def _holds(record: Record, signature: bytes, sign_pub: bytes) -> bool:
    """Pure over its bytes, so it may be remembered: a changed row is another question."""
    try:
        check_certificate(record, signature, sign_pub)
    except VaultError:
        return False
    return True
