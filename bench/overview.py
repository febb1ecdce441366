"""What must not grow: the overview with 1,000 and 100,000 cases, and search in 1,000 of one's own.

`python -m bench.overview` founds a house of its own and prints a table; `make bench` runs it too.
"""

import sys
import tempfile
from pathlib import Path

from bench.measuring import inside, median_of
from bench.rows import Row, report
from tests.system.server import Server, found, mail_of, passphrase_of
from tests.system.visitor import sign_in

FEW, MANY = 1_000, 100_000
OWN = 1_000


def overviews(server: Server) -> list[Row]:
    """The coordinator's page, by the same person, before and after."""
    els = server.visitor()
    sign_in(els, mail_of("els"), passphrase_of("els"))
    inside(server, "count", FEW)
    few = median_of(lambda: els.get("/overzicht/"))
    inside(server, "count", MANY - FEW)
    many = median_of(lambda: els.get("/overzicht/"))
    return [
        Row(f"overview with {FEW} cases", few, "ms"),
        Row(f"overview with {MANY} cases, times that", many / few, "x", 1.5),
    ]


def searches(server: Server) -> list[Row]:
    """A word that stands in none of the cases: all of them are opened."""
    inside(server, "fill", OWN)
    noor = server.visitor()
    sign_in(noor, mail_of("noor"), passphrase_of("noor"))
    page = noor.get("/werk/zoeken/")
    took = median_of(lambda: noor.press(page, {"asked": "nergens"}), 5)
    return [Row(f"search in {OWN} own cases", took, "ms", 1000)]


def main() -> int:
    """Measure on SQLite, in a folder of its own."""
    with tempfile.TemporaryDirectory(prefix="kb-bench-") as folder:
        server = found(Path(folder) / "template").copied_to(Path(folder) / "house").start()
        try:
            return report([*searches(server), *overviews(server)])
        finally:
            server.stop()


if __name__ == "__main__":
    sys.exit(main())
