"""Receipt records: what to show again when the answer to a submission never arrived.

The random 16 bytes of the form that was submitted find and open the record; nothing stored does.
"""

from typing import Final

from klankbord.kit.vault.aead import seal_marked, unseal_marked
from klankbord.kit.vault.labels import Label, kdf
from klankbord.kit.vault.layout import exactly
from klankbord.kit.vault.magics import Magic
from klankbord.kit.vault.padding import pad, unpad

RAND_SIZE: Final = 16


def lookup_of(rand: bytes) -> bytes:
    """The id (32 bytes) under which the record for these 16 bytes is stored."""
    return kdf(exactly(RAND_SIZE, rand), Label.RECEIPT_LOOKUP)


def _key_of(rand: bytes) -> bytes:
    return kdf(exactly(RAND_SIZE, rand), Label.RECEIPT)


def seal_receipt(rand16: bytes, plain: bytes) -> bytes:
    """Seal a receipt, padded to a size class, under a key derived from the form's 16 bytes."""
    return seal_marked(Magic.RECEIPT, _key_of(rand16), pad(plain), ad=lookup_of(rand16))


def open_receipt(rand16: bytes, sealed: bytes) -> bytes:
    """The receipt. VaultError for other bytes than those of the form that made it."""
    return unpad(unseal_marked(Magic.RECEIPT, _key_of(rand16), sealed, ad=lookup_of(rand16)))
