"""A picture made anew: the same pixels, and nothing else that was in the file.

Where it was taken, with what, by whom, and whatever a crafted file hides are gone. The work is done
by a child process that holds no key (`cleaning_child`), one at a time. No file is written. When
cleaning fails the sealed original stays, marked "not cleaned" (vault §2.8, row 26).
"""

import subprocess
import sys
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import BoundedSemaphore, Timer
from typing import IO, cast

from klankbord.kit.files.sniff import Kind

SECONDS = 12.0  # by the clock on the wall
LARGEST = 48 * 2**20  # bytes of a cleaned picture
_CHILD = Path(__file__).with_name("cleaning_child.py")
_KINDS = {b"J": Kind.JPEG, b"P": Kind.PNG}
_one_at_a_time = BoundedSemaphore(1)


class CannotClean(Exception):
    """No clean copy could be made: not a picture, too large, damaged, or out of time."""


@dataclass(frozen=True, slots=True)
class CleanImage:
    """A picture with nothing in it but its pixels; `kind` is JPEG or PNG."""

    content: bytes = field(repr=False)
    kind: Kind


def clean_image(chunks: Iterable[bytes]) -> CleanImage:
    """Make a JPEG, PNG, GIF or WebP of at most 40 Mpixel anew, turned upright.

    A JPEG stays one; the others become a PNG, of an animation its first frame. Takes at most twelve
    seconds, and as much again while another picture is busy. Raises CannotClean, and whatever
    `chunks` raises.
    """
    if not _one_at_a_time.acquire(timeout=SECONDS):
        raise CannotClean
    try:
        answer = _child_says(chunks)
    finally:
        _one_at_a_time.release()
    kind = _KINDS.get(answer[:1])
    if kind is None:
        raise CannotClean
    return CleanImage(answer[1:], kind)


def _child_says(chunks: Iterable[bytes]) -> bytes:
    """What the child answers, or nothing when it failed."""
    with subprocess.Popen(  # noqa: S603 (our own interpreter and script)
        [sys.executable, "-I", "-B", str(_CHILD)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={},
        cwd="/",
        start_new_session=True,
    ) as child:
        bell = Timer(SECONDS, child.kill)
        bell.daemon = True
        bell.start()
        try:
            return _talk(child, chunks)
        finally:
            child.kill()
            bell.cancel()


def _talk(child: subprocess.Popen[bytes], chunks: Iterable[bytes]) -> bytes:
    """All of the picture goes in before anything comes out. The bell ends a talk that drags on."""
    question, reply = cast(IO[bytes], child.stdin), cast(IO[bytes], child.stdout)
    try:
        with suppress(BrokenPipeError):  # it gave up early: its answer will say so
            for chunk in chunks:
                question.write(chunk)
    finally:
        with suppress(BrokenPipeError):
            question.close()
    answer = reply.read(LARGEST + 1)
    if len(answer) > LARGEST or child.wait() != 0:
        return b""
    return answer
