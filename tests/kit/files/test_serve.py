"""Handing out: nothing that somebody sent ever runs in our pages (vault row 27)."""

from typing import Any

import pytest

from klankbord.kit.files.serve import attachment_response, image_response
from klankbord.kit.files.sniff import Kind, extension_for, kind_of

FILES = [
    (b"<html><script>alert(1)</script>", "page.html"),
    (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "drawing.svg"),
    (b"GIF89a/*" + bytes(20) + b"*/=1;alert(document.domain)", "both.gif"),
    (b"alert(1)", "x.js"),
    (b"%PDF-1.7", "x.pdf"),
]


@pytest.mark.parametrize(("content", "name"), FILES)
def test_an_original_is_a_download_without_a_type(content: bytes, name: str) -> None:
    extension = extension_for(kind_of(content, name), name)
    response = attachment_response(iter([content]), 3, extension)
    assert headers(response) == {
        "Content-Type": "application/octet-stream",
        "Content-Disposition": f'attachment; filename="bijlage-3.{extension}"',
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "no-store",
    }
    assert extension not in ("html", "svg", "js")
    assert b"".join(response) == content


def headers(response: Any) -> dict[str, str]:
    return dict(response.items())


@pytest.mark.parametrize("extension", ["html", "svg", "exe", 'x"\r\nSet-Cookie: a=b', "", "../x"])
def test_an_extension_that_is_not_on_the_list_becomes_bin(extension: str) -> None:
    response = attachment_response(iter([b""]), 1, extension)
    assert response["Content-Disposition"] == 'attachment; filename="bijlage-1.bin"'


def test_a_cleaned_picture_is_shown_in_a_sandbox() -> None:
    response = image_response(iter([b"x"]), Kind.JPEG)
    assert (response["Content-Type"], response["Content-Disposition"]) == ("image/jpeg", "inline")
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("kind", [Kind.GIF, Kind.SVG, Kind.HTML, Kind.PDF, Kind.HEIC])
def test_nothing_else_is_ever_shown_in_the_page(kind: Kind) -> None:
    with pytest.raises(ValueError, match="cleaned"):
        image_response(iter([b"x"]), kind)
