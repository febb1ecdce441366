"""Bookmarks: how far a holder has read, sealed to her, so that a shortened file is noticed."""

from uuid import UUID

from klankbord.kit.vault.aead import box_open, box_seal
from klankbord.kit.vault.entries import HASH_SIZE
from klankbord.kit.vault.errors import VaultError
from klankbord.kit.vault.layout import exactly, unsigned
from klankbord.kit.vault.magics import Magic


def _place(organisation: UUID, case: UUID, holder: UUID) -> bytes:
    return Magic.BOOKMARK.value + organisation.bytes + case.bytes + holder.bytes


def seal_bookmark(
    *, to: bytes, organisation: UUID, case: UUID, holder: UUID, seq: int, head: bytes
) -> bytes:
    """Seal the last sequence number (u32) and its hash (32 bytes) to the public box key `to`."""
    place = _place(organisation, case, holder)
    return box_seal(to, place + unsigned(4, seq) + exactly(HASH_SIZE, head))


def open_bookmark(
    sealed: bytes, *, box_priv: bytes, organisation: UUID, case: UUID, holder: UUID
) -> tuple[int, bytes]:
    """(sequence number, hash) as last seen. VaultError if it is another case's or holder's."""
    opened = box_open(box_priv, sealed)
    place = _place(organisation, case, holder)
    if opened[: len(place)] != place:
        raise VaultError
    mark = exactly(4 + HASH_SIZE, opened[len(place) :])
    return int.from_bytes(mark[:4], "big"), mark[4:]
