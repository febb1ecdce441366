"""Deriving instead of storing is only right as long as it is quick."""

from datetime import date, timedelta
from time import perf_counter

from klankbord.rules.procedures.events import Found, Recorded, Started, StepDone
from klankbord.rules.procedures.progress import progress
from klankbord.rules.procedures.reading import load_procedure
from tests.rules.procedures.telling import BE

ENTRIES = 200
#: A tenth of what a person notices; the bench holds the real bound of one millisecond.
BOUND = 0.010


def test_a_case_of_two_hundred_entries_is_read_at_once() -> None:
    procedure = load_procedure("complaint", 1, "nl")
    day = date(2026, 12, 1)
    events = [Started(day, "complaint", 1), StepDone(day, "receive", "service")]
    events += [StepDone(day, "direct_attempt", "official"), StepDone(day, "part1")]
    while len(events) < ENTRIES:  # going back to the form, time after time
        day += timedelta(days=1)
        events.append(StepDone(day, "sign", "not_right"))
        events.append(StepDone(day, "part1", days={"facts": day}))
        events.append(Found(day, {"channel": "oral" if day.day % 2 else "phone"}))
    recorded = [Recorded(n, event, "Dora") for n, event in enumerate(events[:ENTRIES], 1)]
    progress(procedure, recorded, BE, day)

    times = []
    for _ in range(20):
        begun = perf_counter()
        progress(procedure, recorded, BE, day)
        times.append(perf_counter() - begun)

    print(f"progress over {ENTRIES} entries: {min(times) * 1000:.2f} ms")  # noqa: T201
    assert min(times) < BOUND
