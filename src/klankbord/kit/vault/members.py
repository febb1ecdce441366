"""A member's keys: a passphrase or a recovery code opens the master key, that opens the profile.

Opening the master key is the log-in: there is no second secret to check.
"""

import unicodedata
from typing import Final
from uuid import UUID

from klankbord.kit.vault.aead import seal_marked, unseal_marked
from klankbord.kit.vault.errors import fails_as_one
from klankbord.kit.vault.labels import Label, kdf, keyed
from klankbord.kit.vault.layout import exactly
from klankbord.kit.vault.magics import Magic
from klankbord.kit.vault.padding import pad, unpad
from klankbord.kit.vault.secret import KEY_SIZE
from klankbord.kit.vault.stretching import PASSPHRASE_COST, SALT_SIZE, stretch

RECOVERY_SIZE: Final = 16


@fails_as_one
def passphrase_key(passphrase: str, *, pepper: bytes, salt: bytes) -> bytes:
    """The key (32 bytes) that opens a member's master key; `salt` (16 bytes) is her own.

    The passphrase is brought to NFC, so that one keyboard opens what another closed. Costs
    about 150 ms and 64 MiB: take a slot of the throttle first.
    """
    spoken = unicodedata.normalize("NFC", passphrase).encode()
    return stretch(spoken, Label.PASSPHRASE_MATERIAL, PASSPHRASE_COST, pepper=pepper, salt=salt)


@fails_as_one
def fake_salt(name: str, *, pepper: bytes) -> bytes:
    """The salt (16 bytes) an unknown name would have: always the same, so the work is too."""
    return keyed(name.encode(), exactly(KEY_SIZE, pepper), Label.FAKE_SALT, SALT_SIZE)


def recovery_key(code16: bytes) -> bytes:
    """The key (32 bytes) of a recovery code of 16 random bytes; not peppered, on purpose."""
    return kdf(exactly(RECOVERY_SIZE, code16), Label.RECOVERY)


def seal_master(master: bytes, *, key: bytes, account: UUID) -> bytes:
    """Seal the master key (32 bytes) under the passphrase's key, for this account."""
    return seal_marked(Magic.MASTER, key, exactly(KEY_SIZE, master), ad=account.bytes)


def open_master(sealed: bytes, *, key: bytes, account: UUID) -> bytes:
    """The master key. VaultError for another passphrase or account: the log-in is refused."""
    return exactly(KEY_SIZE, unseal_marked(Magic.MASTER, key, sealed, ad=account.bytes))


def seal_recovery(master: bytes, *, key: bytes, account: UUID) -> bytes:
    """Seal the master key (32 bytes) under the recovery code's key, for this account."""
    return seal_marked(Magic.RECOVERY, key, exactly(KEY_SIZE, master), ad=account.bytes)


def open_recovery(sealed: bytes, *, key: bytes, account: UUID) -> bytes:
    """The master key. VaultError for another recovery code or account."""
    return exactly(KEY_SIZE, unseal_marked(Magic.RECOVERY, key, sealed, ad=account.bytes))


def seal_profile(profile: bytes, *, master: bytes, account: UUID) -> bytes:
    """Seal the profile, padded to a size class, under a key derived from the master key."""
    key = kdf(exactly(KEY_SIZE, master), Label.PROFILE)
    return seal_marked(Magic.PROFILE, key, pad(profile), ad=account.bytes)


def open_profile(sealed: bytes, *, master: bytes, account: UUID) -> bytes:
    """The profile as it was given. VaultError for another master key or account."""
    key = kdf(exactly(KEY_SIZE, master), Label.PROFILE)
    return unpad(unseal_marked(Magic.PROFILE, key, sealed, ad=account.bytes))
