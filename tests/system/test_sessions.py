"""A stolen session table opens nothing, and no session outlives its time (vault §4, 13 and 14)."""

import base64
import secrets
import sqlite3
from datetime import timedelta

import pytest

from klankbord.kit.clock import now
from klankbord.kit.sessions.store import SessionStore
from tests.system.cast import Stage, Who
from tests.system.server import HOUSE, Server, mail_of, passphrase_of
from tests.system.visitor import Visitor, enter, sign_in, tell


def spellings(raw: bytes) -> list[str]:
    """The ways in which somebody might write a row's id in a cookie."""
    url = base64.urlsafe_b64encode(raw).decode()
    return [url.rstrip("="), url, base64.b64encode(raw).decode(), raw.hex()]


def test_the_rows_of_the_session_table_open_no_session(running: Server) -> None:
    reporter, member = running.visitor(), running.visitor()
    case = enter(reporter, HOUSE, tell(running.visitor(), HOUSE, {"happened": "Een verhaal."}))
    sign_in(member, mail_of("noor"), passphrase_of("noor"))
    assert reporter.get(case.path).status == member.get("/werk/").status == 200
    with sqlite3.connect(running.data / "klankbord.sqlite3") as file:
        rows = file.execute("SELECT * FROM sessions_sealedsession").fetchall()
    assert len(rows) >= 2
    cells = [bytes(cell) for row in rows for cell in row if isinstance(cell, bytes)]
    for raw in [cell for cell in cells if len(cell) == 32] + [cell[:32] for cell in cells]:
        for text in spellings(raw):
            thief = running.visitor()
            thief.cookies = {"r": text, "m": text}
            assert thief.get(case.path).to.endswith(f"/{HOUSE}/m/")
            assert thief.get("/werk/").to.endswith("/inloggen/")


def test_a_cookie_that_somebody_chose_is_never_taken_over(running: Server) -> None:
    chosen = base64.urlsafe_b64encode(secrets.token_bytes(32)).rstrip(b"=").decode()
    teller, member = running.visitor(), running.visitor()
    teller.cookies["r"] = member.cookies["m"] = chosen
    begin = teller.get(f"/{HOUSE}/c/1/")
    assert teller.press(begin, {"danger": "no"}).status == 303
    sign_in(member, mail_of("noor"), passphrase_of("noor"))
    assert teller.cookies["r"] != chosen != member.cookies["m"]
    thief = running.visitor()
    thief.cookies = {"r": chosen, "m": chosen}
    assert "/inloggen/" in thief.get("/werk/").to


def test_the_cookie_changes_whenever_more_is_opened_with_it(running: Server) -> None:
    visitor = running.visitor()
    code = tell(visitor, HOUSE, {"happened": "Een verhaal."})
    after_receipt = visitor.cookies["r"]
    enter(visitor, HOUSE, code)
    assert visitor.cookies["r"] != after_receipt
    member = running.visitor()
    sign_in(member, mail_of("noor"), passphrase_of("noor"))
    first = member.cookies["m"]
    old = Visitor(running.origin)
    old.cookies = dict(member.cookies)
    member.press(member.get("/werk/"), {}, to="/uitloggen/")
    sign_in(member, mail_of("noor"), passphrase_of("noor"))
    assert member.cookies["m"] != first
    assert old.get("/werk/").to.endswith("/inloggen/")


@pytest.mark.parametrize(
    ("who", "address", "minutes", "there"),
    [
        (Who.REPORTER, "public:case", (10,), True),
        (Who.REPORTER, "public:case", (21,), False),
        (Who.REPORTER, "public:case", (10, 10, 10, 10, 10), True),
        (Who.REPORTER, "public:case", (10, 10, 10, 10, 10, 10, 6), False),
        (Who.HOLDER, "workbench:case", (14,), True),
        (Who.HOLDER, "workbench:case", (26,), False),
        (Who.HOLDER, "workbench:case", (14,) * 37, True),
        (Who.HOLDER, "workbench:case", (14,) * 40, False),
    ],
)
def test_a_session_ends_after_a_pause_and_after_its_longest_time(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, who: Who, address: str,
    minutes: tuple[int, ...], there: bool,
) -> None:  # fmt: skip
    """Ends are kept in steps of five minutes."""
    client, moment = stage.browser(who), now()
    inbox = stage.address(address, "own") if len(minutes) < 5 else stage.address(
        {"public:case": "public:withdraw", "workbench:case": "workbench:account"}[address], "own"
    )  # fmt: skip
    for pause in minutes:
        moment += timedelta(minutes=pause)
        monkeypatch.setattr(SessionStore, "clock", staticmethod(lambda at=moment: at))
        answer = client.get(inbox)
    assert (answer.status_code == 200) is there
