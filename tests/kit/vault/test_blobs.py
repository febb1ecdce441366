"""Files are sealed piece by piece, in sizes that say little, and only open whole (promise 18)."""

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pytest
from nacl.bindings import (
    crypto_secretstream_xchacha20poly1305_init_pull,
    crypto_secretstream_xchacha20poly1305_push,
    crypto_secretstream_xchacha20poly1305_state,
    crypto_secretstream_xchacha20poly1305_TAG_FINAL,
    crypto_secretstream_xchacha20poly1305_TAG_MESSAGE,
)

from klankbord.kit.vault.blobs import (
    CHUNK,
    BlobSeal,
    BlobWriter,
    check_blob,
    read_blob,
    stored_size,
)
from klankbord.kit.vault.errors import VaultError
from klankbord.kit.vault.labels import checksum
from klankbord.kit.vault.padding import padme
from tests.kit.vault.fixed import ANOTHER, BLOB, COUNT, KEY, NONCE, flipped

MORE = crypto_secretstream_xchacha20poly1305_TAG_MESSAGE
FINAL = crypto_secretstream_xchacha20poly1305_TAG_FINAL
FRONT = 8 + 24
PIECE = CHUNK + 17
CONTENT = b"onze brief " * 6000
LONG = b"drie bladen vol " * 15_000


@dataclass(frozen=True)
class Stored:
    seal: BlobSeal
    data: bytes

    def content(self, data: bytes | None = None, **changes: object) -> bytes:
        asked = {
            "blob": self.seal.id,
            "key": self.seal.key,
            "size": self.seal.size,
            "digest": self.seal.digest,
            **changes,
        }
        file = BytesIO(self.data if data is None else data)
        return b"".join(read_blob(file, **asked))  # type: ignore[arg-type]

    def pieces(self) -> list[bytes]:
        body = self.data[FRONT:]
        return [body[start : start + PIECE] for start in range(0, len(body), PIECE)]


def stored(content: bytes) -> Stored:
    file = BytesIO()
    seal = BlobWriter(file).write(content).finish()
    return Stored(seal, file.getvalue())


def forged(pieces: list[tuple[bytes, int]]) -> bytes:
    """A stream made by somebody who has the key, with the tags he likes."""
    state = crypto_secretstream_xchacha20poly1305_state()
    crypto_secretstream_xchacha20poly1305_init_pull(state, NONCE, KEY)
    stream = b"KBBLOB\0\x01" + NONCE
    for index, (piece, tag) in enumerate(pieces):
        place = BLOB.bytes + index.to_bytes(8, "big")
        stream += crypto_secretstream_xchacha20poly1305_push(state, piece, place, tag)
    return stream


def read_forged(data: bytes, content: bytes) -> bytes:
    asked = read_blob(
        BytesIO(data), blob=BLOB, key=KEY, size=len(content), digest=checksum(content)
    )
    return b"".join(asked)


def test_a_stored_file_has_one_layout() -> None:
    filled = CONTENT + bytes(67_584 - len(CONTENT))
    data = forged([(filled[:CHUNK], MORE), (filled[CHUNK:], FINAL)])
    assert len(data) == stored_size(len(CONTENT)) == 67_650
    assert checksum(data).hex() == (
        "9b058e2033e14fd719d2b1c7d9a936f0f32ea4e9316087813db5d33fdc25a899"
    )
    assert read_forged(data, CONTENT) == CONTENT


def test_the_digest_of_a_file_is_that_of_its_content() -> None:
    assert stored(CONTENT).seal.digest.hex() == (
        "02166840a0b8deecff41314a6f0d44aad6a78972f18556042b70b18a204a32f6"
    )


@pytest.mark.parametrize("length", [0, 1, 65_535, 65_536, 65_537, 131_072, 300_000])
def test_a_file_comes_back_as_it_was(length: int) -> None:
    content = (b"0123456789" * (length // 10 + 1))[:length]
    file = stored(content)
    assert file.content() == content
    assert (file.seal.size, file.seal.stored) == (length, len(file.data))
    assert file.data.startswith(b"KBBLOB\0\x01")


def test_a_file_is_the_same_however_it_arrives() -> None:
    file = BytesIO()
    writer = BlobWriter(file)
    for start in range(0, len(LONG), 7919):
        writer.write(LONG[start : start + 7919])
    seal = writer.finish()
    assert Stored(seal, file.getvalue()).content() == LONG
    assert seal.stored == len(stored(LONG).data)


def test_stored_sizes_follow_padme_and_nothing_else() -> None:
    for length in (0, 1, 60_000, 65_536):
        assert len(stored(bytes(length)).data) == FRONT + 65_536 + 17
    assert len(stored(bytes(65_537)).data) == len(stored(bytes(67_584)).data)
    for length in (65_537, 100_000, 240_000):
        filled = padme(length)
        whole = -(-filled // CHUNK)
        assert len(stored(bytes(length)).data) == FRONT + filled + 17 * whole


def test_a_file_without_a_byte_of_its_content_readable_on_disk(tmp_path: Path) -> None:
    path = tmp_path / "blob"
    seal = BlobWriter(path).write(CONTENT).finish()
    assert b"onze brief" not in path.read_bytes()
    assert path.stat().st_size == seal.stored
    found = read_blob(path, blob=seal.id, key=seal.key, size=seal.size, digest=seal.digest)
    assert b"".join(found) == CONTENT


def test_a_file_that_exists_is_never_written_over(tmp_path: Path) -> None:
    path = tmp_path / "blob"
    path.write_bytes(b"earlier")
    with pytest.raises(FileExistsError):
        BlobWriter(path)
    assert path.read_bytes() == b"earlier"


def test_a_discarded_file_cannot_be_read(tmp_path: Path) -> None:
    path = tmp_path / "blob"
    writer = BlobWriter(path, blob=BLOB)
    writer.write(LONG).discard()
    assert writer.id == BLOB
    with pytest.raises(VaultError):
        check_blob(path, blob=BLOB, key=KEY, size=len(LONG), digest=checksum(LONG))


def test_every_file_has_a_key_and_an_id_of_its_own() -> None:
    one, two = stored(CONTENT), stored(CONTENT)
    assert one.seal.key != two.seal.key
    assert one.seal.id != two.seal.id
    assert one.seal.key.hex() not in repr(one.seal)
    assert "key" not in repr(one.seal)


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data[:-1],
        lambda data: data[: FRONT + PIECE],
        lambda data: data[:FRONT],
        lambda data: data[:20],
        lambda data: b"",
        lambda data: data + b"\0",
        lambda data: data + data[FRONT : FRONT + PIECE],
        lambda data: flipped(data, 0),
        lambda data: flipped(data, 7),
        lambda data: flipped(data, 12),
        lambda data: flipped(data, FRONT),
        lambda data: flipped(data, FRONT + PIECE + 100),
        lambda data: flipped(data, -1),
    ],
    ids=[
        "a byte short",
        "cut after a piece",
        "cut after the front",
        "cut in the front",
        "empty",
        "a byte more",
        "a piece more",
        "another magic",
        "another suite",
        "another header",
        "first piece changed",
        "second piece changed",
        "last tag changed",
    ],
)
def test_a_cut_or_changed_file_is_refused(change: Callable[[bytes], bytes]) -> None:
    file = stored(LONG)
    with pytest.raises(VaultError):
        file.content(change(file.data))


def test_pieces_in_another_order_are_refused() -> None:
    file = stored(LONG)
    first, second, *others = file.pieces()
    front = file.data[:FRONT]
    for order in (
        [second, first, *others],
        [first, first, *others],
        [first, *others],
        [second, *others],
    ):
        with pytest.raises(VaultError):
            file.content(front + b"".join(order))


def test_a_piece_of_another_file_is_refused() -> None:
    one, two = stored(LONG), stored(LONG[::-1])
    mixed = one.data[:FRONT] + two.pieces()[0] + b"".join(one.pieces()[1:])
    with pytest.raises(VaultError):
        one.content(mixed)


def test_a_file_opens_only_as_what_the_entry_says_it_is() -> None:
    file = stored(CONTENT)
    for changes in (
        {"blob": ANOTHER},
        {"key": COUNT},
        {"key": b""},
        {"size": len(CONTENT) - 1},
        {"size": len(CONTENT) + 1},
        {"size": 10_000_000},
        {"digest": bytes(32)},
        {"digest": b""},
    ):
        with pytest.raises(VaultError):
            file.content(**changes)


def test_a_stream_cut_by_somebody_with_the_key_is_refused() -> None:
    filled = CONTENT + bytes(67_584 - len(CONTENT))
    for pieces in (
        [(filled[:CHUNK], MORE), (filled[CHUNK:], MORE)],
        [(filled[:CHUNK], FINAL), (filled[CHUNK:], FINAL)],
        [(filled[:CHUNK], FINAL)],
        [(filled[:CHUNK], MORE)],
        [(filled[:CHUNK], MORE), (filled[CHUNK:], MORE), (b"", FINAL)],
    ):
        with pytest.raises(VaultError):
            read_forged(forged(pieces), CONTENT)


def test_nothing_hides_in_the_filling() -> None:
    filled = CONTENT + b"x" * (67_584 - len(CONTENT))
    data = forged([(filled[:CHUNK], MORE), (filled[CHUNK:], FINAL)])
    with pytest.raises(VaultError):
        read_forged(data, CONTENT)


def test_a_cut_file_is_never_given_out_whole() -> None:
    file = stored(LONG)
    given: list[bytes] = []
    reading = read_blob(
        BytesIO(file.data[:-1]),
        blob=file.seal.id,
        key=file.seal.key,
        size=file.seal.size,
        digest=file.seal.digest,
    )
    with pytest.raises(VaultError):
        given.extend(reading)  # keeps what came before the failure
    assert len(b"".join(given)) < len(LONG)


def test_a_file_can_be_checked_before_a_byte_of_it_is_given() -> None:
    file, seal = stored(LONG), stored(CONTENT).seal
    good = file.seal
    check_blob(BytesIO(file.data), blob=good.id, key=good.key, size=good.size, digest=good.digest)
    with pytest.raises(VaultError):
        check_blob(
            BytesIO(file.data), blob=good.id, key=good.key, size=good.size, digest=seal.digest
        )
