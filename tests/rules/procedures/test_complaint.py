"""The service complaint on a calendar, by hand-checked cases (R-004-114…218, P3, P18, P20, P27)."""

from datetime import date

import pytest

from klankbord.rules.procedures.checks import proposed_checks
from klankbord.rules.procedures.events import (
    CaseReopened,
    Found,
    SeatTaken,
    Started,
    StepDone,
    StepSkipped,
)
from klankbord.rules.procedures.progress import AnotherProcedure, progress
from klankbord.rules.procedures.reading import load_procedure
from klankbord.rules.procedures.simulation import simulate
from klankbord.rules.procedures.standing import Odd, State
from klankbord.rules.terms import Calendar
from tests.rules.procedures.telling import (
    BE,
    BE_CLOSED,
    NL,
    Story,
    due,
    odd,
    open_steps,
    signed_complaint,
)

COMPLAINT = load_procedure("complaint", 1, "nl")


def handled(signed: date = date(2026, 12, 1)) -> Story:
    """Signed 1 Dec 2026, handed over 4 Dec, admissible 15 Dec; Dora is responsible."""
    story = signed_complaint(COMPLAINT, signed)
    story.do(date(2026, 12, 4), "hand_over")
    story.do(date(2026, 12, 15), "admissibility", "admissible")
    return story


def founded() -> Story:
    story = handled()
    story.do(date(2026, 12, 18), "analysis", "founded")
    return story


def answered() -> Story:
    """Founded, answered on 11 January 2027, checked on the promised day, ready to be filed."""
    story = founded()
    story.do(date(2026, 12, 22), "solution")
    story.do(date(2027, 1, 19), "inform_daily_board")
    story.do(date(2027, 1, 11), "answer", "sent_founded", days={"recheck": date(2027, 2, 1)})
    story.do(date(2027, 2, 1), "effect_check", "helps")
    story.do(date(2027, 2, 2), "complete")
    return story


def closed() -> Story:
    story = answered()
    story.do(date(2027, 2, 3), "filing", "filed_founded")
    return story


@pytest.mark.parametrize(
    ("signed", "calendar", "expected"),
    [
        (date(2026, 12, 21), BE, [date(2026, 12, 29), date(2027, 1, 13), date(2027, 2, 24)]),
        (date(2026, 12, 21), BE_CLOSED, [date(2027, 1, 6), date(2027, 1, 20), date(2027, 3, 3)]),
        (date(2027, 3, 1), BE, [date(2027, 3, 8), date(2027, 3, 22), date(2027, 5, 4)]),
        (date(2027, 3, 1), NL, [date(2027, 3, 8), date(2027, 3, 22), date(2027, 5, 10)]),
        (date(2026, 12, 21), NL, [date(2026, 12, 29), date(2027, 1, 13), date(2027, 2, 24)]),
        # over the summer: 21 July is a Wednesday, 15 August a Sunday
        (date(2027, 7, 12), BE, [date(2027, 7, 19), date(2027, 8, 3), date(2027, 9, 14)]),
        (date(2027, 7, 12), NL, [date(2027, 7, 19), date(2027, 8, 2), date(2027, 9, 13)]),
    ],
)
def test_five_fifteen_and_thirty_working_days_with_each_step_on_its_last_day(
    signed: date, calendar: Calendar, expected: list[date]
) -> None:
    """R-004-161, R-004-165, R-004-190, R-004-218."""
    timeline = simulate(COMPLAINT, signed, calendar)
    on = {moment.step: moment.on for moment in timeline.moments}

    assert [on["hand_over"], on["admissibility"], on["answer"]] == expected
    assert timeline.ending == "closed_founded"


def test_the_question_about_transgressive_behaviour_comes_before_any_condition() -> None:
    """R-004-150, K6: told three months late, and converted at once without the month."""
    story = Story(COMPLAINT).start(date(2026, 12, 1))
    story.do(date(2026, 12, 1), "receive", "transgressive", days={"facts": date(2026, 9, 1)})

    now = story.at(date(2026, 12, 1))

    assert now.converted_to == "transgressive"
    assert open_steps(now) == set()
    assert now.days == {"facts": date(2026, 9, 1)}


def test_an_inadmissible_ending_has_always_passed_that_question() -> None:
    assert "receive" in COMPLAINT.endings["inadmissible"].never_without


def test_the_strictest_start_of_the_fifteen_days_binds_before_the_hand_over_is_known() -> None:
    """K8."""
    story = signed_complaint(COMPLAINT, date(2026, 12, 1))

    assert due(story.at(date(2026, 12, 2)), "hand_over") == date(2026, 12, 8)
    story.do(date(2026, 12, 4), "hand_over")
    assert due(story.at(date(2026, 12, 5)), "admissibility") == date(2026, 12, 22)


def test_a_founded_complaint_opens_the_solution_and_the_notice_to_the_daily_board() -> None:
    """R-004-146, R-004-180."""
    now = founded().at(date(2026, 12, 18))

    assert {"solution", "inform_daily_board"} <= open_steps(now)
    assert due(now, "inform_daily_board") == date(2027, 1, 19)
    assert now.standings["inform_board"].state is State.NOT_NEEDED


def test_when_the_chair_takes_over_the_full_board_is_told_instead() -> None:
    """R-004-162, R-004-181, P18."""
    story = founded().bar(date(2026, 12, 21), "Dirk")
    story.seat(date(2026, 12, 21), "responsible", "chair", "Chris")

    now = story.at(date(2026, 12, 21))

    assert now.standings["inform_daily_board"].state is State.NOT_NEEDED
    assert due(now, "inform_board") == date(2027, 3, 11)


def test_when_the_chair_takes_over_nobody_under_the_director_files_the_case() -> None:
    """P18."""
    story = answered().seat(date(2027, 2, 2), "responsible", "chair", "Chris")

    now = story.at(date(2027, 2, 2))

    assert now.standings["filing"].state is State.NOT_NEEDED
    assert now.standings["filing_by_chair"].to_do


def test_whoever_sits_in_the_seat_and_turns_out_to_be_accused_loses_it() -> None:
    now = founded().bar(date(2026, 12, 21), "Dora").at(date(2026, 12, 21))

    assert "responsible" not in now.seats
    assert now.standings["inform_board"].to_do


def test_filing_while_a_board_is_still_to_be_told_can_only_say_incomplete() -> None:
    """R-000-22, R-004-194."""
    story = founded()
    story.do(date(2026, 12, 22), "solution")
    story.do(date(2027, 1, 11), "answer", "sent_founded", days={"recheck": date(2027, 2, 1)})
    story.do(date(2027, 2, 1), "effect_check", "helps")
    story.do(date(2027, 2, 2), "complete")

    filing = story.at(date(2027, 2, 2)).standings["filing"]

    assert filing.state is State.OPEN
    assert filing.outcomes == ("incomplete",)
    assert [w.holding_up for w in filing.withheld if w.outcome == "filed_founded"] == [
        ("inform_daily_board",)
    ]


def test_a_founded_complaint_cannot_close_without_measures_answer_and_effect_check() -> None:
    """R-004-146, R-004-186."""
    ending = COMPLAINT.endings["closed_founded"]

    assert {"solution", "answer", "effect_check"} <= set(ending.never_without)


def test_a_closed_case_still_asks_once_a_year_whether_the_measures_are_observed() -> None:
    """R-004-196: counted from the answer, so a late check does not move the next."""
    story = closed()
    now = story.at(date(2027, 2, 3))

    assert now.ended is not None
    assert now.ended.ending == "closed_founded"
    assert due(now, "measures_check") == date(2028, 1, 11)
    story.do(date(2028, 1, 11), "measures_check", "observed")
    story.do(date(2029, 1, 30), "measures_check", "observed")
    later = story.at(date(2029, 1, 30))
    assert due(later, "measures_check") == date(2030, 1, 11)
    assert [r.late for r in later.standings["measures_check"].done] == [False, True]


def test_a_case_reopens_only_where_its_ending_allows() -> None:
    story = closed()
    story.tell(CaseReopened(date(2027, 3, 1), "solution", "It went wrong again"))
    now = story.at(date(2027, 3, 1))

    assert now.ended is None
    assert "solution" in open_steps(now)
    assert due(now, "measures_check") == date(2028, 1, 11)

    elsewhere = closed().tell(CaseReopened(date(2027, 3, 1), "sign", "It went wrong again"))
    assert odd(elsewhere.at(date(2027, 3, 1))) == [(Odd.CANNOT_REOPEN_THERE, "sign")]
    for_nothing = closed().tell(CaseReopened(date(2027, 3, 1), "solution", ""))
    assert odd(for_nothing.at(date(2027, 3, 1))) == [(Odd.REASON_MISSING, "solution")]


def test_a_second_answer_has_a_term_of_its_own_and_is_not_overdue_at_birth() -> None:
    """A start is used once: the admissibility of December does not run again."""
    story = closed().tell(CaseReopened(date(2027, 3, 1), "solution", "It went wrong again"))
    story.do(date(2027, 3, 5), "solution")

    answer = story.at(date(2027, 3, 5)).standings["answer"]

    assert answer.round == 2
    assert answer.due.day == date(2027, 4, 19)  # 30 working days over Easter Monday
    assert not answer.overdue


def test_a_second_effect_check_waits_for_the_newly_promised_day() -> None:
    story = founded()
    story.do(date(2026, 12, 22), "solution")
    story.do(date(2027, 1, 11), "answer", "sent_founded", days={"recheck": date(2027, 2, 1)})
    story.do(date(2027, 2, 1), "effect_check", "not_enough")
    story.do(date(2027, 2, 5), "solution")
    story.do(date(2027, 2, 8), "answer", "sent_founded", days={"recheck": date(2027, 3, 1)})

    assert due(story.at(date(2027, 2, 8)), "effect_check") == date(2027, 3, 1)


def test_an_answer_without_the_promised_day_is_not_yet_sent() -> None:
    """R-004-186: the term stays, so nothing is lost."""
    story = founded()
    story.do(date(2026, 12, 22), "solution")
    story.do(date(2027, 1, 11), "answer", "sent_founded")
    now = story.at(date(2027, 1, 11))

    assert odd(now) == [(Odd.DAY_MISSING, "answer")]
    assert due(now, "answer") == date(2027, 1, 28)


def test_correcting_the_signature_moves_the_terms_and_keeps_the_later_steps() -> None:
    story = signed_complaint(COMPLAINT, date(2026, 12, 1))
    signing = next(
        item.seq
        for item in story.events
        if isinstance(item.event, StepDone) and item.event.step == "sign"
    )
    story.do(date(2026, 12, 4), "hand_over")
    assert due(story.at(date(2026, 12, 5)), "admissibility") == date(2026, 12, 22)

    earlier = date(2026, 11, 24)
    right = StepDone(earlier, "sign", "signed", days={"signed": earlier})
    now = story.correct(date(2026, 12, 5), signing, right).at(date(2026, 12, 5))

    assert due(now, "admissibility") == date(2026, 12, 15)
    assert now.standings["hand_over"].state is State.DONE
    assert now.problems == ()


def test_correcting_admissible_into_inadmissible_leaves_later_work_visible() -> None:
    story = handled()
    admissible = len(story.events)
    story.do(date(2026, 12, 18), "analysis", "founded")
    story.do(date(2026, 12, 22), "solution")
    wrong = StepDone(date(2026, 12, 15), "admissibility", "inadmissible", reason="Out of time")

    now = story.correct(date(2026, 12, 23), admissible, wrong).at(date(2026, 12, 23))

    assert now.ended is not None
    assert (now.ended.ending, now.ended.day) == ("inadmissible", date(2026, 12, 15))
    assert odd(now) == [(Odd.NOT_ON_PATH, "analysis"), (Odd.NOT_ON_PATH, "solution")]


def test_taking_admissible_back_opens_the_question_again_with_its_term() -> None:
    story = handled()
    now = story.correct(date(2026, 12, 16), len(story.events), None).at(date(2026, 12, 16))

    assert due(now, "admissibility") == date(2026, 12, 22)


def test_taking_a_correction_back_puts_the_first_words_in_their_place() -> None:
    story = handled()
    place = len(story.events)
    story.correct(date(2026, 12, 16), place, None)
    now = story.correct(date(2026, 12, 17), len(story.events), None).at(date(2026, 12, 17))

    assert "analysis" in open_steps(now)
    assert now.problems == ()


def test_a_correction_of_nothing_and_of_the_procedure_itself_is_reported() -> None:
    story = handled()
    story.correct(date(2026, 12, 16), 99, None)
    story.correct(date(2026, 12, 16), 1, Started(date(2026, 12, 1), "listening", 1))

    now = story.at(date(2026, 12, 16))

    assert [kind for kind, _ in odd(now)] == [Odd.CORRECTS_NOTHING] * 2
    assert "analysis" in open_steps(now)


def test_of_two_people_who_finish_the_analysis_the_first_counts() -> None:
    story = handled()
    story.do(date(2026, 12, 18), "analysis", "founded", round=1)
    story.do(date(2026, 12, 18), "analysis", "unfounded", round=1, reason="No")

    now = story.at(date(2026, 12, 18))

    assert now.findings["analysis"] == "founded"
    assert odd(now) == [(Odd.DONE_ALREADY, "analysis")]


def test_facts_and_written_days_go_along_when_it_turns_out_to_be_something_else() -> None:
    story = handled()
    story.do(date(2026, 12, 16), "turns_out", "transgressive", reason="It is about touching")
    now = story.at(date(2026, 12, 16))

    assert now.converted_to == "transgressive"
    assert now.standings["analysis"].state is not State.OPEN
    assert now.days["signed"] == date(2026, 12, 1)


def test_a_case_is_not_read_by_another_version_or_procedure() -> None:
    story = Story(COMPLAINT)
    story.tell(Started(date(2026, 12, 1), "complaint", 2))
    with pytest.raises(AnotherProcedure):
        story.at(date(2026, 12, 1))

    changed = Story(COMPLAINT).tell(Started(date(2026, 12, 1), "complaint", 1, digest="0" * 64))
    with pytest.raises(AnotherProcedure):
        changed.at(date(2026, 12, 1))


def test_withdrawn_before_signing_is_counted_and_after_it_registered() -> None:
    """K5, K16."""
    before = Story(COMPLAINT).start(date(2026, 12, 1))
    before.do(date(2026, 12, 1), "receive", "service")
    before.do(date(2026, 12, 2), "withdraw", "not_pursued")
    after = handled()
    after.do(date(2026, 12, 16), "withdraw", "withdrawn")
    first, second = before.at(date(2026, 12, 16)).ended, after.at(date(2026, 12, 16)).ended

    assert first is not None
    assert second is not None
    assert COMPLAINT.endings[first.ending].counts
    assert COMPLAINT.endings[second.ending].registers == "complaints"


def test_an_informal_remark_is_counted_and_never_registered() -> None:
    """R-004-121, K16."""
    ending = COMPLAINT.endings["informal"]

    assert ending.counts
    assert ending.registers == ""


def test_somebody_who_wants_to_stay_unknown_is_shown_another_way() -> None:
    """K4: not without saying which."""
    story = Story(COMPLAINT).start(date(2026, 12, 1))
    story.do(date(2026, 12, 1), "receive", "stays_unknown")
    assert odd(story.at(date(2026, 12, 1))) == [(Odd.REFERRAL_MISSING, "receive")]

    story.do(date(2026, 12, 1), "receive", "stays_unknown", referred_to="the counsellor")
    assert story.at(date(2026, 12, 1)).ended is not None


def test_the_eight_conditions_are_judged_one_by_one_and_none_asks_an_employees_name() -> None:
    """R-004-131…140, P20."""
    checks = COMPLAINT.step("admissibility").check

    assert len(checks) == 8
    assert "R-004-138" in next(c for c in checks if c.key == "known_user").source


def test_the_answer_may_lack_none_of_its_parts() -> None:
    """R-004-183…189, R-004-142."""
    assert set(COMPLAINT.letters["answer_founded"].parts) == {
        "measures",
        "execution",
        "recheck",
        "feedback",
        "closing",
        "appeal",
        "contact",
    }
    assert "arguments" in COMPLAINT.letters["answer_unfounded"].parts
    assert all("contact" in letter.parts for letter in COMPLAINT.letters.values())


def test_a_refusal_names_what_one_can_still_do() -> None:
    """K23."""
    assert "other_ways" in COMPLAINT.letters["inadmissible"].parts


def test_an_optional_step_may_be_skipped_with_a_reason_and_a_duty_may_not() -> None:
    story = founded()
    story.tell(StepSkipped(date(2026, 12, 18), "consult", "Everything is known"))
    story.tell(StepSkipped(date(2026, 12, 18), "solution", "No time"))
    now = story.at(date(2026, 12, 18))

    assert now.standings["consult"].state is State.SKIPPED
    assert odd(now) == [(Odd.CANNOT_BE_SKIPPED, "solution")]


def test_no_meeting_planned_means_no_day_and_a_warning() -> None:
    story = handled()
    story.calendar = Calendar("BE")
    story.do(date(2026, 12, 18), "analysis", "founded")

    notice = story.at(date(2026, 12, 18)).standings["inform_daily_board"]

    assert notice.due.day is None
    assert notice.due.no_meeting == "daily_board"


def test_what_was_shown_on_a_day_can_be_told_again() -> None:
    story = closed()
    then = progress(COMPLAINT, story.events[:8], BE, date(2026, 12, 4))

    assert due(then, "admissibility") == date(2026, 12, 22)
    assert "analysis" not in open_steps(then)


def test_strange_words_are_reported_and_change_nothing() -> None:
    story = handled()
    story.do(date(2026, 12, 16), "nonsense")
    story.do(date(2026, 12, 16), "analysis", "nonsense")
    story.tell(Found(date(2026, 12, 16), {"channel": "smoke"}, {"nonsense": date(2026, 1, 1)}))
    story.tell(SeatTaken(date(2026, 12, 16), "throne", "king", "Karel"))

    assert [kind for kind, _ in odd(story.at(date(2026, 12, 16)))] == [
        Odd.UNKNOWN_STEP,
        Odd.UNKNOWN_OUTCOME,
        Odd.UNKNOWN_WORD,
        Odd.UNKNOWN_WORD,
        Odd.UNKNOWN_WORD,
    ]


@pytest.mark.parametrize(
    ("facts", "in_time"),
    [
        (date(2026, 11, 1), True),  # the month ends on 1 December, the day it was told
        (date(2026, 10, 31), False),  # the month ended on 30 November, a Monday
        (date(2026, 10, 1), False),
        (None, None),
    ],
)
def test_the_month_is_proposed_from_the_day_on_which_it_was_first_told(
    facts: date | None, in_time: bool | None
) -> None:
    """R-004-139: from the first word, not from the signature a direct attempt later."""
    story = signed_complaint(COMPLAINT, date(2026, 12, 15), told=date(2026, 12, 1))
    if facts:
        story.tell(Found(date(2026, 12, 1), days={"facts": facts}))

    proposed = proposed_checks(COMPLAINT.step("admissibility"), story.at(date(2026, 12, 15)), BE)

    assert proposed["in_time"] is in_time
    assert proposed["own_service"] is None
