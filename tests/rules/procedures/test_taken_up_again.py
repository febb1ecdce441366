"""A case that ended and is taken up again can end again, wherever it goes on."""

from datetime import date

import pytest

from klankbord.rules.library import versions
from klankbord.rules.procedures.events import CaseReopened, Recorded, Started, StepDone
from klankbord.rules.procedures.progress import progress
from klankbord.rules.procedures.reading import load_procedure, procedure_keys
from klankbord.rules.procedures.shape import Procedure, Subject
from klankbord.rules.procedures.simulation import simulate
from klankbord.rules.terms import Calendar

FIRST = date(2026, 12, 1)
BE = Calendar("BE")
PROCEDURES = [
    load_procedure(key, number, "nl")
    for key in procedure_keys()
    for number, _ in versions("procedures", key)
]


def done(procedure: Procedure, place: int, step: str, outcome: str) -> Recorded:
    taken = procedure.step(step)
    way = taken.outcome(outcome)
    days = dict.fromkeys((*taken.records, *(way.records if way else ())), FIRST)
    deed = StepDone(FIRST, step, outcome, days=days, reason="omdat", referred_to="een dienst")
    return Recorded(place, deed)


def to_its_end(procedure: Procedure) -> list[Recorded]:
    """The ordinary way, as it would be written down."""
    told = [Recorded(1, Started(FIRST, procedure.key, procedure.version))]
    for moment in simulate(procedure, FIRST, BE).moments:
        if progress(procedure, told, BE, FIRST).over:
            break
        told.append(done(procedure, len(told) + 1, moment.step, moment.outcome))
    return told


@pytest.mark.parametrize(
    "procedure",
    [it for it in PROCEDURES if it.subject is Subject.CASE],
    ids=lambda it: f"{it.key}.{it.version}",
)
def test_wherever_a_case_is_taken_up_it_comes_to_an_end_again(procedure: Procedure) -> None:
    """R-000-04 R-004-192: nobody is left with an open case that no step closes."""
    told = to_its_end(procedure)
    ended = progress(procedure, told, BE, FIRST).ended
    if ended is None:  # a procedure whose ordinary way goes on elsewhere
        return
    for at in procedure.endings[ended.ending].reopens_at:
        again = [*told, Recorded(len(told) + 1, CaseReopened(FIRST, at, "nieuwe feiten"))]
        timeline = simulate(procedure, FIRST, BE, recorded=again)
        assert timeline.ending or timeline.converted_to, at


def test_nothing_needed_and_taken_up_again_because_there_is_danger_after_all() -> None:
    """R-004-214: the step that closed the case is there again, and waits for what is open."""
    procedure = load_procedure("danger_to_integrity", 1, "nl")
    told = [Recorded(1, Started(FIRST, procedure.key, procedure.version))]
    for step, outcome in (
        ("receive", "outside"), ("danger", "no_danger_now"), ("own_scheme", "followed"),
        ("advice", "given"), ("decide", "nothing"), ("talk", "done"), ("aftercare", "enough"),
        ("close", "followed"),
    ):  # fmt: skip
        told.append(done(procedure, len(told) + 1, step, outcome))
    assert progress(procedure, told, BE, FIRST).ended
    told.append(Recorded(len(told) + 1, CaseReopened(FIRST, "danger", "er is toch gevaar")))
    now = progress(procedure, told, BE, FIRST)
    assert {it.step for it in now.to_do} == {"danger", "close"}
    assert now.standings["close"].withheld
    told.append(done(procedure, len(told) + 1, "danger", "called"))
    assert "followed" in progress(procedure, told, BE, FIRST).standings["close"].outcomes
