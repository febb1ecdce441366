"""Transgressive behaviour towards users, and danger to integrity, by hand-checked cases.

R-004-001…113, P2, P5, P14, P16, P17, P26, P31, K6, K14.
"""

from datetime import date

import pytest

from klankbord.rules.procedures.events import ConsentRefused, Found, StepDone
from klankbord.rules.procedures.reading import load_procedure, procedure_in_force
from klankbord.rules.procedures.shape import Procedure
from klankbord.rules.procedures.simulation import simulate
from klankbord.rules.procedures.standing import ConsentState, Odd, State
from klankbord.rules.procedures.who import Holding, Period, Roster, who
from tests.rules.procedures.telling import BE, BE_CLOSED, Story, due, odd, open_steps

OLD = load_procedure("transgressive", 1, "nl")
NEW = load_procedure("transgressive", 2, "nl")
DANGER = load_procedure("danger_to_integrity", 1, "nl")
FIRST = date(2026, 12, 1)
MILD = {
    "severity": "yellow",
    "behaviour": "bullying",
    "age": "adult",
    "adult_to_minor": "no",
    "power": "no",
    "offender": "participant",
}


def told(
    scenario: str = "suspicion",
    *,
    procedure: Procedure = NEW,
    day: date = FIRST,
    facts: date | None = None,
    **findings: str,
) -> Story:
    """Reported on a day; by default a mild suspicion about a participant, not yet assessed."""
    story = Story(procedure).start(day)
    days = {"facts": facts} if facts else {}
    story.do(day, "report", "inside", findings={"scenario": scenario} | findings, days=days)
    return story


def assessed(scenario: str = "suspicion", *, procedure: Procedure = NEW, **findings: str) -> Story:
    story = told(scenario, procedure=procedure)
    story.do(FIRST, "assess", findings=MILD | findings)
    return story


def after_talks(scenario: str = "suspicion", **findings: str) -> Story:
    story = assessed(scenario, **findings)
    story.do(FIRST, "talk_victim", "held")
    story.do(FIRST, "register")
    story.do(date(2026, 12, 3), "talk_accused", "held")
    return story


def state(story: Story, step: str, today: date = FIRST) -> State:
    return story.at(today).standings[step].state


# Which version


def test_the_trigger_of_2015_and_the_wider_duty_are_two_dated_versions() -> None:
    assert procedure_in_force("transgressive", date(2022, 9, 30), "nl").version == 1
    assert procedure_in_force("transgressive", date(2022, 10, 1), "nl").version == 2
    assert OLD.valid_until == date(2022, 9, 30)
    assert "authority_notice" not in OLD.by_key


def test_serious_harm_by_a_participant_is_notified_to_the_authorities_since_2022_only() -> None:
    before = assessed(procedure=OLD, severity="red")
    after = assessed(procedure=NEW, severity="red")
    assert not {"sector_notice", "board_notice"} & open_steps(before.at(FIRST))
    assert "sector_notice" not in open_steps(after.at(FIRST))
    assert state(after, "authority_notice") is State.OPEN
    assert state(assessed(), "authority_notice") is State.NOT_NEEDED


# The three situations


def test_a_crisis_asks_to_intervene_at_once_and_closures_do_not_lengthen_it() -> None:
    story = told("crisis", day=date(2026, 12, 24))
    story.calendar = BE_CLOSED
    now = story.at(date(2026, 12, 24))
    assert due(now, "intervene") == due(now, "inform_manager") == date(2026, 12, 28)
    assert now.standings["intervene"].due.at_once


@pytest.mark.parametrize("scenario", ["chronic", "suspicion"])
def test_only_a_crisis_asks_to_intervene(scenario: str) -> None:
    assert state(told(scenario), "intervene") is State.NOT_NEEDED


@pytest.mark.parametrize("scenario", ["crisis", "chronic"])
def test_only_a_suspicion_asks_what_became_clear(scenario: str) -> None:
    assert state(assessed(scenario), "clarify") is State.NOT_NEEDED


def test_a_suspicion_waits_for_both_talks_before_measures() -> None:
    story = assessed()
    assert story.at(FIRST).standings["clarify"].waits_for == ("talk_victim", "talk_accused")
    story.do(FIRST, "talk_victim", "held")
    story.do(FIRST, "talk_accused", "held")
    story.do(FIRST, "counsellor", "none")
    assert story.at(FIRST).standings["measures"].waits_for == ("clarify",)
    story.do(FIRST, "clarify", "not_confirmed", reason="Both say the same")
    assert state(story, "measures") is State.OPEN


@pytest.mark.parametrize("scenario", ["crisis", "chronic", "suspicion"])
def test_the_other_side_is_heard_in_every_situation(scenario: str) -> None:
    story = assessed(scenario)
    assert state(story, "safety_advice") is State.NOT_NEEDED
    assert state(story, "talk_accused") is State.BLOCKED
    story.do(FIRST, "talk_victim", "held")
    assert state(story, "talk_accused") is State.OPEN


# The gate before anybody is spoken to (K14, P14)


@pytest.mark.parametrize(
    "more",
    [
        {"severity": "red"},
        {"severity": "black"},
        {"severity": "unknown"},
        {"behaviour": "sexual"},
        {"behaviour": "grave_violence"},
        {"adult_to_minor": "yes"},
        {"adult_to_minor": "unknown"},
    ],
)
def test_advice_comes_before_the_talk(more: dict[str, str]) -> None:
    story = assessed(**more)
    story.do(FIRST, "talk_victim", "held")
    now = story.at(FIRST)
    assert now.standings["safety_advice"].state is State.OPEN
    assert now.standings["talk_accused"].waits_for == ("safety_advice",)


def test_a_quarrel_between_children_needs_no_advice() -> None:
    story = assessed(age="child")
    assert state(story, "safety_advice") is State.NOT_NEEDED


def test_the_gate_closes_when_it_turns_red_later() -> None:
    story = assessed()
    story.do(FIRST, "talk_victim", "held")
    story.tell(Found(date(2026, 12, 3), {"severity": "red", "offender": "employee"}))
    now = story.at(date(2026, 12, 3))
    assert now.standings["talk_accused"].state is State.BLOCKED
    assert due(now, "sector_notice") == date(2026, 12, 4)
    assert {"safety_advice", "board_notice", "authority_notice"} <= open_steps(now)


def test_after_no_talk_now_the_other_side_is_heard_as_soon_as_it_is_safe() -> None:
    story = assessed(severity="red")
    story.do(FIRST, "talk_victim", "held")
    review = date(2026, 12, 15)
    story.do(FIRST, "safety_advice", "not_now", days={"safety_day": review})
    assert state(story, "talk_accused") is State.DROPPED
    assert state(story, "talk_together") is State.NOT_NEEDED
    assert due(story.at(FIRST), "safety_later") == review
    story.do(review, "safety_later", "go_ahead")
    assert state(story, "talk_accused", review) is State.OPEN


def test_a_talk_together_is_never_for_red_and_only_with_consent() -> None:
    assert state(assessed(severity="red"), "talk_together") is State.NOT_NEEDED
    story = assessed()
    assert story.at(FIRST).standings["talk_together"].consent is ConsentState.TO_ASK
    story.tell(ConsentRefused(FIRST, "talk_together"))
    assert state(story, "talk_together") is State.DROPPED


# Power and the counsellor


def test_power_makes_the_manager_responsible_and_a_counsellor_sure() -> None:
    story = assessed(power="yes", offender="employee")
    story.do(FIRST, "talk_victim", "held")
    now = story.at(FIRST)
    assert now.standings["counsellor"].waits_for == ("manager_takes_over",)
    assert due(now, "manager_takes_over") == date(2026, 12, 2)
    story.do(FIRST, "manager_takes_over")
    now = story.at(FIRST)
    assert "explain_procedure" in open_steps(now)
    assert "none" not in now.standings["counsellor"].outcomes
    story.do(FIRST, "counsellor", "external_wish")
    assert {"investigate", "employer_measures"} <= open_steps(story.at(FIRST))


def test_without_power_the_person_may_do_without_a_counsellor() -> None:
    story = assessed()
    story.do(FIRST, "talk_victim", "held")
    assert "none" in story.at(FIRST).standings["counsellor"].outcomes
    story.do(FIRST, "counsellor", "internal")
    assert state(story, "investigate") is State.NOT_NEEDED


def test_who_listened_does_not_investigate() -> None:
    always = Period(date(2020, 1, 1))
    roster = Roster(
        (Holding("Kim", "counsellor", always), Holding("Sam", "outside_counsellor", always))
    )
    story = assessed(power="yes", offender="employee").seat(
        FIRST, "counsellor", "counsellor", "Kim"
    )
    seated = who(NEW, story.at(FIRST), "investigator", roster, FIRST)
    assert (seated.role, seated.member) == ("outside_counsellor", "Sam")


def test_the_accused_professional_is_replaced_by_the_manager() -> None:
    always = Period(date(2020, 1, 1))
    roster = Roster((Holding("Eva", "responsible", always), Holding("Lee", "line_manager", always)))
    story = told(offender="employee").bar(FIRST, "Eva")
    assert who(NEW, story.at(FIRST), "responsible", roster, FIRST).member == "Lee"


# Duties


def test_registration_waits_for_the_talk_while_its_clock_runs() -> None:
    now = assessed().at(date(2026, 12, 8))
    standing = now.standings["register"]
    assert standing.waits_for == ("talk_victim",)
    assert standing.due.day == date(2026, 12, 2)
    assert standing.overdue


@pytest.mark.parametrize("offender", ["participant", "third_party"])
def test_the_sector_and_the_board_hear_only_of_employees(offender: str) -> None:
    story = assessed(offender=offender)
    assert not {"sector_notice", "board_notice"} & open_steps(story.at(FIRST))


@pytest.mark.parametrize("procedure", [OLD, NEW, DANGER])
def test_whatever_leaves_the_room_is_a_duty_that_is_told(procedure: Procedure) -> None:
    for step in procedure.steps:
        if step.notifies:
            assert step.duty
            assert step.reporter
        if step.consent:
            assert step.consent.of == "concerned"


def test_the_measures_are_those_of_the_employer_when_it_is_an_employee() -> None:
    story = after_talks("chronic", offender="employee")
    story.do(FIRST, "counsellor", "none")
    now = story.at(FIRST)
    assert now.standings["employer_measures"].state is State.OPEN
    assert now.standings["measures"].state is State.NOT_NEEDED


# Aftercare and the end


@pytest.mark.parametrize(
    ("facts", "by"),
    [
        (date(2026, 9, 1), date(2026, 12, 3)),
        (date(2026, 11, 30), date(2026, 12, 7)),
        (None, date(2026, 12, 3)),
    ],
)
def test_aftercare_opens_with_the_report(facts: date | None, by: date) -> None:
    assert due(told(facts=facts).at(FIRST), "aftercare") == by


def test_the_promised_day_counts_for_the_next_aftercare() -> None:
    story = told()
    story.do(date(2026, 12, 2), "aftercare", "again", days={"next_contact": date(2026, 12, 16)})
    assert due(story.at(date(2026, 12, 2)), "aftercare") == date(2026, 12, 16)


def test_a_case_cannot_close_without_aftercare() -> None:
    story = after_talks("chronic")
    day = date(2026, 12, 4)
    story.do(day, "inform_manager", "by_professional")
    story.do(day, "counsellor", "none")
    story.do(day, "measures", "taken")
    story.do(day, "discuss_measures", "discussed")
    story.do(day, "explain", "no_wishes")
    assert "need_to_know" in open_steps(story.at(day))
    story.do(day, "evaluate", "fine")
    story.do(day, "register_check", "complete")
    now = story.at(day)
    assert now.standings["close"].outcomes == ()
    assert now.standings["close"].withheld[0].holding_up == ("aftercare",)
    story.do(day, "aftercare", "not_wanted")
    story.do(day, "close", "settled")
    ended = story.at(day)
    assert ended.ended is not None
    assert ended.ended.ending == "settled"
    assert not ended.problems
    assert due(ended, "compliance") == date(2027, 1, 4)


def test_adjusted_measures_are_discussed_and_explained_again() -> None:
    story = after_talks("chronic")
    for step, outcome in (
        ("counsellor", "none"),
        ("measures", "taken"),
        ("discuss_measures", "discussed"),
        ("explain", "no_wishes"),
    ):
        story.do(FIRST, step, outcome)
    story.do(FIRST, "evaluate", "adjust", reason="Not enough")
    assert state(story, "measures") is State.OPEN
    story.do(FIRST, "measures", "taken")
    assert {"discuss_measures", "explain"} <= open_steps(story.at(FIRST))


def test_not_wanting_to_go_on_does_not_undo_the_duties() -> None:
    story = assessed(offender="employee")
    story.do(FIRST, "stop", "heard")
    now = story.at(FIRST)
    assert not odd(now)
    assert {"register", "sector_notice", "board_notice", "aftercare"} <= open_steps(now)


# In and out


def test_a_late_complaint_that_is_transgressive_knows_no_month() -> None:
    complaint = load_procedure("complaint", 1, "nl")
    story = Story(complaint).start(FIRST)
    story.do(FIRST, "receive", "transgressive", days={"facts": date(2026, 10, 1)})
    assert story.at(FIRST).converted_to == "transgressive"
    story.procedure = NEW
    story.start(FIRST)
    now = story.at(FIRST)
    assert open_steps(now) == {"report"}
    assert now.days["facts"] == date(2026, 10, 1)
    assert not any(step.check for step in NEW.steps)


def test_what_happens_elsewhere_is_danger_and_what_is_towards_staff_is_referred() -> None:
    story = Story(NEW).start(FIRST)
    story.do(FIRST, "report", "outside")
    assert story.at(FIRST).converted_to == "danger_to_integrity"
    staff = Story(NEW).start(FIRST)
    staff.do(FIRST, "report", "against_staff", reason="An employee was hit")
    assert odd(staff.at(FIRST)) == [(Odd.REFERRAL_MISSING, "report")]
    staff.tell(StepDone(FIRST, "report", "against_staff", reason="x", referred_to="Employer"))
    assert staff.at(FIRST).ended is not None


def test_the_ordinary_course_comes_to_an_end() -> None:
    for procedure in (OLD, NEW, DANGER):
        assert simulate(procedure, FIRST, BE).ending


# Danger to integrity (P5)


def test_danger_comes_first_and_advice_has_no_name() -> None:
    story = Story(DANGER).start(date(2026, 12, 24))
    story.do(date(2026, 12, 24), "receive", "outside")
    now = story.at(date(2026, 12, 24))
    assert due(now, "danger") == date(2026, 12, 28)
    assert DANGER.step("advice").consent is None
    assert not DANGER.step("advice").notifies
    assert DANGER.derived
    assert DANGER.step("own_scheme").optional


def test_a_story_about_home_is_not_closed_before_its_referral_was_followed() -> None:
    story = Story(DANGER).start(FIRST)
    story.do(FIRST, "receive", "outside")
    story.do(FIRST, "danger", "no_danger_now")
    story.do(FIRST, "advice", "given")
    story.do(FIRST, "decide", "help_service")
    story.do(FIRST, "aftercare", "enough")
    assert state(story, "refer") is State.BLOCKED
    assert state(story, "close") is State.AHEAD
    story.tell(ConsentRefused(FIRST, "refer"))
    assert state(story, "decide") is State.OPEN


@pytest.mark.parametrize("procedure", [OLD, NEW, DANGER])
def test_every_step_says_where_it_comes_from(procedure: Procedure) -> None:
    assert all(step.source and step.guidance for step in procedure.steps)
