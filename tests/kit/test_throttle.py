"""Vault §2.2, §3: slow derivations queue per kind; nobody waits longer than two seconds."""

import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import pytest

from klankbord.config import serving
from klankbord.kit import throttle
from klankbord.kit.throttle import LANES, Busy, Lane, LaneName, kdf_slot


@contextmanager
def full(kind: LaneName) -> Iterator[None]:
    """Somebody works in this lane, and as many wait as may."""
    lane = LANES[kind]
    with ExitStack() as flood:
        flood.enter_context(kdf_slot(kind))
        for _ in range(lane.places - 1):
            lane.room.acquire()
            flood.callback(lane.room.release)
        yield


def test_the_second_of_a_kind_waits_and_is_then_told_it_is_busy(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(throttle, "PATIENCE_SECONDS", 0.05)
    with kdf_slot("code"), pytest.raises(Busy) as told, kdf_slot("code"):
        pass
    assert told.value.retry_after > 0


@pytest.mark.parametrize("flooded", LANES)
def test_no_lane_waits_for_another(flooded: LaneName) -> None:
    """A flood of codes or of passphrases never keeps a report waiting (vault §3.2)."""
    before = time.monotonic()
    with full(flooded):
        for kind in LANES:
            if kind != flooded:
                with kdf_slot(kind):
                    pass
    assert time.monotonic() - before < 1


@pytest.mark.parametrize("kind", LANES)
def test_whoever_finds_a_lane_full_hears_so_at_once(kind: LaneName) -> None:
    before = time.monotonic()
    with full(kind), pytest.raises(Busy), kdf_slot(kind):
        pass
    assert time.monotonic() - before < 0.5
    with kdf_slot(kind):  # and afterwards there is room again
        pass


def test_all_lanes_together_leave_threads_for_pages() -> None:
    assert sum(lane.places for lane in LANES.values()) < serving.THREADS


def test_beyond_the_budget_there_is_a_pause_between_two(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(LANES, "code_beyond", Lane(2, 0.1))
    before = time.monotonic()
    for _ in range(3):
        with kdf_slot("code_beyond"):
            pass
    assert 0.2 <= time.monotonic() - before < 1


def test_a_failure_gives_the_slot_back() -> None:
    with pytest.raises(ZeroDivisionError), kdf_slot("code"):
        raise ZeroDivisionError
    with kdf_slot("code"):
        pass


def test_whoever_waits_gets_the_slot_when_it_comes_free() -> None:
    turns = []

    def derive() -> None:
        with kdf_slot("code"):
            turns.append(threading.current_thread().name)

    with kdf_slot("code"):
        waiting = threading.Thread(target=derive)
        waiting.start()
        assert not turns
    waiting.join(timeout=3)
    assert len(turns) == 1


def test_patience_ends_at_two_seconds() -> None:
    assert throttle.PATIENCE_SECONDS <= 2
