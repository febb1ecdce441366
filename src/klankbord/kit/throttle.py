"""Slow key derivations wait for each other, so that pages stay alive (vault §2.2)."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore
from typing import Literal

PATIENCE_SECONDS = 2.0
RETRY_AFTER_SECONDS = 5

_SLOTS = {"code": BoundedSemaphore(1), "member": BoundedSemaphore(1)}


class Busy(Exception):
    """Too many people at the same moment: answer 503 and ask to try again."""

    retry_after = RETRY_AFTER_SECONDS


@contextmanager
def kdf_slot(kind: Literal["code", "member"]) -> Iterator[None]:
    """Hold the one place per process for a slow derivation of this kind.

    Waits at most two seconds, then raises Busy. Codes and passphrases do not wait for each other.
    """
    slot = _SLOTS[kind]
    if not slot.acquire(timeout=PATIENCE_SECONDS):
        raise Busy
    try:
        yield
    finally:
        slot.release()
