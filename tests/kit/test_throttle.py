"""Vault §2.2: slow derivations queue per kind; nobody waits longer than two seconds."""

import threading
import time

import pytest

from klankbord.kit import throttle
from klankbord.kit.throttle import Busy, kdf_slot


def test_the_second_of_a_kind_waits_and_is_then_told_it_is_busy(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(throttle, "PATIENCE_SECONDS", 0.05)
    with kdf_slot("code"), pytest.raises(Busy) as told, kdf_slot("code"):
        pass
    assert told.value.retry_after > 0


def test_codes_and_passphrases_do_not_wait_for_each_other() -> None:
    before = time.monotonic()
    with kdf_slot("code"), kdf_slot("member"):
        pass
    assert time.monotonic() - before < 1


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
