"""A youth movement's own course (P6; R-000-01…44, R-001-09…22)."""

from datetime import date

import pytest

from klankbord.rules.procedures.events import ActedWithoutConsent, ConsentRefused, Found
from klankbord.rules.procedures.proof import proof
from klankbord.rules.procedures.reading import load_procedure
from klankbord.rules.procedures.simulation import simulate
from klankbord.rules.procedures.standing import Odd, State
from klankbord.rules.terms import Calendar
from tests.rules.procedures.telling import BE, BE_CLOSED, NL, Story, due, odd, open_steps

YOUTH = load_procedure("youth_contact", 1, "nl")
TUESDAY = date(2026, 12, 1)


def told(on: date = TUESDAY) -> Story:
    return Story(YOUTH).start(on)


def listened(**findings: str) -> Story:
    story = told()
    story.do(TUESDAY, "danger", "none")
    story.do(TUESDAY, "listen", "behaviour", findings=findings)
    return story


def assessed(severity: str, **findings: str) -> Story:
    story = listened(**findings)
    story.tell(ConsentRefused(TUESDAY, "picture"))
    story.do(TUESDAY, "estimate", "estimated", findings={"severity": severity})
    return story


def planned(severity: str) -> Story:
    story = assessed(severity)
    story.do(TUESDAY, "plan", "made", days={"next_look": date(2026, 12, 15)})
    return story


def test_the_file_is_sound_in_four_languages() -> None:
    proven = proof("youth_contact", 1)

    assert proven.findings == ()
    assert proven.remarks == ()


def test_danger_and_aftercare_are_open_from_the_first_day() -> None:
    """P7, P16."""
    now = told().at(TUESDAY)

    assert open_steps(now) >= {"danger", "aftercare"}
    assert due(now, "danger") == date(2026, 12, 2)


def test_a_closure_does_not_make_danger_wait() -> None:
    """Thursday 24 December: the alarm is on Monday the 28th, whatever is closed."""
    story = Story(YOUTH, BE_CLOSED).start(date(2026, 12, 24))

    assert due(story.at(date(2026, 12, 24)), "danger") == date(2026, 12, 28)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (date(2026, 9, 1), date(2026, 12, 3)),
        (date(2026, 11, 30), date(2026, 12, 7)),
        (None, date(2026, 12, 3)),
    ],
)
def test_the_proactive_call_counts_from_the_incident_and_from_the_report(
    facts: date | None, expected: date
) -> None:
    """R-001-12, K18: the last of 7 days after the facts and 2 working days after the report."""
    story = told()
    if facts:
        story.tell(Found(TUESDAY, days={"facts": facts}))

    assert due(story.at(TUESDAY), "aftercare") == expected


def test_a_promised_next_call_moves_the_next_round() -> None:
    """R-000-23."""
    story = told()
    story.do(date(2026, 12, 3), "aftercare", "again", days={"next_contact": date(2026, 12, 17)})

    assert due(story.at(date(2026, 12, 4)), "aftercare") == date(2026, 12, 17)


def test_a_crisis_begins_with_the_page_and_the_permanence_and_then_listens() -> None:
    """P6, R-001-10: at once, by whoever is there."""
    story = told()
    story.do(TUESDAY, "danger", "now")
    crisis = story.at(TUESDAY)
    story.do(TUESDAY, "crisis")
    warned = story.at(TUESDAY)
    story.do(TUESDAY, "inform_permanence")

    assert "crisis" in open_steps(crisis)
    assert due(crisis, "crisis") == date(2026, 12, 2)
    assert "inform_permanence" in open_steps(warned)
    assert "listen" in open_steps(story.at(TUESDAY))
    assert YOUTH.step("crisis").by[0] == "leaders"


def test_the_crisis_plan_for_a_camp_is_one_page() -> None:
    """P6."""
    parts = YOUTH.letters["crisis_plan"].parts

    assert len(parts) <= 10
    assert sum(map(len, parts.values())) < 1800


@pytest.mark.parametrize(
    ("severity", "who"),
    [
        ("green", ("leaders", "contact")),
        ("yellow", ("leaders", "contact")),
        ("red", ("professional", "contact")),
        ("black", ("permanence", "professional", "contact")),
    ],
)
def test_the_colour_says_who_does_what(severity: str, who: tuple[str, ...]) -> None:
    """R-001-09, R-001-10: one answer per colour, and no other."""
    now = planned(severity).at(TUESDAY)
    answers = {step for step in open_steps(now) if step.startswith("respond_")}

    assert answers == {f"respond_{severity}"}
    assert YOUTH.step(f"respond_{severity}").by == who


def test_only_black_asks_whether_somebody_from_outside_must_join() -> None:
    """P15, P23."""
    assert "outside" in open_steps(planned("black").at(TUESDAY))
    assert "outside" not in open_steps(planned("red").at(TUESDAY))


@pytest.mark.parametrize(
    ("severity", "findings", "gate"),
    [
        ("yellow", {"age_band": "child"}, False),
        ("green", {}, False),
        ("yellow", {"grave": "yes"}, True),
        ("red", {}, True),
        ("black", {}, True),
    ],
)
def test_the_safety_gate_is_not_for_every_quarrel_between_children(
    severity: str, findings: dict[str, str], gate: bool
) -> None:
    """K14, P14: red, black, unknown, sexual or serious, or an adult towards a minor."""
    now = assessed(severity, **findings).at(TUESDAY)

    assert ("safety_advice" in open_steps(now)) is gate
    assert ("talk_other" in now.standings and now.standings["talk_other"].to_do) is not gate


def test_a_talk_with_the_other_opens_after_the_advice_and_not_after_not_now() -> None:
    """K14, P17."""
    safe, not_now = assessed("red"), assessed("red")
    safe.do(TUESDAY, "safety_advice", "go_ahead")
    not_now.do(TUESDAY, "safety_advice", "not_now")

    assert safe.at(TUESDAY).standings["talk_other"].to_do
    assert not_now.at(TUESDAY).standings["talk_other"].state is State.NOT_NEEDED


def test_the_case_that_turns_red_closes_the_gate_again() -> None:
    """Judged anew after every entry."""
    story = assessed("yellow")
    story.tell(Found(date(2026, 12, 2), findings={"severity": "red"}))
    now = story.at(date(2026, 12, 2))

    assert "safety_advice" in open_steps(now)
    assert now.standings["talk_other"].state is State.NOT_NEEDED


def test_somebody_who_does_not_feel_well_is_asked_about_no_offender() -> None:
    """R-000-11, R-000-17."""
    story = told()
    story.do(TUESDAY, "danger", "none")
    story.do(TUESDAY, "listen", "not_well")

    opened = open_steps(story.at(TUESDAY))
    assert "plan" in opened
    assert not opened & {"picture", "talk_other", "estimate"}


def test_nobody_looks_for_guilt_and_there_is_no_ladder() -> None:
    """R-000-28, P6."""
    keys = {step.key for step in YOUTH.steps}

    assert not any("guilt" in finding or "founded" in finding for finding in YOUTH.findings)
    assert not keys & {"talk_manager", "talk_higher", "talk_board", "investigate"}
    assert YOUTH.step("register").form == "youth_registration"
    assert YOUTH.step("register").registers == "youth"
    assert YOUTH.step("report_up").form == "youth_report"


def test_calling_somebody_in_without_consent_needs_two_and_the_reporter_is_told() -> None:
    """R-000-32, R-000-33, K19."""
    alone = told().tell(ActedWithoutConsent(TUESDAY, "extra_help", "Danger", "Ann", "Ann"))
    together = told().tell(ActedWithoutConsent(TUESDAY, "extra_help", "Danger", "Ann", "Bob"))

    assert odd(alone.at(TUESDAY)) == [(Odd.NOT_TWO_PEOPLE, "extra_help")]
    assert due(together.at(TUESDAY), "tell_reporter") == date(2026, 12, 2)


def test_a_case_does_not_end_while_something_is_open() -> None:
    """R-000-22: the registration and the aftercare hold it."""
    story = planned("yellow")
    for step, outcome in (("respond_yellow", ""), ("refer", "not_needed"), ("follow", "all_done")):
        story.do(date(2026, 12, 2), step, outcome)

    assert "settled" not in story.at(date(2026, 12, 2)).standings["close"].outcomes

    story.do(date(2026, 12, 3), "register")
    story.do(date(2026, 12, 3), "aftercare", "enough")
    story.do(date(2026, 12, 3), "parents", "told")
    story.tell(Found(date(2026, 12, 3), findings={"age_band": "adult"}))
    assert "settled" in story.at(date(2026, 12, 3)).standings["close"].outcomes


def test_following_up_comes_back_on_the_promised_day() -> None:
    """R-000-22, R-000-27."""
    story = planned("yellow")
    story.do(date(2026, 12, 2), "refer", "not_needed")
    story.do(date(2026, 12, 15), "follow", "look_again", days={"next_look": date(2026, 12, 29)})

    assert due(story.at(date(2026, 12, 16)), "follow") == date(2026, 12, 29)


@pytest.mark.parametrize(
    ("outcome", "procedure"), [("advice", "advice"), ("visit", "prevention_visit")]
)
def test_a_question_goes_its_own_way(outcome: str, procedure: str) -> None:
    """R-000-24, R-000-37."""
    story = told()
    story.do(TUESDAY, "danger", "none")
    story.do(TUESDAY, "listen", outcome)

    assert story.at(TUESDAY).converted_to == procedure


@pytest.mark.parametrize("calendar", [BE, NL])
def test_the_ordinary_course_comes_to_an_end(calendar: Calendar) -> None:
    timeline = simulate(YOUTH, TUESDAY, calendar)

    assert timeline.ending == "settled"
    assert [moment.step for moment in timeline.moments if moment.step == "listen"] == ["listen"]
