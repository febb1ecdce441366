"""Files: sealed piece by piece as they arrive, never plain on a disk.

A stored file is `KBBLOB\\0\\x01 | header 24 | chunks`. The content is filled with zeros to a Padmé
size and cut in pieces of 64 KiB; each is a secretstream message (17 bytes longer) bound to the
blob's id and its index. True size, digest and key are not in the file: they travel in the entry.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Final, Self
from uuid import UUID, uuid4

from nacl.bindings import (
    crypto_secretstream_xchacha20poly1305_ABYTES,
    crypto_secretstream_xchacha20poly1305_HEADERBYTES,
    crypto_secretstream_xchacha20poly1305_init_pull,
    crypto_secretstream_xchacha20poly1305_init_push,
    crypto_secretstream_xchacha20poly1305_pull,
    crypto_secretstream_xchacha20poly1305_push,
    crypto_secretstream_xchacha20poly1305_state,
    crypto_secretstream_xchacha20poly1305_TAG_FINAL,
    crypto_secretstream_xchacha20poly1305_TAG_MESSAGE,
    sodium_memcmp,
)
from nacl.hashlib import blake2b

from klankbord.kit.vault.errors import VaultError, fails_as_one
from klankbord.kit.vault.layout import exactly, unsigned
from klankbord.kit.vault.magics import MAGIC_SIZE, Magic
from klankbord.kit.vault.padding import padme
from klankbord.kit.vault.secret import KEY_SIZE, new_key

CHUNK: Final = 65536
HEADER_SIZE: Final = crypto_secretstream_xchacha20poly1305_HEADERBYTES
TAG_SIZE: Final = crypto_secretstream_xchacha20poly1305_ABYTES
DIGEST_SIZE: Final = 32
_MORE: Final = crypto_secretstream_xchacha20poly1305_TAG_MESSAGE
_FINAL: Final = crypto_secretstream_xchacha20poly1305_TAG_FINAL


@dataclass(frozen=True, slots=True)
class BlobSeal:
    """What is needed to find, open and believe a stored file.

    `key` 32 bytes, `size` of the content and `stored` size of the file in bytes, `digest`
    BLAKE2b-256 of the content.
    """

    id: UUID
    key: bytes = field(repr=False)
    size: int
    digest: bytes
    stored: int


def stored_size(size: int) -> int:
    """How many bytes a file of `size` bytes takes when stored: a function of its class only."""
    filled = padme(size)
    return MAGIC_SIZE + HEADER_SIZE + filled + TAG_SIZE * -(-filled // CHUNK)


def _place(blob: UUID, index: int) -> bytes:
    return blob.bytes + unsigned(8, index)


class BlobWriter:
    """Seals what it is given under a fresh key and writes it to a new path or an open file.

    A path is created, and must not exist yet; it is closed by `finish` or `discard`. An open
    file is left open. Syncing and renaming are for the caller.
    """

    def __init__(self, target: Path | BinaryIO, *, blob: UUID | None = None) -> None:
        self.id = blob or uuid4()
        self._owned = isinstance(target, Path)
        self._file: BinaryIO = target.open("xb") if isinstance(target, Path) else target
        self._key = new_key()
        self._state = crypto_secretstream_xchacha20poly1305_state()
        self._held = bytearray()
        self._index = 0
        self._size = 0
        self._digest = blake2b(digest_size=DIGEST_SIZE)
        header = crypto_secretstream_xchacha20poly1305_init_push(self._state, self._key)
        self._stored = 0
        self._put(Magic.BLOB.value + header)

    def write(self, content: bytes) -> Self:
        """Add content of any length; whole pieces of 64 KiB are sealed and written at once."""
        self._size += len(content)
        self._digest.update(bytes(content))
        self._fill(content)
        return self

    def finish(self) -> BlobSeal:
        """Fill up to the size class, close the stream and say what is needed to open it."""
        rest = padme(self._size) - self._size
        while rest:
            zeros = bytes(min(rest, CHUNK))
            self._fill(zeros)
            rest -= len(zeros)
        self._push(bytes(self._held), _FINAL)
        self._held.clear()
        self._close()
        return BlobSeal(
            id=self.id,
            key=self._key,
            size=self._size,
            digest=self._digest.digest(),
            stored=self._stored,
        )

    def discard(self) -> None:
        """Stop halfway: nothing more is written, and the key is gone with this object."""
        self._held.clear()
        self._close()

    def _fill(self, content: bytes) -> None:
        # One whole piece is held back: the last one must carry the final tag.
        self._held += content
        while len(self._held) > CHUNK:
            self._push(bytes(self._held[:CHUNK]), _MORE)
            del self._held[:CHUNK]

    @fails_as_one
    def _push(self, piece: bytes, tag: int) -> None:
        place = _place(self.id, self._index)
        sealed = crypto_secretstream_xchacha20poly1305_push(self._state, piece, place, tag)
        self._put(sealed)
        self._index += 1

    def _put(self, sealed: bytes) -> None:
        self._file.write(sealed)
        self._stored += len(sealed)

    def _close(self) -> None:
        self._file.flush()
        if self._owned:
            self._file.close()


class _Reader:
    """One pass over a stored file, piece by piece in order."""

    def __init__(self, file: BinaryIO, blob: UUID, key: bytes) -> None:
        self._file = file
        self._blob = blob
        self._index = 0
        self._state = crypto_secretstream_xchacha20poly1305_state()
        if file.read(MAGIC_SIZE) != Magic.BLOB.value:
            raise VaultError
        self._start(exactly(HEADER_SIZE, file.read(HEADER_SIZE)), exactly(KEY_SIZE, key))

    @fails_as_one
    def _start(self, header: bytes, key: bytes) -> None:
        crypto_secretstream_xchacha20poly1305_init_pull(self._state, header, key)

    @fails_as_one
    def next_piece(self, length: int, tag: int) -> bytes:
        """The next piece. VaultError unless it has that length and that tag, and is in place."""
        sealed = exactly(length + TAG_SIZE, self._file.read(length + TAG_SIZE))
        place = _place(self._blob, self._index)
        self._index += 1
        piece, found = crypto_secretstream_xchacha20poly1305_pull(self._state, sealed, place)
        if found != tag:
            raise VaultError
        return piece

    def end(self) -> None:
        """VaultError if anything follows the last piece."""
        if self._file.read(1):
            raise VaultError


def _opened(source: Path | BinaryIO) -> AbstractContextManager[BinaryIO]:
    return source.open("rb") if isinstance(source, Path) else nullcontext(source)


def _pieces(reader: _Reader, filled: int) -> Iterator[bytes]:
    """The pieces of a filled content; a cut stream opens without complaint, so count them."""
    left = filled
    while left > CHUNK:
        yield reader.next_piece(CHUNK, _MORE)
        left -= CHUNK
    yield reader.next_piece(left, _FINAL)
    reader.end()


def read_blob(
    source: Path | BinaryIO, *, blob: UUID, key: bytes, size: int, digest: bytes
) -> Iterator[bytes]:
    """The content, in pieces of at most 64 KiB; an open file is read from where it stands.

    The last piece is given only after the final tag and the digest were found right, so whoever
    gets a VaultError has an unfinished file. To know before the first byte, `check_blob`.
    """
    seen = blake2b(digest_size=DIGEST_SIZE)
    left, last = size, b""
    with _opened(source) as file:
        for piece in _pieces(_Reader(file, blob, key), padme(size)):
            content, filling = piece[:left], piece[left:]
            if filling.count(0) != len(filling):
                raise VaultError
            left -= len(content)
            seen.update(content)
            if content:
                if last:
                    yield last
                last = content
    if not sodium_memcmp(seen.digest(), digest):
        raise VaultError
    if last:
        yield last


def check_blob(
    source: Path | BinaryIO, *, blob: UUID, key: bytes, size: int, digest: bytes
) -> None:
    """Read the whole file through. VaultError if one bit, its end or its place is not right."""
    for _ in read_blob(source, blob=blob, key=key, size=size, digest=digest):
        pass
