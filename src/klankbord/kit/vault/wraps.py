"""Wraps: the key of one epoch of one compartment, sealed to one holder and bound to the place."""

from uuid import UUID

from klankbord.kit.vault.aead import box_open, box_seal
from klankbord.kit.vault.errors import VaultError
from klankbord.kit.vault.labels import Label, kdf
from klankbord.kit.vault.layout import exactly, unsigned
from klankbord.kit.vault.magics import Magic
from klankbord.kit.vault.secret import KEY_SIZE


def _place(organisation: UUID, case: UUID, compartment: UUID, epoch: int, holder: UUID) -> bytes:
    return b"".join(
        (
            Magic.WRAP.value,
            organisation.bytes,
            case.bytes,
            compartment.bytes,
            unsigned(2, epoch),
            holder.bytes,
        )
    )


def wrap_key(
    key: bytes,
    *,
    to: bytes,
    organisation: UUID,
    case: UUID,
    compartment: UUID,
    epoch: int,
    holder: UUID,
) -> bytes:
    """Seal a key of 32 bytes to the public box key `to`. VaultError for a key of low order."""
    place = _place(organisation, case, compartment, epoch, holder)
    return box_seal(to, place + exactly(KEY_SIZE, key))


def unwrap_key(
    wrapped: bytes,
    *,
    box_priv: bytes,
    organisation: UUID,
    case: UUID,
    compartment: UUID,
    epoch: int,
    holder: UUID,
) -> bytes:
    """The key (32 bytes). VaultError if the wrap was made for another place, epoch or holder.

    Anybody can seal to a public key: use what comes out only if its `commitment` is the one in
    the signed key list.
    """
    opened = box_open(box_priv, wrapped)
    place = _place(organisation, case, compartment, epoch, holder)
    if opened[: len(place)] != place:
        raise VaultError
    return exactly(KEY_SIZE, opened[len(place) :])


def commitment(key: bytes) -> bytes:
    """32 bytes that name one key and tell nothing of it; the cipher alone names no single key."""
    return kdf(exactly(KEY_SIZE, key), Label.KEY_COMMITMENT)
