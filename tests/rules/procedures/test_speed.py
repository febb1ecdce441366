"""Deriving instead of storing is only right as long as it is quick."""

from datetime import date, timedelta
from time import perf_counter

import pytest

from klankbord.rules.procedures.events import Recorded
from klankbord.rules.procedures.progress import progress
from klankbord.rules.procedures.reading import load_procedure
from klankbord.rules.procedures.shape import Procedure
from tests.rules.procedures.telling import BE, long_complaint, long_report

ENTRIES = 200
#: A tenth of what a person notices; the bench holds the real bound of one millisecond.
BOUND = 0.010


@pytest.mark.parametrize(
    ("procedure", "recorded"),
    [
        (load_procedure("complaint", 1, "nl"), long_complaint(ENTRIES)),
        (load_procedure("transgressive", 2, "nl"), long_report(ENTRIES)),
    ],
    ids=["complaint", "transgressive"],
)
def test_a_case_of_two_hundred_entries_is_read_at_once(
    procedure: Procedure, recorded: list[Recorded]
) -> None:
    day = date(2026, 12, 1) + timedelta(days=ENTRIES)
    now = progress(procedure, recorded, BE, day)

    times = []
    for _ in range(20):
        begun = perf_counter()
        progress(procedure, recorded, BE, day)
        times.append(perf_counter() - begun)

    assert len(recorded) == ENTRIES
    assert now.problems == ()
    assert min(times) < BOUND
