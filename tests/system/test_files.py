"""Nothing that somebody sends ever runs in our pages (vault §4, rows 25 and 27)."""

import io
from pathlib import Path

import pytest
from PIL import Image

from tests.kit.files import documents
from tests.kit.files.pictures import bomb_png, photo
from tests.system.server import HOUSE, Server, mail_of, passphrase_of
from tests.system.visitor import Page, Upload, Visitor, enter, sign_in, tell

HTML = b"<!doctype html><script>document.title='ran'</script><h1>Hallo</h1>"
SVG = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'><script>alert(1)</script></svg>"
POLYGLOT = b"GIF89a/*" + bytes(20) + b"*/=1;alert(document.domain);"
NASTY = {
    "page.html": HTML,
    "drawing.svg": SVG,
    "picture.gif": POLYGLOT,
    "lie.jpg": HTML,
    "photo.jpg.exe": b"MZ" + bytes(200),
    "..\\..\\etc\\passwd": b"root",
    'name";\r\nSet-Cookie: x=1': b"header",
    "run.js": b"alert(1)",
    "letter.pdf": b"%PDF-1.4\n1 0 obj<</S/JavaScript/JS(app.alert(1))>>\n%%EOF",
    "bomb.png": bomb_png(),
}


def opened(server: Server) -> tuple[Visitor, Page, str]:
    code = tell(server.visitor(), HOUSE, {"happened": "Een verhaal."})
    reporter = server.visitor()
    return reporter, enter(reporter, HOUSE, code), code


def downloads(visitor: Visitor, page: Page) -> list[Page]:
    return [visitor.get(link) for link in dict.fromkeys(page.links) if is_file(link)]


def is_file(link: str) -> bool:
    return "/f/" in link or "/file/" in link


def is_shown(page: Page) -> bool:
    return page.headers["Content-Type"] in {"image/jpeg", "image/png"}


def test_whatever_is_sent_is_handed_out_as_a_download_that_can_do_nothing(running: Server) -> None:
    reporter, case, _ = opened(running)
    for name, content in NASTY.items():
        sent = reporter.press(
            reporter.get(case.path),
            {"text": "Zie hierbij.", "file": Upload(name.replace('"', "%22").replace("\r\n", " "),
                                                    content, "text/html")},
        )  # fmt: skip
        assert sent.status == 303, (name, sent.text)
    noor = running.visitor()
    inbox = sign_in(noor, mail_of("noor"), passphrase_of("noor"))
    work = next(link for link in inbox.links if link.startswith("/werk/") and "-" in link)
    for visitor, page in ((reporter, reporter.get(case.path)), (noor, noor.get(work))):
        files = downloads(visitor, page)
        assert len(files) >= len(NASTY)
        originals = [file for file in files if not is_shown(file)]
        assert {file.body for file in originals} == set(NASTY.values())
        for file in files:
            harmless(file)


def harmless(file: Page) -> None:
    headers = file.headers
    assert file.status == 200
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "no-store" in headers["Cache-Control"]
    assert "Set-Cookie" not in headers
    if is_shown(file):
        Image.open(io.BytesIO(file.body)).verify()
        return
    assert headers["Content-Type"] == "application/octet-stream"
    disposition = headers["Content-Disposition"]
    assert disposition.startswith('attachment; filename="bijlage-')
    name = disposition.partition('="')[2]
    assert not any(name.endswith(f'.{bad}"') for bad in ("html", "svg", "js", "exe"))


def test_a_picture_is_shown_without_what_was_hidden_in_it(running: Server) -> None:
    reporter, case, _ = opened(running)
    sent = {"text": "Foto.", "file": Upload("a.jpg", photo()), "keep_as": "evidence"}
    assert reporter.press(case, sent).status == 303
    files = downloads(reporter, reporter.get(case.path))
    shown = [file for file in files if is_shown(file)]
    assert shown, "no cleaned copy"
    assert all(b"Scoutslokaal" not in file.body for file in shown)
    assert any(file.body == photo() for file in files)


def test_bombs_are_kept_and_the_pages_stay_alive(running: Server) -> None:
    """Vault row 26: the report is stored, whoever works on it is alive."""
    bombs = {
        "b.png": bomb_png(), "b.docx": documents.office_bomb(), "l.docx": documents.lying_bomb(),
        "x.docx": documents.entity_bomb(), "b.pdf": documents.nested_pdf_bomb(),
    }  # fmt: skip
    before = running.processes()
    files = [Upload(name, content) for name, content in bombs.items()]
    code = tell(running.visitor(), HOUSE, {"happened": "Een verhaal.", "file": files})
    assert running.visitor().get(f"/{HOUSE}/").status == 200
    reporter = running.visitor()
    kept = downloads(reporter, enter(reporter, HOUSE, code))
    assert set(bombs.values()) <= {file.body for file in kept}
    assert running.processes() == before


def test_a_file_that_is_too_large_costs_no_word_of_the_text_beside_it(running: Server) -> None:
    reporter, case, _ = opened(running)
    text = "Een lange brief die niet verloren mag gaan."
    large = Upload("film.mp4", bytes(27 * 2**20))
    page = reporter.press(case, {"text": text, "file": large})
    assert page.status == 200
    assert ("text", text) in page.form("text").fields
    assert text not in reporter.get(case.path).form("text").fields
    assert 'role="alert"' in page.html
    sent = reporter.press(page, {})
    assert sent.status == 303


@pytest.mark.parametrize("size", [0, 1, 65535, 65536, 3 * 2**20])
def test_a_file_of_any_size_comes_back_byte_for_byte(running: Server, size: int) -> None:
    reporter, case, _ = opened(running)
    content = bytes(byte % 251 for byte in range(251)) * (size // 251 + 1)
    sent = reporter.press(case, {"text": "Zie.", "file": Upload("a.bin", content[:size])})
    if size == 0:
        assert sent.status == 200
        assert ("text", "Zie.") in sent.form("text").fields
        return
    assert sent.status == 303
    files = downloads(reporter, reporter.get(case.path))
    assert [file.body for file in files] == [content[:size]]


def test_no_file_of_ours_is_for_anybody_else_on_the_machine(running: Server) -> None:
    loose = [
        path
        for path in [running.keyring, *running.data.rglob("*")]
        if not path.is_relative_to(running.data / "static") and path.stat().st_mode & 0o077
    ]
    assert [path for path in loose if path != Path(running.data)] == []
