"""The cookie of a browser in which somebody signed in before (vault §3.4).

It opens nothing. It only says that tries from here are counted apart, so that whoever guesses from
elsewhere can never keep somebody out. It fits one name, which does not stand in it.
"""

import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils.crypto import constant_time_compare

from klankbord.kit.vault.labels import Label, checksum, keyed

AGE = timedelta(days=180)
RANDOM, MAC = 16, 16


def cookie_name() -> str:
    """`__Host-d` over HTTPS; `d` on this machine's plain HTTP."""
    return "__Host-d" if settings.HTTPS else "d"


def browser_of(request: HttpRequest, name: str) -> bytes:
    """What this browser is known by for this name; empty when it is not known."""
    try:
        raw = urlsafe_b64decode(request.COOKIES.get(cookie_name(), "").encode("ascii"))
    except ValueError:
        return b""
    rand, mac = raw[:RANDOM], raw[RANDOM:]
    known = len(raw) == RANDOM + MAC and constant_time_compare(mac, _mac(rand, name))
    return rand if known else b""


def remember_browser(response: HttpResponseBase, name: str) -> None:
    """Somebody signed in here: from now on this browser's tries for this name count apart."""
    rand = secrets.token_bytes(RANDOM)
    response.set_cookie(
        cookie_name(),
        urlsafe_b64encode(rand + _mac(rand, name)).decode("ascii"),
        max_age=AGE,
        secure=settings.HTTPS,
        httponly=True,
        samesite="Strict",
    )


def _mac(rand: bytes, name: str) -> bytes:
    key = checksum(settings.SECRET_KEY.encode())
    return keyed(rand + name.strip().lower().encode(), key, Label.DEVICE, MAC)
