"""What must not grow: the work list with 10,000 open items, and a case page because of a procedure.

`python -m bench.work` founds a house of its own and prints a table; `make bench` runs it too.
"""

import statistics
import sys
import tempfile
from pathlib import Path

from bench.measuring import inside, median_of, timed
from bench.rows import Row, report
from tests.system.server import Server, found, mail_of, passphrase_of
from tests.system.visitor import Visitor, sign_in

CASES, FEW, MANY = 100, 100, 10_000
TIMES = 25
MADE = "bench.inside_work"
WORK_LIST = "/werk/lijst/"


def work_lists(server: Server) -> list[Row]:
    """The work list of the same person, with few open items and with many."""
    inside(server, "youth_contact", CASES, MADE)
    noor = _noor(server)
    inside(server, "items", FEW, MADE)
    few = median_of(lambda: noor.get(WORK_LIST), TIMES)
    inside(server, "items", MANY - FEW, MADE)
    many = median_of(lambda: noor.get(WORK_LIST), TIMES)
    return [
        Row(f"work list with {FEW} open items", few, "ms"),
        Row(f"work list with {MANY} open items, times that", many / few, "x", 1.5),
    ]


def case_pages(server: Server) -> list[Row]:
    """The page of the same report, in a case by no procedure and in one by a procedure."""
    noor = _noor(server)
    without, by_one = (
        f"/werk/{inside(server, key, 1, MADE)}/" for key in ("none", "youth_contact")
    )
    took: dict[str, list[float]] = {without: [], by_one: []}
    for address in (without, by_one):
        noor.get(address)  # the first time on a day is written down
    for _ in range(TIMES):
        for address in (without, by_one):
            took[address].append(timed(lambda it=address: noor.get(it)))  # type: ignore[misc]
    plain, more = statistics.median(took[without]), statistics.median(took[by_one])
    return [
        Row("a case that goes by no procedure", plain, "ms"),
        Row("a case that goes by a procedure, times that", more / plain, "x", 1.3),
    ]


def _noor(server: Server) -> Visitor:
    noor = server.visitor()
    sign_in(noor, mail_of("noor"), passphrase_of("noor"))
    return noor


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="kb-bench-") as folder:
        server = found(Path(folder) / "template").copied_to(Path(folder) / "house")
        server.start()
        try:
            return report(case_pages(server) + work_lists(server))
        finally:
            server.stop()


if __name__ == "__main__":
    sys.exit(main())
