"""Vault §3.2, §3.4: what may be asked in a while, of whom, and whom it never touches."""

from uuid import uuid4

import pytest
from django.conf import settings

from klankbord.kit import budgets
from klankbord.kit.budgets import For, has_some_left, may_try, not_tried, within


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The clock of the budgets; its one number is the time in seconds."""
    now = [1000.0]
    monkeypatch.setattr(budgets.time, "monotonic", lambda: now[0])
    return now


def test_sixty_at_once_are_within_a_minutes_budget_and_the_next_is_not(clock: list[float]) -> None:
    """A camp of sixty children behind one address."""
    house = uuid4()
    assert all(within(house, For.REPORTS) for _ in range(60))
    assert not within(house, For.REPORTS)


def test_a_budget_comes_back_evenly_and_never_to_more_than_it_was(clock: list[float]) -> None:
    house = uuid4()
    while within(house, For.CODES):
        pass
    clock[0] += 10
    assert sum(within(house, For.CODES) for _ in range(60)) == 10
    clock[0] += 3600
    assert sum(within(house, For.CODES) for _ in range(100)) == 60


def test_a_flood_for_one_organisation_and_kind_touches_no_other(clock: list[float]) -> None:
    flooded, quiet = uuid4(), uuid4()
    while within(flooded, For.CODES):
        pass
    assert within(quiet, For.CODES)
    assert within(flooded, For.REPORTS)


def test_uploads_are_counted_in_bytes(clock: list[float], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "UPLOADS_AN_HOUR", 1000)
    house = uuid4()
    assert within(house, For.UPLOADS, 900)
    assert not within(house, For.UPLOADS, 200)
    assert within(house, For.UPLOADS, 100)


def test_looking_whether_there_is_something_left_takes_nothing(clock: list[float]) -> None:
    house = uuid4()
    assert all(has_some_left(house, For.REPORTS) for _ in range(100))
    while within(house, For.REPORTS):
        pass
    assert not has_some_left(house, For.REPORTS)


def test_a_name_has_ten_tries_in_a_quarter_of_an_hour(clock: list[float]) -> None:
    assert [may_try(b"noor") for _ in range(11)] == [True] * 10 + [False]
    assert may_try(b"tarik")
    clock[0] += 90
    assert may_try(b"noor")
    assert not may_try(b"noor")
    not_tried(b"noor")
    assert may_try(b"noor")


def test_names_that_nobody_asked_for_longest_are_forgotten_first(
    clock: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Memory has an end, whatever names are tried."""
    monkeypatch.setattr(budgets, "MOST_NAMES", 3)
    for _ in range(10):
        may_try(b"noor")
    for name in (b"a", b"b"):
        may_try(name)
        assert not may_try(b"noor")
    assert len(budgets._names._buckets) == 3
    may_try(b"c")
    assert set(budgets._names._buckets) == {b"b", b"noor", b"c"}
