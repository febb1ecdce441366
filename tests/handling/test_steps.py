"""Taking steps in a procedure: what a reader may do, what is refused, and what follows."""

from datetime import date, timedelta
from typing import Any

import pytest

from klankbord.cases.errors import (
    AlreadyDone,
    Excluded,
    ExclusionOpen,
    LastReader,
    NotYours,
    ReasonMissing,
)
from klankbord.cases.models import Case, Overseer, WorkItem
from klankbord.handling.asking import ask_consent, note_consent
from klankbord.handling.casework import (
    CasePage,
    NotByItsSteps,
    close,
    give_access,
    open_page,
    settle_exclusion,
)
from klankbord.handling.course import Course
from klankbord.handling.estimating import Estimate, NotDecidedYet, estimate, scheme_of
from klankbord.handling.happening import DayToCome, StepRefused
from klankbord.handling.mending import correct, reopen_at, start_procedure
from klankbord.handling.seats import bar, clear, take_seat
from klankbord.handling.steps import Doing, delegate_step, do_step, find_out, skip_step
from klankbord.kit.clock import day_number
from klankbord.rules.course import Judged, StepDone
from klankbord.rules.procedures.standing import Odd, State
from klankbord.rules.procedures.who import Because
from klankbord.rules.severity.judging import Objection
from tests import given
from tests.given import NOON, TODAY, House, Told

pytestmark = pytest.mark.django_db


@pytest.fixture
def brug(db: None, trusting: None) -> House:
    return given.de_brug()


@pytest.fixture
def complaint(brug: House) -> Told:
    """A complaint, told to koen and shared with dora."""
    told = given.a_report(brug, reader="koen")
    koen = brug["koen"].member()
    start_procedure(koen, told.reference, key="complaint", reason="het gaat over ons", at=NOON)
    give_access(
        koen, told.reference, membership=brug["dora"].membership, identity=True,
        why="handelt klachten af", at=NOON,
    )  # fmt: skip
    return told


def page(house: House, told: Told, who: str = "koen", days: int = 0) -> CasePage:
    at = NOON + timedelta(days=days)
    return open_page(house[who].member(at), told.reference, at=at, language="nl")


def course(house: House, told: Told, who: str = "koen", days: int = 0) -> Course:
    found = page(house, told, who, days).todo
    assert found is not None
    return found.course


def do(
    house: House, told: Told, step: str, outcome: str = "", *, who: str = "koen",
    token: bytes | None = None, on: date = TODAY, round: int = 1, later: int = 0, **more: Any,
) -> None:  # fmt: skip
    at = NOON + timedelta(days=later)
    doing = Doing(outcome=outcome, on=on, round=round, **more)
    do_step(
        house[who].member(at), told.reference, step=step, doing=doing,
        token=token or given.a_token(), at=at,
    )  # fmt: skip


def as_far_as_signed(house: House, told: Told, signed: date = TODAY) -> None:
    do(house, told, "receive", "service")
    do(house, told, "direct_attempt", "official")
    do(house, told, "part1", "done")
    do(house, told, "sign", "signed", days={"signed": signed})
    do(house, told, "give_copy", "done")


def states(house: House, told: Told, **who: Any) -> dict[str, State]:
    return {key: it.state for key, it in course(house, told, **who).progress.standings.items()}


def test_a_step_that_is_done_opens_the_next_with_its_term(brug: House, complaint: Told) -> None:
    """R-004-161: five working days after signing, also when the paper arrives late."""
    as_far_as_signed(brug, complaint, signed=TODAY - timedelta(days=3))
    standing = course(brug, complaint).progress.standings["hand_over"]
    assert standing.state is State.OPEN
    assert standing.due.day == date(2026, 11, 27)
    waiting = WorkItem.objects.filter(case=complaint.case, done_day=None, due_day=day_number(
        date(2026, 11, 27)))  # fmt: skip
    assert {item.clock for item in waiting} == {"act"}


def test_a_step_that_is_not_open_is_refused(brug: House, complaint: Told) -> None:
    with pytest.raises(StepRefused) as refused:
        do(brug, complaint, "answer", "sent_founded", days={"recheck": TODAY})
    assert refused.value.why is Odd.NOT_ON_PATH
    assert states(brug, complaint)["answer"] is State.AHEAD


def test_a_day_to_come_is_refused(brug: House, complaint: Told) -> None:
    with pytest.raises(DayToCome):
        do(brug, complaint, "receive", "service", on=TODAY + timedelta(days=1))


def test_an_ending_needs_its_reason(brug: House, complaint: Told) -> None:
    """R-004-171: a complaint is not inadmissible without a reason."""
    as_far_as_signed(brug, complaint)
    do(brug, complaint, "hand_over", "done")
    conditions = (Judged("not_anonymous", False, "geen naam"),)
    with pytest.raises(StepRefused) as refused:
        do(brug, complaint, "admissibility", "inadmissible", who="dora", conditions=conditions)
    assert refused.value.why is Odd.REASON_MISSING


def test_two_people_who_finish_the_same_step_at_once_finish_it_once(
    brug: House, complaint: Told
) -> None:
    do(brug, complaint, "receive", "service")
    with pytest.raises(StepRefused) as refused:
        do(brug, complaint, "receive", "transgressive", who="dora")
    assert refused.value.why is Odd.DONE_ALREADY


def test_the_same_page_sent_twice_is_one_step_and_another_text_is_not_lost_silently(
    brug: House, complaint: Told
) -> None:
    token = given.a_token()
    do(brug, complaint, "receive", "service", token=token, note="aan de balie")
    do(brug, complaint, "receive", "service", token=token, note="aan de balie")
    assert len(course(brug, complaint).progress.standings["receive"].done) == 1
    with pytest.raises(AlreadyDone):
        do(brug, complaint, "receive", "service", token=token, note="aan de telefoon")


def test_a_late_complaint_that_is_transgressive_behaviour_changes_over_at_once(
    brug: House, complaint: Told
) -> None:
    """R-004-150, K6: no test of a month, and what was found out goes along."""
    do(brug, complaint, "receive", "transgressive", days={"facts": date(2026, 9, 1)})
    now = course(brug, complaint)
    assert now.procedure.key == "transgressive"
    assert now.progress.days["facts"] == date(2026, 9, 1)
    assert Case.objects.get(id=complaint.case.id).procedure == "transgressive.2"


def test_an_informal_remark_ends_the_case_and_its_reporter_can_still_write(
    brug: House, complaint: Told
) -> None:
    """K16: counted, not registered."""
    do(brug, complaint, "receive", "informal")
    row = Case.objects.get(id=complaint.case.id)
    assert row.closed_day == day_number(TODAY)
    assert not WorkItem.objects.filter(case=row, done_day=None).exists()


def test_a_wrong_day_is_corrected_in_place_and_the_terms_move(brug: House, complaint: Told) -> None:
    as_far_as_signed(brug, complaint)
    standing = course(brug, complaint).progress.standings["sign"]
    wrong = standing.done[0].seq
    earlier = StepDone("sign", 1, "signed", TODAY, days={"signed": TODAY - timedelta(days=7)})
    koen = brug["koen"].member()
    with pytest.raises(ReasonMissing):
        correct(koen, complaint.reference, of=wrong, instead=earlier, reason=" ", at=NOON)
    correct(koen, complaint.reference, of=wrong, instead=earlier, reason="stempel", at=NOON)
    assert course(brug, complaint).progress.standings["hand_over"].due.day == TODAY


def test_taking_back_the_step_that_ended_a_case_opens_it_again(
    brug: House, complaint: Told
) -> None:
    do(brug, complaint, "receive", "informal")
    of = course(brug, complaint).progress.standings["receive"].done[0].seq
    koen = brug["koen"].member()
    correct(koen, complaint.reference, of=of, instead=None, reason="was een klacht", at=NOON)
    assert Case.objects.get(id=complaint.case.id).closed_day is None
    assert states(brug, complaint)["receive"] is State.OPEN


def test_when_the_director_is_accused_the_mandate_falls_and_the_chair_is_responsible(
    brug: House, complaint: Told
) -> None:
    """R-004-155 R-004-162 K9: with the reason shown, and without the accused."""
    dirk, chris = brug["dirk"].membership, brug["chris"].membership
    assert Overseer.objects.filter(case=complaint.case, membership_id=dirk).exists()
    assert course(brug, complaint).seated("responsible").member == brug["dora"].membership.hex
    koen = brug["koen"].member()
    bar(koen, complaint.reference, who=dirk, relation="accused", why="", at=NOON)
    seated = course(brug, complaint).seated("responsible")
    assert seated.member == chris.hex
    assert [it.because for it in seated.passed] == [Because.MANDATE_BY_BARRED, Because.ACCUSED]
    assert not Overseer.objects.filter(case=complaint.case, membership_id=dirk).exists()
    with pytest.raises(Excluded):
        give_access(koen, complaint.reference, membership=dirk, identity=False, why="toch", at=NOON)


def test_whoever_turns_out_to_be_accused_loses_the_key_in_the_same_breath(
    brug: House, complaint: Told
) -> None:
    koen = brug["koen"].member()
    bar(koen, complaint.reference, who=brug["dora"].membership, relation="accused", why="",
        at=NOON)  # fmt: skip
    with pytest.raises(NotYours):
        page(brug, complaint, "dora")
    assert course(brug, complaint).seated("responsible").member == brug["dirk"].membership.hex
    with pytest.raises(LastReader):
        bar(koen, complaint.reference, who=brug["koen"].membership, relation="accused", why="",
            at=NOON)  # fmt: skip


def test_who_took_a_seat_without_a_key_is_reminded_and_so_is_who_can_give_it(
    brug: House, complaint: Told
) -> None:
    """A seat is not a key: the gap that would make a term pass unseen."""
    as_far_as_signed(brug, complaint)
    do(brug, complaint, "hand_over", "done")
    take_seat(brug["koen"].member(), complaint.reference, seat="responsible",
              who=brug["chris"].membership, why="dora is ziek", at=NOON)  # fmt: skip
    waiting = WorkItem.objects.filter(case=complaint.case, done_day=None, clock="decide")
    assert {item.assignee_id for item in waiting} == {
        brug["chris"].membership, brug["koen"].membership, brug["dora"].membership,
    }  # fmt: skip
    with pytest.raises(NotYours):
        page(brug, complaint, "chris")


def test_a_seat_is_for_who_holds_one_of_its_roles(brug: House, complaint: Told) -> None:
    with pytest.raises(StepRefused):
        take_seat(brug["koen"].member(), complaint.reference, seat="responsible",
                  who=brug["milan"].membership, why="", at=NOON)  # fmt: skip


def test_a_step_is_given_to_a_colleague_of_this_house_only(
    brug: House, complaint: Told, neighbour: House
) -> None:
    koen = brug["koen"].member()
    delegate_step(koen, complaint.reference, step="receive", to=brug["milan"].membership,
                  reason="", at=NOON)  # fmt: skip
    assert course(brug, complaint).progress.standings["receive"].delegated_to
    with pytest.raises(NotYours):
        delegate_step(koen, complaint.reference, step="receive",
                      to=neighbour["nadia"].membership, reason="", at=NOON)  # fmt: skip


def test_what_may_be_left_out_is_left_out_with_a_reason_and_nothing_else(
    brug: House, complaint: Told
) -> None:
    koen = brug["koen"].member()
    with pytest.raises(StepRefused):
        skip_step(koen, complaint.reference, step="receive", reason="geen zin", at=NOON)
    with pytest.raises(ReasonMissing):
        skip_step(koen, complaint.reference, step="receive", reason="", at=NOON)


def test_a_case_is_taken_up_again_where_its_ending_allows_it(brug: House, complaint: Told) -> None:
    as_far_as_signed(brug, complaint)
    do(brug, complaint, "hand_over", "done")
    do(brug, complaint, "admissibility", "inadmissible", who="dora", reason="gaat niet over ons")
    dora = brug["dora"].member()
    with pytest.raises(StepRefused):
        reopen_at(dora, complaint.reference, step="sign", reason="nieuwe feiten", at=NOON)
    reopen_at(dora, complaint.reference, step="admissibility", reason="nieuwe feiten", at=NOON)
    assert states(brug, complaint)["admissibility"] is State.OPEN
    assert Case.objects.get(id=complaint.case.id).closed_day is None


def test_another_procedure_needs_a_reason(brug: House, complaint: Told) -> None:
    with pytest.raises(ReasonMissing):
        start_procedure(
            brug["koen"].member(), complaint.reference, key="listening", reason="", at=NOON
        )


def test_the_neighbour_and_a_colleague_without_a_key_take_no_step(
    brug: House, complaint: Told, neighbour: House
) -> None:
    for house, who in ((neighbour, "nadia"), (brug, "amina"), (brug, "dirk")):
        with pytest.raises(NotYours):
            do(house, complaint, "receive", "service", who=who)


def test_without_consent_a_talk_is_refused_and_what_was_said_is_noted_as_said(
    brug: House,
) -> None:
    """R-003-22 P22: for now only a consent by word of mouth can be noted."""
    told = given.a_report(brug, reader="amina")
    amina = brug["amina"].member()
    do(brug, told, "contact", "talk_now", who="amina")
    with pytest.raises(StepRefused) as refused:
        ask_consent(amina, told.reference, step="talk_manager", at=NOON)
    assert refused.value.why is Odd.CONSENT_NOT_ASKED_FOR
    with pytest.raises(ReasonMissing):
        note_consent(amina, told.reference, step="talk_manager", answer="yes", how="", at=NOON)


def test_red_is_decided_by_two_and_never_below_the_floor_without_a_reason(brug: House) -> None:
    """P15 P23: danger first, the worst mark is the floor, a second person for the worst."""
    told = given.a_report(brug, reader="koen")
    koen, amina = brug["koen"].member(), brug["amina"].membership
    found = scheme_of(course(brug, told), "nl")
    assert found is not None
    scheme, finding = found
    assert (scheme.key, finding) == ("colours", "severity")
    safe = {danger.key: "no" for danger in scheme.dangers}
    marks = {criterion.key: "green" for criterion in scheme.criteria}
    marks[scheme.criteria[0].key] = "red"

    def made(**more: Any) -> Estimate:
        return Estimate(**{"level": "red", "dangers": safe, "marks": marks, **more})

    with pytest.raises(NotDecidedYet) as lacking:
        estimate(koen, told.reference, made=made(dangers={}), at=NOON)
    assert set(lacking.value.why) == {Objection.DANGER_FIRST, Objection.SECOND_PERSON}
    with pytest.raises(NotDecidedYet):
        estimate(koen, told.reference, made=made(level="yellow", second=amina), at=NOON)
    estimate(koen, told.reference, made=made(second=amina), at=NOON)
    assert course(brug, told).progress.findings["severity"] == "red"


def test_a_fact_noted_outside_a_step_is_judged_at_once(brug: House) -> None:
    """R-004-085: once an employee is known, the notices open."""
    told = given.a_report(brug, reader="koen")
    find_out(
        brug["koen"].member(), told.reference, findings={"offender": "employee"},
        note="zei de melder", at=NOON,
    )  # fmt: skip
    assert course(brug, told).progress.findings["offender"] == "employee"


def test_a_case_that_goes_by_a_procedure_is_settled_by_its_steps_and_not_closed_beside_them(
    brug: House, complaint: Told
) -> None:
    """R-000-22: an ending waits for what is still to be done; only what is no report is closed."""
    koen = brug["koen"].member()
    for reason in ("settled", "referred"):
        with pytest.raises(NotByItsSteps):
            close(koen, complaint.reference, reason=reason, text="Klaar.", referred_to="de school",
                  at=NOON)  # fmt: skip
    close(koen, complaint.reference, reason="abuse", text="Een probeersel.", at=NOON)
    assert Case.objects.get(id=complaint.case.id).closed_day == day_number(TODAY)


def a_complaint_that_keeps_out(house: House, name: str) -> Told:
    """Told to koen, with a name that the reporter typed and nobody has settled yet."""
    draft = given.a_draft(house, reader="koen")
    draft.must_not_words = name
    told = given.a_report(house, draft=draft)
    koen = house["koen"].member()
    start_procedure(koen, told.reference, key="complaint", reason="het gaat over ons", at=NOON)
    return told


def test_nobody_new_hears_of_a_case_while_a_typed_name_may_be_theirs(brug: House) -> None:
    """R-000-31, K9: a seat or a step that is given would tell them that there is a case."""
    told = a_complaint_that_keeps_out(brug, "die van de klachten")
    koen, dora = brug["koen"].member(), brug["dora"].membership
    with pytest.raises(ExclusionOpen):
        delegate_step(koen, told.reference, step="receive", to=dora, reason="", at=NOON)
    with pytest.raises(ExclusionOpen):
        take_seat(koen, told.reference, seat="responsible", who=dora, why="", at=NOON)
    delegate_step(koen, told.reference, step="receive", to=brug["koen"].membership, reason="",
                  at=NOON)  # fmt: skip
    assert not WorkItem.objects.filter(case=told.case, assignee=dora).exists()


def test_nothing_waits_any_more_for_whom_the_typed_name_turns_out_to_mean(
    brug: House, complaint: Told
) -> None:
    """A list without a key would go on saying that there is a case."""
    told = a_complaint_that_keeps_out(brug, "die van de klachten")
    koen, dora = brug["koen"].member(), brug["dora"].membership
    WorkItem.objects.create(case=told.case, assignee_id=dora, clock="act")
    settle_exclusion(koen, told.reference, members=(dora,), note="Dora", at=NOON)
    assert not WorkItem.objects.filter(case=told.case, assignee=dora, done_day=None).exists()


def test_what_a_colleague_said_about_somebody_they_do_not_take_back_themselves(
    brug: House, complaint: Told
) -> None:
    """Somebody in a power relation keeps the key, and may not act (K9)."""
    koen, dora = brug["koen"].member(), brug["dora"]
    relation = "in_power_relation"
    bar(koen, complaint.reference, who=dora.membership, relation=relation, why="", at=NOON)
    with pytest.raises(StepRefused) as refused:
        clear(dora.member(), complaint.reference, who=dora.membership, relation=relation,
              why="valt mee", at=NOON)  # fmt: skip
    assert refused.value.why is Odd.BARRED
    clear(koen, complaint.reference, who=dora.membership, relation=relation, why="nagevraagd",
          at=NOON)  # fmt: skip
    bar(dora.member(), complaint.reference, who=dora.membership, relation=relation, why="",
        at=NOON)  # fmt: skip
    clear(koen, complaint.reference, who=dora.membership, relation=relation, why="ook dat niet",
          at=NOON)  # fmt: skip


def test_who_may_not_take_a_step_does_not_turn_it_either(brug: House) -> None:
    """K9: leaving it out, giving it away or correcting it would be deciding it."""
    told = given.a_report(brug, reader="koen")
    koen = brug["koen"].member()
    give_access(koen, told.reference, membership=brug["dora"].membership, identity=False,
                why="leest mee", at=NOON)  # fmt: skip
    here = course(brug, told)
    step = next(it for it in here.progress.to_do if strict(here, it.step)).step
    bar(koen, told.reference, who=brug["dora"].membership, relation="in_power_relation", why="",
        at=NOON)  # fmt: skip
    with pytest.raises(StepRefused) as refused:
        delegate_step(brug["dora"].member(), told.reference, step=step,
                      to=brug["koen"].membership, reason="", at=NOON)  # fmt: skip
    assert refused.value.why is Odd.BARRED


def strict(here: Course, step: str) -> bool:
    """Whether a power relation keeps somebody from this step."""
    seats = here.procedure.seats
    by = here.procedure.step(step).by
    return any("in_power_relation" in seats[seat].barred for seat in by if seat in seats)


def test_of_two_in_the_same_role_it_waits_for_whom_the_reporter_chose(house: House) -> None:
    """P4: a page that asks for somebody else would have the reporter's choice undone."""
    for chosen in ("noor", "tarik"):
        told = given.a_report(house, reader=chosen)
        work = page(house, told, chosen)
        assert work.todo is not None
        seated = {it.member for it in work.todo.seats if it.role and it.reads}
        assert seated == {house[chosen].membership}
        mine = [it for it in work.todo.now if not it.by_others]
        assert all(house[chosen].membership in {a.member for a in it.actors} for it in mine)


@pytest.mark.parametrize(
    ("who", "informs"), [("dora", "inform_daily_board"), ("chris", "inform_board")]
)
def test_which_board_must_know_follows_from_who_handles_the_complaint(
    brug: House, complaint: Told, who: str, informs: str
) -> None:
    """R-004-180 R-004-181: the executive committee, or the full board when the chair handles it."""
    koen = brug["koen"].member()
    if who == "chris":
        bar(koen, complaint.reference, who=brug["dirk"].membership, relation="accused", why="",
            at=NOON)  # fmt: skip
        give_access(koen, complaint.reference, membership=brug["chris"].membership, identity=True,
                    why="beslist", at=NOON)  # fmt: skip
    as_far_as_signed(brug, complaint)
    do(brug, complaint, "hand_over", "done")
    do(brug, complaint, "admissibility", "admissible", who=who)
    do(brug, complaint, "analysis", "founded", who=who)
    boards = {"inform_daily_board", "inform_board"}
    standing = states(brug, complaint, who=who)
    assert {key for key in boards if standing[key] is State.OPEN} == {informs}
