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
    keyring = settings.KEYRING.with_founder(str(organisation), mark.hex())
    write_keyring(settings.KEYRING_FILE, keyring)
    settings.KEYRING = keyring
    return mark
