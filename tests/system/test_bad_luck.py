"""Bad input and bad luck: a clear page, the typed text still on it, nothing acknowledged lost.

What ends while somebody types is tried with a clock that is moved; a full disk on a small disk of
its own.
"""

import errno
import os
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.test import Client

from klankbord.cases.models import Case, Entry
from klankbord.intake import services as intake_services
from klankbord.kit import throttle
from klankbord.kit.clock import now
from klankbord.kit.files.store import Incoming
from klankbord.kit.sessions.store import SessionStore
from tests.system.cast import Stage, Who
from tests.system.server import HOUSE, Server, mail_of, passphrase_of
from tests.system.test_killed import cases
from tests.system.visitor import Page, Upload, Visitor, code_on, enter, sign_in, tell

TEXT = "Een lang verhaal, dat niemand twee keer wil typen."
MEGABYTE = 2**20
ONE = (TEXT + " ") * (MEGABYTE // (len(TEXT) + 1))
TEN = (TEXT + " ") * (10 * MEGABYTE // (len(TEXT) + 1))


# Too much -----------------------------------------------------------------------------------------


def typed_on(page: Page) -> list[str]:
    """Every text that stands in a field of a page, or can be copied from it."""
    return [value.strip() for form in page.forms for _, value in form.fields] + [
        unescape(text).strip() for text in re.findall(r"<textarea[^>]*>(.*?)</textarea>", page.html,
                                                      re.DOTALL)]  # fmt: skip


def begun(server: Server) -> tuple[Visitor, list[tuple[str, str]]]:
    visitor = server.visitor()
    return visitor, visitor.get(f"/{HOUSE}/c/1/").form("form", to="/c/1/").fields


@pytest.mark.parametrize("text", [ONE, TEN], ids=["a megabyte", "ten megabytes"])
def test_a_story_that_is_too_long_stays_on_the_page_with_a_word(running: Server, text: str) -> None:
    visitor, token = begun(running)
    page = visitor.post(f"/{HOUSE}/c/5/", [*token, ("happened", text)])
    if page.status == 303:  # it may go on to the check; then that page says it
        check = visitor.get(f"/{HOUSE}/c/check/")
        page = visitor.press(check, {}, asks=["form"], to="/check/")
        assert text.strip() in unescape(page.html)
    else:
        assert text.strip() in typed_on(page)
    assert page.status in {200, 413, 422}
    assert not re.search(r"<span>\d{4}</span>", page.html)
    assert 'role="' in page.html
    assert running.visitor().get(f"/{HOUSE}/").status == 200


@pytest.mark.parametrize("text", [ONE * 2, TEN], ids=["two megabytes", "ten megabytes"])
def test_a_message_that_is_too_long_stays_in_its_box(running: Server, text: str) -> None:
    code = tell(running.visitor(), HOUSE, {"happened": TEXT})
    reporter = running.visitor()
    page = reporter.press(enter(reporter, HOUSE, code), {"text": text})
    assert page.status in {200, 413, 422}
    assert text.strip() in typed_on(page)
    noor = running.visitor()
    inbox = sign_in(noor, mail_of("noor"), passphrase_of("noor"))
    work = noor.get(next(link for link in inbox.links if "/werk/RAV-" in link))
    for field in ("answer", "note"):
        page = noor.press(work, {field: text})
        assert page.status in {200, 413, 422}, field
        assert text.strip() in typed_on(page), field


def test_more_than_is_ever_read_is_refused_with_a_page(running: Server) -> None:
    visitor, token = begun(running)
    page = visitor.post(f"/{HOUSE}/c/5/", [*token, ("happened", "a" * 17 * MEGABYTE)])
    assert page.status == 413
    assert "<h1" in page.html
    fields = [(f"field-{number}", "x") for number in range(1500)]
    assert visitor.post(f"/{HOUSE}/c/5/", [*token, *fields]).status in {200, 303, 413, 400}


@pytest.mark.parametrize(
    "fields",
    [
        {}, {"happened": ""}, {"danger": "nonsense"}, {"danger": ["yes", "no"]},
        {"happened": "\x00\x01 nul"}, {"happened": "\ud83d\ude00".encode("utf-16", "surrogatepass")
                                       .decode("utf-16")},
        {"happened_on-day": "99", "happened_on-month": "abc", "happened_on-year": "-1"},
        {"unit": "00000000000000000000000000000000"}, {"kind": ["a"] * 400}, {"nobody-asked": "x"},
    ],
)  # fmt: skip
def test_strange_and_empty_fields_are_taken_or_asked_again(
    running: Server, fields: dict[str, Any]
) -> None:
    visitor, token = begun(running)
    pairs = [(name, one) for name, value in fields.items()
             for one in (value if isinstance(value, list) else [value])]  # fmt: skip
    for number in range(1, 11):
        page = visitor.post(f"/{HOUSE}/c/{number}/", [*token, *pairs])
        assert page.status in {200, 303}, (number, page.status)
    check = visitor.get(f"/{HOUSE}/c/check/")
    assert code_on(visitor.press(check, {}, asks=["form"], to="/check/"))


@pytest.mark.parametrize("token", ["", "x", "A" * 52, "é" * 52, "\x00", "A" * 100_000])
def test_a_form_with_a_broken_token_comes_back_filled_in(running: Server, token: str) -> None:
    visitor, _ = begun(running)
    page = visitor.post(f"/{HOUSE}/c/5/", [("form", token), ("happened", TEXT)])
    assert page.status == 200
    assert TEXT in typed_on(page)
    again = visitor.press(page, {}, asks=["happened"])
    assert again.status in {200, 303}


# What ended while somebody was typing ------------------------------------------------------------


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Any:
    def move(**much: int) -> None:
        moment = now() + timedelta(**much)
        monkeypatch.setattr(SessionStore, "clock", staticmethod(lambda: moment))

    return move


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, f"no {name} on the page"
    return unescape(found[1])


def fields_of(page: str, action: str = "") -> dict[str, str]:
    form = page[page.index(f'action="{action}"') :] if action else page
    form = form.partition("</form>")[0]
    return {unescape(name): unescape(value)
            for name, value in re.findall(r'name="([^"]+)" value="([^"]*)"', form)}  # fmt: skip


def test_a_draft_that_ended_gives_back_what_stands_on_the_page(stage: Stage, later: Any) -> None:
    client = Client()
    address = "/ravelijn/c/5/"
    token = hidden(client.get("/ravelijn/c/1/").content.decode(), "form")
    client.post("/ravelijn/c/1/", {"form": token, "danger": "no"})
    shown = client.get(address).content.decode()
    later(minutes=66)
    page = client.post(address, {"form": hidden(shown, "form"), "happened": TEXT})
    assert page.status_code == 200
    assert TEXT in page.content.decode()
    assert 'role="status"' in page.content.decode()
    onward = client.post(address, {"form": hidden(page.content.decode(), "form"), "happened": TEXT})
    assert onward.status_code == 303
    assert TEXT in client.get("/ravelijn/c/check/").content.decode()


def test_a_channel_that_ended_gives_the_message_back_after_the_code(
    stage: Stage, later: Any
) -> None:
    client = stage.browser(Who.REPORTER)
    case = stage.address("public:case", "own")
    message = stage.address("public:message", "own")
    token = hidden(client.get(case).content.decode(), "form")
    later(minutes=21)
    page = client.post(message, {"form": token, "text": TEXT}).content.decode()
    assert TEXT in page
    assert 'name="code"' in page
    entries = Entry.objects.count()
    fields = fields_of(page, "/ravelijn/m/")
    back = client.post("/ravelijn/m/", {**fields, "code": stage.told["own"].receipt.code})
    assert back.status_code == 200
    assert TEXT in back.content.decode().partition("<textarea")[2]
    assert Entry.objects.count() == entries
    sent = client.post(message, {"form": hidden(back.content.decode(), "form"), "text": TEXT})
    assert sent.status_code == 303
    assert Entry.objects.count() == entries + 1


@pytest.mark.parametrize("field", ["answer", "note"])
def test_a_member_whose_session_ended_finds_the_text_after_signing_in(
    stage: Stage, later: Any, field: str
) -> None:
    client = stage.browser(Who.HOLDER)
    case = stage.address("workbench:case", "own")
    token = hidden(client.get(case).content.decode(), "form")
    later(minutes=26)
    page = client.post(f"{case}{field}/", {"form": token, field: TEXT}).content.decode()
    assert TEXT in page
    entries = Entry.objects.count()
    noor = stage.houses["own"]["noor"]
    typed = {"mail": noor.mail, "passphrase": noor.passphrase, "code": ""}
    back = client.post("/inloggen/", {**fields_of(page, "/inloggen/"), **typed}, follow=True)
    assert back.status_code == 200
    assert TEXT in back.content.decode()
    assert Entry.objects.count() == entries


def test_pressing_twice_sends_one_message(stage: Stage) -> None:
    reporter, holder = stage.browser(Who.REPORTER), stage.browser(Who.HOLDER)
    case = stage.address("public:case", "own")
    token = hidden(reporter.get(case).content.decode(), "form")
    before = Entry.objects.count()
    for _ in range(3):
        answer = reporter.post(f"{case}message/", {"form": token, "text": TEXT})
        assert answer.status_code == 303
    assert Entry.objects.count() == before + 1
    work = stage.address("workbench:case", "own")
    page = holder.get(work).content.decode()
    token, before = hidden(page, "form"), Entry.objects.count()
    for _ in range(3):
        assert holder.post(f"{work}answer/", {"form": token, "answer": TEXT}).status_code == 302
    assert Entry.objects.count() == before + 1


# Busy ---------------------------------------------------------------------------------------------


@contextmanager
def taken(kind: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(throttle, "PATIENCE_SECONDS", 0.05)
    slot = throttle.LANES[kind].slot  # type: ignore[index]
    with slot:
        yield


def test_a_report_sent_when_it_is_busy_is_still_there_to_send_again(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = Client()
    token = hidden(client.get("/ravelijn/c/1/").content.decode(), "form")
    client.post("/ravelijn/c/5/", {"form": token, "happened": TEXT})
    check = hidden(client.get("/ravelijn/c/check/").content.decode(), "form")
    before = Case.objects.count()
    with taken("report", monkeypatch):
        page = client.post("/ravelijn/c/check/", {"form": check})
    assert (page.status_code, page.headers["Retry-After"]) == (503, "5")
    assert TEXT in page.content.decode()
    again = client.post("/ravelijn/c/check/", {"form": hidden(page.content.decode(), "form")})
    assert again.status_code == 200
    assert len(re.findall(r"<span>\d{4}</span>", again.content.decode())) == 5
    assert Case.objects.count() == before + 1


@pytest.mark.parametrize(
    ("address", "kind", "typed", "stays"),
    [
        ("/ravelijn/m/", "code", {"code": ""}, "code"),
        ("/inloggen/", "stranger", {"mail": "noor@ravelijn.example", "passphrase": "x" * 20,
                                  "code": ""}, "mail"),
    ],
)  # fmt: skip
def test_coming_in_when_it_is_busy_keeps_what_was_typed(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, address: str, kind: str,
    typed: dict[str, str], stays: str,
) -> None:  # fmt: skip
    client = Client()
    if stays == "code":
        typed = {"code": stage.told["own"].receipt.code}
    token = hidden(client.get(address).content.decode(), "form")
    with taken(kind, monkeypatch):
        page = client.post(address, {**typed, "form": token})
    assert (page.status_code, page.headers["Retry-After"]) == (503, "5")
    assert typed[stays] in page.content.decode()
    assert typed.get("passphrase", "nothing") not in page.content.decode()


# A full disk --------------------------------------------------------------------------------------


def full(*_: object, **__: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_report_that_finds_the_disk_full_says_so_and_can_be_sent_again(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = Client(raise_request_exception=False)
    token = hidden(client.get("/ravelijn/c/1/").content.decode(), "form")
    client.post("/ravelijn/c/5/", {"form": token, "happened": TEXT})
    last = hidden(client.get("/ravelijn/c/check/").content.decode(), "form")
    before = Case.objects.count()

    def disk_full(*_: object, **__: object) -> None:
        raise OperationalError("database or disk is full")

    with monkeypatch.context() as broken:
        broken.setattr(intake_services, "begin_case", disk_full)
        page = client.post("/ravelijn/c/check/", {"form": last})
    assert page.status_code == 507
    assert "20" in page.content.decode()  # no code of 20 digits seen: not sent
    assert Case.objects.count() == before
    again = client.post(
        "/ravelijn/c/check/", fields_of(page.content.decode(), "/ravelijn/c/check/")
    )
    assert len(re.findall(r"<span>\d{4}</span>", again.content.decode())) == 5
    assert Case.objects.count() == before + 1


def test_a_file_that_finds_the_disk_full_costs_no_word(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = stage.browser(Who.REPORTER)
    case = stage.address("public:case", "own")
    token = hidden(client.get(case).content.decode(), "form")
    monkeypatch.setattr(Incoming, "write", full)
    sent = {"form": token, "text": TEXT, "file": SimpleUploadedFile("a.txt", b"woorden")}
    page = client.post(f"{case}message/", sent)
    assert page.status_code == 200
    assert TEXT in page.content.decode().partition("<textarea")[2]
    assert 'role="alert"' in page.content.decode()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own, of a few megabytes. Only root can make one."""
    place = tmp_path / "disk"
    place.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", place], capture_output=True
    )
    if made.returncode:
        pytest.skip("no small disk could be made here: that needs root and a kernel that lets it")
    yield place
    subprocess.run(["umount", "-l", place], check=False)


def test_on_a_disk_that_is_really_full_nothing_acknowledged_is_lost(
    sqlite_server: Server, small_disk: Path
) -> None:
    server = sqlite_server
    subprocess.run(["cp", "-a", f"{server.data}/.", small_disk / "data"], check=True)
    server.extra = {"KLANKBORD_DATA": str(small_disk / "data")}
    server.start()
    first = tell(server.visitor(), HOUSE, {"happened": TEXT})
    visitor, token = begun(server)
    visitor.post(f"/{HOUSE}/c/5/", [*token, ("happened", TEXT)])
    no_room = visitor.post(f"/{HOUSE}/c/7/", [*token, ("add", "1"), ("file", Upload("a", b"abc"))])
    assert no_room.status == 200
    assert 'role="alert"' in no_room.html
    check = visitor.get(f"/{HOUSE}/c/check/")
    fill(small_disk)
    page = visitor.press(check, {}, asks=["form"], to="/check/")
    told = server.visitor()
    begin = told.get(f"/{HOUSE}/c/1/").form("form", to="/c/1/").fields
    typed = told.post(f"/{HOUSE}/c/5/", [*begin, ("happened", TEXT)])
    (small_disk / "filling").unlink()
    assert typed.status == 507
    assert TEXT in typed.text
    if page.status == 200:  # there was just room enough
        code = code_on(page)
    else:
        assert page.status == 507
        assert "Traceback" not in page.html
        again = next(form for form in page.forms if form.fields)
        code = code_on(visitor.post(f"/{HOUSE}/c/check/", again.fields))
    for one in (first, code):
        assert TEXT in enter(server.visitor(), HOUSE, one).text
    assert cases(server) == 2
    assert "Traceback" not in server.said()


def fill(disk: Path) -> None:
    """Write until nothing more goes on it."""
    with (disk / "filling").open("wb", buffering=0) as file:
        for size in (MEGABYTE, 4096, 512, 1):
            with suppress(OSError):
                while True:
                    file.write(b"x" * size)
