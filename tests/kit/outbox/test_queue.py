"""Letters wait for the hour that their house has chosen, and one hour gets one letter."""

from datetime import UTC, datetime

import pytest
from django.db import transaction

from klankbord.kit.clock import HOME
from klankbord.kit.outbox.models import Letter
from klankbord.kit.outbox.services import next_slot, queue, queue_now

NOOR = "noor@example.org"
HOURLY = tuple(range(7, 23))
TWICE = (8, 16)


def brussels(*moment: int) -> datetime:
    return datetime(*moment, tzinfo=HOME).astimezone(UTC)  # type: ignore[arg-type,misc]


SLOTS = [
    (TWICE, brussels(2026, 3, 2, 7, 59), brussels(2026, 3, 2, 8)),
    (TWICE, brussels(2026, 3, 2, 8, 0), brussels(2026, 3, 2, 16)),  # strictly after
    (TWICE, brussels(2026, 3, 2, 15, 59, 59), brussels(2026, 3, 2, 16)),
    (TWICE, brussels(2026, 3, 2, 16, 1), brussels(2026, 3, 3, 8)),
    (HOURLY, brussels(2026, 3, 2, 14, 37, 21), brussels(2026, 3, 2, 15)),
    (HOURLY, brussels(2026, 3, 2, 23, 30), brussels(2026, 3, 3, 7)),
    (HOURLY, brussels(2026, 3, 3, 2, 30), brussels(2026, 3, 3, 7)),
    ((16, 8), brussels(2026, 3, 2, 7), brussels(2026, 3, 2, 8)),  # in any order
    ((8,), brussels(2026, 3, 28, 12), brussels(2026, 3, 29, 8)),  # the clock goes forward
    ((2,), brussels(2026, 3, 28, 12), brussels(2026, 3, 29, 3)),  # there is no two o'clock
    ((8,), brussels(2026, 10, 24, 12), brussels(2026, 10, 25, 8)),  # and back
    ((0,), brussels(2026, 12, 31, 12), brussels(2027, 1, 1, 0)),
]


@pytest.mark.parametrize(("hours", "now", "then"), SLOTS)
def test_a_letter_waits_for_the_next_hour_of_its_house(
    hours: tuple[int, ...], now: datetime, then: datetime
) -> None:
    assert next_slot(hours, now) * 3600 == then.timestamp()


def test_a_letter_needs_an_hour() -> None:
    with pytest.raises(ValueError, match="hour"):
        next_slot((), brussels(2026, 3, 2, 8))


@pytest.mark.django_db
def test_forty_reports_in_one_hour_leave_one_letter() -> None:
    for minute in range(40):
        queue(address=NOOR, hours=TWICE, now=brussels(2026, 3, 2, 9, minute))
    letter = Letter.objects.get()
    assert (letter.address, letter.tries, letter.sent_day) == (NOOR, 0, None)


@pytest.mark.django_db
def test_a_second_letter_does_not_end_the_transaction_it_is_written_in() -> None:
    with transaction.atomic():
        queue(address=NOOR, hours=TWICE, now=brussels(2026, 3, 2, 9))
        queue(address=NOOR, hours=TWICE, now=brussels(2026, 3, 2, 9))
        queue(address="bea@example.org", hours=TWICE, now=brussels(2026, 3, 2, 9))
    assert Letter.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_report_that_is_not_kept_leaves_no_letter() -> None:
    with transaction.atomic():
        queue(address=NOOR, hours=TWICE, now=brussels(2026, 3, 2, 9))
        transaction.set_rollback(True)
    assert not Letter.objects.exists()


@pytest.mark.django_db
def test_a_letter_tells_no_minute() -> None:
    queue(address=NOOR, hours=TWICE, now=brussels(2026, 3, 2, 14, 37, 21))
    queue_now(address=NOOR, now=brussels(2026, 3, 2, 14, 37, 21))
    for letter in Letter.objects.all():
        assert letter.slot * 3600 % 3600 == 0
        assert letter.held_until is None


@pytest.mark.django_db
def test_danger_takes_the_hour_that_runs() -> None:
    now = brussels(2026, 3, 2, 14, 37)
    queue_now(address=NOOR, now=now)
    assert Letter.objects.get().slot == int(now.timestamp()) // 3600


@pytest.mark.django_db
@pytest.mark.parametrize("before", [{"sent_day": 20_000}, {"tries": 9}])
def test_danger_after_a_letter_of_the_same_hour_is_told_again(before: dict[str, int]) -> None:
    """Without this, a second alert within the hour would be swallowed by the first (P7)."""
    now = brussels(2026, 3, 2, 14, 37)
    Letter.objects.create(address=NOOR, slot=int(now.timestamp()) // 3600, **before)
    queue_now(address=NOOR, now=now)
    letter = Letter.objects.get()
    assert (letter.tries, letter.sent_day) == (0, None)
