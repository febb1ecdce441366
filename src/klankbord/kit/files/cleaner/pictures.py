"""A picture: the same pixels, upright, and nothing else that was in the file."""

import io

from PIL import Image, ImageOps, MpoImagePlugin, WebPImagePlugin  # noqa: F401 (loads them now)

PIXELS = 40_000_000
FORMATS = ("JPEG", "PNG", "GIF", "WEBP")


class TooLarge(ValueError):
    """More pixels than anybody's telephone makes."""


def rehearse() -> None:
    """One pixel in each format: Pillow imports parts of itself only when it needs them."""
    for format_ in FORMATS:
        page = io.BytesIO()
        Image.new("RGB", (1, 1)).save(page, format_)
        cleaned(page.getvalue())


def cleaned(content: bytes) -> bytes:
    """J and a JPEG, or P and a PNG (of an animation its first frame)."""
    with _opened(content) as picture:
        photo = picture.format in ("JPEG", "MPO")
        return (b"J" if photo else b"P") + _saved(_pixels(picture), "JPEG" if photo else "PNG")


def redrawn(content: bytes) -> bytes:
    """The same in the form it came in: for a picture that a document calls by its name."""
    with _opened(content) as picture:
        format_ = "JPEG" if picture.format == "MPO" else str(picture.format)
        return _saved(_pixels(picture), format_)


def _opened(content: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(content), formats=FORMATS)
    if picture.width * picture.height > PIXELS:
        raise TooLarge
    return picture


def _pixels(picture: Image.Image) -> Image.Image:
    """Upright: no text, profile, thumbnail or comment."""
    picture.load()
    ImageOps.exif_transpose(picture, in_place=True)
    clear = "A" in picture.getbands() or "transparency" in picture.info
    mode = "RGBA" if clear and picture.format != "JPEG" else "RGB"
    new = picture.convert(mode) if picture.mode not in (mode, "L") else picture
    new.info.clear()
    return new


def _saved(picture: Image.Image, format_: str) -> bytes:
    out = io.BytesIO()
    how = {"JPEG": {"quality": 88}, "PNG": {"compress_level": 3}}.get(format_, {})
    picture.save(out, format_, **how)
    return out.getvalue()
