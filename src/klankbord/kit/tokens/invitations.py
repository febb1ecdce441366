"""The link of an invitation: who holds it may answer the invitation, once.

    invitation id 16 | MAC 16        as URL-safe base64

The MAC of 128 bits is keyed from SECRET_KEY, which is in the keyring: the link is computed when the
mail leaves, and neither the invitation nor the outbox holds anything from which it could be made.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from uuid import UUID

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from klankbord.kit.tokens.services import TokenRefused

MAC_BYTES = 16
TEXT_LENGTH = 43  # 32 bytes in base64, without its padding


def invitation_token(invitation: UUID) -> str:
    """The last part of the link."""
    raw = invitation.bytes + _mac(invitation, settings.SECRET_KEY)
    return urlsafe_b64encode(raw).decode("ascii").rstrip("=")


def invitation_in(text: str) -> UUID:
    """The invitation that this link is of. Raises `TokenRefused`."""
    try:
        raw = urlsafe_b64decode(text.encode("ascii") + b"=") if len(text) == TEXT_LENGTH else b""
    except ValueError:
        raise TokenRefused from None
    if len(raw) != MAC_BYTES + 16:
        raise TokenRefused
    invitation = UUID(bytes=raw[:16])
    known = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    if not any(constant_time_compare(raw[16:], _mac(invitation, key)) for key in known):
        raise TokenRefused
    return invitation


def _mac(invitation: UUID, secret: str | bytes) -> bytes:
    full = salted_hmac(
        "klankbord.kit.tokens.invitation", invitation.bytes, secret=secret, algorithm="sha256"
    ).digest()
    return full[:MAC_BYTES]
