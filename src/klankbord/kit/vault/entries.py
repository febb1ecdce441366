"""Entries of a sealed file: signed by who wrote them, chained to what was there before.

The signature is inside the seal; outside, trying public keys on it would reveal the writer.
"""

import struct
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from klankbord.kit.vault.aead import NONCE_SIZE, decrypt, encrypt, new_nonce
from klankbord.kit.vault.errors import TooLong, VaultError, fails_as_one
from klankbord.kit.vault.labels import Label, checksum, digest, pad16
from klankbord.kit.vault.layout import exactly
from klankbord.kit.vault.magics import Magic
from klankbord.kit.vault.padding import pad, unpad
from klankbord.kit.vault.pairs import SIGNATURE_SIZE, sign, verify

HASH_SIZE: Final = 32
HEAD0: Final = bytes(HASH_SIZE)
"""What the first entry of a case follows."""
LONGEST_BODY: Final = 1 << 20
_LAYOUT: Final = struct.Struct(">8s16s16sI16sHI32s")
_BODY_FROM: Final = 16 + SIGNATURE_SIZE


@dataclass(frozen=True, slots=True)
class Header:
    """The plain side of an entry: its place. Sealed and signed with it, so it fits nowhere else.

    `epoch` is a u16, `seq` and `day` (since 1970-01-01) are u32, `prev` is the hash of the
    entry before it.
    """

    organisation: UUID
    case: UUID
    seq: int
    compartment: UUID
    epoch: int
    day: int
    prev: bytes

    @fails_as_one
    def pack(self) -> bytes:
        """H, 98 bytes."""
        return _LAYOUT.pack(
            Magic.ENTRY.value,
            self.organisation.bytes,
            self.case.bytes,
            self.seq,
            self.compartment.bytes,
            self.epoch,
            self.day,
            exactly(HASH_SIZE, self.prev),
        )


@dataclass(frozen=True, slots=True)
class Sealed:
    """What is stored of an entry beside its header: nonce 24, sealed payload, hash 32."""

    nonce: bytes
    sealed: bytes
    hash: bytes


@dataclass(frozen=True, slots=True)
class Opened:
    """An opened entry. Who signed is only claimed until `check_entry` has been asked."""

    signer: UUID
    signature: bytes
    body: bytes = field(repr=False)


def _signed_message(header: Header, body: bytes) -> bytes:
    return pad16(Label.ENTRY_SIGNATURE) + header.pack() + checksum(body)


def seal_entry(header: Header, *, key: bytes, signer: UUID, seed: bytes, body: bytes) -> Sealed:
    """Sign `body` in its place with `seed` and seal it under the epoch's `key` (32 bytes each).

    A body over 1 MiB is TooLong. After a lost race for the sequence number, call it again with
    a new header.
    """
    if len(body) > LONGEST_BODY:
        raise TooLong
    signature = sign(seed, _signed_message(header, body))
    nonce = new_nonce()
    sealed = encrypt(key, nonce, pad(signer.bytes + signature + body), ad=header.pack())
    return Sealed(nonce=nonce, sealed=sealed, hash=entry_hash(header, nonce, sealed))


def open_entry(header: Header, *, key: bytes, nonce: bytes, sealed: bytes) -> Opened:
    """Open an entry in its place. VaultError if it is another's, or if any bit was changed."""
    payload = unpad(decrypt(key, nonce, sealed, ad=header.pack()))
    if len(payload) < _BODY_FROM:
        raise VaultError
    return Opened(
        signer=UUID(bytes=payload[:16]),
        signature=payload[16:_BODY_FROM],
        body=payload[_BODY_FROM:],
    )


def check_entry(header: Header, opened: Opened, sign_pub: bytes) -> None:
    """VaultError unless the owner of `sign_pub` signed this body in this place."""
    verify(sign_pub, _signed_message(header, opened.body), opened.signature)


def entry_hash(header: Header, nonce: bytes, sealed: bytes) -> bytes:
    """The 32 bytes by which the next entry, the bookmarks and the anchors remember this one."""
    return digest(header.pack() + exactly(NONCE_SIZE, nonce) + sealed, Label.ENTRY_HASH)
