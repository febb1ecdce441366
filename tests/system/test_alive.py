"""Slow telephones and a flood of codes leave the pages alive (vault §4, row 17)."""

import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from klankbord.rules.codes import new_code
from tests.system.server import HOUSE, Server
from tests.system.visitor import Visitor, code_on, enter

SLOW = 12
CODES = 50
CAMP = 60
PATIENCE = 10  # seconds; the bench measures how fast it really is


@contextmanager
def slow_uploads(server: Server, many: int) -> Iterator[None]:
    """People who began to send a file, and whose line then went quiet."""
    head = (
        f"POST /{HOUSE}/c/7/ HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\n"
        f"Origin: {server.origin}\r\nContent-Type: multipart/form-data; boundary=x\r\n"
        "Content-Length: 1000000\r\n\r\n"
        '--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nabc'
    )
    lines = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(many)]
    for line in lines:
        line.sendall(head.encode())
    time.sleep(0.5)
    yield
    for line in lines:
        line.close()


def test_telephones_on_a_bad_line_hold_up_nobody(running: Server) -> None:
    with slow_uploads(running, SLOW):
        for _ in range(8):
            page = Visitor(running.origin, patience=PATIENCE).get(f"/{HOUSE}/")
            assert page.status == 200
    parts = running.data / "blobs" / "incoming"
    ends = time.monotonic() + 20
    while list(parts.glob("*.part")):  # what was never finished is not kept
        assert time.monotonic() < ends
        time.sleep(0.1)


def test_sixty_children_of_one_camp_get_through(running: Server) -> None:
    """Vault §3.3: one address, sixty browsers, all at once; each gets a code of their own."""

    def child(number: int) -> str:
        visitor = running.visitor()
        token = visitor.get(f"/{HOUSE}/c/1/").form("form", to="/c/1/").fields
        visitor.post(f"/{HOUSE}/c/5/", [*token, ("happened", f"Kind {number}.")])
        page = visitor.press(visitor.get(f"/{HOUSE}/c/check/"), {}, asks=["form"], to="/check/")
        while page.status == 503:  # busy: the page is still filled in
            time.sleep(0.2)
            page = visitor.press(page, {}, asks=["form"], to="/check/")
        return code_on(page)

    with ThreadPoolExecutor(CAMP) as camp:
        codes = set(camp.map(child, range(CAMP)))
    assert len(codes) == CAMP
    for code in list(codes)[:3]:
        assert "Kind " in enter(running.visitor(), HOUSE, code).text


def test_a_flood_of_codes_is_answered_and_holds_up_no_page(running: Server) -> None:
    fields = running.visitor().get(f"/{HOUSE}/m/").form("code").fields
    token = [pair for pair in fields if pair[0] != "code"]

    def typed(number: int) -> int:
        code = new_code(number * 10**13 + 7)
        return running.visitor().post(f"/{HOUSE}/m/", [*token, ("code", code)]).status

    with ThreadPoolExecutor(CODES) as people:
        answers = [people.submit(typed, number) for number in range(1, CODES + 1)]
        looked = 0
        while not all(answer.done() for answer in answers):
            assert Visitor(running.origin, patience=PATIENCE).get(f"/{HOUSE}/").status == 200
            looked += 1
    assert looked
    assert {answer.result() for answer in answers} <= {200, 503}
