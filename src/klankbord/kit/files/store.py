"""Where sealed files lie.

A blob lies two folders deep, under the first letters of its random id. Its times, and those of the
folders above it, are midnight of its day (vault §2.6): the moment of an upload is in no listing.
The inode's change time cannot be set, so whoever holds the disk itself can still read that.
"""

import os
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from typing import Self
from uuid import UUID, uuid4

from django.conf import settings

from klankbord.kit.vault.blobs import BlobSeal, BlobWriter, check_blob, read_blob

UNCLAIMED = timedelta(days=1)  # how long a file may lie that no entry and no draft names
_AT_ONCE = 500


class BlobMissing(LookupError):
    """The file is not on the disk."""


def folder() -> Path:
    """The folder of all blobs: inside the data folder, so that backups and checks find it."""
    path: Path = settings.DATA / "blobs"
    return path


def path_of(blob: UUID) -> Path:
    """Where a blob lies, whether it is there or not."""
    return folder() / blob.hex[:2] / blob.hex[2:4] / f"{blob}.blob"


class Incoming:
    """A file being sealed under a temporary name. Ends with `settle` or `abandon`."""

    def __init__(self) -> None:
        self._path = folder() / "incoming" / f"{uuid4()}.part"
        self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._file = open(self._path, "xb", opener=_private)  # noqa: SIM115 (settle closes it)
        self._writer = BlobWriter(self._file)

    def write(self, content: bytes) -> Self:
        """Seal and write content of any length. Raises OSError when the disk is full."""
        self._writer.write(content)
        return self

    def settle(self, on: date) -> BlobSeal:
        """Fill up to the size class and move to the final place.

        When this returns, the file survives a power cut: only then may an entry name it.
        """
        seal = self._writer.finish()
        place = path_of(seal.id)
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _to_midnight(self._path, on)
        os.fsync(self._file.fileno())
        self._file.close()
        self._path.rename(place)
        for above in _folders(place):
            _to_midnight(above, on)
            _sync(above)
        _to_midnight(self._path.parent, on)
        return seal

    def abandon(self) -> None:
        """Remove what was written. Harmless after `settle` and when done twice."""
        self._file.close()
        self._path.unlink(missing_ok=True)


def write_blob(content: bytes, *, on: date) -> BlobSeal:
    """Seal and store content that is in memory, a cleaned picture for instance."""
    incoming = Incoming()
    try:
        return incoming.write(content).settle(on)
    except BaseException:
        incoming.abandon()
        raise


def open_blob(blob: UUID, *, key: bytes, size: int, digest: bytes) -> Iterator[bytes]:
    """The content, in pieces. The whole file is checked before the first piece is given.

    Raises BlobMissing, or VaultError when the file is not what was sealed.
    """
    path = path_of(blob)
    if not path.is_file():
        raise BlobMissing
    check_blob(path, blob=blob, key=key, size=size, digest=digest)
    return read_blob(path, blob=blob, key=key, size=size, digest=digest)


def remove(blob: UUID) -> None:
    """Remove a blob; one that is not there is removed already."""
    _unlink(path_of(blob))


def sweep(known: Callable[[set[UUID]], set[UUID]], *, now: datetime) -> int:
    """Remove files that nobody claimed for a day; returns how many.

    `known` gets a set of ids and gives back those that an entry names. What was begun and never
    finished goes as well.
    """
    return _sweep_blobs(known, now) + _sweep_parts(now)


def _sweep_blobs(known: Callable[[set[UUID]], set[UUID]], now: datetime) -> int:
    # A time of midnight says a file is up to a day older than it is.
    before = (now - UNCLAIMED - timedelta(days=1)).timestamp()
    old = (path for path in folder().glob("??/??/*.blob") if _changed(path) <= before)
    removed = 0
    while paths := {UUID(path.stem): path for path in islice(old, _AT_ONCE)}:
        for blob in set(paths) - known(set(paths)):
            _unlink(paths[blob])
            removed += 1
    return removed


def _sweep_parts(now: datetime) -> int:
    before = (now - UNCLAIMED).timestamp()
    old = [path for path in folder().glob("incoming/*.part") if _changed(path) <= before]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def _changed(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except FileNotFoundError:  # somebody else removed it
        return float("inf")


def _unlink(path: Path) -> None:
    try:
        day = datetime.fromtimestamp(path.stat().st_mtime, UTC).date()
        path.unlink()
    except FileNotFoundError:
        return
    for above in _folders(path):
        _to_midnight(above, day)
    _sync(path.parent)


def _folders(place: Path) -> tuple[Path, Path, Path]:
    """The folders above a blob, from its own up to that of all blobs."""
    return place.parent, place.parent.parent, place.parent.parent.parent


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _to_midnight(path: Path, day: date) -> None:
    midnight = datetime.combine(day, time(), tzinfo=UTC).timestamp()
    os.utime(path, (midnight, midnight))


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
