"""Pictures and other files, made while the test runs: no file of anybody lies in the repository."""

import io
import struct
import zlib

from PIL import Image

SECRET = "Scoutslokaal 51.0543 N"


def photo(size: tuple[int, int] = (64, 48), *, turned: bool = True) -> bytes:
    """A JPEG as a telephone makes it: with a place, a device, a comment, and lying on its side."""
    exif = Image.Exif()
    exif[0x010E] = SECRET
    exif[0x010F] = "Telephone of Noor"
    exif[0x0112] = 6 if turned else 1
    exif.get_ifd(0x8825).update({1: "N", 2: (51.0, 3.0, 15.5), 3: "E", 4: (3.0, 43.0, 18.0)})
    page = io.BytesIO()
    Image.new("RGB", size, (180, 40, 40)).save(page, "JPEG", exif=exif, comment=SECRET.encode())
    return page.getvalue()


def picture(format_: str, mode: str = "RGB", size: tuple[int, int] = (30, 20)) -> bytes:
    page = io.BytesIO()
    Image.new(mode, size).save(page, format_)
    return page.getvalue()


def bomb_png(side: int = 20_000) -> bytes:
    """A PNG of a few kilobytes that unfolds to 400 megapixels, without unfolding it here."""
    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    packer = zlib.compressobj(9)
    rows = b"".join(packer.compress(bytes(side * 3 + 1)) for _ in range(400)) + packer.flush()
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", rows) + _chunk(b"IEND")


def _chunk(kind: bytes, content: bytes = b"") -> bytes:
    sum_ = struct.pack(">I", zlib.crc32(kind + content))
    return struct.pack(">I", len(content)) + kind + content + sum_
