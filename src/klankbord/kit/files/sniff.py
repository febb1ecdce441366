"""What a file is, by what is in it. Its name and what the browser said about it prove nothing.

The answer decides what is offered (a clean picture, a warning) and the extension under which the
file is handed out. It never decides whether a report is taken: the sealed original always stays.
"""

import codecs
import re
from enum import StrEnum
from pathlib import PurePath

import puremagic

HEAD = 4096  # bytes that are enough to tell


class Kind(StrEnum):
    JPEG = "jpeg"
    PNG = "png"
    GIF = "gif"
    WEBP = "webp"
    HEIC = "heic"
    PDF = "pdf"
    OFFICE = "office"
    AUDIO = "audio"
    VIDEO = "video"
    TEXT = "text"
    HTML = "html"
    SVG = "svg"
    SCRIPT = "script"
    EXECUTABLE = "executable"
    ARCHIVE = "archive"
    OTHER = "other"


# Kinds that can be handed out under an extension that opens something; all others become ".bin".
EXTENSIONS: dict[Kind, tuple[str, ...]] = {
    Kind.JPEG: ("jpg", "jpeg"),
    Kind.PNG: ("png",),
    Kind.GIF: ("gif",),
    Kind.WEBP: ("webp",),
    Kind.HEIC: ("heic", "heif", "avif"),
    Kind.PDF: ("pdf",),
    Kind.OFFICE: ("docx", "xlsx", "pptx", "odt", "ods", "odp", "doc", "xls", "ppt", "rtf"),
    Kind.AUDIO: ("mp3", "m4a", "ogg", "opus", "oga", "wav", "aac", "amr", "flac", "caf", "wma"),
    Kind.VIDEO: ("mp4", "mov", "m4v", "webm", "mkv", "avi", "3gp", "mpg", "mpeg", "wmv"),
    Kind.TEXT: ("txt", "csv", "md", "eml", "vcf", "ics", "log"),
    Kind.ARCHIVE: ("zip",),
}
# One form, so the first extension fits whatever the name was.
_SURE = frozenset({Kind.JPEG, Kind.PNG, Kind.GIF, Kind.WEBP, Kind.PDF, Kind.TEXT})

_EXECUTABLE = (
    *(b"\x7fELF", b"\xca\xfe\xba\xbe", b"\0asm", b"dex\n", b"L\0\0\0\x01\x14\x02\0"),
    *(b"\xfe\xed\xfa\xce", b"\xfe\xed\xfa\xcf", b"\xce\xfa\xed\xfe", b"\xcf\xfa\xed\xfe"),
)
_SCRIPT = (b"#!/", b"#! /", b"<?php", b"@echo", b"<job", b"<package")
_SCRIPT_NAMES = frozenset(
    (
        *("bat", "cmd", "com", "scr", "reg", "url", "desktop", "command", "sh", "ps1", "psm1"),
        *("js", "cjs", "mjs", "jse", "hta", "vb", "vbe", "vbs", "wsf", "wsh"),
        *("php", "pl", "py", "pyw", "rb", "lua"),
    )
)
_IMAGES = (
    (b"\xff\xd8\xff", Kind.JPEG),
    (b"\x89PNG\r\n\x1a\n", Kind.PNG),
    (b"GIF87a", Kind.GIF),
    (b"GIF89a", Kind.GIF),
)
_HEIC_BRANDS = (b"hei", b"hev", b"mif", b"msf", b"avi")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SVG = re.compile(r"<(?:\w+:)?svg[\s>/]", re.IGNORECASE)
_HTML = re.compile(
    r"<(?:!doctype\s+html|html|head|body|script|iframe|style|title|table|img|link|meta|object"
    r"|embed|base|form|a|div|p|h1|font|br|b)(?:[\s>/]|$)|javascript:",
    re.IGNORECASE,
)
_BY_MIME = (
    ("audio/", Kind.AUDIO),
    ("video/", Kind.VIDEO),
    ("application/ogg", Kind.AUDIO),
    ("application/zip", Kind.ARCHIVE),
    ("application/x-rar", Kind.ARCHIVE),
    ("application/vnd.rar", Kind.ARCHIVE),
    ("application/x-7z", Kind.ARCHIVE),
    ("application/gzip", Kind.ARCHIVE),
    ("application/x-gzip", Kind.ARCHIVE),
    ("application/x-bzip", Kind.ARCHIVE),
    ("application/x-xz", Kind.ARCHIVE),
    ("application/x-tar", Kind.ARCHIVE),
    ("application/x-lzma", Kind.ARCHIVE),
    ("application/zstd", Kind.ARCHIVE),
)


def kind_of(head: bytes, name: str = "") -> Kind:
    """What a file is that begins with `head` (its first 4 KiB).

    The name is used for one thing only: text in a language that some program would run is a
    script. What runs is looked for before what is looked at.
    """
    head = head[:HEAD]
    return _binary(head) or _text(head, name) or _rest(head)


def extension_for(kind: Kind, name: str) -> str:
    """The extension, without dot, under which a file of this kind is handed out; else "bin".

    That of `name` where the kind allows it; the usual one where there is but one.
    """
    allowed = EXTENSIONS.get(kind, ())
    given = _extension(name)
    if given in allowed:
        return given
    return allowed[0] if kind in _SURE else "bin"


def lies(name: str, kind: Kind) -> bool:
    """Whether the name claims one thing and the content is another: `foto.jpg` that is a program.

    A name without an extension, or with one nobody knows, claims nothing.
    """
    given = _extension(name)
    claimed = {kind for kind, extensions in EXTENSIONS.items() if given in extensions}
    return bool(claimed) and kind not in claimed


def _extension(name: str) -> str:
    return PurePath(name).suffix.lstrip(".").lower()


def _binary(head: bytes) -> Kind | None:
    if head.startswith(_EXECUTABLE) or (head.startswith(b"MZ") and b"\0" in head):
        return Kind.EXECUTABLE
    if head.startswith(_SCRIPT):
        return Kind.SCRIPT
    for magic, kind in _IMAGES:
        if head.startswith(magic):
            return kind
    if head.startswith(b"%PDF-"):
        return Kind.PDF
    if head.startswith((_OLE, b"{\\rtf")):
        return Kind.OFFICE
    if head.startswith(b"PK\x03\x04"):
        return _zip(head)
    return _container(head)


def _zip(head: bytes) -> Kind:
    """Office and OpenDocument files are zip files that begin with a word of their own."""
    opendocument = b"mimetypeapplication/vnd.oasis.opendocument" in head[:128]
    return Kind.OFFICE if opendocument or b"[Content_Types].xml" in head else Kind.ARCHIVE


def _container(head: bytes) -> Kind | None:
    if head[:4] == b"RIFF":
        return {b"WEBP": Kind.WEBP, b"WAVE": Kind.AUDIO, b"AVI ": Kind.VIDEO}.get(head[8:12])
    if head[4:8] == b"ftyp":
        if head[8:11] in _HEIC_BRANDS:
            return Kind.HEIC
        return Kind.AUDIO if head[8:11] in (b"M4A", b"M4B") else Kind.VIDEO
    if head.startswith((b"#!AMR", b"caff", b"OggS", b"ID3", b"fLaC")):
        return Kind.AUDIO
    return None


def _text(head: bytes, name: str) -> Kind | None:
    text = _decoded(head)
    if text is None:
        return None
    if _SVG.search(text):
        return Kind.SVG
    if _HTML.search(text):
        return Kind.HTML
    return Kind.SCRIPT if _extension(name) in _SCRIPT_NAMES else Kind.TEXT


def _decoded(head: bytes) -> str | None:
    """The text, if it is text: by its mark, else UTF-8, else the old Windows letters."""
    if not head:
        return None
    for mark, encoding in ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if head.startswith(mark):
            return head.decode(encoding, "replace")
    if re.search(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]", head):
        return None
    try:
        return codecs.getincrementaldecoder("utf-8-sig")().decode(head)
    except UnicodeDecodeError:
        return head.decode("cp1252", "replace") if _mostly_ascii(head) else None


def _mostly_ascii(head: bytes) -> bool:
    return sum(byte < 0x80 for byte in head) > len(head) * 0.7


def _rest(head: bytes) -> Kind:
    """All the rest is for puremagic's table, its surest guess first."""
    if b"%PDF-" in head[:1024]:  # where readers of PDF look for it
        return Kind.PDF
    try:
        guesses = puremagic.magic_string(head)
    except (puremagic.PureError, ValueError):
        return Kind.OTHER
    for guess in guesses:
        for prefix, kind in _BY_MIME:
            if guess.mime_type.startswith(prefix):
                return kind
    return Kind.OTHER
