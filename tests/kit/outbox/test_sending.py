"""Sending through a real mail server on this machine: once, later if need be, saying nothing."""

import email
import email.policy
import logging
import socket
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from typing import Any, cast
from uuid import uuid4

import pytest
from django.db import connection

from klankbord.kit.clock import HOME
from klankbord.kit.journal.models import Line
from klankbord.kit.outbox import services
from klankbord.kit.outbox.models import Letter
from klankbord.kit.outbox.services import (
    LAST_TRY,
    QUICK_TRIES,
    queue,
    queue_invitation,
    queue_now,
    send_due,
)
from klankbord.kit.tokens.invitations import invitation_token
from tests.kit.outbox.post_office import PostOffice, post_office

NOOR, BEA = "noor@example.org", "bea@example.org"
NINE = datetime(2026, 3, 2, 9, 12, 44, tzinfo=HOME).astimezone(UTC)
FOUR = datetime(2026, 3, 2, 16, 0, 5, tzinfo=HOME).astimezone(UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
pytestmark = pytest.mark.django_db


@pytest.fixture
def office(settings: Any) -> Iterator[PostOffice]:
    with post_office(settings) as office:
        yield office


def write(*addresses: str, now: datetime = NINE) -> None:
    for address in addresses:
        queue(address=address, hours=(8, 16), now=now)


def read(content: bytes) -> EmailMessage:
    return cast(EmailMessage, email.message_from_bytes(content, policy=email.policy.default))


def test_a_letter_leaves_at_its_hour_and_not_before(office: PostOffice) -> None:
    write(NOOR)
    assert send_due(now=FOUR - MINUTE) == 0
    assert send_due(now=FOUR) == 1
    assert send_due(now=FOUR + MINUTE) == 0
    assert [address for address, _ in office.mails] == [NOOR]


def test_danger_leaves_at_the_next_tick(office: PostOffice) -> None:
    queue_now(address=NOOR, now=NINE)
    assert send_due(now=NINE + MINUTE) == 1
    queue_now(address=NOOR, now=NINE + 2 * MINUTE)
    assert send_due(now=NINE + 3 * MINUTE) == 1
    assert len(office.mails) == 2


def test_one_report_and_forty_give_the_same_mail(office: PostOffice) -> None:
    """Vault row 30: equal bytes but the date and the random name of the message."""
    for reports, day in ((1, 0), (40, 1)):
        for minute in range(reports):
            write(NOOR, now=NINE + day * DAY + minute * MINUTE)
        assert send_due(now=FOUR + day * DAY) == 1
    one, forty = (variable_lines_removed(content) for _, content in office.mails)
    assert one == forty
    assert len(office.mails[0][1]) == len(office.mails[1][1])


def variable_lines_removed(content: bytes) -> bytes:
    lines = content.splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith((b"Date:", b"Message-ID:"))]
    assert len(lines) - len(kept) == 2
    return b"".join(kept)


def test_the_mail_of_danger_is_the_mail_of_every_day(office: PostOffice) -> None:
    write(NOOR)
    send_due(now=FOUR)
    queue_now(address=NOOR, now=FOUR + HOUR)
    send_due(now=FOUR + HOUR)
    daily, danger = (variable_lines_removed(content) for _, content in office.mails)
    assert daily == danger


def test_the_mail_speaks_four_languages_and_says_nothing(office: PostOffice, settings: Any) -> None:
    queue_now(address=NOOR, now=NINE)
    send_due(now=NINE)
    mail = read(office.mails[0][1])
    text = mail.get_content()
    order = [text.index(word) for word in ("Er staat nieuws", "Du nouveau", "There is", "Neuigk")]
    assert order == sorted(order)
    assert text.count("https://klankbord.example/inloggen/") == 4
    assert set(mail.keys()) == {
        *("Content-Type", "MIME-Version", "Content-Transfer-Encoding", "Subject", "From", "To"),
        *("Date", "Message-ID", "Auto-Submitted"),
    }
    assert mail["From"] == settings.DEFAULT_FROM_EMAIL
    for word in ("melding", "dossier", "signalement", "report", "case", "Meldung", "gevaar"):
        assert word not in text + mail["Subject"]


def test_the_name_of_a_message_does_not_name_the_machine(office: PostOffice) -> None:
    for later in (0, 1):
        queue_now(address=NOOR, now=NINE + later * HOUR)
        send_due(now=NINE + later * HOUR)
    first, second = (read(content)["Message-ID"] for _, content in office.mails)
    assert first != second
    assert first.endswith("@klankbord.example>")
    assert socket.gethostname() not in office.mails[0][1].decode()


def test_what_fails_first_arrives_later(office: PostOffice) -> None:
    office.content = lambda: "451 try again"
    write(NOOR, BEA)
    assert send_due(now=FOUR) == 0
    office.content = lambda: "250 OK"
    assert send_due(now=FOUR + MINUTE) == 2
    assert sorted(address for address, _ in office.mails) == [BEA, NOOR]


def test_one_bad_address_stops_no_other(office: PostOffice) -> None:
    office.recipient = lambda address: "550 unknown" if address == BEA else "250 OK"
    write(NOOR, BEA, "not an address\nBcc: x@example.org")
    assert send_due(now=FOUR) == 1
    assert [address for address, _ in office.mails] == [NOOR]


def test_a_failure_is_tried_every_minute_and_then_every_hour(office: PostOffice) -> None:
    tries: list[datetime] = []
    office.content = lambda: "451 later"
    write(NOOR)
    for minute in range(4 * 60):
        before = Letter.objects.get().tries
        send_due(now=FOUR + minute * MINUTE)
        if Letter.objects.get().tries > before:
            tries.append(FOUR + minute * MINUTE)
    quick, slow = tries[:QUICK_TRIES], tries[QUICK_TRIES:]
    assert quick == [FOUR + minute * MINUTE for minute in range(QUICK_TRIES)]
    assert [later.astimezone(HOME).hour for later in slow] == [17, 18, 19]


def test_an_address_that_refuses_is_given_up_after_two_days(office: PostOffice) -> None:
    office.recipient = lambda _: "550 no such mailbox"
    write(BEA)
    for minute in range(0, 60 * 60, 15):
        send_due(now=FOUR + minute * MINUTE)
    assert not Letter.objects.exists()
    (line,) = Line.objects.all()
    assert (line.deed, line.subject, line.organisation, line.actor) == (
        *("mail.given_up", "", None, None),
    )


def test_a_mail_server_that_is_down_for_days_costs_no_letter(settings: Any) -> None:
    with post_office(settings):
        pass  # closed again: nobody listens at its port
    write(NOOR)
    for hour in range(LAST_TRY + 12):
        assert send_due(now=FOUR + hour * HOUR) == 0
    assert Letter.objects.filter(sent_day=None).count() == 1
    assert not Line.objects.exists()
    with post_office(settings) as office:
        assert send_due(now=FOUR + (LAST_TRY + 13) * HOUR) == 1
    assert len(office.mails) == 1


def test_hours_that_were_missed_give_one_mail(office: PostOffice) -> None:
    for day in range(3):
        write(NOOR, now=NINE + day * DAY)
    assert send_due(now=FOUR + 3 * DAY) == 1
    assert len(office.mails) == 1
    assert not Letter.objects.filter(sent_day=None).exists()


def test_a_letter_that_left_is_gone_the_next_day(office: PostOffice) -> None:
    write(NOOR)
    send_due(now=FOUR)
    assert Letter.objects.count() == 1
    send_due(now=FOUR + DAY)
    assert not Letter.objects.exists()


def test_a_sender_that_died_is_succeeded(office: PostOffice) -> None:
    write(NOOR)
    minute = int(FOUR.timestamp()) // 60
    Letter.objects.update(tries=1, held_until=minute + services.HOLD)
    assert send_due(now=FOUR + MINUTE) == 0
    assert send_due(now=FOUR + services.HOLD * MINUTE) == 1


def test_a_log_line_names_no_address(office: PostOffice, caplog: pytest.LogCaptureFixture) -> None:
    office.recipient = lambda _: "550 no such mailbox"
    write(BEA)
    with caplog.at_level(logging.DEBUG, logger="klankbord"):
        send_due(now=FOUR)
    assert caplog.messages == ["a letter was not delivered: SMTPRecipientsRefused"]


@pytest.mark.django_db(transaction=True)
def test_two_senders_send_once(office: PostOffice) -> None:
    write(*(f"noor{number}@example.org" for number in range(8)))
    ready, sent = threading.Barrier(2), []

    def sender() -> None:
        try:
            ready.wait()
            sent.append(send_due(now=FOUR))
        finally:
            connection.close()

    both = [threading.Thread(target=sender) for _ in range(2)]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    assert sum(sent) == 8
    assert len({address for address, _ in office.mails}) == len(office.mails) == 8


@pytest.mark.django_db(transaction=True)
def test_a_second_sender_leaves_alone_what_the_first_is_sending(office: PostOffice) -> None:
    """The second begins after the first claimed, and before the mail server answered."""
    sent_meanwhile: list[int] = []

    def second() -> None:
        sent_meanwhile.append(send_due(now=FOUR + MINUTE))
        connection.close()

    def while_the_first_waits() -> str:
        thread = threading.Thread(target=second)
        thread.start()
        thread.join()
        return "250 OK"

    office.content = while_the_first_waits
    write(NOOR)
    assert send_due(now=FOUR) == 1
    assert sent_meanwhile == [0]
    assert len(office.mails) == 1


def test_an_invitation_says_nothing_but_its_link_and_has_one_size(office: PostOffice) -> None:
    """vault §2.5: content-free, of constant shape; the link is in no table."""
    first, second = uuid4(), uuid4()
    queue_invitation(address=NOOR, invitation=first, now=NINE)
    queue_invitation(address=NOOR, invitation=second, now=NINE)
    queue_invitation(address=NOOR, invitation=second, now=NINE)
    write(NOOR)
    assert send_due(now=NINE + MINUTE) == 2
    mails = [read(content) for _, content in office.mails]
    texts = [str(mail.get_content()) for mail in mails]
    for invitation in (first, second):
        link = f"https://klankbord.example/uitnodiging/{invitation_token(invitation)}/"
        assert sum(link in text for text in texts) == 1
    assert len({len(text) for text in texts}) == 1
    assert len({mail["Subject"] for mail in mails}) == 1
    assert send_due(now=FOUR) == 1, "news is another letter"
