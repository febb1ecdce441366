"""Slow key derivations wait for each other, so that pages stay alive (vault §2.2, §3).

Each kind has a lane of its own: a flood of codes or of passphrases never keeps a report waiting. A
lane works on one at a time, and only so many may stand in it: whoever comes too late hears so at
once, so that the server's threads are not all waiting in one lane. What goes beyond an
organisation's budget (`kit.budgets`) takes another lane, at a slower pace, and slows only itself.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import BoundedSemaphore
from typing import Literal

PATIENCE_SECONDS = 2.0
RETRY_AFTER_SECONDS = 5
SLOWLY = 0.2  # seconds from one derivation beyond the budget to the next

LaneName = Literal["code", "code_beyond", "report", "report_beyond", "member", "stranger"]


class Busy(Exception):
    """Too many people at the same moment: answer 503 and ask to try again."""

    retry_after = RETRY_AFTER_SECONDS


@dataclass(slots=True)
class Lane:
    """One works, others wait behind; `places` counts both. `pace` in seconds."""

    places: int
    pace: float = 0.0
    slot: BoundedSemaphore = field(default_factory=lambda: BoundedSemaphore(1))
    room: BoundedSemaphore = field(init=False)
    last: float = -60.0  # by the clock that only goes forward

    def __post_init__(self) -> None:
        self.room = BoundedSemaphore(self.places)


# Together they stay below the threads of a worker (`config.serving.THREADS`): some are for pages.
LANES: dict[LaneName, Lane] = {
    "code": Lane(4),
    "code_beyond": Lane(2, SLOWLY),
    "report": Lane(20),
    "report_beyond": Lane(2, SLOWLY),
    "member": Lane(3),  # signed in, or in a browser that is known
    "stranger": Lane(3),
}


@contextmanager
def kdf_slot(kind: LaneName) -> Iterator[None]:
    """Hold the one place per process for a slow derivation of this kind.

    Waits at most two seconds, and not at all where the lane is full; then raises Busy.
    """
    lane = LANES[kind]
    if not lane.room.acquire(blocking=False):
        raise Busy
    try:
        if not lane.slot.acquire(timeout=PATIENCE_SECONDS):
            raise Busy
        try:
            if (early := lane.last + lane.pace - time.monotonic()) > 0:
                time.sleep(early)  # not for nothing: even no time at all lets others go first
            lane.last = time.monotonic()
            yield
        finally:
            lane.slot.release()
    finally:
        lane.room.release()
