"""A course played through: by the ordinary way, by other choices, and on from where a case is."""

from datetime import date

import pytest

from klankbord.rules.procedures.reading import load_procedure, procedure_keys
from klankbord.rules.procedures.shape import Subject
from klankbord.rules.procedures.simulation import MOST_STEPS, simulate
from tests.rules.procedures.telling import BE, NL, signed_complaint

COMPLAINT = load_procedure("complaint", 1, "nl")
MONDAY = date(2026, 12, 21)


@pytest.mark.parametrize("key", procedure_keys())
def test_the_ordinary_way_of_every_procedure_comes_to_an_end(key: str) -> None:
    procedure = load_procedure(key, 1, "nl")
    for calendar in (BE, NL):
        timeline = simulate(procedure, MONDAY, calendar)
        if procedure.subject is Subject.CASE:
            assert timeline.ending or timeline.converted_to
            assert len(timeline.moments) < MOST_STEPS
        assert all(moment.on >= MONDAY for moment in timeline.moments)


def test_other_choices_lead_elsewhere() -> None:
    choices = {"direct_attempt": ["accompany"], "direct_solution": ["solved"]}
    timeline = simulate(COMPLAINT, MONDAY, BE, choices=choices)

    assert timeline.ending == "solved_directly"


def test_a_second_round_follows_the_second_choice() -> None:
    timeline = simulate(COMPLAINT, MONDAY, BE, choices={"effect_check": ["not_enough", "helps"]})
    answers = [moment for moment in timeline.moments if moment.step == "answer"]

    assert len(answers) == 2
    assert timeline.ending == "closed_founded"


def test_a_case_under_way_is_told_on_from_where_it_stands() -> None:
    story = signed_complaint(COMPLAINT, date(2026, 12, 1))
    timeline = simulate(COMPLAINT, date(2026, 12, 1), BE, recorded=story.events)

    assert [(m.step, m.on) for m in timeline.moments][:2] == [
        ("hand_over", date(2026, 12, 8)),
        ("admissibility", date(2026, 12, 22)),
    ]


def test_what_outlives_the_end_is_told_once_with_its_first_day() -> None:
    lasting = [moment for moment in simulate(COMPLAINT, MONDAY, BE).moments if moment.lasting]

    assert [moment.step for moment in lasting] == ["measures_check"]


def test_nothing_in_a_simulation_is_odd() -> None:
    assert simulate(COMPLAINT, MONDAY, BE).last.problems == ()


def test_a_case_is_not_filed_before_the_board_has_met() -> None:
    """R-004-181, R-000-22: the forecast waits for the meeting, and does not go round in circles."""
    story = signed_complaint(COMPLAINT, date(2026, 12, 1))
    story.seat(date(2026, 12, 1), "responsible", "chair", "Chris")
    timeline = simulate(COMPLAINT, date(2026, 12, 1), BE, recorded=story.events)
    on = {moment.step: moment.on for moment in timeline.moments}

    assert timeline.ending == "closed_founded"
    assert on["inform_board"] == date(2027, 3, 11)
    assert on["filing_by_chair"] == date(2027, 3, 11)
    assert len(timeline.moments) == len(on)
