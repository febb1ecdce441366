"""Integrity reports in Belgium and the Netherlands: the European clocks (R-002-36…43, K17)."""

from datetime import date

import pytest

from klankbord.rules.library import NotInLibrary
from klankbord.rules.procedures.events import ActedWithoutConsent, ConsentAsked, ConsentGiven
from klankbord.rules.procedures.proof import proof
from klankbord.rules.procedures.reading import load_procedure, procedure_in_force
from klankbord.rules.procedures.shape import Procedure
from klankbord.rules.procedures.simulation import simulate
from klankbord.rules.procedures.standing import Odd, State
from klankbord.rules.terms import Calendar
from tests.rules.procedures.telling import BE, BE_CLOSED, NL, Story, due, odd, open_steps

BELGIUM = load_procedure("integrity_report_be", 1, "nl")
NETHERLANDS = load_procedure("integrity_report_nl", 1, "nl")
COUNTRIES = pytest.mark.parametrize("procedure", [BELGIUM, NETHERLANDS], ids=["BE", "NL"])
RECEIVED = date(2026, 11, 30)


def reported(procedure: Procedure, calendar: Calendar = BE, on: date = RECEIVED) -> Story:
    return Story(procedure, calendar).start(on)


@pytest.mark.parametrize("key", ["integrity_report_be", "integrity_report_nl"])
def test_the_file_is_sound_in_four_languages(key: str) -> None:
    proven = proof(key, 1)

    assert proven.findings == ()
    assert proven.remarks == ()


@COUNTRIES
@pytest.mark.parametrize("calendar", [BE, BE_CLOSED, NL])
def test_seven_days_are_calendar_days_and_do_not_move(
    procedure: Procedure, calendar: Calendar
) -> None:
    """Received Fri 18 December 2026: Christmas Day, whatever is closed (article 9(1)b)."""
    now = reported(procedure, calendar, date(2026, 12, 18)).at(date(2026, 12, 18))

    assert due(now, "acknowledge") == date(2026, 12, 25)


@COUNTRIES
@pytest.mark.parametrize(
    ("acknowledged", "expected"),
    [
        (date(2026, 12, 3), date(2027, 3, 3)),
        (date(2026, 12, 7), date(2027, 3, 7)),
        (date(2026, 12, 10), date(2027, 3, 7)),
        (None, date(2027, 3, 7)),
    ],
)
def test_three_months_from_the_acknowledgement_or_from_the_seventh_day(
    procedure: Procedure, acknowledged: date | None, expected: date
) -> None:
    """Received on 30 November 2026 (article 9(1)f); 7 March 2027 is a Sunday and stays it."""
    story = reported(procedure)
    if acknowledged:
        story.do(acknowledged, "acknowledge")

    assert due(story.at(date(2026, 12, 20)), "feedback") == expected


@COUNTRIES
def test_three_months_end_on_the_last_day_of_a_shorter_month(procedure: Procedure) -> None:
    """Acknowledged on Monday 30 November 2026: Sunday 28 February 2027."""
    story = reported(procedure, on=date(2026, 11, 27))
    story.do(date(2026, 11, 30), "acknowledge")

    assert due(story.at(date(2026, 12, 1)), "feedback") == date(2027, 2, 28)


@pytest.mark.parametrize(
    ("procedure", "calendar"), [(BELGIUM, BE), (NETHERLANDS, NL)], ids=["BE", "NL"]
)
def test_the_ordinary_course_with_each_step_on_its_last_day(
    procedure: Procedure, calendar: Calendar
) -> None:
    """Received Mon 22 March 2027: register at once, 7 days, 10 working days, 3 months.

    Ten working days pass Easter Monday (29 March) in both, and Good Friday in the Netherlands.
    """
    timeline = simulate(procedure, date(2027, 3, 22), calendar)
    on = {moment.step: moment.on for moment in timeline.moments}

    assert on["register"] == date(2027, 3, 23)
    assert on["acknowledge"] == date(2027, 3, 29)
    screened = {"BE": date(2027, 4, 6), "NL": date(2027, 4, 7)}
    assert on["screen"] == screened[calendar.country]
    assert on["feedback"] == date(2027, 6, 29)
    assert timeline.ending == "closed"


@COUNTRIES
def test_the_clocks_run_also_for_what_the_law_does_not_cover(procedure: Procedure) -> None:
    """R-000-04, P19: another way is shown, and the receipt and the feedback are still owed."""
    story = reported(procedure)
    story.do(
        date(2026, 12, 2), "screen", "not_covered", reason="A complaint", referred_to="Counsellor"
    )

    now = story.at(date(2026, 12, 3))

    assert {"acknowledge", "feedback", "close_other"} <= open_steps(now)
    assert now.standings["close_other"].waits_for
    assert "closed" not in now.standings["close_other"].outcomes


@COUNTRIES
def test_feedback_so_far_promises_a_new_day(procedure: Procedure) -> None:
    story = reported(procedure)
    story.do(date(2026, 12, 3), "acknowledge")
    story.do(date(2027, 3, 1), "feedback", "so_far", days={"next_feedback": date(2027, 4, 15)})

    assert due(story.at(date(2027, 3, 2)), "later_feedback") == date(2027, 4, 15)


@COUNTRIES
def test_nobody_else_learns_the_identity_without_consent(procedure: Procedure) -> None:
    """R-003-22, article 16."""
    story = reported(procedure)
    before = story.at(date(2026, 12, 1)).standings["share_identity"]
    story.tell(ConsentAsked(date(2026, 12, 1), "share_identity"))
    story.tell(ConsentGiven(date(2026, 12, 2), "share_identity"))
    story.do(date(2026, 12, 2), "share_identity")

    assert procedure.step("share_identity").consent is not None
    assert before.consent.value == "to_ask"
    assert odd(story.at(date(2026, 12, 3))) == []


@COUNTRIES
def test_the_law_may_force_it_and_then_two_decide_and_the_reporter_is_told(
    procedure: Procedure,
) -> None:
    """K19, R-000-33, article 16(3)."""
    alone = reported(procedure).tell(
        ActedWithoutConsent(date(2026, 12, 1), "forced_by_law", "A judge asks", "Ann", "Ann")
    )
    together = reported(procedure).tell(
        ActedWithoutConsent(date(2026, 12, 1), "forced_by_law", "A judge asks", "Ann", "Bob")
    )

    assert odd(alone.at(date(2026, 12, 1))) == [(Odd.NOT_TWO_PEOPLE, "forced_by_law")]
    told = together.at(date(2026, 12, 1))
    assert due(told, "tell_reporter") == date(2026, 12, 2)


@COUNTRIES
def test_retaliation_and_going_outside_stay_possible_after_the_end(procedure: Procedure) -> None:
    assert procedure.step("retaliation").lasting
    assert procedure.step("go_outside").lasting
    assert procedure.step("go_outside").by == ("reporter",)


@COUNTRIES
def test_the_receipt_says_where_to_report_outside_and_who_advises(procedure: Procedure) -> None:
    """Article 9(1)g, R-002-41."""
    assert {"received", "officer", "course", "protection", "adviser", "outside"} == set(
        procedure.letters["receipt"].parts
    )


@COUNTRIES
def test_the_three_classes_of_the_source_are_kept(procedure: Procedure) -> None:
    """R-002-37, R-002-38, R-002-39."""
    assert set(procedure.findings["level"].options) == {"irregularity", "violation", "abuse"}


def test_what_is_uncertain_in_the_law_is_a_condition_that_a_person_judges() -> None:
    """K17: the size, the domain and the anonymous report are data, each with room for a note."""
    belgian = {check.key for check in BELGIUM.step("screen").check}
    dutch = {check.key for check in NETHERLANDS.step("screen").check}

    assert {"size", "domain", "unknown_allowed"} <= belgian & dutch
    assert {"private"} <= belgian - dutch
    assert {"public_interest_holds", "scheme"} <= dutch - belgian


def test_the_dutch_file_names_the_dutch_house() -> None:
    """R-002-43."""
    assert NETHERLANDS.step("advise").directory == "whistleblowers"
    assert BELGIUM.step("advise").directory == "rights"


@COUNTRIES
def test_the_investigator_is_never_the_counsellor(procedure: Procedure) -> None:
    """R-003-41, K1."""
    assert "adviser" not in procedure.step("examine").by
    assert "counsellor" not in procedure.seats["officer"].succession


def test_the_files_are_in_force_since_the_acts() -> None:
    """Not one day before: the Belgian act of 15 and the Dutch act of 18 February 2023."""
    with pytest.raises(NotInLibrary):
        procedure_in_force("integrity_report_be", date(2023, 2, 14), "en")
    with pytest.raises(NotInLibrary):
        procedure_in_force("integrity_report_nl", date(2023, 2, 17), "en")
    assert procedure_in_force("integrity_report_be", date(2023, 2, 15), "en").version == 1
    assert procedure_in_force("integrity_report_nl", date(2023, 2, 18), "en").version == 1


@COUNTRIES
def test_what_a_reporter_goes_through_personally_takes_another_way(procedure: Procedure) -> None:
    """R-002-34: conduct is no integrity report."""
    story = reported(procedure)
    story.do(date(2026, 12, 1), "screen", "conduct")

    now = story.at(date(2026, 12, 1))
    assert now.converted_to == "conduct_complaint"
    assert now.standings["acknowledge"].state is not State.OPEN
