"""A picture made anew by a child that can do nothing else."""

import io
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from PIL import Image

from klankbord.kit.files import clean
from klankbord.kit.files.clean import CannotClean, CleanFile, clean_copy
from klankbord.kit.files.sniff import Kind
from klankbord.kit.vault.errors import VaultError
from tests.kit.files.pictures import SECRET, bomb_png, photo, picture


def clean_image(chunks: Iterable[bytes]) -> CleanFile:
    return clean_copy(chunks, Kind.JPEG)


def pieces(content: bytes) -> Iterator[bytes]:
    return (content[at : at + 65536] for at in range(0, len(content), 65536))


def test_the_place_the_telephone_and_the_comment_are_gone() -> None:
    before = photo()
    with Image.open(io.BytesIO(before)) as told:
        assert told.getexif().get_ifd(0x8825)

    after = clean_image(pieces(before))

    assert after.kind is Kind.JPEG
    assert SECRET.encode() not in after.content
    assert b"Exif" not in after.content
    with Image.open(io.BytesIO(after.content)) as picture_:
        assert not picture_.getexif()
        assert "comment" not in picture_.info


def test_a_picture_lying_on_its_side_is_turned_upright() -> None:
    with Image.open(io.BytesIO(clean_image(pieces(photo((64, 48)))).content)) as upright:
        assert upright.size == (48, 64)


@pytest.mark.parametrize(
    ("format_", "mode"),
    [("PNG", "RGBA"), ("PNG", "P"), ("PNG", "L"), ("PNG", "1"), ("GIF", "P"), ("WEBP", "RGB")],
)
def test_other_pictures_become_a_png(format_: str, mode: str) -> None:
    after = clean_image(pieces(picture(format_, mode)))
    assert after.kind is Kind.PNG
    with Image.open(io.BytesIO(after.content)) as opened:
        assert (opened.format, opened.size) == ("PNG", (30, 20))


@pytest.mark.parametrize(("format_", "mode"), [("JPEG", "L"), ("JPEG", "CMYK"), ("MPO", "RGB")])
def test_unusual_photos_stay_a_jpeg(format_: str, mode: str) -> None:
    assert clean_image(pieces(picture(format_, mode))).kind is Kind.JPEG


def test_text_in_a_png_does_not_survive() -> None:
    from PIL.PngImagePlugin import PngInfo

    told, page = PngInfo(), io.BytesIO()
    told.add_text("Author", SECRET)
    Image.new("RGB", (9, 9)).save(page, "PNG", pnginfo=told)
    assert SECRET.encode() not in clean_image([page.getvalue()]).content


def test_a_picture_of_forty_megapixels_fits_in_the_memory_of_the_child() -> None:
    assert clean_image(pieces(photo((8000, 5000)))).kind is Kind.JPEG


def zip_bomb() -> bytes:
    page = io.BytesIO()
    with zipfile.ZipFile(page, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("0", bytes(50 * 2**20))
    return page.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        bomb_png(),
        zip_bomb(),
        b"GIF89a/*" + bytes(20) + b"*/=1;alert(document.domain)",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"%PDF-1.7",
        photo()[:400],
        b"not a picture" * 1000,
        b"",
    ],
    ids=["png bomb", "zip bomb", "gif+js", "svg", "pdf", "cut", "text", "empty"],
)
def test_bombs_and_what_is_no_picture_are_refused_quickly(content: bytes) -> None:
    """Vault row 26."""
    began = time.monotonic()
    with pytest.raises(CannotClean):
        clean_image(pieces(content))
    assert time.monotonic() - began < 12


def test_a_picture_without_end_is_refused() -> None:
    def endless() -> Iterator[bytes]:
        yield photo()
        for _ in range(4000):
            yield bytes(65536)

    with pytest.raises(CannotClean):
        clean_image(endless())


def test_a_child_that_hangs_is_ended_by_the_clock(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    asleep = tmp_path / "asleep.py"
    asleep.write_text("import time; time.sleep(60)")
    monkeypatch.setattr(clean, "_CHILD", (str(asleep),))
    monkeypatch.setattr(clean, "SECONDS", 0.5)
    began = time.monotonic()
    with pytest.raises(CannotClean):
        clean_image([photo()])
    assert time.monotonic() - began < 5


def test_a_child_that_talks_too_much_is_not_listened_to(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    talks = tmp_path / "talks.py"
    talks.write_text("import sys\nwhile True: sys.stdout.buffer.write(b'J' * 65536)")
    monkeypatch.setattr(clean, "_CHILD", (str(talks),))
    monkeypatch.setattr(clean, "LARGEST", 2**20)
    with pytest.raises(CannotClean):
        clean_image([photo()])


def test_half_an_answer_of_a_child_that_died_is_no_picture(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    dies = tmp_path / "dies.py"
    dies.write_text("import os, sys\nsys.stdin.read\nos.write(1, b'J123'); os._exit(9)")
    monkeypatch.setattr(clean, "_CHILD", (str(dies),))
    with pytest.raises(CannotClean):
        clean_image([photo()])


def test_a_damaged_blob_is_not_mistaken_for_a_bad_picture() -> None:
    def damaged() -> Iterator[bytes]:
        yield photo()[:100]
        raise VaultError

    with pytest.raises(VaultError):
        clean_image(damaged())
    assert clean_image([photo()]).kind is Kind.JPEG


PROBE = """
import os, socket
from klankbord.kit.files.cleaner.locks import lock_up, shut_the_door
from klankbord.kit.files.cleaner import {family}
lock_up(); {family}.rehearse()
def refused(deed):
    try:
        deed()
    except (OSError, MemoryError):
        return "refused"
    return "ALLOWED"
before = refused(lambda: os.write(os.open({file!r}, os.O_WRONLY | os.O_CREAT), b"x"))
shut_the_door()
print(before, refused(lambda: open("/etc/hostname")), refused(socket.socket),
      refused(os.fork), refused(lambda: bytearray(600 * 2**20)), len(os.environ), flush=True)
"""


@pytest.mark.parametrize("family", ["pictures", "papers", "office"])
def test_the_child_writes_no_file_opens_no_socket_and_swells_to_no_size(
    tmp_path: Path, family: str
) -> None:
    script = PROBE.format(family=family, file=str(tmp_path / "x"))
    said = subprocess.run(
        [sys.executable, "-I", "-c", script], env={}, capture_output=True, text=True, check=True
    )
    words = said.stdout.split()
    # Root may fork whatever the limit says.
    assert [words[at] for at in (0, 1, 2, 4)] == ["refused"] * 4
    assert (tmp_path / "x").stat().st_size == 0


def test_the_child_loads_nothing_of_ours_but_itself() -> None:
    """No key, no settings and no Django is in the memory of whoever breaks it."""
    script = (
        "import sys, importlib\n"
        "for it in ('pictures', 'papers', 'office'):\n"
        "    importlib.import_module('klankbord.kit.files.cleaner.' + it)\n"
        "print(*(it for it in sys.modules if it.split('.')[0] in ('klankbord', 'django', 'nacl')))"
    )
    said = subprocess.run(
        [sys.executable, "-I", "-c", script], env={}, capture_output=True, text=True, check=True
    )
    ours = {it for it in said.stdout.split() if "klankbord.kit.files.cleaner" not in it}
    assert ours <= {"klankbord", "klankbord.kit", "klankbord.kit.files"}
