"""Pinning a founder: their fingerprint goes into the keyring, where the database cannot reach."""

from uuid import UUID

from django.conf import settings

from klankbord.config.keyring import write_keyring
from klankbord.kit.vault.pairs import KeyPair, fingerprint


def pin_founder(organisation: UUID, pair: KeyPair) -> bytes:
    """Trust these keys as the organisation's founder from now on. Returns their fingerprint.

    Call it last in the transaction that founds: a founder pinned for nothing does no harm.
    """
    mark = fingerprint(pair.box_pub, pair.sign_pub)
    pin_mark(organisation, mark)
    return mark


def pin_mark(organisation: UUID, mark: bytes) -> None:
    """Trust the keys with this fingerprint (32 bytes) as a founder's."""
    keyring = settings.KEYRING.with_founder(str(organisation), mark.hex())
    write_keyring(settings.KEYRING_FILE, keyring)
    settings.KEYRING = keyring
