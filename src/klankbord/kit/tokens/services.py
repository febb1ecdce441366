"""Form tokens: each public form carries one, and each opens at most one case (vault §3.1).

    version 1 byte | hour since 1970 u32 | random 16 | MAC 16        as URL-safe base64

The MAC is keyed from SECRET_KEY and covers what the form is for and which organisation it is of: a
token of one form is of no use in another.
"""

import hashlib
import secrets
import struct
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.utils.crypto import constant_time_compare, salted_hmac

from klankbord.kit.tokens.models import SpentToken

VERSION = 1
RANDOM_BYTES = 16
MAC_BYTES = 16
LIFE_HOURS = 24
HEAD = struct.Struct(f">BI{RANDOM_BYTES}s")
TEXT_LENGTH = 52  # 37 bytes in base64, padding included

_SPEND = (
    f'INSERT INTO "{SpentToken._meta.db_table}" ("digest", "hour") VALUES (%s, %s)'  # noqa: S608
    " ON CONFLICT DO NOTHING"
)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class TokenRefused(Exception):
    """Not a token of this form and organisation, or older than a day."""


class AlreadySpent(Exception):
    """This token opened something before: show that, open nothing new."""


def make_token(purpose: str, organisation: UUID | None, now: datetime) -> str:
    """A fresh token for a form: what it is for (a constant word), and of which organisation."""
    head = HEAD.pack(VERSION, _hour(now), secrets.token_bytes(RANDOM_BYTES))
    mac = _mac(head, purpose, organisation, settings.SECRET_KEY)
    return urlsafe_b64encode(head + mac).decode("ascii")


def read_token(text: str, purpose: str, organisation: UUID | None, now: datetime) -> bytes:
    """The 16 random bytes of a token made for this form less than 24 hours ago.

    Raises TokenRefused.
    """
    head, mac = _parts(text)
    version, hour, rand = HEAD.unpack(head)
    known = any(
        constant_time_compare(mac, _mac(head, purpose, organisation, key))
        for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    )
    if not known or version != VERSION or not 0 <= _hour(now) - hour < LIFE_HOURS:
        raise TokenRefused
    return bytes(rand)


def spend(rand: bytes, now: datetime) -> None:
    """Use a token up, in the caller's transaction: if that is undone, the token is unspent again.

    Of parallel callers one succeeds; the others wait for it and raise AlreadySpent.
    """
    # One statement where Django would take three: a savepoint, the row, and its release.
    with connection.cursor() as cursor:
        cursor.execute(_SPEND, [digest_of(rand), _hour(now)])
        if not cursor.rowcount:
            raise AlreadySpent


def sweep(now: datetime) -> int:
    """Forget tokens that could not be used any more anyway; how many."""
    gone, _ = SpentToken.objects.filter(hour__lt=_hour(now) - LIFE_HOURS).delete()
    return gone


def digest_of(rand: bytes) -> bytes:
    """What a spent token is known by; it does not lead back to the token."""
    return hashlib.blake2b(rand, digest_size=32).digest()


def _parts(text: str) -> tuple[bytes, bytes]:
    try:
        raw = urlsafe_b64decode(text.encode("ascii")) if len(text) == TEXT_LENGTH else b""
    except ValueError:
        raise TokenRefused from None
    if len(raw) != HEAD.size + MAC_BYTES:
        raise TokenRefused
    return raw[: HEAD.size], raw[HEAD.size :]


def _mac(head: bytes, purpose: str, organisation: UUID | None, secret: str | bytes) -> bytes:
    whose = organisation.bytes if organisation else b""
    message = head + bytes([len(whose)]) + whose + purpose.encode()
    full = salted_hmac("klankbord.kit.tokens", message, secret=secret, algorithm="sha256").digest()
    return full[:MAC_BYTES]


def _hour(moment: datetime) -> int:
    return (moment - _EPOCH) // timedelta(hours=1)


def is_spent(rand: bytes) -> bool:
    """Whether a token opened something before: asked first, so that no work is done for nothing."""
    return SpentToken.objects.filter(digest=digest_of(rand)).exists()
