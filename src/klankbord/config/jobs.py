"""What runs by itself while Klankbord serves. No job needs a key: none can read a case."""

from datetime import datetime

from django.conf import settings
from django.db import connection

from klankbord.kit.outbox.services import send_due
from klankbord.kit.sessions.store import SessionStore
from klankbord.kit.ticks import Every, Tick
from klankbord.kit.tokens.services import sweep as sweep_tokens


def send_letters(now: datetime) -> None:
    send_due(now=now)


def end_sessions(now: datetime) -> None:
    SessionStore.clear_expired()


def forget_tokens(now: datetime) -> None:
    sweep_tokens(now)


def empty_the_wal(now: datetime) -> None:
    """What was deleted stays in SQLite's write-ahead log until this (vault §2.10)."""
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


JOBS = (
    Tick("letters", Every.MINUTE, send_letters),
    Tick("sessions", Every.HOUR, end_sessions),
    Tick("tokens", Every.HOUR, forget_tokens),
    Tick("write-ahead log", Every.DAY, empty_the_wal),
)
