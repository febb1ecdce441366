"""The code is in no address, cookie, header, log or mail of a whole visit (vault §4, row 24)."""

from tests.system.scanner import Scanner
from tests.system.server import HOUSE, Postbox, Server, mail_of, passphrase_of
from tests.system.visitor import Visitor, code_on, enter, sign_in, walk


def whole_visit(server: Server) -> tuple[str, list[Visitor]]:
    """Tell, look at the receipt again, come back, write, leave; and the answer in between."""
    teller, back, noor = server.visitor(), server.visitor(), server.visitor()
    check = walk(teller, HOUSE, {"happened": "Een verhaal.", "danger": "yes"})
    receipt = teller.press(check, {}, asks=["form"], to="/check/")
    code = code_on(receipt)
    assert code_on(teller.get(f"/{HOUSE}/c/check/")) == code
    teller.press(receipt, {}, asks=["form"], to="/written/")
    teller.get(f"/exit?o={HOUSE}")
    case = enter(back, HOUSE, code)
    back.press(case, {"text": "Nog iets."})
    for link in back.get(case.path).links:
        if link.startswith(case.path):
            back.get(link)
    inbox = sign_in(noor, mail_of("noor"), passphrase_of("noor"))
    work = next(link for link in inbox.links if link.startswith("/werk/") and "-" in link)
    noor.press(noor.get(work), {"answer": "Dank je."})
    assert "Dank je." in back.get(case.path).text
    back.press(back.get(case.path), {}, to="/leave/")
    for prefix in ("/fr", "/en"):
        other = server.visitor()
        page = other.get(f"{prefix}/{HOUSE}/m/")
        assert other.follow(other.press(page, {"code": code})).status == 200
    return code, [teller, back, noor]


def test_a_whole_visit_leaves_the_code_in_no_address_cookie_header_log_or_mail(
    sqlite_server: Server, postbox: Postbox
) -> None:
    sqlite_server.mail = f"smtp://127.0.0.1:{postbox.port}"
    code, visitors = whole_visit(sqlite_server.start())
    sqlite_server.stop()
    grouped = " ".join(code[at : at + 4] for at in range(0, 20, 4))
    scanner = Scanner({"the code": code, "in groups": grouped, "its number": code[:-1]})
    for visitor in visitors:
        for sent in visitor.record:
            for what in (sent.line, repr(sent.headers), repr(sent.answered)):
                assert scanner.look(what.encode(), sent.line) == []
    assert scanner.look(sqlite_server.said().encode(), "what it said") == []
    for mail in postbox.received:
        assert scanner.look(mail, "a mail") == []
    assert scanner.look(f"Cookie: r={code}".encode(), "planted"), "the search finds nothing"


def test_the_server_says_nothing_of_who_came_and_where_they_went(sqlite_server: Server) -> None:
    sqlite_server.start()
    visitor = sqlite_server.visitor()
    for path in ("/", f"/{HOUSE}/", f"/{HOUSE}/c/1/", "/nowhere/", "/werk/RAV-2222/"):
        visitor.get(path, headers={"User-Agent": "A-Telephone", "X-Forwarded-For": "198.51.100.7"})
    sqlite_server.stop()
    said = sqlite_server.said()
    assert "A-Telephone" not in said
    assert "198.51.100.7" not in said
    assert "/nowhere/" not in said
    assert "GET" not in said
