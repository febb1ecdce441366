"""A file on its way in: sealed as it arrives, and never the reason that a text is lost."""

import errno
import io
import os
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.http import UnreadablePostError
from django.test import Client, RequestFactory
from django.test.client import BOUNDARY, MULTIPART_CONTENT

from klankbord.kit.clock import today
from klankbord.kit.files import store
from klankbord.kit.files.handler import NotKept, Problem, SealedUpload
from klankbord.kit.vault.blobs import stored_size

MARKER = b"Het was in de tent, op dinsdag. "
SITE = pytest.mark.urls("tests.kit.files.desk")
pytestmark = [SITE, pytest.mark.usefixtures("counter")]


@pytest.fixture
def counter(data_folder: Path, settings: Any) -> Path:
    settings.MIDDLEWARE = []
    settings.CSRF_USE_SESSIONS = False
    return data_folder


def send(files: list[tuple[str, bytes]], **fields: str) -> dict[str, Any]:
    """Post a form in which a field stands before, and one after, the files."""
    data: dict[str, Any] = {"before": "my story"}
    for number, (name, content) in enumerate(files):
        sheet = io.BytesIO(content)
        sheet.name = name
        data[f"file{number}"] = sheet
    response = Client().post("/counter/", {**data, "after": "and its end", **fields})
    assert response.status_code == 200
    answer: dict[str, Any] = response.json()
    return answer


def on_disk(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


@pytest.fixture
def opened_for_writing() -> Iterator[list[str]]:
    """Every path that this process opens for writing while the test runs, by Python's own tale."""
    paths: list[str] = []
    listening = True

    def listen(event: str, arguments: tuple[Any, ...]) -> None:
        if listening and event == "open" and arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
            paths.append(str(arguments[0]))

    sys.addaudithook(listen)
    yield paths
    listening = False


def test_an_upload_of_twenty_megabytes_writes_one_sealed_file_and_nothing_else(
    counter: Path, opened_for_writing: list[str]
) -> None:
    """Vault row 25."""
    content = MARKER * (20 * 2**20 // len(MARKER))
    temporary = set(os.listdir(tempfile.gettempdir()))

    answer = send([("verhaal.txt", content)], keep="1")

    assert opened_for_writing
    assert all(path.startswith(str(counter / "blobs")) for path in opened_for_writing)
    assert set(os.listdir(tempfile.gettempdir())) == temporary
    (blob,) = on_disk(counter)
    assert MARKER not in blob.read_bytes()
    assert blob.stat().st_size == stored_size(len(content))
    assert read_back(answer["seals"][0]) == content


def read_back(seal: dict[str, Any]) -> bytes:
    return b"".join(
        store.open_blob(
            UUID(seal["id"]),
            key=bytes.fromhex(seal["key"]),
            size=seal["size"],
            digest=bytes.fromhex(seal["digest"]),
        )
    )


def test_no_upload_is_ever_a_temporary_file_of_django() -> None:
    assert not issubclass(SealedUpload, TemporaryUploadedFile)
    assert settings.FILE_UPLOAD_HANDLERS == ["klankbord.kit.files.handler.SealingUploadHandler"]


def test_a_file_that_is_too_large_leaves_the_text_before_and_after_it(
    counter: Path, settings: Any
) -> None:
    settings.UPLOAD_LIMIT = 100_000

    answer = send([("film.mp4", b"x" * 300_000)], keep="1")

    assert (answer["before"], answer["after"]) == ("my story", "and its end")
    assert answer["problems"] == [Problem.TOO_LARGE]
    assert on_disk(counter) == []


def test_a_file_of_exactly_the_limit_is_taken(counter: Path, settings: Any) -> None:
    settings.UPLOAD_LIMIT = 100_000
    assert send([("a.txt", b"x" * 100_000)], keep="1")["problems"] == [None]


def test_the_limit_counts_all_files_of_one_request(counter: Path, settings: Any) -> None:
    settings.UPLOAD_LIMIT = 100_000

    answer = send([("a.txt", b"x" * 60_000), ("b.txt", b"y" * 60_000)], keep="1")

    assert answer["problems"] == [None, Problem.TOO_LARGE]
    assert answer["after"] == "and its end"
    assert len(on_disk(counter)) == 1


def test_a_body_far_beyond_the_limit_is_refused_before_it_is_read(settings: Any) -> None:
    settings.UPLOAD_LIMIT = 1000
    request = RequestFactory().post("/counter/", {"file": io.BytesIO(b"x" * 100_000)})
    with pytest.raises(RequestDataTooBig):
        _ = request.POST


def test_an_empty_file_is_named_empty_and_leaves_nothing(counter: Path) -> None:
    assert send([("niets.txt", b"")], keep="1")["problems"] == [Problem.EMPTY]
    assert on_disk(counter) == []


def test_a_full_disk_costs_the_file_and_not_the_text(
    counter: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(store.Incoming, "write", full)

    answer = send([("a.txt", b"x" * 200_000)], keep="1")

    assert (answer["problems"], answer["after"]) == ([Problem.NO_ROOM], "and its end")
    assert on_disk(counter) == []


def test_the_last_gigabyte_of_the_disk_is_for_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "DISK_RESERVE", 2**60)
    assert send([("a.txt", b"x")], keep="1")["problems"] == [Problem.NO_ROOM]


def test_a_file_nobody_keeps_is_gone_when_the_request_ends(counter: Path) -> None:
    assert send([("a.txt", b"x" * 10)])["problems"] == [None]
    assert on_disk(counter) == []


def test_a_file_is_gone_when_the_view_fails(counter: Path) -> None:
    sheet = io.BytesIO(b"x" * 10)
    sheet.name = "a.txt"
    browser = Client(raise_request_exception=False)
    assert browser.post("/counter/", {"raise": "1", "file": sheet}).status_code == 500
    assert on_disk(counter) == []


def test_a_connection_lost_halfway_leaves_nothing(counter: Path) -> None:
    class Cut(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            piece = super().read(min(size or 65536, 65536))
            if not piece:
                raise OSError("connection reset")
            return piece

    body = half_a_form(b"x" * 300_000)
    request = RequestFactory().generic("POST", "/counter/", body, content_type=MULTIPART_CONTENT)
    request.META["CONTENT_LENGTH"] = str(2 * len(body))
    request._stream = Cut(body)  # type: ignore[attr-defined]

    with pytest.raises(UnreadablePostError):
        _ = request.POST
    assert on_disk(counter) == []


def test_half_a_file_is_no_file(counter: Path) -> None:
    body = half_a_form(b"x" * 300_000)
    request = RequestFactory().generic("POST", "/counter/", body, content_type=MULTIPART_CONTENT)

    assert (request.POST["before"], list(request.FILES)) == ("my story", [])
    assert on_disk(counter) == []


def half_a_form(content: bytes) -> bytes:
    head = (
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="before"\r\n\r\nmy story\r\n'
        f"--{BOUNDARY}\r\n"
        'Content-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n'
    )
    return head.encode() + content


def test_the_key_of_a_file_is_not_given_before_it_is_kept() -> None:
    """A view that forgets `keep` fails at once; it does not lose a file an hour later."""
    upload = an_upload(b"content")
    with pytest.raises(NotKept):
        _ = upload.key
    seal = upload.keep()
    assert (upload.blob, upload.key, upload.digest) == (seal.id, seal.key, seal.digest)
    upload.close()
    assert store.path_of(seal.id).is_file()
    upload.discard()
    upload.discard()
    assert not store.path_of(seal.id).exists()


def test_the_content_can_be_read_again_for_cleaning() -> None:
    upload = an_upload(b"content" * 20_000)
    assert b"".join(upload.chunks()) == b"content" * 20_000
    assert (upload.size, len(upload.head)) == (140_000, 4096)


def an_upload(content: bytes) -> SealedUpload:
    request = RequestFactory().post("/counter/", {"file": io.BytesIO(content)})
    upload = request.FILES["file"]
    assert isinstance(upload, SealedUpload)
    return upload


def test_all_times_of_files_and_folders_are_midnight(counter: Path) -> None:
    """Vault row 19."""
    send([("a.txt", b"x" * 10)], keep="1")
    midnight = datetime.combine(today(), datetime.min.time(), tzinfo=UTC).timestamp()
    for path in (counter / "blobs").rglob("*"):
        assert path.stat().st_mtime == midnight
    (blob,) = on_disk(counter)
    assert blob.stat().st_atime <= midnight
    assert blob.stat().st_mode & 0o777 == 0o600


def test_small_files_of_every_size_take_the_same_room(counter: Path) -> None:
    """Vault row 18."""
    for size in (1, 900, 65_536):
        send([("a.txt", b"x" * size)], keep="1")
    assert len({path.stat().st_size for path in on_disk(counter)}) == 1
