"""A clean copy: the same picture, the same pages, and nothing else that was in the file.

Where it was made, with what, by whom, and whatever a crafted file hides are gone. The work is done
by a child process that holds no key (`cleaner`), one at a time. No file is written. When cleaning
fails the sealed original stays, marked "not cleaned" (vault §2.8, row 26).
"""

import subprocess
import sys
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from threading import BoundedSemaphore, Timer
from typing import IO, cast

from klankbord.kit.files.sniff import Kind

SECONDS = 12.0  # by the clock on the wall
LARGEST = 64 * 2**20  # bytes of a clean copy
_CHILD = ("-m", "klankbord.kit.files.cleaner")
_FAMILIES = {
    **dict.fromkeys((Kind.JPEG, Kind.PNG, Kind.GIF, Kind.WEBP), "picture"),
    Kind.PDF: "pdf",
    Kind.OFFICE: "office",
}
_KINDS = {b"J": Kind.JPEG, b"P": Kind.PNG, b"D": Kind.PDF, b"O": Kind.OFFICE}
_one_at_a_time = BoundedSemaphore(1)


class CannotClean(Exception):
    """No clean copy could be made: of another kind, too large, damaged, locked or out of time."""


@dataclass(frozen=True, slots=True)
class CleanFile:
    """What is left of a file: `kind` is JPEG, PNG, PDF or OFFICE."""

    content: bytes = field(repr=False)
    kind: Kind


def can_be_cleaned(kind: Kind) -> bool:
    """Whether a clean copy of such a file can be tried; an old .doc is tried too, and fails."""
    return kind in _FAMILIES


def clean_copy(chunks: Iterable[bytes], kind: Kind) -> CleanFile:
    """Make a picture, a PDF or an Office document anew.

    Of pictures (JPEG, PNG, GIF, WebP of at most 40 Mpixel, turned upright) a JPEG stays one and the
    others become a PNG, of an animation its first frame. Takes at most twelve seconds, and as much
    again while another file is busy. Raises CannotClean, and whatever `chunks` raises.
    """
    family = _FAMILIES.get(kind)
    if family is None or not _one_at_a_time.acquire(timeout=SECONDS):
        raise CannotClean
    try:
        answer = _child_says(chunks, family)
    finally:
        _one_at_a_time.release()
    made = _KINDS.get(answer[:1])
    if made is None:
        raise CannotClean
    return CleanFile(answer[1:], made)


def _child_says(chunks: Iterable[bytes], family: str) -> bytes:
    """What the child answers, or nothing when it failed."""
    with subprocess.Popen(  # noqa: S603 (our own interpreter and module)
        [sys.executable, "-I", "-B", *_CHILD, family],
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
    """All of the file goes in before anything comes out. The bell ends a talk that drags on."""
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
