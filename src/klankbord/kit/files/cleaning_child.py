"""The cleaner's child: a picture on standard input becomes a new picture on standard output.

Run as a script, alone (`python -I -B`), with an empty environment and without one import of ours:
whoever breaks it through a crafted picture finds no key, no file, no network and no time. The first
byte of the answer says what it is, J or P. Any failure is an exit status and no word.
"""

import ctypes
import io
import os
import resource
import sys

MEMORY = 512 * 2**20  # bytes of address space: a picture of 40 Mpixel twice, and the libraries
SECONDS = 10  # of processor time
PIXELS = 40_000_000
FORMATS = ("JPEG", "PNG", "GIF", "WEBP")
INPUT = 64 * 2**20  # bytes
PR_SET_DUMPABLE, PR_SET_NO_NEW_PRIVS = 4, 38
CLONE_NEWUSER, CLONE_NEWNET = 0x10000000, 0x40000000


def lock_up() -> None:
    """Before anything is read: no memory to swell in, no file to write, no way up, no network."""
    for limit, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NPROC, 0),
    ):
        resource.setrlimit(limit, (most, most))
    libc = ctypes.CDLL(None)
    libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    libc.prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)
    if libc.unshare(CLONE_NEWNET) != 0:  # root may; others need a user namespace, where allowed
        libc.unshare(CLONE_NEWUSER | CLONE_NEWNET)


def shut_the_door() -> None:
    """After the last import: no file, socket or pipe can be opened any more."""
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))


def rehearse() -> None:
    """One pixel in each format: Pillow imports parts of itself only when it needs them."""
    for format_ in FORMATS:
        page = io.BytesIO()
        Image.new("RGB", (1, 1)).save(page, format_)
        with Image.open(page, formats=FORMATS) as picture:
            clean(picture).save(io.BytesIO(), "PNG")


def clean(picture: "Image.Image") -> "Image.Image":
    """The pixels, upright: no text, profile, thumbnail or comment."""
    picture.load()
    ImageOps.exif_transpose(picture, in_place=True)
    clear = "A" in picture.getbands() or "transparency" in picture.info
    mode = "RGBA" if clear and picture.format != "JPEG" else "RGB"
    new = picture.convert(mode) if picture.mode not in (mode, "L") else picture
    new.info.clear()
    return new


def main() -> None:
    rehearse()
    shut_the_door()
    content = sys.stdin.buffer.read(INPUT + 1)
    if len(content) > INPUT:
        os._exit(3)
    with Image.open(io.BytesIO(content), formats=FORMATS) as picture:
        if picture.width * picture.height > PIXELS:
            os._exit(4)
        photo = picture.format in ("JPEG", "MPO")
        new = clean(picture)
    out = io.BytesIO()
    if photo:
        new.save(out, "JPEG", quality=88)
    else:
        new.save(out, "PNG", compress_level=3)
    sys.stdout.buffer.write(b"J" if photo else b"P")
    sys.stdout.buffer.write(out.getbuffer())
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    try:
        lock_up()
        from PIL import Image, ImageOps, MpoImagePlugin, WebPImagePlugin  # noqa: F401

        main()
    except BaseException:  # a traceback would quote what it met
        os._exit(1)
    os._exit(0)
