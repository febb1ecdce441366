"""Whoever opens and writes with keys of their own: a member or the reporter."""

from dataclasses import dataclass, field
from uuid import UUID

from klankbord.kit.vault.pairs import KeyPair


@dataclass(frozen=True, slots=True)
class Hand:
    """A holder's id (a membership or a reporter) and the private keys in hand."""

    id: UUID
    pair: KeyPair = field(repr=False)


@dataclass(frozen=True, slots=True)
class PublicHand:
    """A holder to whom a key may be sealed."""

    id: UUID
    box: bytes
    fingerprint: bytes
