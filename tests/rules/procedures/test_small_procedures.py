"""Call-back, advice, prevention visit, informal remark and conduct complaint."""

from datetime import date

import pytest

from klankbord.rules.procedures.events import ConsentGiven, ConsentRefused, Found
from klankbord.rules.procedures.proof import proof
from klankbord.rules.procedures.reading import load_procedure
from klankbord.rules.procedures.shape import Procedure
from klankbord.rules.procedures.simulation import simulate
from klankbord.rules.terms import Calendar
from tests.rules.procedures.telling import BE, BE_CLOSED, NL, Story, due, open_steps

SMALL = ("call_back", "advice", "prevention_visit", "informal_remark", "conduct_complaint")
CALL_BACK, ADVICE, VISIT, REMARK, CONDUCT = (load_procedure(key, 1, "nl") for key in SMALL)


@pytest.mark.parametrize("key", SMALL)
def test_the_file_is_sound_in_four_languages(key: str) -> None:
    proven = proof(key, 1)

    assert proven.findings == ()
    assert proven.remarks == ()


@pytest.mark.parametrize("procedure", [CALL_BACK, ADVICE, VISIT, REMARK, CONDUCT], ids=SMALL)
@pytest.mark.parametrize("calendar", [BE, NL], ids=["BE", "NL"])
def test_the_ordinary_course_comes_to_an_end(procedure: Procedure, calendar: Calendar) -> None:
    timeline = simulate(procedure, date(2026, 12, 21), calendar)

    assert timeline.ending


# Call-back


@pytest.mark.parametrize("calendar", [BE, BE_CLOSED, NL])
def test_a_call_back_is_one_calendar_day_whatever_is_closed(calendar: Calendar) -> None:
    """R-002-47: asked on 24 December, called on Christmas Day, by the substitute if need be."""
    story = Story(CALL_BACK, calendar).start(date(2026, 12, 24))

    assert due(story.at(date(2026, 12, 24)), "call") == date(2026, 12, 25)


def test_a_person_may_ask_for_a_later_day() -> None:
    """R-002-49."""
    story = Story(CALL_BACK).start(date(2026, 12, 1))
    story.tell(Found(date(2026, 12, 1), days={"asked_day": date(2026, 12, 8)}))

    assert due(story.at(date(2026, 12, 1)), "call") == date(2026, 12, 8)


def test_not_reached_is_tried_again_within_a_day() -> None:
    story = Story(CALL_BACK).start(date(2026, 12, 1))
    story.do(date(2026, 12, 2), "call", "try_again")

    assert due(story.at(date(2026, 12, 2)), "call") == date(2026, 12, 3)


def test_after_the_call_an_appointment_comes_as_soon_as_possible() -> None:
    """R-002-48: on the agreed day, and within ten days when none was noted."""
    story = Story(CALL_BACK).start(date(2026, 12, 1))
    story.do(date(2026, 12, 2), "call", "appointment", days={"appointment": date(2026, 12, 4)})

    assert due(story.at(date(2026, 12, 2)), "meet") == date(2026, 12, 4)


def test_a_call_back_holds_no_content() -> None:
    """R-002-20, R-002-46: no form, no register, no finding about what happened."""
    assert all(not step.form and not step.registers for step in CALL_BACK.steps)
    assert set(CALL_BACK.findings) == {"channel", "meeting"}
    assert all(not ending.registers for ending in CALL_BACK.endings.values())


@pytest.mark.parametrize(
    ("outcome", "procedure"),
    [("listening", "listening"), ("youth", "youth_contact"), ("advice", "advice")],
)
def test_after_the_talk_the_person_chooses_the_way(outcome: str, procedure: str) -> None:
    story = Story(CALL_BACK).start(date(2026, 12, 1))
    story.do(date(2026, 12, 1), "call", "talked_now")
    story.do(date(2026, 12, 1), "after_talk", outcome)

    assert story.at(date(2026, 12, 1)).converted_to == procedure


# Advice


def test_advice_is_asked_or_unasked_and_written_down_without_an_identity() -> None:
    """R-003-24, R-000-25."""
    assert set(ADVICE.findings["occasion"].options) == {"asked", "unasked"}
    assert {check.key for check in ADVICE.step("give").check} == {
        "no_person",
        "no_moment",
        "no_source",
    }
    assert ADVICE.step("give").registers == "advice"
    assert all(not step.notifies and not step.form for step in ADVICE.steps)


def test_advice_comes_on_the_promised_day_and_at_the_latest_in_ten_working_days() -> None:
    story = Story(ADVICE).start(date(2026, 12, 1))
    story.do(date(2026, 12, 1), "ask", "advice", days={"answer_by": date(2026, 12, 7)})

    assert due(story.at(date(2026, 12, 1)), "give") == date(2026, 12, 7)


def test_unasked_advice_can_be_given_at_once() -> None:
    """Tuesday 1 December 2026 and ten working days: Tuesday the 15th."""
    story = Story(ADVICE).start(date(2026, 12, 1))
    story.do(date(2026, 12, 1), "ask", "at_once", findings={"occasion": "unasked"})

    assert due(story.at(date(2026, 12, 1)), "give") == date(2026, 12, 15)


def test_somebody_who_is_in_it_now_needs_more_than_advice() -> None:
    """R-000-37, P9."""
    ways = {outcome.converts_to for outcome in ADVICE.step("ask").outcomes}

    assert {"youth_contact", "listening", "transgressive", "prevention_visit"} <= ways


# Prevention visit


def test_a_visit_does_not_solve_what_just_happened() -> None:
    """R-000-24."""
    story = Story(VISIT).start(date(2026, 12, 1))
    story.do(date(2026, 12, 1), "request", "something_happened")

    assert story.at(date(2026, 12, 1)).converted_to == "youth_contact"


def test_whoever_tells_something_during_a_visit_gets_a_case_of_their_own() -> None:
    story = Story(VISIT).start(date(2026, 12, 1))
    story.do(date(2026, 12, 1), "request", "comes", days={"visit_day": date(2027, 1, 15)})
    story.do(date(2027, 1, 10), "plan")
    story.do(date(2027, 1, 15), "visit", "told")
    now = story.at(date(2027, 1, 15))

    assert now.linked == ("youth_contact",)
    assert due(now, "look_back") == date(2027, 2, 15)


# Informal remark


def test_a_remark_is_counted_and_never_registered() -> None:
    """R-004-121, K16: no register, no form, no day, no person."""
    assert all(not step.registers and not step.form for step in REMARK.steps)
    assert all(not ending.registers and ending.counts for ending in REMARK.endings.values())
    assert REMARK.days == {}
    assert set(REMARK.findings) == {"topic"}


def test_the_person_decides_whether_it_becomes_a_complaint() -> None:
    """R-004-123, R-004-124."""
    story = Story(REMARK).start(date(2026, 12, 1))
    story.do(date(2026, 12, 1), "hear", "remark")
    story.do(date(2026, 12, 2), "follow_up", "not_enough")

    assert story.at(date(2026, 12, 2)).converted_to == "complaint"


# Conduct complaint


def complained() -> Story:
    story = Story(CONDUCT).start(date(2026, 12, 1))
    story.do(date(2026, 12, 1), "receive", "conduct")
    return story


def ruled() -> Story:
    story = complained()
    days = {"confirm_by": date(2026, 12, 8), "decide_by": date(2027, 1, 29)}
    story.do(date(2026, 12, 2), "rules", "own_rules", days=days)
    story.do(date(2026, 12, 3), "write_down", "filed", days={"filed": date(2026, 12, 3)})
    return story


def test_neither_the_eight_conditions_nor_the_month_apply_to_conduct() -> None:
    """P3, K25."""
    assert all(not step.check for step in CONDUCT.steps)
    assert "facts" not in CONDUCT.days
    assert "inadmissible" not in CONDUCT.endings
    assert not any(step.form.startswith("complaint") for step in CONDUCT.steps)


def test_the_employers_own_rules_give_the_days() -> None:
    """P3: the day that the rules name is written down and binds."""
    story = ruled()
    assert due(story.at(date(2026, 12, 3)), "confirm") == date(2026, 12, 8)

    for step in ("confirm", "hear_complainant"):
        story.do(date(2026, 12, 8), step)
    story.tell(ConsentGiven(date(2026, 12, 9), "tell_other"))
    story.do(date(2026, 12, 9), "tell_other")
    story.do(date(2026, 12, 14), "hear_other", "heard")
    story.do(date(2027, 1, 15), "investigate")

    assert due(story.at(date(2027, 1, 15)), "decide") == date(2027, 1, 29)
    assert "document" in CONDUCT.letters["rules"].parts
    assert "own_rules" in {outcome.key for outcome in CONDUCT.step("rules").outcomes}


def test_the_other_hears_of_it_only_with_consent_and_refusal_leaves_other_ways() -> None:
    """R-003-22."""
    story = ruled()
    for step in ("confirm", "hear_complainant"):
        story.do(date(2026, 12, 8), step)
    story.tell(ConsentRefused(date(2026, 12, 9), "tell_other"))

    assert "without_other" in open_steps(story.at(date(2026, 12, 9)))
    assert "hear_other" not in open_steps(story.at(date(2026, 12, 9)))


def test_safety_is_arranged_at_once() -> None:
    assert due(complained().at(date(2026, 12, 1)), "protect") == date(2026, 12, 2)


def test_who_listened_does_not_investigate_and_goes_on_accompanying() -> None:
    """K1, R-002-17, R-003-41."""
    assert CONDUCT.seats["investigator"].not_also == ("counsellor",)
    assert "counsellor" not in CONDUCT.seats["investigator"].succession
    assert CONDUCT.step("support").anytime
    assert CONDUCT.step("aftercare").by[0] == "counsellor"


def test_a_complainant_may_withdraw_at_any_moment() -> None:
    """R-002-22, R-003-21."""
    story = ruled()
    story.do(date(2026, 12, 4), "withdraw", "withdrawn")
    now = story.at(date(2026, 12, 4))

    assert now.ended is not None
    assert now.ended.ending == "withdrawn"
