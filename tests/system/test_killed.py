"""No report is lost and none is doubled: many at once, answers that never arrive, power cuts.

A receipt is shown only for what is on the disk (vault §4, rows 11, 12 and 32). Twenty power
cuts, half of them on each database; KLANKBORD_TEST_KILLS makes it another number for each.
"""

import os
import random
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from secrets import randbits
from threading import Barrier

import psycopg

from tests.system.server import HOUSE, Server
from tests.system.visitor import CODE, Page, Upload, Visitor, code_on, enter

KILLS = int(os.environ.get("KLANKBORD_TEST_KILLS", "10"))
CLIENTS = 4
LONGEST = 0.6  # seconds after the first of a volley, in which the power is cut
CHECK = f"/{HOUSE}/c/check/"
BUSY = 503


@dataclass(slots=True)
class Told:
    """One report of one browser, ready to be sent, and what came back."""

    visitor: Visitor
    fields: list[tuple[str, str]]
    story: str
    picture: bytes
    code: str = ""
    answers: list[Page] = field(default_factory=list)

    def send(self) -> Page:
        """Press the button; where it is busy, press again, as the page asks."""
        for _ in range(10):
            page = self.visitor.post(CHECK, self.fields)
            if page.status != BUSY:
                break
            time.sleep(0.5)
        self.answers.append(page)
        return page


def prepared(server: Server, number: int, *, with_file: bool = True) -> Told:
    """A draft with a story of its own, up to the last button."""
    visitor, story = server.visitor(), f"Verhaal nummer {number} van deze avond."
    picture = f"bestand {number}\n".encode() * 500
    begin = visitor.get(f"/{HOUSE}/c/1/").form("form", to="/c/1/")
    fields = [it for it in begin.fields if it[0] == "form"]
    assert visitor.post(f"/{HOUSE}/c/5/", [*fields, ("happened", story)]).status == 200
    if with_file:
        added = visitor.post(
            f"/{HOUSE}/c/7/", [*fields, ("add", "1"), ("file", Upload("b.txt", picture))]
        )
        assert added.status == 200
    check = visitor.get(CHECK)
    assert story in check.text
    return Told(visitor, check.form("form", to="/check/").fields, story, picture)


def at_once(deeds: Sequence[Callable[[], object]]) -> list[object]:
    """All of these at the same moment; what they gave or raised."""
    start = Barrier(len(deeds))

    def one(deed: Callable[[], object]) -> object:
        start.wait(30)
        try:
            return deed()
        except Exception as error:
            return error

    with ThreadPoolExecutor(len(deeds)) as people:
        return list(people.map(one, deeds))


# What is stored -----------------------------------------------------------------------------------


def ask(server: Server, question: str) -> list[tuple[object, ...]]:
    if server.database:
        with psycopg.connect(server.database) as line:
            return line.execute(question.encode()).fetchall()
    with sqlite3.connect(server.data / "klankbord.sqlite3", timeout=30) as file:
        return file.execute(question).fetchall()


def cases(server: Server) -> int:
    return int(str(ask(server, "SELECT count(*) FROM cases_case")[0][0]))


def missing_files(server: Server) -> list[str]:
    """Files that are named in the database and not on the disk, or cut off."""
    rows = ask(server, "SELECT id, size FROM cases_attachment WHERE case_id IS NOT NULL")
    found = [(str(id_).replace("-", ""), int(str(size))) for id_, size in rows]
    return [name for name, size in found if not whole(server.data / "blobs", name, size)]


def whole(blobs: Path, name: str, size: int) -> bool:
    files = list((blobs / name[:2] / name[2:4]).glob("*.blob"))
    return any(it.stem.replace("-", "") == name and it.stat().st_size >= size for it in files)


def opens(told: Told, server: Server) -> None:
    """The code opens the case: the story and the file are there, byte for byte."""
    visitor = server.visitor()
    case = enter(visitor, HOUSE, told.code)
    assert case.status == 200, case.text
    assert told.story in case.text, case.text
    files = [link for link in case.links if "/f/" in link]
    assert [visitor.get(link).body for link in files[:1]] in ([told.picture], [])


# Many at once -------------------------------------------------------------------------------------


def test_sixteen_reports_at_the_same_moment_are_stored_sixteen_times(either: Server) -> None:
    either.start()
    with ThreadPoolExecutor(4) as people:
        all_told = list(people.map(lambda number: prepared(either, number), range(16)))
    before = cases(either)
    at_once([told.send for told in all_told])
    for told in all_told:
        told.code = code_on(told.answers[-1])
    assert len({told.code for told in all_told}) == 16
    assert cases(either) == before + 16
    with ThreadPoolExecutor(4) as people:
        list(people.map(lambda told: opens(told, either), all_told))
    assert missing_files(either) == []


def test_twenty_equal_posts_are_one_report_with_twenty_equal_receipts(either: Server) -> None:
    either.start()
    told = prepared(either, 1)
    before = cases(either)
    copies = [Told(copy_of(told.visitor), told.fields, told.story, told.picture) for _ in range(20)]
    at_once([copy.send for copy in copies])
    codes = {code_on(copy.answers[-1]) for copy in copies}
    assert len(codes) == 1
    assert cases(either) == before + 1
    told.code = codes.pop()
    opens(told, either)


def copy_of(visitor: Visitor) -> Visitor:
    twin = Visitor(visitor.origin)
    twin.cookies = dict(visitor.cookies)
    return twin


def test_a_lost_answer_is_not_a_lost_channel(either: Server) -> None:
    either.start()
    told = prepared(either, 1)
    before = cases(either)
    sent_and_gone(told)
    wait_until(lambda: cases(either) == before + 1)
    codes = {code_on(told.send()) for _ in range(3)}
    assert len(codes) == 1
    assert cases(either) == before + 1
    told.code = codes.pop()
    opens(told, either)


def sent_and_gone(told: Told) -> None:
    """Send the report, and be gone before the answer comes."""
    hasty = copy_of(told.visitor)
    hasty.patience = 0.01
    with suppress(OSError):
        hasty.post(CHECK, told.fields)


def wait_until(thing: Callable[[], bool], seconds: float = 20) -> None:
    ends = time.monotonic() + seconds
    while not thing():
        assert time.monotonic() < ends, "it never came"
        time.sleep(0.05)


# Power cuts ---------------------------------------------------------------------------------------


def test_whoever_saw_a_receipt_finds_the_report_after_a_power_cut(either: Server) -> None:
    seed = randbits(32)
    chance = random.Random(seed)  # noqa: S311 - nothing secret depends on it
    acknowledged, lost_answers, numbers = [], 0, iter(range(1, 10**6))
    either.start()
    started_with = cases(either)
    for _ in range(KILLS):
        volley = a_volley(either, numbers)
        cut_off(volley, either.kill, chance.uniform(0, LONGEST))
        either.start()
        assert missing_files(either) == [], f"seed {seed}"
        for told in volley:
            seen = code_seen(told)
            again = code_on(told.send())  # who saw nothing presses the button once more
            assert not seen or seen == again, f"another code for the same form (seed {seed})"
            lost_answers += not seen
            told.code = again
            acknowledged.append(told)
    with ThreadPoolExecutor(4) as people:
        list(people.map(lambda told: opens(told, either), acknowledged))
    assert cases(either) == started_with + len(acknowledged), f"seed {seed}"
    assert KILLS < 10 or 0 < lost_answers < len(acknowledged), "no power cut hit a submission"


def a_volley(server: Server, numbers: Iterator[int]) -> list[Told]:
    """A few people who are ready to send, the first of them with a file."""
    with ThreadPoolExecutor(CLIENTS) as people:
        ready = [
            people.submit(prepared, server, next(numbers), with_file=it == 0)
            for it in range(CLIENTS)
        ]
        return [it.result() for it in ready]


def cut_off(volley: Sequence[Told], deed: Callable[[], None], after: float) -> None:
    """Everybody sends; in the midst of it this is done."""

    def pull_the_plug() -> None:
        time.sleep(after)
        deed()

    at_once([*(told.send for told in volley), pull_the_plug])


def code_seen(told: Told) -> str:
    """The code that somebody saw before the power went, if any."""
    for page in told.answers:
        groups = CODE.findall(page.html)
        if page.status == 200 and len(groups) == 5:
            return "".join(groups)
    return ""
