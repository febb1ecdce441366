"""The canary: a stolen disk tells no word of any report and no name in one (vault §4, row 3).

Every form and upload of the running system is driven with words that exist nowhere else. Then
everything that anybody could carry away is searched for them: the data folder, the database with
its journal, PostgreSQL's folder and log, mails, what the server said, temporary folders, open files
of its processes. A leak that we plant ourselves must be found by the same search.
"""

import base64
import gzip
import io
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.urls import Resolver404, resolve
from django_otp.oath import hotp
from PIL import Image

from tests.system.cast import TABLE
from tests.system.scanner import Found, Scanner
from tests.system.server import HOUSE, Postbox, Server, mail_of, passphrase_of
from tests.system.visitor import Form, Page, Upload, Visitor, code_on, enter, sign_in, walk

WORDS = {
    "story": "Zwaluwnest-verhaal-7f31c0",
    "where": "Zwaluwnest-plaats-80ab12",
    "how it is": "Zwaluwnest-gevoel-55e0c1",
    "name": "Zwaluwnest-naam-c0ffee",
    "contact": "zwaluwnest-91d4@bereikbaar.example",
    "contact when": "Zwaluwnest-uur-b17c44",
    "exclusion": "Zwaluwnest-niet-lezen-2b99",
    "file name": "Zwaluwnest-foto-e112",
    "in the photo": "Zwaluwnest-in-de-foto-d0d0",
    "in the document": "Zwaluwnest-in-pdf-a77a",
    "message": "Zwaluwnest-bericht-3c3c",
    "answer": "Zwaluwnest-antwoord-4d4d",
    "note": "Zwaluwnest-notitie-5e5e",
    "why": "Zwaluwnest-reden-6f6f",
    "closing": "Zwaluwnest-slot-7a7a",
    "passphrase": "Zwaluwnest nieuwe wachtzin 8b8b",
    "typed wrong": "Zwaluwnest-verkeerd-9c9c",
    "in an address": "zwaluwnest-pad-1a2b",
    "abandoned": "Zwaluwnest-opgegeven-0d0d",
}
ROOT = os.geteuid() == 0
TEXTS = {
    "happened": "story", "where": "where", "happened_on-words": "where", "how_now": "how it is",
    "name": "name", "contact": "contact", "contact_when": "contact when", "not_named": "exclusion",
}  # fmt: skip
NOT_WORDS = {"happened_on-day": "3", "happened_on-month": "8", "happened_on-year": "2026"}


def photo() -> Upload:
    page = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = WORDS["in the photo"]
    Image.new("RGB", (80, 60), (20, 90, 60)).save(
        page, "JPEG", exif=exif, comment=WORDS["in the photo"].encode()
    )
    return Upload(f"{WORDS['file name']}.jpg", page.getvalue(), "image/jpeg")


def document() -> Upload:
    text = f"%PDF-1.4\n% {WORDS['in the document']}\n%%EOF\n".encode()
    return Upload(f"{WORDS['file name']}.pdf", text, "application/pdf")


def told(form: Form) -> Mapping[str, Any]:
    """Something in every field of a page: the words of ours in what can be typed."""
    asked: dict[str, Any] = {
        name: WORDS[TEXTS.get(name, "story")] for name in form.typed() if name not in NOT_WORDS
    }
    asked |= NOT_WORDS
    asked |= {name: offered[0] for name, offered in form.offered.items()}
    asked |= {"known": "known", "concerned": "self", "file": [photo(), document()]}
    asked["not_readers"] = []
    return asked


@dataclass(slots=True)
class Visit:
    """Everything that people did, and what only they know of it."""

    server: Server
    visitors: list[Visitor] = field(default_factory=list)
    secrets: dict[str, str | bytes] = field(default_factory=dict)
    holder: str = ""

    def browser(self) -> Visitor:
        self.visitors.append(self.server.visitor())
        return self.visitors[-1]

    def posted(self) -> set[str]:
        """The names of all addresses something was posted to."""
        names = set()
        for visitor in self.visitors:
            for sent in visitor.record:
                if sent.line.startswith("POST "):
                    names.add(name_of(sent.line.removeprefix("POST ")))
        return names


def name_of(path: str) -> str:
    try:
        return resolve(path.partition("?")[0]).view_name
    except Resolver404:
        return ""


# What people do -----------------------------------------------------------------------------------


def everything(visit: Visit) -> None:
    """Report, come back, answer, share, close: every form once well and once wrong."""
    code, reporter, case = a_report(visit)
    abandoned(visit)
    holder, work = the_holder(visit)
    the_work(visit, holder, work)
    the_reporter_again(visit, reporter, case)
    the_account(visit, holder)
    closing(holder, work)
    wrong_turns(visit, code, case, work)


def a_report(visit: Visit) -> tuple[str, Visitor, Page]:
    teller = visit.browser()
    check = walk(teller, HOUSE, told)
    receipt = teller.press(check, {}, asks=["form"], to="/check/")
    code = code_on(receipt)
    visit.secrets |= {
        "code": code,
        "code in groups": " ".join(code[at : at + 4] for at in range(0, 20, 4)),
        "code without its last": code[:-1],
    }
    assert teller.get(f"/{HOUSE}/c/check/").status == 200
    assert teller.press(receipt, {}, asks=["form"], to="/written/").status == 200
    reporter = visit.browser()
    case = enter(reporter, HOUSE, str(visit.secrets["code in groups"]))
    assert WORDS["story"] in case.text
    sent = reporter.press(case, {"text": WORDS["message"], "file": photo()})
    assert sent.status == 303, sent.text
    return code, reporter, reporter.follow(sent)


def abandoned(visit: Visit) -> None:
    """One draft is left open, one is stopped, one is left by the emergency exit."""
    words = {"happened": WORDS["abandoned"], "file": [document()]}
    walk(visit.browser(), HOUSE, words)
    stopped = visit.browser()
    check = walk(stopped, HOUSE, words)
    stopped.post(f"/{HOUSE}/c/stop/", check.form("form").fields)
    left = visit.browser()
    walk(left, HOUSE, words)
    assert left.get(f"/exit?o={HOUSE}").status == 303
    assert not left.cookies.get("r")


def the_holder(visit: Visit) -> tuple[Visitor, str]:
    for first in ("noor", "tarik"):
        member = visit.browser()
        inbox = sign_in(member, mail_of(first), passphrase_of(first))
        cases = [link for link in inbox.links if link.startswith("/werk/") and "-" in link]
        if cases:
            visit.holder = first
            return member, cases[0]
        member.press(inbox, {}, to="/uitloggen/")
    raise AssertionError("nobody got the report")


def the_work(visit: Visit, holder: Visitor, work: str) -> None:
    case = holder.get(work)
    assert WORDS["contact"] in case.text
    assert WORDS["file name"] in case.text
    for link in case.links:
        if "/file/" in link:
            assert holder.get(link).status == 200, link
    answered = holder.press(case, {"answer": WORDS["answer"], "file": document()})
    noted = holder.press(holder.get(work), {"note": WORDS["note"]})
    assert (answered.status, noted.status) == (302, 302), (answered.text, noted.text)
    settle = holder.get(f"{work}exclusion/")
    holder.press(settle, {"note": WORDS["why"]})  # nobody chosen: shown again
    settled = holder.press(settle, {"member": "nobody", "note": WORDS["why"]})
    assert settled.status == 302, settled.text
    give = holder.get(f"{work}access/")
    colleague = give.form("member").offered["member"][0]
    typed = {"member": colleague, "why": WORDS["why"]}
    wrong = holder.press(give, {**typed, "passphrase": WORDS["typed wrong"]})
    assert wrong.status == 422, wrong.text
    given = holder.press(give, {**typed, "passphrase": passphrase_of(visit.holder)})
    assert given.status == 302, given.text
    end = holder.get(f"{work}access/end/")
    sure = holder.press(end, {"member": colleague, "why": WORDS["why"]})
    ended = holder.press(sure, {}, button="sure")
    assert ended.status == 302, ended.text


def the_reporter_again(visit: Visit, reporter: Visitor, case: Page) -> None:
    again = reporter.get(case.path)
    assert WORDS["answer"] in again.text
    for link in again.links:
        if "/f/" in link:
            assert reporter.get(link).status == 200, link
    choose = reporter.get(f"{case.path}who/")
    assert reporter.press(choose, {}, asks=["reader"]).status == 200  # nobody chosen
    person = choose.form("reader").offered["reader"][0]
    chosen = reporter.press(choose, {"reader": person, "how": "besides"})
    assert chosen.status == 303, chosen.text
    stopped = reporter.press(reporter.get(f"{case.path}stop/"), {"text": WORDS["message"]})
    assert stopped.status == 303, stopped.text
    on = reporter.get(case.path)
    assert reporter.press(on, {}, asks=["form"], to="/on/").status == 303
    assert reporter.press(reporter.get(case.path), {}, to="/leave/").status == 200


def the_account(visit: Visit, holder: Visitor) -> None:
    first = visit.holder
    old, new = passphrase_of(first), WORDS["passphrase"]
    change = holder.get("/account/passphrase/")
    for typed, status in (
        ({"old": WORDS["typed wrong"], "new": new, "repeated": new}, 422),
        ({"old": old, "new": new, "repeated": WORDS["typed wrong"]}, 422),
        ({"old": old, "new": new, "repeated": new}, 302),
    ):
        assert holder.press(change, typed).status == status
        change = holder.get("/account/passphrase/")
    renewed = holder.press(holder.get("/account/recovery/"), {"passphrase": new})
    recovery = between(renewed, '<p class="kb-code">', "</p>")
    visit.secrets |= {"recovery": recovery, "recovery joined": recovery.replace(" ", "")}
    secret = one_time_code(visit, holder)
    holder.press(holder.get("/account/code/off/"), {"passphrase": WORDS["typed wrong"]})
    other = visit.browser()
    step = int(time.time()) // 30 + 1  # the next one: that of now was used
    assert sign_in(other, mail_of(first), new, f"{hotp(secret, step):06d}").path == "/werk/lijst/"
    assert holder.press(holder.get("/account/code/off/"), {"passphrase": new}).status == 302
    lost = visit.browser()
    page = lost.get("/inloggen/herstel/")
    typed = {"mail": mail_of(first), "new": new, "repeated": new}
    assert lost.press(page, {**typed, "recovery": WORDS["typed wrong"]}).status == 422


def one_time_code(visit: Visit, holder: Visitor) -> bytes:
    page = holder.get("/account/code/")
    text = between(page, '<span class="kb-key">', "</span>").replace(" ", "")
    secret = base64.b32decode(text)
    visit.secrets |= {"one-time secret": secret, "one-time secret in letters": text}
    assert holder.press(page, {"code": "000000"}).status == 422
    digits = f"{hotp(secret, int(time.time()) // 30):06d}"
    assert holder.press(page, {"code": digits}).status == 302
    return secret


def between(page: Page, before: str, after: str) -> str:
    return page.html.partition(before)[2].partition(after)[0].strip()


def closing(holder: Visitor, work: str) -> None:
    close = holder.get(f"{work}close/")
    token = [it for it in close.form("reason").fields if it[0] == "csrfmiddlewaretoken"]
    flood = [*token, ("case", work.split("/")[2]), ("reason", "abuse"), ("text", WORDS["closing"])]
    assert holder.post("/werk/samen/", flood).status == 200  # a second look
    assert holder.post("/werk/samen/", [*flood, ("sure", "1")]).status == 302
    assert holder.post("/werk/samen/terug/", token).status == 302
    assert holder.press(close, {"text": WORDS["closing"]}).status == 422
    typed = {"reason": "referred", "referred_to": WORDS["name"], "text": WORDS["closing"]}
    closed = holder.press(holder.press(close, typed), {}, button="sure")
    assert closed.status == 302, closed.text
    assert holder.press(holder.get(f"{work}reopen/"), {"text": WORDS["why"]}).status == 302


def wrong_turns(visit: Visit, code: str, case: Page, work: str) -> None:
    """Everything a hurried, lost or curious person might do, with words of ours in it."""
    lost, word = visit.browser(), WORDS["in an address"]
    for path in (
        f"/{word}/", f"/{HOUSE}/{word}/", f"/{HOUSE}/m/?code={code}", f"/werk/{word}/?q={word}",
        f"/exit?o={word}", f"/{HOUSE}/c/1/?{word}=1", f"/fr/{HOUSE}/c/{code[:6]}/", f"//{word}/",
    ):  # fmt: skip
        lost.get(path, headers={"Referer": f"http://{word}.example/", "User-Agent": word})
    wrong = code[:-1] + str((int(code[-1]) + 1) % 10)
    page = lost.get(f"/{HOUSE}/m/")
    for typed in (wrong, WORDS["typed wrong"], "1", code[:10]):
        assert lost.press(page, {"code": typed}).status == 200
    texts = [("text", WORDS["message"]), ("happened", WORDS["story"]), ("form", word)]
    elsewhere = {"Origin": "https://elsewhere.example", "Sec-Fetch-Site": "cross-site"}
    for path in (
        f"{case.path}message/", f"/{HOUSE}/c/5/", f"{work}answer/", "/werk/", "/beheer/",
        f"/{HOUSE}/c/check/", f"/{HOUSE}/", "/healthz", "/inloggen/", "/account/code/",
        work, "/account/",
    ):  # fmt: skip
        lost.post(path, texts)
        lost.post(path, texts, headers=elsewhere)
        lost.post(path, [*texts, ("file", photo())])
    form = lost.get(f"/{HOUSE}/c/1/").form("form").fields
    long = (WORDS["story"] + " ") * 60_000
    lost.post(f"/{HOUSE}/c/5/", [*form, ("happened", long)])
    big = Upload(f"{WORDS['file name']}.bin", (WORDS["in the document"] + " ").encode() * 1_200_000)
    lost.post(f"/{HOUSE}/c/7/", [*form, ("add", "1"), ("file", big)])
    broken = {"Content-Type": "multipart/form-data; boundary=x"}
    lost.post(f"/{HOUSE}/c/7/", [("happened", WORDS["story"])], headers=broken)
    sign_in(lost, WORDS["contact"], WORDS["typed wrong"])
    sign_in(lost, mail_of("els"), WORDS["typed wrong"], code[:6])
    member = visit.browser()
    assert sign_in(member, mail_of("bert"), passphrase_of("bert")).path == "/beheer/"
    for path in (work, "/beheer/ravelijn/medewerkers/", "/beheer/ravelijn/logboek/"):
        page = member.get(path)
    assert member.press(page, {}, to="/uitloggen/").status == 302


# Where to look ------------------------------------------------------------------------------------


def whole_place(visit: Visit, scanner: Scanner, postbox: Postbox, since: float) -> list[Found]:
    """Everywhere that something could have been left."""
    server = visit.server
    found = scanner.files(server.folder, since=since)
    found += [it for mail in postbox.received for it in scanner.look(mail, "a mail")]
    for folder in {tempfile.gettempdir(), "/tmp", "/var/tmp"}:  # noqa: S108
        found += scanner.files(Path(folder), since=since, but=server.folder)
    if ROOT:
        found += scanner.open_files(server.processes())
        found += scanner.started_with(server.processes())
    if server.database:
        found += scanner.postgres(server.database)
        found += scanner.files(Path(os.environ["KLANKBORD_TEST_POSTGRES_FOLDER"]), since=since)
    else:
        found += scanner.sqlite(server.data / "klankbord.sqlite3")
    return sorted(set(found), key=str)


def test_no_word_of_a_report_lies_anywhere_and_a_planted_one_is_found(
    either: Server, postbox: Postbox
) -> None:
    since = time.time()
    either.mail = f"smtp://127.0.0.1:{postbox.port}"
    visit = Visit(either.start())
    everything(visit)
    scanner = Scanner({**WORDS, **visit.secrets})
    missed = {name for name, row in TABLE.items() if "POST" in row.methods} - visit.posted()
    assert not missed, f"forms that were not driven: {missed}"
    assert len(visit.server.processes()) >= 3  # the parent and two workers

    assert whole_place(visit, scanner, postbox, since) == []
    send_all_letters(visit.server)
    wait_for(lambda: postbox.received)
    assert whole_place(visit, scanner, postbox, since) == []
    visit.server.stop()
    assert scanner.files(visit.server.folder, since=since) == []

    with Planted(visit.server, postbox) as places:
        found = {it.place for it in whole_place(visit, scanner, postbox, since)}
        found |= {it.place for it in scanner.open_files(places.pop("processes"))}
        for name, place in places.items():
            assert any(place in one for one in found), f"a leak was not found: {name}"
    if not ROOT:
        pytest.skip("all is well, but only root can see what the server's processes hold open")


def send_all_letters(server: Server) -> None:
    """Let every letter be due, and the clockwork begin anew: it sends at its first tick."""
    server.stop()
    statement = "UPDATE outbox_letter SET slot = slot - 400000, sent_day = NULL, tries = 0"
    if server.database:
        with psycopg.connect(server.database) as line:
            assert line.execute(statement).rowcount
    else:
        with sqlite3.connect(server.data / "klankbord.sqlite3") as file:
            assert file.execute(statement).rowcount
    server.start()


def wait_for(thing: Any, seconds: float = 20) -> None:
    ends = time.monotonic() + seconds
    while not thing():
        assert time.monotonic() < ends, "it never came"
        time.sleep(0.1)


class Planted:
    """Leaks of every kind, put down by hand."""

    def __init__(self, server: Server, postbox: Postbox) -> None:
        self.server, self.postbox = server, postbox

    def __enter__(self) -> dict[str, Any]:
        word, data = WORDS["story"], self.server.data
        shapes = {
            "as-it-is": word.encode(),
            "utf16": word.encode("utf-16"),
            "hex": word.encode().hex().encode(),
            "base64": base64.b64encode(b"x" + word.encode() + b"yz"),
            "gzip": b"junk" + gzip.compress(b"before " + word.encode()),
        }
        for name, content in shapes.items():
            (data / f"leak-{name}").write_bytes(content)
        (data / f"leak-{WORDS['file name']}").write_bytes(b"")
        with self.server.log.open("a") as said:
            said.write(f"ERROR {word}\n")
        self.outside = tempfile.NamedTemporaryFile(prefix="leak-tmp-")
        self.outside.write(word.encode())
        self.outside.flush()
        self.postbox.received.append(word.encode())
        self._row(word)
        script = (
            "import sys, tempfile; f = tempfile.TemporaryFile();"
            " f.write(sys.stdin.buffer.readline()); f.flush();"
            " print('ready', flush=True); sys.stdin.read()"
        )
        self.child = subprocess.Popen(
            [sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        assert self.child.stdin
        assert self.child.stdout
        self.child.stdin.write(word.encode() + b"\n")
        self.child.stdin.flush()
        self.child.stdout.readline()
        places = {f"a file ({name})": f"leak-{name}" for name in shapes}
        return places | {
            "a file's name": "the name of", "the log": str(self.server.log), "a mail": "a mail",
            "the temporary folder": self.outside.name, "a row": "a row of journal_line",
            "a deleted open file": f"open in process {self.child.pid}",
            "processes": [self.child.pid],
        }  # fmt: skip

    def _row(self, word: str) -> None:
        cells = "(id, day, deed, subject) VALUES ('6f1f0bb8cdd54cc7a3f94c6cf0dcf1a1', 1, 'leak', "
        if self.server.database:
            with psycopg.connect(self.server.database) as line:
                line.execute(f"INSERT INTO journal_line {cells}'{word}')".encode())
        else:
            with sqlite3.connect(self.server.data / "klankbord.sqlite3") as file:
                file.execute(f"INSERT INTO journal_line {cells}'{word}')")

    def __exit__(self, *_: object) -> None:
        self.child.kill()
        self.child.communicate()
        self.outside.close()
