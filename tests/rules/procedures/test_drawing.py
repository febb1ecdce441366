"""A procedure drawn: numbers with letters, where ways lead, only if, bars on a scale."""

from datetime import date

import pytest

from klankbord.rules.procedures.drawing import (
    Bar,
    at_any_time,
    chart,
    closed_between,
    places,
    rows,
    share,
)
from klankbord.rules.procedures.progress import progress
from klankbord.rules.procedures.reading import load_procedure, procedure_keys
from klankbord.rules.procedures.simulation import simulate
from klankbord.rules.terms import Calendar
from tests.rules.procedures.telling import BE, signed_complaint

COMPLAINT = load_procedure("complaint", 1, "nl")
TUESDAY = date(2026, 12, 1)


def row(step: str):  # type: ignore[no-untyped-def]
    return next(it for it in rows(COMPLAINT) if it.place.step == step)


def test_a_number_that_stands_twice_gets_letters_and_one_that_stands_once_does_not() -> None:
    """R-004-218: the numbers of the handbook, told apart."""
    label = {key: place.label for key, place in places(COMPLAINT).items()}
    assert [label[key] for key in ("receive", "direct_attempt", "direct_solution")] == [
        "1a", "1b", "1c",
    ]  # fmt: skip
    assert label["admissibility"] == "3"
    assert label["withdraw"] == ""


@pytest.mark.parametrize("key", procedure_keys())
def test_no_two_numbered_steps_of_any_procedure_are_called_the_same(key: str) -> None:
    procedure = load_procedure(key, 1, "nl")
    labels = [
        it.label for it in places(procedure).values()
        if it.label and not procedure.step(it.step).anytime
    ]  # fmt: skip
    assert len(labels) == len(set(labels))
    drawn = {it.place.step for it in (*rows(procedure), *at_any_time(procedure))}
    assert drawn == set(procedure.by_key)


def test_an_outcome_stands_with_the_steps_it_leads_to_and_an_ending_with_its_title() -> None:
    founded, unfounded = row("analysis").ways
    assert [it.label for it in founded.leads_to] == ["5a", "5b", "5c"]
    assert [it.label for it in unfounded.leads_to] == ["6a"]
    assert row("admissibility").ways[1].ends == COMPLAINT.endings["inadmissible"].title
    assert row("receive").ways[1].converts_to == "transgressive"


def test_a_condition_is_told_with_the_words_of_the_fact_the_step_or_the_seat() -> None:
    ((seat,),) = row("inform_daily_board").only_if
    assert seat.seat
    assert "director" in seat.words
    gog = load_procedure("transgressive", 2, "nl")
    facts = [
        fact for it in rows(gog) for alternative in it.only_if for fact in alternative
    ]  # fmt: skip
    assert any("Rood" in fact.words and fact.unknown for fact in facts)
    assert all(fact.title and (fact.words or fact.unknown) for fact in facts)


def test_a_term_says_from_what_it_counts() -> None:
    """R-004-141: from the signature or from the handing over, whichever comes first."""
    (_, signed), (_, handed) = row("admissibility").terms
    assert (signed.word, signed.title) == ("day", COMPLAINT.days["signed"].title)
    assert handed.word == "step"
    assert handed.place is not None
    assert handed.place.label == "2d"


def test_what_is_possible_at_any_time_is_no_line_of_the_list() -> None:
    assert "withdraw" not in {it.place.step for it in rows(COMPLAINT)}
    assert "withdraw" in {it.place.step for it in at_any_time(COMPLAINT)}


def test_a_chart_lays_what_happened_and_what_is_ahead_on_one_scale() -> None:
    """R-004-218: real dates."""
    story, today = signed_complaint(COMPLAINT, TUESDAY), date(2026, 12, 4)
    stands = progress(COMPLAINT, story.events, BE, today)
    timeline = simulate(COMPLAINT, today, BE, recorded=story.events, not_before=today)
    drawn = chart(COMPLAINT, timeline, BE, stands)
    assert drawn is not None
    kinds = {it.place.step: it.kind for it in drawn.spans}
    assert kinds["sign"] is Bar.DONE
    assert kinds["hand_over"] is Bar.NOW
    assert kinds["answer"] is Bar.AHEAD
    spans = {it.place.step: it for it in drawn.spans}
    assert spans["hand_over"].last == date(2026, 12, 8)
    assert spans["admissibility"].last == date(2026, 12, 22)
    assert share(drawn.first, drawn, 1000) == 0
    assert share(drawn.last, drawn, 1000) == 1000
    assert [it.place.step for it in drawn.later] == ["measures_check"]


def test_what_is_late_ends_not_before_today_and_moves_what_comes_after() -> None:
    story, today = signed_complaint(COMPLAINT, TUESDAY), date(2027, 2, 1)
    stands = progress(COMPLAINT, story.events, BE, today)
    timeline = simulate(COMPLAINT, today, BE, recorded=story.events, not_before=today)
    drawn = chart(COMPLAINT, timeline, BE, stands)
    assert drawn is not None
    spans = {it.place.step: it for it in drawn.spans}
    assert spans["hand_over"].late
    assert spans["hand_over"].last == today
    assert all(it.last >= today for it in drawn.spans if it.kind is not Bar.DONE)


def test_holidays_and_closures_in_a_row_are_one_gap_with_the_weekend_between() -> None:
    closed = frozenset(date(2026, 12, day) for day in (24, 28, 29, 30, 31))
    gaps = list(closed_between(Calendar("BE", closed), date(2026, 12, 1), date(2027, 1, 10)))
    assert gaps == [(date(2026, 12, 24), date(2027, 1, 1))]


@pytest.mark.parametrize("key", procedure_keys())
def test_every_procedure_can_be_drawn(key: str) -> None:
    procedure = load_procedure(key, 1, "nl")
    timeline = simulate(procedure, TUESDAY, BE)
    drawn = chart(procedure, timeline, BE)
    for it in drawn.spans if drawn else ():
        assert it.first <= it.last
        assert drawn
        assert drawn.first <= it.first
        assert it.last <= drawn.last
