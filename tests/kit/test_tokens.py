"""Vault §3.1 and row 32: a form token belongs to one form and opens at most one case."""

import threading
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.db import OperationalError, connection, transaction
from pytest_django import Settings

from klankbord.kit.tokens.models import SpentToken
from klankbord.kit.tokens.services import (
    AlreadySpent,
    TokenRefused,
    make_token,
    read_token,
    spend,
    sweep,
)

NOW = datetime(2026, 3, 2, 14, 37, 21, tzinfo=UTC)
HERE, THERE = UUID(int=1), UUID(int=2)


def test_a_token_gives_its_sixteen_random_bytes_back() -> None:
    token = make_token("report", HERE, NOW)
    rand = read_token(token, "report", HERE, NOW)
    assert len(rand) == 16
    assert urlsafe_b64decode(token)[5:21] == rand
    assert read_token(make_token("report", HERE, NOW), "report", HERE, NOW) != rand


def test_the_layout_is_version_hour_random_mac() -> None:
    raw = urlsafe_b64decode(make_token("report", HERE, NOW))
    assert len(raw) == 1 + 4 + 16 + 16
    assert raw[0] == 1
    assert int.from_bytes(raw[1:5], "big") == int(NOW.timestamp()) // 3600


@pytest.mark.parametrize(
    ("purpose", "organisation"),
    [("contact", HERE), ("report", THERE), ("report", None), ("", HERE)],
)
def test_a_token_of_another_form_or_organisation_is_refused(
    purpose: str, organisation: UUID | None
) -> None:
    with pytest.raises(TokenRefused):
        read_token(make_token("report", HERE, NOW), purpose, organisation, NOW)


def test_purpose_and_organisation_do_not_run_into_each_other() -> None:
    token = make_token(HERE.bytes.decode("latin-1"), None, NOW)
    with pytest.raises(TokenRefused):
        read_token(token, "", HERE, NOW)


@pytest.mark.parametrize("hours", [0, 1, 22])
def test_a_token_lives_a_day(hours: int) -> None:
    token = make_token("report", None, NOW)
    assert read_token(token, "report", None, NOW + timedelta(hours=hours))


@pytest.mark.parametrize("hours", [24, 25, 10_000, -1])
def test_a_token_of_yesterday_or_tomorrow_is_refused(hours: int) -> None:
    token = make_token("report", None, NOW)
    with pytest.raises(TokenRefused):
        read_token(token, "report", None, NOW + timedelta(hours=hours))


def test_every_byte_counts() -> None:
    raw = urlsafe_b64decode(make_token("report", HERE, NOW))
    for place in range(len(raw)):
        changed = bytearray(raw)
        changed[place] ^= 1
        with pytest.raises(TokenRefused):
            read_token(urlsafe_b64encode(changed).decode(), "report", HERE, NOW)


@pytest.mark.parametrize(
    "text", ["", "x", "=" * 52, "é" * 52, "A" * 52, "A" * 51 + "=", "A" * 9999]
)
def test_what_is_no_token_is_refused(text: str) -> None:
    with pytest.raises(TokenRefused):
        read_token(text, "report", HERE, NOW)


def test_another_secret_key_makes_other_tokens(settings: Settings) -> None:
    token = make_token("report", HERE, NOW)
    before = settings.SECRET_KEY
    settings.SECRET_KEY = "another"
    with pytest.raises(TokenRefused):
        read_token(token, "report", HERE, NOW)
    settings.SECRET_KEY_FALLBACKS = [before]
    assert read_token(token, "report", HERE, NOW)


@pytest.mark.django_db
def test_a_token_is_spent_once() -> None:
    rand = b"r" * 16
    spend(rand, NOW)
    with transaction.atomic(), pytest.raises(AlreadySpent):
        spend(rand, NOW)
    assert SpentToken.objects.count() == 1


@pytest.mark.django_db
def test_the_table_does_not_hold_the_token() -> None:
    spend(b"r" * 16, NOW)
    row = SpentToken.objects.get()
    assert b"r" * 16 not in bytes(row.digest)
    assert row.hour == int(NOW.timestamp()) // 3600


@pytest.mark.django_db
def test_what_is_undone_is_unspent() -> None:
    with transaction.atomic():
        spend(b"r" * 16, NOW)
        transaction.set_rollback(True)
    spend(b"r" * 16, NOW)


@pytest.mark.django_db
def test_spent_tokens_are_forgotten_when_they_are_dead_anyway() -> None:
    spend(b"a" * 16, NOW)
    assert sweep(NOW + timedelta(hours=24)) == 0
    assert sweep(NOW + timedelta(hours=25)) == 1


@pytest.mark.django_db(transaction=True)
def test_of_twenty_parallel_posts_one_opens_a_case() -> None:
    outcomes: list[str] = []

    def post() -> None:
        try:
            with transaction.atomic():
                spend(b"p" * 16, NOW)
            outcomes.append("opened")
        except AlreadySpent:
            outcomes.append("shown again")
        except OperationalError:
            outcomes.append("busy")
        finally:
            connection.close()

    clicks = [threading.Thread(target=post) for _ in range(20)]
    for click in clicks:
        click.start()
    for click in clicks:
        click.join()
    assert outcomes.count("opened") == 1
    assert outcomes.count("shown again") == 19
