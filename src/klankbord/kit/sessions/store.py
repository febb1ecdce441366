"""Sessions of which the cookie is the key (vault §2.9).

The cookie is 32 random bytes. The row's id and the key that opens it are two different derivations
of those bytes, so whoever has the table, a backup of it, or a row's id, opens nothing. A cookie
this server did not hand out is never adopted: the visitor gets a new one.

How long a session lives is kept inside the seal, in steps of five minutes. A step is rounded down:
a session never lives longer than promised, and may end up to five minutes earlier.
"""

import inspect
import json
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar, NoReturn

from django.contrib.sessions.backends.base import CreateError, SessionBase, UpdateError
from django.db import IntegrityError
from django.db.models import QuerySet

from klankbord.kit import clock as house_clock
from klankbord.kit.sessions.desks import Desk, limits_of
from klankbord.kit.sessions.models import SealedSession
from klankbord.kit.vault.aead import seal_marked, unseal_marked
from klankbord.kit.vault.errors import VaultError
from klankbord.kit.vault.labels import Label, kdf
from klankbord.kit.vault.magics import Magic
from klankbord.kit.vault.padding import pad, unpad

COOKIE_BYTES = 32
GRAIN = timedelta(minutes=5)
HOUR = timedelta(hours=1)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Opened:
    """A session as it lies in the seal: whose, begun and last seen (in grains), and its content."""

    desk: Desk
    begun: int
    seen: int
    content: dict[str, Any]

    def ends(self) -> datetime:
        """The moment from which this session is no longer accepted."""
        limits = limits_of(self.desk, self.content.get("kind"))
        idle_end = EPOCH + self.seen * GRAIN + limits.idle
        if limits.absolute is None:
            return idle_end
        return min(idle_end, EPOCH + self.begun * GRAIN + limits.absolute)


class SessionStore(SessionBase):
    """Django's session interface over sealed rows. Content is what JSON can hold."""

    clock: ClassVar[Callable[[], datetime]] = staticmethod(lambda: house_clock.now())

    def __init__(self, session_key: str | None = None, *, desk: Desk = Desk.MEMBER) -> None:
        super().__init__(session_key)
        self.desk = desk
        self._begun: int | None = None
        self._seen: int | None = None
        self._replaced: str | None = None

    # What views use beside Django's own --------------------------------------------------------

    def start(self, **content: Any) -> None:
        """Begin anew for this visitor: empty, another key, and the clocks start again.

        For entering a code, signing in, a new draft. The row of before goes in the very commit that
        stores the new one: never both, never neither, and one commit less.
        """
        before = self.session_key
        self.clear()
        self._session_key, self._replaced = None, before
        self._begun = self._seen = None
        self.update(content)

    def keep(self) -> None:
        """Store it now, in the caller's transaction: what is in it stands or falls with the rest.

        Raises UpdateError when it was ended by another request meanwhile.
        """
        self.save()
        self.modified = False

    def needs_saving(self) -> bool:
        """Whether something changed, or the visitor was seen in a new step of five minutes."""
        if self.modified:
            return True
        return self._seen is not None and self._seen != self._grain()

    # What Django asks of a store ---------------------------------------------------------------

    def _validate_session_key(self, key: str | None) -> bool:
        return key is not None and _cookie_bytes(key) is not None

    def _get_new_session_key(self) -> str:
        return _cookie_text(secrets.token_bytes(COOKIE_BYTES))

    def exists(self, session_key: str) -> bool:
        return _rows_of(session_key).exists()

    def load(self) -> dict[str, Any]:
        opened = self._open()
        if opened is None:
            # The cookie is not ours, or not any more: whatever is saved next gets a new key.
            self._session_key = None
            return {}
        self._begun, self._seen = opened.begun, opened.seen
        return opened.content

    def create(self) -> None:
        self.items()  # what the old key opens is read before there is a new one
        self._session_key = self._get_new_session_key()
        self.save(must_create=True)
        self.modified = True

    def save(self, must_create: bool = False) -> None:
        """Store the session. Raises UpdateError when it was ended by another request meanwhile."""
        if self.session_key is None:
            self.create()
            return
        content = dict(self.items())
        if must_create:
            self._insert(self.session_key, content)
        else:
            self._update(self.session_key, content)

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key is not None and _cookie_bytes(key) is not None:
            _rows_of(key).delete()

    @classmethod
    def clear_expired(cls, now: datetime | None = None) -> None:
        """Throw away the rows whose (rounded) end has passed."""
        SealedSession.objects.filter(expires__lte=now or cls.clock()).delete()

    # How it is done ----------------------------------------------------------------------------

    def _grain(self) -> int:
        return (type(self).clock() - EPOCH) // GRAIN

    def _open(self) -> Opened | None:
        """The session of this cookie; None when there is none, it ended, or the desk differs."""
        key = self.session_key
        row = key and _rows_of(key).first()
        if not key or not row:
            return None
        opened = _unseal(key, bytes(row.sealed))
        if opened is None or opened.desk is not self.desk:
            return None
        if type(self).clock() >= opened.ends():
            row.delete()
            return None
        return opened

    def _now_opened(self, content: dict[str, Any]) -> Opened:
        self._seen = self._grain()
        if self._begun is None:
            self._begun = self._seen
        return Opened(desk=self.desk, begun=self._begun, seen=self._seen, content=content)

    def _insert(self, key: str, content: dict[str, Any]) -> None:
        opened = self._now_opened(content)
        row = {
            "id": _row_id(key), "sealed": _seal(key, opened), "expires": _hour_after(opened.ends())
        }  # fmt: skip
        try:
            # The row of before becomes the new one, unless another request ended it.
            if self._replaced is None or not _rows_of(self._replaced).update(**row):
                SealedSession.objects.create(**row)
        except IntegrityError:
            raise CreateError from None

    def _update(self, key: str, content: dict[str, Any]) -> None:
        opened = self._now_opened(content)
        changed = _rows_of(key).update(
            sealed=_seal(key, opened), expires=_hour_after(opened.ends())
        )
        if not changed:
            raise UpdateError


def _cookie_text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode("ascii")


def _cookie_bytes(text: str) -> bytes | None:
    """The bytes of a cookie; None for anything that is not exactly how we write one."""
    try:
        raw = urlsafe_b64decode(text.encode("ascii") + b"=")
    except ValueError:
        return None
    return raw if len(raw) == COOKIE_BYTES and _cookie_text(raw) == text else None


def _raw(key: str) -> bytes:
    raw = _cookie_bytes(key)
    if raw is None:
        raise ValueError("not a session cookie")
    return raw


def _row_id(key: str) -> bytes:
    return kdf(_raw(key), Label.SESSION_ID)


def _rows_of(key: str) -> QuerySet[SealedSession]:
    """The row that a cookie opens, or none."""
    return SealedSession.objects.filter(pk=_row_id(key))


def _sealing_key(key: str) -> bytes:
    return kdf(_raw(key), Label.SESSION_KEY)


def _seal(key: str, opened: Opened) -> bytes:
    payload = {
        "desk": opened.desk,
        "begun": opened.begun,
        "seen": opened.seen,
        "content": opened.content,
    }
    plain = json.dumps(payload, allow_nan=False, separators=(",", ":")).encode()
    return seal_marked(Magic.SESSION, _sealing_key(key), pad(plain), ad=_row_id(key))


def _unseal(key: str, stored: bytes) -> Opened | None:
    try:
        plain = unseal_marked(Magic.SESSION, _sealing_key(key), stored, ad=_row_id(key))
        payload = json.loads(unpad(plain))
        return Opened(
            desk=Desk(payload["desk"]),
            begun=int(payload["begun"]),
            seen=int(payload["seen"]),
            content=dict(payload["content"]),
        )
    except (VaultError, ValueError, KeyError, TypeError):
        return None


def _hour_after(moment: datetime) -> datetime:
    """The moment itself when it is a whole hour, else the next whole hour."""
    return EPOCH - ((EPOCH - moment) // HOUR) * HOUR


async def _refuse(*_: object, **__: object) -> NoReturn:
    raise NotImplementedError("sealed sessions are synchronous")


# Django 5 gives every method an asynchronous twin that would reach around ours: none may run.
for _name in dir(SessionBase):
    if inspect.iscoroutinefunction(getattr(SessionBase, _name)):
        setattr(SessionStore, _name, _refuse)
