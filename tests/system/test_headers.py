"""What every answer tells a browser, for every address there is (vault §4, rows 18 and 22)."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpResponseBase

from tests.system.cast import LAST, TABLE, Stage, Who
from tests.system.server import HOUSE, Server

KEPT = {"public:style"}  # an organisation's colours: the same for everybody
FILES = {"public:file", "workbench:file", "workbench:view"}
ALWAYS = {
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
PAGES_ALLOW = {
    "default-src": "'self'", "img-src": "'self' data:", "object-src": "'none'",
    "base-uri": "'none'", "form-action": "'self'", "frame-ancestors": "'none'",
}  # fmt: skip
FILES_ALLOW = {"default-src": "'none'", "sandbox": ""}
SIZE = 4096
PUBLIC_PAGES = (
    f"/{HOUSE}/", f"/{HOUSE}/h/", f"/{HOUSE}/i/", f"/{HOUSE}/c/1/", f"/{HOUSE}/m/", "/",
    "/nowhere/", "/inloggen/", f"/fr/{HOUSE}/", f"/de/{HOUSE}/c/1/",
)  # fmt: skip


def policy(answer: HttpResponseBase) -> dict[str, str]:
    parts = (
        it.strip().partition(" ") for it in answer.headers["Content-Security-Policy"].split(";")
    )
    return {name: value for name, _, value in parts}


def visits(stage: Stage) -> Iterator[tuple[str, Who, str, Any]]:
    """Every address in every way, by somebody who gets in and by somebody who does not."""
    for name, row in sorted(TABLE.items(), key=lambda it: it[0] == LAST):
        inside = [who for who in Who if who in row.inside("own")]
        outside = [who for who in Who if who not in row.inside("own")]
        for who in [*inside[:2], *outside[:1], *outside[-1:]]:
            address = stage.address(name, "own")
            yield name, who, "GET", stage.browser(who).get(address)
            yield name, who, "HEAD", stage.browser(who).head(address)
            if who not in inside:
                yield name, who, "POST", stage.browser(who).post(address, {"text": "een woord"})
        elsewhere = {"HTTP_ORIGIN": "https://elsewhere.example"}
        who = (inside or outside)[0]
        answer = stage.browser(who).post(stage.address(name, "own"), **elsewhere)
        yield name, who, "POST from elsewhere", answer
    for address in ("/nowhere/", "/ravelijn/nowhere/", "/werk/nowhere/x/", "/en/", "/fr"):
        yield address, Who.ANONYMOUS, "GET", stage.browser(Who.ANONYMOUS).get(address)


def test_every_answer_of_every_address_keeps_the_browser_in_hand(stage: Stage) -> None:
    faults = []
    for name, who, way, answer in visits(stage):
        told = f"{way} {name} by {who} ({answer.status_code})"
        faults += [
            f"{told}: {header} is {answer.headers.get(header)}"
            for header, value in ALWAYS.items()
            if answer.headers.get(header) != value
        ]
        kept = name in KEPT and way in {"GET", "HEAD"}
        if not kept and "no-store" not in answer.headers.get("Cache-Control", ""):
            faults.append(f"{told}: may be kept")
        a_file = name in FILES and way in {"GET", "HEAD"} and answer.status_code == 200
        if policy(answer) != (FILES_ALLOW if a_file else PAGES_ALLOW):
            faults.append(f"{told}: {answer.headers['Content-Security-Policy']}")
        if way == "GET" and size_tells(answer):
            faults.append(f"{told}: {len(answer.content)} bytes")
        if answer.headers.get("Content-Encoding"):
            faults.append(f"{told}: compressed")
    assert not faults, "\n".join(faults)


def size_tells(answer: Any) -> bool:
    """Whether the size of a page says something of what is on it."""
    html = answer.headers.get("Content-Type", "").startswith("text/html")
    return bool(html and answer.content and len(answer.content) % SIZE)


def test_looking_at_a_public_page_leaves_no_cookie_but_at_the_exit(stage: Stage) -> None:
    given = {}
    for name, row in TABLE.items():
        if Who.ANONYMOUS in row.inside("own"):
            for address in ("", "/fr", "/en", "/de"):
                answer = stage.browser(Who.ANONYMOUS).get(address + stage.address(name, "own"))
                if answer.cookies:
                    given[address + name] = sorted(answer.cookies)
    assert {name.rpartition("/")[2].removeprefix("fr").removeprefix("en").removeprefix("de")
            for name in given} == {LAST}  # fmt: skip
    exit_cookies = {name for names in given.values() for name in names}
    assert "r" not in exit_cookies - {"x"}
    assert "m" not in exit_cookies


def test_a_cookie_of_ours_is_for_this_browser_alone(stage: Stage) -> None:
    begin = stage.browser(Who.ANONYMOUS)
    token = begin.get("/ravelijn/c/1/").content.decode().partition('name="form" value="')[2]
    answer = begin.post("/ravelijn/c/1/", {"form": token.partition('"')[0], "danger": "no"})
    cookie = answer.cookies["r"]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Strict", "/")
    assert not cookie["max-age"]
    assert not cookie["expires"]
    assert not cookie["domain"]


def test_pages_are_whole_steps_in_size_and_static_files_are_kept(running: Server) -> None:
    """Over the wire, as the browser gets it."""
    visitor = running.visitor()
    for address in PUBLIC_PAGES:
        page = visitor.get(address, headers={"Accept-Encoding": "gzip, br"})
        assert len(page.body) % SIZE == 0, address
        assert page.body, address
        assert not page.headers["Content-Encoding"], address
    style = page.html.partition('<link rel="stylesheet" href="')[2].partition('"')[0]
    kept = visitor.get(style)
    assert kept.status == 200
    assert "immutable" in kept.headers["Cache-Control"]
    assert kept.headers["X-Content-Type-Options"] == "nosniff"
    assert not visitor.cookies


def test_a_story_of_any_length_makes_pages_of_whole_steps(running: Server) -> None:
    sizes = set()
    for length in (1, 10, 100, 400, 900):
        visitor = running.visitor()
        begin = visitor.get(f"/{HOUSE}/c/1/").form("form", to="/c/1/")
        visitor.post(f"/{HOUSE}/c/5/", [*begin.fields, ("happened", "a" * length)])
        sizes.add(len(visitor.get(f"/{HOUSE}/c/check/").body))
    assert {size % SIZE for size in sizes} == {0}
    assert len(sizes) <= 2
