"""A flood of codes beside people who report, and a large file: pages stay alive, memory stays flat.

Called by `bench.__main__`, on an installation with the budgets that every installation has.
"""

import itertools
import multiprocessing
import statistics
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from threading import Event, Thread

from bench.rows import Row
from klankbord.rules.codes import new_code
from tests.system.server import HOUSE, Server
from tests.system.visitor import Upload, Visitor, code_on, enter, walk

AT_ONCE = 50
LOOKS = 60
REPORTS = 8
FILE = 100 * 2**20
STORY = "Op de laatste avond werd er met mij gelachen."


def flood_of_codes(server: Server) -> list[Row]:
    """Fifty codes at once, each second (row 17): how long a page takes, whether reports arrive."""
    with flooding(server):
        looks = []
        for _ in range(LOOKS):
            looks.append(milliseconds(lambda: Visitor(server.origin).get(f"/{HOUSE}/")))
            time.sleep(0.07)  # not in step with the flood
        codes = [told(server.visitor()) for _ in range(REPORTS)]
    stored = sum(STORY in patient_enter(server, code) for code in codes)
    p95 = statistics.quantiles(looks, n=20)[-1]
    return [
        Row("flood of codes: first page, half of them within", statistics.median(looks), "ms"),
        Row("flood of codes: first page, 95 of 100 within", p95, "ms", 300),
        Row(f"flood of codes: lost of {REPORTS} reports", REPORTS - stored, "", 0),
    ]


def large_file(server: Server, memory: Callable[[Server], float]) -> list[Row]:
    """A hundred megabytes in, and out again: what the processes grow by meanwhile."""
    content = bytes(range(256)) * (FILE // 256)
    code = told(server.visitor())
    reporter = server.visitor()
    case = enter(reporter, HOUSE, code)
    before = memory(server)
    with watching(lambda: memory(server)) as seen:
        sent = reporter.press(case, {"text": "Film.", "file": Upload("film.bin", content)})
        assert sent.status == 303, sent.text
        link = next(it for it in reporter.get(case.path).links if "/f/" in it)
        whole = reporter.get(link).body == content
    return [
        Row("100 MB in and out: memory grows by", max(seen) - before, "MB", 40),
        Row("100 MB in and out: comes back byte for byte", float(whole), "", 1, True),
    ]


@contextmanager
def flooding(server: Server) -> Iterator[None]:
    """In a process of its own, so that what is measured here waits for the server alone."""
    context = multiprocessing.get_context("spawn")
    crowd = context.Process(target=flood, args=(server.origin,), daemon=True)
    crowd.start()
    time.sleep(3)
    try:
        yield
        assert crowd.is_alive()
    finally:
        crowd.kill()
        crowd.join()


def flood(origin: str) -> None:
    """Fifty codes at once, well-formed and unknown; and again every second, until it is ended."""
    fields = Visitor(origin).get(f"/{HOUSE}/m/").form("code").fields
    token = [pair for pair in fields if pair[0] != "code"]
    numbers = itertools.count(7, 10**9)

    def post(number: int) -> None:
        with suppress(OSError):
            Visitor(origin).post(f"/{HOUSE}/m/", [*token, ("code", new_code(number))])

    with ThreadPoolExecutor(AT_ONCE) as crowd:
        while True:
            for _ in range(AT_ONCE):
                crowd.submit(post, next(numbers))
            time.sleep(1)


@contextmanager
def watching(measure: Callable[[], float]) -> Iterator[list[float]]:
    """What is measured, again and again."""
    stop, seen = Event(), [measure()]

    def look() -> None:
        while not stop.wait(0.1):
            seen.append(measure())

    looking = Thread(target=look)
    looking.start()
    try:
        yield seen
    finally:
        stop.set()
        looking.join()


def told(visitor: Visitor) -> str:
    """A report, sent again for as long as it is too busy; returns the code."""
    page = walk(visitor, HOUSE, {"happened": STORY})
    path, sent = page.path, page.form("form", to="/check/").fields
    answer = visitor.post(path, sent)
    while answer.status == 503:
        time.sleep(0.2)
        answer = visitor.post(path, sent)
    return code_on(answer)


def patient_enter(server: Server, code: str) -> str:
    visitor = server.visitor()
    page = visitor.get(f"/{HOUSE}/m/")
    answer = visitor.press(page, {"code": code})
    while answer.status == 503:
        time.sleep(0.3)
        answer = visitor.press(page, {"code": code})
    return visitor.follow(answer).html


def milliseconds(work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return (time.perf_counter() - begin) * 1000


def measured(server: Server, memory: Callable[[Server], float]) -> list[Row]:
    """All rows of this file, on a server of its own."""
    server.extra = {"KLANKBORD_UPLOAD_LIMIT": str(FILE + 2**20)}
    server.start()
    try:
        return flood_of_codes(server) + large_file(server, memory)
    finally:
        server.stop()
