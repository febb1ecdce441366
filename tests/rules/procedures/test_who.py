"""Who must act: succession, the barred left out, and the reason shown (R-004-155…163, K9)."""

from datetime import date

from klankbord.rules.procedures.reading import load_procedure, read_procedure
from klankbord.rules.procedures.who import Absence, Because, Holding, Period, Roster, Seated, who
from tests.rules.procedures.telling import Story
from tests.rules.procedures.test_proof import SMALL

COMPLAINT = load_procedure("complaint", 1, "nl")
ALWAYS = Period(date(2020, 1, 1))
ROSTER = Roster(
    (
        Holding("Dora", "complaint_delegate", ALWAYS, given_by="Dirk"),
        Holding("Dirk", "director", Period(date(2020, 1, 1), date(2027, 1, 31))),
        Holding("Nora", "director", Period(date(2027, 2, 1))),
        Holding("Chris", "chair", ALWAYS),
        Holding("Vic", "vice_chair", ALWAYS),
        Holding("Quinten", "quality_officer", ALWAYS),
    ),
    (
        Absence("Dora", Period(date(2026, 12, 21), date(2027, 1, 3))),
        Absence("Chris", Period(date(2027, 2, 1), date(2027, 2, 10))),
    ),
)
FOURTH = date(2026, 12, 4)


def responsible(story: Story, on: date) -> Seated:
    return who(COMPLAINT, story.at(on), "responsible", ROSTER, on)


def a_case() -> Story:
    return Story(COMPLAINT).start(date(2026, 12, 1))


def test_the_delegate_is_responsible_and_the_director_when_the_delegate_is_away() -> None:
    assert responsible(a_case(), date(2026, 12, 16)).member == "Dora"

    away = responsible(a_case(), date(2026, 12, 22))
    assert away.member == "Dirk"
    assert [(p.member, p.because) for p in away.passed] == [("Dora", Because.AWAY)]


def test_about_the_delegate_the_director_takes_over() -> None:
    """R-004-163."""
    assert responsible(a_case().bar(FOURTH, "Dora"), date(2026, 12, 16)).member == "Dirk"


def test_about_the_director_the_chair_takes_over_and_the_directors_delegate_does_not_count() -> (
    None
):
    """R-004-162."""
    seated = responsible(a_case().bar(FOURTH, "Dirk"), date(2026, 12, 16))

    assert (seated.role, seated.member) == ("chair", "Chris")
    assert [(p.role, p.member, p.because) for p in seated.passed] == [
        ("complaint_delegate", "Dora", Because.MANDATE_BY_BARRED),
        ("director", "Dirk", Because.ACCUSED),
    ]


def test_about_director_and_chair_the_vice_chair_takes_over() -> None:
    """K9."""
    story = a_case().bar(FOURTH, "Dirk", "Chris")

    assert responsible(story, date(2026, 12, 16)).member == "Vic"


def test_a_new_director_takes_over_and_not_the_delegate_of_the_old_one() -> None:
    story = a_case().bar(FOURTH, "Dirk")

    assert responsible(story, date(2027, 2, 5)).member == "Nora"


def test_whoever_took_the_seat_keeps_it_while_able() -> None:
    story = a_case().bar(FOURTH, "Dirk")
    story.seat(date(2026, 12, 17), "responsible", "chair", "Chris")

    kept = responsible(story, date(2027, 2, 12))
    assert (kept.member, kept.took_it) == ("Chris", True)
    meanwhile = responsible(story, date(2027, 2, 5))
    assert meanwhile.member == "Nora"
    assert meanwhile.passed[0].because is Because.AWAY


def test_whoever_left_the_organisation_loses_the_seat() -> None:
    story = a_case().seat(FOURTH, "responsible", "director", "Dirk")
    seated = responsible(story, date(2027, 2, 12))

    assert seated.member == "Dora"
    assert seated.passed[0].because is Because.NO_LONGER_IN_ROLE


def test_when_nobody_can_act_every_reason_is_shown() -> None:
    story = a_case().bar(FOURTH, "Dora", "Dirk", "Chris", "Vic")
    seated = responsible(story, date(2026, 12, 16))

    assert seated.member == ""
    assert [(p.role, p.because) for p in seated.passed] == [
        ("complaint_delegate", Because.ACCUSED),
        ("director", Because.ACCUSED),
        ("chair", Because.ACCUSED),
        ("vice_chair", Because.ACCUSED),
        ("outside_handler", Because.VACANT),
    ]


def test_somebody_whom_the_reporter_excluded_acts_from_no_seat() -> None:
    story = a_case().bar(FOURTH, "Dora", relation="excluded")
    seated = responsible(story, date(2026, 12, 16))

    assert seated.passed[0].because is Because.EXCLUDED


def test_the_receiver_and_the_quality_officer_are_barred_like_the_others() -> None:
    """P18."""
    now = a_case().bar(FOURTH, "Quinten").at(date(2026, 12, 16))

    assert who(COMPLAINT, now, "quality", ROSTER, date(2026, 12, 16)).member == "Dirk"
    assert all(seat.barred for seat in COMPLAINT.seats.values())


def test_who_listened_does_not_investigate() -> None:
    """K1."""
    procedure = read_procedure(SMALL, {})
    roster = Roster((Holding("Kim", "counsellor", ALWAYS), Holding("Eva", "outside", ALWAYS)))
    story = Story(procedure).start(date(2026, 12, 1))

    before = who(procedure, story.at(date(2026, 12, 2)), "investigator", roster, date(2026, 12, 2))
    assert before.member == "Kim"
    story.do(date(2026, 12, 2), "listen", by="Kim")
    after = who(procedure, story.at(date(2026, 12, 2)), "investigator", roster, date(2026, 12, 2))
    assert after.member == "Eva"
    assert after.passed[0].because is Because.ACTED_AS_ANOTHER


def test_clearing_somebody_lets_them_act_again() -> None:
    from klankbord.rules.procedures.events import PersonCleared

    story = a_case().bar(FOURTH, "Dora")
    story.tell(PersonCleared(date(2026, 12, 5), "Dora", "accused"))

    assert responsible(story, date(2026, 12, 16)).member == "Dora"
