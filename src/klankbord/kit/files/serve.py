"""Handing files out so that nothing in them ever runs in our pages (vault §2.8).

An original is always a download without a type, under a name of ours. Only pictures that were made
anew by the cleaner are shown. Middleware that sets headers leaves the ones set here alone.
"""

from collections.abc import Iterable

from django.http import StreamingHttpResponse

from klankbord.kit.files.sniff import EXTENSIONS, Kind

NOTHING_RUNS = "sandbox; default-src 'none'"
_SAFE_EXTENSIONS = {extension for allowed in EXTENSIONS.values() for extension in allowed}
_SHOWN = {Kind.JPEG: "image/jpeg", Kind.PNG: "image/png"}


def attachment_response(
    content: Iterable[bytes], number: int, extension: str
) -> StreamingHttpResponse:
    """A download named `bijlage-<number>.<extension>`; an extension not on the list becomes "bin".

    `content` as `open_blob` gives it; the extension as `sniff.extension_for` does.
    """
    safe = extension if extension in _SAFE_EXTENSIONS else "bin"
    name = f'attachment; filename="bijlage-{number:d}.{safe}"'
    return _response(content, "application/octet-stream", name)


def image_response(content: Iterable[bytes], kind: Kind) -> StreamingHttpResponse:
    """A picture in the page. Only for what the cleaner made; ValueError for another kind."""
    if kind not in _SHOWN:
        raise ValueError("only a cleaned JPEG or PNG is shown")
    return _response(content, _SHOWN[kind], "inline")


def _response(
    content: Iterable[bytes], content_type: str, disposition: str
) -> StreamingHttpResponse:
    return StreamingHttpResponse(
        content,
        headers={
            "Content-Type": content_type,
            "Content-Disposition": disposition,
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": NOTHING_RUNS,
            "Cross-Origin-Resource-Policy": "same-origin",
            "Cache-Control": "no-store",
        },
    )
