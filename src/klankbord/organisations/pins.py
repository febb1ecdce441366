"""What this installation trusts from outside its database: pepper, salt, founders' fingerprints."""

from functools import cache
from uuid import UUID

from django.conf import settings

from klankbord.organisations.models import Installation


def pepper() -> bytes:
    """The 32 bytes of the keyring file that every code and passphrase is mixed with."""
    found: bytes = settings.KEYRING.pepper
    return found


def founders(organisation: UUID) -> frozenset[bytes]:
    """The fingerprints (32 bytes) of the members who founded this organisation."""
    return frozenset(
        bytes.fromhex(text) for text in settings.KEYRING.founders.get(str(organisation), ())
    )


@cache
def code_salt() -> bytes:
    """The 16 bytes with which all reporters' codes of this installation are stretched."""
    return bytes(Installation.objects.get().code_salt)
