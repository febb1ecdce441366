"""Whatever fails, wherever: the server says a class, a function and a number (vault §4, row 28)."""

import os
from http.client import HTTPException
from pathlib import Path

from tests.system.scanner import Scanner
from tests.system.server import HOUSE, Server
from tests.system.visitor import Page, Upload

WORD = "Zwaluwnest-in-de-fout-5c1d"
LAYERS = (
    "outside", "half an answer",
    "view", "query", "rules", "template", "session", "model", "upload", "case",
    "unique", "syntax", "log",
)  # fmt: skip


def try_all(server: Server, layer: str) -> list[Page | None]:
    """Everything somebody does, with this layer broken and the word in path, form and file.

    None stands for an answer that stopped halfway.
    """
    visitor = server.visitor()
    begin = visitor.get(f"/{HOUSE}/c/1/").form("form", to="/c/1/").fields
    visitor.post(f"/{HOUSE}/c/5/", [*begin, ("happened", WORD)])
    check = visitor.get(f"/{HOUSE}/c/check/").form("form", to="/check/").fields
    told = {"X-Layer": layer, "X-Word": WORD}
    file = Upload(f"{WORD}.txt", WORD.encode())

    def got(path: str, fields: list[tuple[str, str | Upload]] | None = None) -> Page | None:
        try:
            if fields is None:
                return visitor.get(path, headers=told)
            return visitor.post(path, fields, headers=told)
        except HTTPException:
            return None

    return [
        got(f"/{HOUSE}/?q={WORD}"),
        got(f"/{WORD}/"),
        got("/"),
        got(f"/{HOUSE}/c/5/", [*begin, ("happened", f"{WORD} en meer")]),
        got(f"/{HOUSE}/c/7/", [*begin, ("add", "1"), ("file", file)]),
        got(f"/{HOUSE}/m/", [*begin, ("code", WORD)]),
        got(f"/{HOUSE}/c/check/", [*check]),
        got("/inloggen/", [("mail", WORD), ("passphrase", WORD)]),
    ]


def test_no_failure_of_any_layer_says_a_word_of_what_it_failed_on(either: Server) -> None:
    either.script = ("-m", "tests.system.faulty_serving")
    either.start()
    broken = {}
    for layer in LAYERS:
        pages = try_all(either, layer)
        broken[layer] = [page for page in pages if page is None or page.status >= 500]
        for page in broken[layer]:
            if page is not None:
                assert "Traceback" not in page.html, layer
                assert "RuntimeError" not in page.html, layer
    either.stop()
    assert [layer for layer, seen in broken.items() if not seen and layer != "log"] == []
    said = either.said()
    assert "RuntimeError" in said
    assert "IntegrityError" in said
    scanner = Scanner({"the word": WORD})
    assert scanner.look(f"ERROR {WORD}".encode(), "a careless log"), "the search finds nothing"
    found = scanner.look(said.encode(), "what the server said")
    assert found == [], said
    if either.database:
        log = Path(os.environ["KLANKBORD_TEST_POSTGRES_FOLDER"]) / "server.log"
        assert "duplicate key" in log.read_text()  # it was there, and told nothing
        assert WORD not in log.read_text()


def test_what_was_typed_stands_on_the_page_that_says_sorry(either: Server) -> None:
    either.script = ("-m", "tests.system.faulty_serving")
    either.start()
    visitor = either.visitor()
    begin = visitor.get(f"/{HOUSE}/c/1/").form("form", to="/c/1/").fields
    typed = f"{WORD} en nog veel meer woorden."
    page = visitor.post(
        f"/{HOUSE}/c/5/", [*begin, ("happened", typed)], headers={"X-Layer": "rules", "X-Word": "x"}
    )
    assert page.status == 500
    assert typed in page.text
    again = next(form for form in page.forms if ("happened", typed) in form.fields)
    sent = visitor.post(again.action or page.path, again.fields)
    assert sent.status in {200, 303}
    assert typed in visitor.get(f"/{HOUSE}/c/check/").text
