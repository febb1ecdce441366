"""What runs by itself while Klankbord serves. No job needs a key: none can read a case."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection

from klankbord.cases.files import named_blobs, sweep_orphans
from klankbord.cases.reminding import remind
from klankbord.cases.tallies import compact
from klankbord.improvement.services import remind_of_duties
from klankbord.intake.receipts import sweep_receipts
from klankbord.kit.clock import HOME
from klankbord.kit.files.store import sweep as sweep_blobs
from klankbord.kit.outbox.services import send_due
from klankbord.kit.sessions.store import SessionStore
from klankbord.kit.ticks import Every, Tick
from klankbord.kit.tokens.services import sweep as sweep_tokens


def send_letters(now: datetime) -> None:
    send_due(now=now)


def remind_of_terms(now: datetime) -> None:
    """What comes near its last day or passed it: a mail that says nothing of it."""
    remind(now)
    remind_of_duties(now)


def add_up_counts(now: datetime) -> None:
    compact()


def end_sessions(now: datetime) -> None:
    SessionStore.clear_expired()


def forget_tokens(now: datetime) -> None:
    sweep_tokens(now)


def forget_receipts(now: datetime) -> None:
    sweep_receipts(at=now)


def forget_orphans(now: datetime) -> None:
    """Files of drafts that were never sent: their keys are gone with the draft."""
    sweep_orphans(before=now.astimezone(HOME).date() - timedelta(days=1))
    sweep_blobs(named_blobs, now=now)


def empty_the_wal(now: datetime) -> None:
    """What was deleted stays in SQLite's write-ahead log until this (vault §2.10)."""
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


JOBS = (
    Tick("letters", Every.MINUTE, send_letters),
    Tick("counts", Every.MINUTE, add_up_counts),
    Tick("reminders", Every.DAY, remind_of_terms),
    Tick("sessions", Every.HOUR, end_sessions),
    Tick("tokens", Every.HOUR, forget_tokens),
    Tick("receipts", Every.HOUR, forget_receipts),
    Tick("files nobody sent", Every.DAY, forget_orphans),
    Tick("write-ahead log", Every.DAY, empty_the_wal),
)
