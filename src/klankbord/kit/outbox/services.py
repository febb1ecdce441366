"""Putting letters in the outbox, and sending those whose hour has come.

`queue` and `queue_now` write a row in the caller's transaction: no report without its letter, no
letter without its report. `send_due` runs every minute and must never run inside a transaction.
"""

import logging
from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta
from itertools import groupby
from smtplib import SMTPRecipientsRefused
from uuid import UUID

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import F, Q

from klankbord.kit.clock import HOME, day_number
from klankbord.kit.journal.services import write_down
from klankbord.kit.outbox.mail import the_invitation, the_letter
from klankbord.kit.outbox.models import Letter

QUICK_TRIES = 5  # one every minute; after these, one every hour
LAST_TRY = 48  # two days at an address that refuses
HOLD = 10  # minutes before another sender may take over from one that died

log = logging.getLogger(__name__)


def queue(*, address: str, hours: tuple[int, ...], now: datetime) -> None:
    """Have one mail sent to `address` at the next of `hours`.

    `hours` are hours of the day in Brussels (0…23), at least one; `now` is aware. The next one is
    strictly after `now`: mail in the minute of a report would tie it to whoever stood at the door.
    A second letter for the same address and hour is the first one. Raises ValueError without hours.
    """
    queue_all(addresses=[address], hours=hours, now=now)


def queue_all(*, addresses: Iterable[str], hours: tuple[int, ...], now: datetime) -> None:
    """Have one mail sent to each of these addresses at the next of `hours`, as `queue` does."""
    _put(addresses, next_slot(hours, now))


def queue_now(*, address: str, now: datetime) -> None:
    """Have one mail sent to `address` at the next tick: danger waits for no hour (P7).

    A letter of this hour that already left, or that keeps failing, is sent again: it announced
    other news.
    """
    slot = _hour(now)
    _put([address], slot)
    Letter.objects.filter(address=address, slot=slot, invitation=None).filter(
        Q(sent_day__isnull=False) | Q(tries__gt=0)
    ).update(sent_day=None, tries=0, held_until=None)


def queue_invitation(*, address: str, invitation: UUID, now: datetime) -> None:
    """Have the link of an invitation sent to `address` at the next tick, once."""
    Letter.objects.bulk_create(
        [Letter(address=address, slot=_hour(now), invitation=invitation)], ignore_conflicts=True
    )


def next_slot(hours: tuple[int, ...], now: datetime) -> int:
    """The first of `hours` strictly after `now`, in hours since 1970-01-01 UTC."""
    if not hours:
        raise ValueError("a mail needs at least one hour of the day")
    today = now.astimezone(HOME).date()
    moments = (
        datetime.combine(today + timedelta(days=later), time(hour), tzinfo=HOME).astimezone(UTC)
        for later in range(3)  # three: on the day the clock goes forward an hour may not exist
        for hour in hours
    )
    return min(_hour(moment) for moment in moments if moment > now)


def send_due(*, now: datetime) -> int:
    """Send every letter whose hour has come; returns how many addresses got one.

    One mail per address, also when several hours were missed. What fails stays, is tried again at
    the next four ticks and then every hour. An address that the mail server refuses is given up
    after 48 tries, with a line in the installation's journal. Rows of delivered letters are gone
    the next day.
    """
    today = day_number(now.astimezone(HOME).date())
    Letter.objects.filter(sent_day__lt=today).delete()
    due = Letter.objects.filter(sent_day=None, slot__lte=_hour(now)).order_by(
        "address", "invitation", "slot"
    )
    waiting = [rows for _, group in groupby(due, key=_which) if _may_try(rows := list(group), now)]
    if not waiting:
        return 0
    connection = get_connection()
    try:
        opened = _opened(connection)
        return sum(_send(rows, connection if opened else None, now) for rows in waiting)
    finally:
        connection.close()


def _put(addresses: Iterable[str], slot: int) -> None:
    # ON CONFLICT DO NOTHING: an IntegrityError would end the caller's transaction in PostgreSQL.
    Letter.objects.bulk_create(
        (Letter(address=address, slot=slot) for address in sorted(addresses)),
        ignore_conflicts=True,
    )


def _hour(moment: datetime) -> int:
    return int(moment.timestamp()) // 3600


def _minute(moment: datetime) -> int:
    return int(moment.timestamp()) // 60


def _which(letter: Letter) -> tuple[str, UUID | None]:
    """Letters that are one mail: all news for an address, or one invitation."""
    return letter.address, letter.invitation


def _may_try(rows: Iterable[Letter], now: datetime) -> bool:
    """Whether one of the letters to an address is ready and nobody is busy with any of them."""
    held = any(row.held_until is not None and row.held_until > _minute(now) for row in rows)
    return not held and any(
        row.tries < QUICK_TRIES or _hour(now) >= row.slot + row.tries - QUICK_TRIES + 1
        for row in rows
    )


def _opened(connection: BaseEmailBackend) -> bool:
    """False when the mail server does not answer: then nobody waits for it once per address."""
    try:
        connection.open()
    except Exception as error:
        log.warning("the mail server does not answer: %s", type(error).__name__)
        return False
    return True


def _send(rows: list[Letter], connection: BaseEmailBackend | None, now: datetime) -> bool:
    """One try for one address; `rows` are its due letters, the oldest first."""
    if not _claim(rows[0], now):
        return False
    error = None
    if connection is not None:
        error = _delivered(rows[0], connection)
        if error is None:
            _mark_sent(rows, now)
            return True
        log.warning("a letter was not delivered: %s", type(error).__name__)
    _keep_for_later(rows, error, now)
    return False


def _claim(letter: Letter, now: datetime) -> bool:
    """Ours, if no other sender counted a try since we read the row."""
    claimed = Letter.objects.filter(pk=letter.pk, tries=letter.tries, sent_day=None).update(
        tries=letter.tries + 1, held_until=_minute(now) + HOLD
    )
    if claimed:
        letter.tries += 1
    return bool(claimed)


def _delivered(letter: Letter, connection: BaseEmailBackend) -> Exception | None:
    """Nothing when the server took the mail, else why not. One bad address stops no other."""
    try:
        if letter.invitation:
            the_invitation(letter.address, letter.invitation, connection).send()
        else:
            the_letter(letter.address, connection).send()
    except Exception as error:
        _reset(connection)
        return error
    return None


def _reset(connection: BaseEmailBackend) -> None:
    """A line that failed once is not used for the next letter."""
    connection.close()
    _opened(connection)


def _mark_sent(rows: list[Letter], now: datetime) -> None:
    today = day_number(now.astimezone(HOME).date())
    for row in rows:  # not one that `queue_now` made new in the meantime
        Letter.objects.filter(pk=row.pk, tries=row.tries).update(sent_day=today, held_until=None)


def _keep_for_later(rows: list[Letter], error: Exception | None, now: datetime) -> None:
    oldest, *younger = rows
    if isinstance(error, SMTPRecipientsRefused) and oldest.tries >= LAST_TRY:
        with transaction.atomic():
            Letter.objects.filter(pk__in=[row.pk for row in rows]).delete()
            write_down(deed="mail.given_up", on=now.astimezone(HOME).date())
        return
    Letter.objects.filter(pk=oldest.pk, tries=oldest.tries).update(held_until=None)
    Letter.objects.filter(pk__in=[row.pk for row in younger]).update(tries=F("tries") + 1)
