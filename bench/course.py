"""Where a case stands is worked out from its entries, each time: it must cost nothing to ask."""

import time
from datetime import date, timedelta

from bench.rows import Row
from klankbord.rules.procedures.events import Recorded
from klankbord.rules.procedures.progress import progress
from klankbord.rules.procedures.reading import load_procedure
from klankbord.rules.procedures.shape import Procedure
from tests.rules.procedures.telling import BE, long_complaint, long_report

ENTRIES, TIMES = 200, 200
MOST = 1.0  # millisecond


def reading() -> list[Row]:
    """Where a case of two hundred entries stands, in the two procedures that ask the most."""
    complaint, report = (
        load_procedure("complaint", 1, "nl"),
        load_procedure("transgressive", 2, "nl"),
    )
    return [
        Row(
            f"where a case of {ENTRIES} entries stands, {procedure.key}",
            quickest(procedure, told[:ENTRIES]),
            "ms",
            MOST,
        )
        for procedure, told in (
            (complaint, long_complaint(ENTRIES)),
            (report, long_report(ENTRIES)),
        )
    ]


def quickest(procedure: Procedure, told: list[Recorded]) -> float:
    """Milliseconds of the quickest of many: what the work takes, however busy the machine is."""
    day = date(2026, 12, 1) + timedelta(days=ENTRIES)
    times = []
    for _ in range(TIMES):
        begun = time.perf_counter()
        progress(procedure, told, BE, day)
        times.append(time.perf_counter() - begun)
    return min(times) * 1000
