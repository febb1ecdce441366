"""Measure everything, print one table, write one file of JSON."""

import os
import statistics
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from threading import Barrier

from playwright.sync_api import sync_playwright

from bench.course import reading
from bench.flood import measured
from bench.measuring import inside, median_of, timed
from bench.overview import overviews, searches
from bench.rows import Row, report
from bench.work import case_pages, work_lists
from tests.system.server import (
    HOUSE,
    NEIGHBOUR,
    Server,
    drop_database,
    found,
    mail_of,
    passphrase_of,
)
from tests.system.visitor import (
    Page,
    Upload,
    Visitor,
    code_on,
    filled,
    sign_in,
    tell,
    walk,
)

KB = 1000
MB = 2**20
CLIENTS = 16
EACH = int(os.environ.get("BENCH_EACH", "10"))
FEW, MANY = 100, int(os.environ.get("BENCH_MANY", "10000"))
SAMPLES = int(os.environ.get("BENCH_SAMPLES", "40"))
# What is measured is the house, not its patience with a flood: `bench.flood` measures that.
UNBOUNDED = {"KLANKBORD_REPORTS": "1000000", "KLANKBORD_CODE_CHECKS": "1000000"}
STORY = "Op de laatste avond werd er met mij gelachen. " * 30


@dataclass(frozen=True, slots=True)
class Ready:
    """A draft on its last page: all that is left is one POST."""

    visitor: Visitor
    path: str
    pairs: list[tuple[str, str | Upload]]

    def send(self) -> Page:
        return self.visitor.post(self.path, self.pairs)


def main() -> int:
    """The whole run. Returns 1 when a limit was passed."""
    cluster = os.environ.get("KLANKBORD_TEST_POSTGRES", "")
    rows: list[Row] = reading()
    with tempfile.TemporaryDirectory(prefix="kb-bench-") as folder:
        rows += on_sqlite(Path(folder) / "sqlite")
        if cluster:
            rows += on_postgres(Path(folder) / "postgres", cluster)
    return report(rows)


def on_sqlite(folder: Path) -> list[Row]:
    say("SQLite: founding")
    template = found(folder / "template")
    say("a flood, and a large file")
    beside = measured(template.copied_to(folder / "flood"), memory)
    server = template.copied_to(folder / "house")
    server.extra = UNBOUNDED
    inside(server, "fill", FEW)
    server.start()
    try:
        rows = weights(server)
        rows += submissions(server, "SQLite")
        rows += storm(server, "SQLite")
        rows += codes(server)
        say("search, and the overview with few cases and with many")
        rows += searches(server) + overviews(server)
        rows += growth(server)
        say("a case with and without a procedure, and the work list with many items")
        rows += case_pages(server) + work_lists(server)
        time.sleep(3)
        rows.append(Row("server at rest after the run", memory(server), "MB", 250))
    finally:
        server.stop()
    return rows + beside


def on_postgres(folder: Path, cluster: str) -> list[Row]:
    say("PostgreSQL: founding")
    template = found(folder / "template", cluster)
    server = template.copied_to(folder / "house")
    server.extra = UNBOUNDED
    server.start()
    try:
        return submissions(server, "PostgreSQL") + storm(server, "PostgreSQL")
    finally:
        server.stop()
        drop_database(server.database, cluster)
        drop_database(template.database, cluster)


def weights(server: Server) -> list[Row]:
    """What a first visit fetches, as a browser counts it."""
    say("weight of a first visit")
    rows = []
    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        for name, path in (("home", f"/{HOUSE}/"), ("form", f"/{HOUSE}/c/1/")):
            page = browser.new_context().new_page()
            fetched: list[float] = []
            talk = page.context.new_cdp_session(page)
            talk.send("Network.enable")
            talk.on(
                "Network.loadingFinished", lambda it, to=fetched: to.append(it["encodedDataLength"])
            )
            page.goto(server.origin + path, wait_until="networkidle")
            rows.append(Row(f"first visit, {name}: kilobytes", sum(fetched) / KB, "kB", 40))
            rows.append(Row(f"first visit, {name}: requests", len(fetched), "", 4))
        browser.close()
    return rows


def submissions(server: Server, database: str) -> list[Row]:
    """The last POST of a prepared draft, against the floor of the same moments."""
    say(f"{database}: one submission against its floor")
    drafts = [prepared(server) for _ in range(SAMPLES)]
    took, floors = [], []
    for start in range(0, SAMPLES, 10):
        floors.append(float(inside(server, "floor", 10)))
        for draft in drafts[start : start + 10]:
            answers: list[Page] = []
            took.append(timed(lambda it=draft, to=answers: to.append(it.send())))
            code_on(answers[0])
    middle, ground = statistics.median(took), statistics.median(floors)
    return [
        Row(f"{database}: floor of one submission", ground, "ms"),
        Row(f"{database}: one submission", middle, "ms"),
        Row(f"{database}: one submission, times its floor", middle / ground, "x", 2),
    ]


def storm(server: Server, database: str) -> list[Row]:
    """Sixteen people at once, each with drafts that are ready."""
    say(f"{database}: {CLIENTS} people at once")
    waiting = [[prepared(server) for _ in range(EACH)] for _ in range(CLIENTS)]
    start = Barrier(CLIENTS + 1)

    def person(drafts: list[Ready]) -> list[str]:
        start.wait()
        return [code_on(patient(draft)) for draft in drafts]

    with ThreadPoolExecutor(CLIENTS) as people:
        told = [people.submit(person, drafts) for drafts in waiting]
        start.wait()
        begin = time.perf_counter()
        codes = [code for it in told for code in it.result()]
        seconds = time.perf_counter() - begin
    back = sum(came_back(server, code) for code in codes)
    return [
        Row(
            f"{database}: stored a second by {CLIENTS} clients",
            len(codes) / seconds,
            "/s",
            20,
            True,
        ),
        Row(f"{database}: lost of {len(codes)}", len(set(codes)) - back, "", 0),
    ]


def patient(draft: Ready) -> Page:
    """Send, and try again when it is too busy: the form is still filled in."""
    answer = draft.send()
    while answer.status == 503:
        time.sleep(0.2)
        answer = draft.send()
    return answer


def came_back(server: Server, code: str) -> bool:
    visitor = server.visitor()
    page = visitor.follow(visitor.press(visitor.get(f"/{HOUSE}/m/"), {"code": code}))
    while page.status == 503:
        time.sleep(0.2)
        page = visitor.follow(visitor.press(visitor.get(f"/{HOUSE}/m/"), {"code": code}))
    return STORY.split(".")[0] in page.html


def codes(server: Server) -> list[Row]:
    """A code that is unknown and one of another organisation cost the same."""
    say("codes: unknown and foreign")
    foreign = tell(server.visitor(), NEIGHBOUR, {"happened": STORY})
    page = server.visitor().get(f"/{HOUSE}/m/")
    took: dict[str, list[float]] = {"unknown": [], "foreign": []}
    for _ in range(SAMPLES):
        for name, code in (("unknown", "00000000001234567894"), ("foreign", foreign)):
            visitor = server.visitor()
            took[name].append(timed(lambda v=visitor, c=code: v.press(page, {"code": c})))
    unknown, other = (statistics.median(it) for it in took.values())
    return [Row("a foreign code against an unknown one", other / unknown, "x", 1.25)]


def growth(server: Server) -> list[Row]:
    """The inbox and a case, with few cases stored and with many."""
    noor = server.visitor()
    inbox = sign_in(noor, mail_of("noor"), passphrase_of("noor"))
    case = next(it for it in inbox.links if it.startswith("/werk/") and it.count("-"))
    noor.get(case)
    few = [median_of(lambda: noor.get("/werk/")), median_of(lambda: noor.get(case))]
    say(f"sealing {MANY} cases")
    inside(server, "fill", MANY - FEW)
    many = [median_of(lambda: noor.get("/werk/")), median_of(lambda: noor.get(case))]
    return [
        Row(f"inbox with {FEW} cases and more", few[0], "ms"),
        Row(f"inbox with {MANY} cases, times that", many[0] / few[0], "x", 1.5),
        Row(f"opening a case among {FEW} and more", few[1], "ms"),
        Row(f"opening a case among {MANY}, times that", many[1] / few[1], "x", 1.25),
    ]


def prepared(server: Server) -> Ready:
    """A browser on the last page of the form."""
    visitor = server.visitor()
    page = walk(visitor, HOUSE, {"happened": STORY, "kind": ["bullying"], "danger": "no"})
    return Ready(visitor, page.path, filled(page.form("form", to="/check/"), {}))


def memory(server: Server) -> float:
    """The memory of all its processes, shared pages counted once, in MB."""
    total = 0
    for pid in server.processes():
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                total += int(line.split()[1]) * 1024
    return total / MB


def say(what: str) -> None:
    print(f"… {what}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
