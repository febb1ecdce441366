"""Whatever people do in whatever order: no case gets stuck, no term is lost, nothing raises."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from klankbord.rules.library import versions
from klankbord.rules.procedures.events import (
    ActedWithoutConsent,
    CaseReopened,
    ConsentAsked,
    ConsentGiven,
    ConsentRefused,
    ConsentWithdrawn,
    Corrected,
    Event,
    Found,
    PersonBarred,
    PersonCleared,
    Recorded,
    SeatTaken,
    Started,
    StepDelegated,
    StepDone,
    StepSkipped,
    TermExtended,
)
from klankbord.rules.procedures.progress import progress
from klankbord.rules.procedures.reading import load_procedure, procedure_keys
from klankbord.rules.procedures.shape import UNKNOWN, Procedure, Relation, Subject
from klankbord.rules.procedures.simulation import simulate
from klankbord.rules.procedures.standing import ConsentState, Progress
from tests.rules.procedures.telling import BE, NL

#: Every version that a case may run on, also the one of before a law changed.
PROCEDURES = [
    load_procedure(key, number, "nl")
    for key in procedure_keys()
    for number, _ in versions("procedures", key)
]
FIRST = date(2026, 12, 1)
MEMBERS = ("Dora", "Dirk", "Chris")
DAYS = st.integers(-40, 400).map(lambda number: FIRST + timedelta(days=number))
EXAMPLES = settings(max_examples=60, deadline=None)


def words(procedure: Procedure) -> st.SearchStrategy[dict[str, str]]:
    options = {key: [UNKNOWN, *f.options] for key, f in procedure.findings.items()}
    if not options:
        return st.just({})
    one = st.sampled_from(sorted(options)).flatmap(
        lambda key: st.sampled_from(options[key]).map(lambda word: {key: word})
    )
    return st.one_of(st.just({}), one)


def written(procedure: Procedure) -> st.SearchStrategy[dict[str, date]]:
    names = sorted(procedure.days)
    if not names:
        return st.just({})
    return st.one_of(
        st.just({}), DAYS.map(lambda day: dict.fromkeys(names, day)), st.just({"nonsense": FIRST})
    )


def deeds(procedure: Procedure) -> st.SearchStrategy[Event]:
    pairs = [(s.key, o.key) for s in procedure.steps for o in s.outcomes]
    steps = st.sampled_from([*(step.key for step in procedure.steps), "nonsense"])
    reasons = st.sampled_from(["", "A reason"])
    members = st.sampled_from(MEMBERS)
    relations = st.sampled_from([*Relation, "nonsense"])
    seats = st.sampled_from([*procedure.seats, "nonsense"])
    roles = st.sampled_from(sorted({r for s in procedure.seats.values() for r in s.succession}))
    done = st.builds(
        lambda pair, **more: StepDone(step=pair[0], outcome=pair[1], **more),
        st.sampled_from([*pairs, (pairs[0][0], "nonsense")]),
        day=DAYS,
        round=st.integers(0, 3),
        findings=words(procedure),
        days=written(procedure),
        reason=reasons,
        referred_to=reasons,
    )
    return st.one_of(
        done,
        done,
        done,
        st.builds(Found, DAYS, words(procedure), written(procedure)),
        st.builds(StepSkipped, DAYS, steps, reasons),
        st.builds(StepDelegated, DAYS, steps, members, reasons),
        st.builds(ConsentAsked, DAYS, steps),
        st.builds(ConsentGiven, DAYS, steps),
        st.builds(ConsentRefused, DAYS, steps),
        st.builds(ConsentWithdrawn, DAYS, steps),
        st.builds(ActedWithoutConsent, DAYS, steps, reasons, members, members),
        st.builds(TermExtended, DAYS, steps, DAYS, reasons),
        st.builds(SeatTaken, DAYS, seats, roles, members),
        st.builds(PersonBarred, DAYS, members, relations),
        st.builds(PersonCleared, DAYS, members, relations),
        st.builds(CaseReopened, DAYS, steps, reasons),
        st.builds(Corrected, DAYS, st.integers(0, 30), st.one_of(st.none(), done)),
    )


def histories(procedure: Procedure) -> st.SearchStrategy[list[Recorded]]:
    first = Started(FIRST, procedure.key, procedure.version)
    return st.lists(deeds(procedure), max_size=40).map(
        lambda events: [Recorded(n + 1, event, "Dora") for n, event in enumerate([first, *events])]
    )


CASES = st.sampled_from(PROCEDURES).flatmap(lambda p: st.tuples(st.just(p), histories(p)))


@EXAMPLES
@given(CASES)
def test_no_history_is_too_strange_and_replaying_gives_the_same(
    case: tuple[Procedure, list[Recorded]],
) -> None:
    procedure, recorded = case
    first = progress(procedure, recorded, BE, FIRST)

    assert progress(procedure, recorded, BE, FIRST) == first
    for upto in range(1, len(recorded)):
        progress(procedure, recorded[:upto], BE, FIRST)


@EXAMPLES
@given(CASES)
def test_a_history_may_be_read_from_anything_and_in_another_country(
    case: tuple[Procedure, list[Recorded]],
) -> None:
    procedure, recorded = case
    shown = progress(procedure, recorded, BE, FIRST)

    assert progress(procedure, tuple(recorded), BE, FIRST) == shown
    assert where(progress(procedure, recorded, NL, FIRST)) == where(shown)


@EXAMPLES
@given(CASES, DAYS)
def test_the_day_on_which_one_looks_changes_only_what_is_overdue(
    case: tuple[Procedure, list[Recorded]], later: date
) -> None:
    procedure, recorded = case
    one, other = (progress(procedure, recorded, BE, day) for day in (FIRST, later))

    for key, standing in one.standings.items():
        assert replace(standing, overdue=False) == replace(other.standings[key], overdue=False)
    assert (one.findings, one.ended, one.problems) == (other.findings, other.ended, other.problems)


def where(now: Progress) -> list[tuple[str, str, int]]:
    """Where a case stands, without any day."""
    return [(key, it.state, it.round) for key, it in now.standings.items()]


@EXAMPLES
@given(CASES)
def test_no_case_gets_stuck(case: tuple[Procedure, list[Recorded]]) -> None:
    procedure, recorded = case
    now = progress(procedure, recorded, BE, FIRST)

    if procedure.subject is Subject.ORGANISATION or now.over or now.start is None:
        return
    assert any(can_go_on(now, key) for key in now.standings), now.to_do


def can_go_on(now: Progress, key: str) -> bool:
    """Whether somebody can take this step, or ask the consent that it lacks."""
    standing = now.standings[key]
    if not standing.to_do or not standing.required or standing.waits_for:
        return False
    asking = (ConsentState.TO_ASK, ConsentState.ASKED, ConsentState.WITHDRAWN)
    return bool(standing.outcomes) or standing.consent in asking


@EXAMPLES
@given(CASES)
def test_no_term_is_lost(case: tuple[Procedure, list[Recorded]]) -> None:
    """An open step whose term counts from its own opening always has its day."""
    procedure, recorded = case
    now = progress(procedure, recorded, BE, FIRST)

    for key, standing in now.standings.items():
        term = procedure.step(key).term
        if standing.to_do and term and any(s.start == "opening" for s in term.sentences):
            assert standing.due.day is not None or standing.due.no_meeting


@EXAMPLES
@given(CASES)
def test_a_term_that_runs_goes_on_running_until_its_step_is_done(
    case: tuple[Procedure, list[Recorded]],
) -> None:
    """Whatever happens next: no deed of anybody makes the day of an open step disappear."""
    procedure, recorded = case
    before = progress(procedure, recorded[:1], BE, FIRST)
    for upto in range(2, len(recorded) + 1):
        now = progress(procedure, recorded[:upto], BE, FIRST)
        if not isinstance(recorded[upto - 1].event, Corrected):
            assert lost(before, now) == []
        before = now


def lost(before: Progress, now: Progress) -> list[str]:
    """The steps that had a day, are still to do in the same round, and have none any more."""
    return [
        key
        for key, was in before.standings.items()
        if was.to_do and was.due.day and (it := now.standings[key]).to_do
        if (it.round, it.opened) == (was.round, was.opened) and it.due.day is None
    ]


@EXAMPLES
@given(CASES)
def test_what_is_done_later_never_changes_what_was_due_then(
    case: tuple[Procedure, list[Recorded]],
) -> None:
    procedure, recorded = case
    recorded = [item for item in recorded if not isinstance(item.event, Corrected)]
    before = progress(procedure, recorded[: len(recorded) // 2], BE, FIRST)
    after = progress(procedure, recorded, BE, FIRST)

    for key, standing in before.standings.items():
        assert after.standings[key].done[: len(standing.done)] == standing.done


@EXAMPLES
@given(st.sampled_from(PROCEDURES), st.data())
def test_people_who_follow_the_procedure_never_meet_anything_odd(
    procedure: Procedure, data: st.DataObject
) -> None:
    """Any open step, any possible outcome, with facts that change meanwhile: nobody gets stuck."""
    recorded = [Recorded(1, Started(FIRST, procedure.key, procedure.version))]
    for _ in range(data.draw(st.integers(1, 40))):
        now = progress(procedure, recorded, BE, FIRST)
        assert now.problems == ()
        if now.over:
            break
        if procedure.subject is Subject.CASE:
            assert any(can_go_on(now, key) for key in now.standings), now.to_do
            assert not [key for key in now.standings if has_lost_its_term(procedure, now, key)]
        recorded.append(Recorded(len(recorded) + 1, data.draw(next_deed(procedure, now))))


@EXAMPLES
@given(st.sampled_from([p for p in PROCEDURES if p.subject is Subject.CASE]), st.data())
def test_from_wherever_people_got_to_the_ordinary_way_leads_to_an_end(
    procedure: Procedure, data: st.DataObject
) -> None:
    """No case gets stuck: also one that was closed and opened again."""
    recorded = [Recorded(1, Started(FIRST, procedure.key, procedure.version))]
    for _ in range(data.draw(st.integers(1, 25))):
        now = progress(procedure, recorded, BE, FIRST)
        if now.converted_to:
            break
        deed = reopening(procedure, now) if now.ended else next_deed(procedure, now)
        recorded.append(Recorded(len(recorded) + 1, data.draw(deed)))

    assert ends_by_itself(procedure, recorded)


def reopening(procedure: Procedure, now: Progress) -> st.SearchStrategy[Event]:
    """Opened again, where the ending allows it."""
    assert now.ended is not None
    places: Sequence[str] = procedure.endings[now.ended.ending].reopens_at
    return st.sampled_from(places).map(lambda place: CaseReopened(FIRST, place, "A reason"))


def ends_by_itself(procedure: Procedure, recorded: list[Recorded]) -> bool:
    """Whether people who do every open step come to an end; whoever said no is asked again."""
    now = progress(procedure, recorded, BE, FIRST)
    asked = [key for key, it in now.standings.items() if it.consent is ConsentState.WITHDRAWN]
    again = [ConsentGiven(FIRST, key) for key in asked if now.standings[key].to_do]
    told = [*recorded, *(Recorded(len(recorded) + n, e) for n, e in enumerate(again, 1))]
    timeline = simulate(procedure, FIRST, BE, recorded=told)
    return bool(timeline.ending or timeline.converted_to)


def has_lost_its_term(procedure: Procedure, now: Progress, key: str) -> bool:
    """Whether a step that must be done now has a term in the file and no day in the case."""
    standing = now.standings[key]
    if not standing.to_do or not standing.required or standing.waits_for or standing.round > 1:
        return False
    term = procedure.step(key).term
    return term is not None and standing.due.day is None and not standing.due.no_meeting


def next_deed(procedure: Procedure, now: Progress) -> st.SearchStrategy[Event]:
    """Something that the procedure offers now, or a fact that becomes known."""
    deeds: list[Event] = []
    for key, standing in now.standings.items():
        step = procedure.step(key)
        if not standing.to_do or standing.waits_for:
            continue
        if standing.consent in (ConsentState.TO_ASK, ConsentState.ASKED, ConsentState.WITHDRAWN):
            deeds += [ConsentGiven(FIRST, key), ConsentRefused(FIRST, key)]
            continue
        for outcome in step.outcomes:
            if outcome.key in standing.outcomes:
                days = dict.fromkeys(step.records + outcome.records, FIRST)
                told = {"reason": "A reason", "referred_to": "Somebody"}
                deeds.append(StepDone(FIRST, key, outcome.key, days=days, **told))  # type: ignore[arg-type]
        if step.optional:
            deeds.append(StepSkipped(FIRST, key, "A reason"))
    facts = words(procedure).map(lambda found: Found(FIRST, found))
    return st.one_of(st.sampled_from(deeds), st.sampled_from(deeds), facts) if deeds else facts


@pytest.mark.parametrize("procedure", PROCEDURES, ids=lambda it: f"{it.key} {it.version}")
def test_a_new_case_has_something_to_do(procedure: Procedure) -> None:
    now = progress(
        procedure, [Recorded(1, Started(FIRST, procedure.key, procedure.version))], BE, FIRST
    )

    assert now.to_do
