"""Blobs on the disk: written whole, found again, and swept when nobody names them."""

import os
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from klankbord.kit.files import store
from klankbord.kit.vault.blobs import BlobSeal
from klankbord.kit.vault.errors import VaultError

DAY = date(2025, 11, 24)
pytestmark = pytest.mark.usefixtures("data_folder")


def opened(seal: BlobSeal, *, key: bytes | None = None) -> bytes:
    return b"".join(
        store.open_blob(seal.id, key=key or seal.key, size=seal.size, digest=seal.digest)
    )


def at(day: date, hour: int = 3) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def nobody(_: set[UUID]) -> set[UUID]:
    return set()


def test_what_was_written_is_read_back() -> None:
    seal = store.write_blob(b"a clean picture" * 10_000, on=DAY)
    assert opened(seal) == b"a clean picture" * 10_000
    assert store.path_of(seal.id).name == f"{seal.id}.blob"


def test_a_damaged_file_gives_no_byte_at_all() -> None:
    seal = store.write_blob(b"x" * 200_000, on=DAY)
    path = store.path_of(seal.id)
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)
    with pytest.raises(VaultError):
        store.open_blob(seal.id, key=seal.key, size=seal.size, digest=seal.digest)


def test_a_file_that_is_not_there_is_said_to_be_missing() -> None:
    seal = store.write_blob(b"x", on=DAY)
    store.remove(seal.id)
    store.remove(seal.id)
    with pytest.raises(store.BlobMissing):
        opened(seal)


def test_removing_a_file_leaves_no_hour_in_its_folders() -> None:
    seal = store.write_blob(b"x", on=DAY)
    store.remove(seal.id)
    assert store.path_of(seal.id).parent.stat().st_mtime == at(DAY, 0).timestamp()


def test_a_failure_while_writing_leaves_nothing(
    data_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise OSError("no")

    monkeypatch.setattr(Path, "rename", fails)
    with pytest.raises(OSError, match="no"):
        store.write_blob(b"x", on=DAY)
    assert [path for path in data_folder.rglob("*") if path.is_file()] == []


def test_a_file_nobody_names_is_swept_and_a_named_one_stays() -> None:
    kept, lost = (store.write_blob(b"x", on=DAY) for _ in range(2))

    def known(ids: set[UUID]) -> set[UUID]:
        assert ids == {kept.id, lost.id}
        return {kept.id}

    assert store.sweep(known, now=at(DAY + timedelta(days=3))) == 1
    assert store.path_of(kept.id).exists()
    assert not store.path_of(lost.id).exists()


def test_a_file_of_a_minute_before_midnight_is_not_a_day_old_a_minute_after() -> None:
    """Its time says midnight: it may be of 23:59, and the draft that names it is still open."""
    seal = store.write_blob(b"x", on=DAY)
    assert store.sweep(nobody, now=at(DAY + timedelta(days=1), 23)) == 0
    assert store.path_of(seal.id).exists()
    assert store.sweep(nobody, now=at(DAY + timedelta(days=2), 0)) == 1


def test_what_was_begun_and_never_finished_is_swept_after_a_day() -> None:
    store.Incoming().write(b"half")
    (part,) = (store.folder() / "incoming").iterdir()
    os.utime(part, (at(DAY).timestamp(), at(DAY).timestamp()))
    assert store.sweep(nobody, now=at(DAY, 20)) == 0
    assert store.sweep(nobody, now=at(DAY + timedelta(days=1), 4)) == 1
    assert not part.exists()


def test_sweeping_an_installation_without_files_does_nothing() -> None:
    assert store.sweep(nobody, now=at(DAY)) == 0


def test_more_files_than_one_question_holds_are_all_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(store, "_AT_ONCE", 2)
    for _ in range(5):
        store.write_blob(b"x", on=DAY)
    assert store.sweep(nobody, now=at(DAY + timedelta(days=3))) == 5


def test_a_blob_does_not_open_under_the_name_of_another() -> None:
    one, other = (store.write_blob(b"x", on=DAY) for _ in range(2))
    store.path_of(one.id).write_bytes(store.path_of(other.id).read_bytes())
    with pytest.raises(VaultError):
        opened(one, key=other.key)
