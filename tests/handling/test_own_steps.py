"""Steps that somebody from outside takes by their own keys, and the second case that one begins."""

from dataclasses import replace
from typing import Any

import pytest

from klankbord.cases.errors import AlreadyDone, NotYours
from klankbord.cases.models import Case, WorkItem
from klankbord.handling import channel
from klankbord.handling.asking import note_consent
from klankbord.handling.casework import give_access, open_page
from klankbord.handling.channel import CodeUnknown, cases_of
from klankbord.handling.happening import StepRefused
from klankbord.handling.mending import correct, start_procedure
from klankbord.handling.own_doing import NotTheirCode, TextChanged, prove_code, take_own_step
from klankbord.handling.own_page import OwnPage, own_page
from klankbord.handling.signing import text_to_sign
from klankbord.handling.steps import Doing, do_step
from klankbord.rules.entries import Answers, CaseLinked
from klankbord.rules.procedures.standing import State
from tests import given
from tests.given import NOON, TODAY, House, Told

pytestmark = pytest.mark.django_db


@pytest.fixture
def brug(db: None, trusting: None) -> House:
    return given.de_brug()


@pytest.fixture
def complaint(brug: House) -> Told:
    """As far as part 1, which the reporter or the receiver fills in."""
    told = given.a_report(brug, reader="koen")
    start_procedure(
        brug["koen"].member(), told.reference, key="complaint", reason="over ons", at=NOON
    )
    do(brug, told, "receive", "service")
    do(brug, told, "direct_attempt", "official")
    return told


@pytest.fixture
def listening(brug: House) -> Told:
    """As far as the choice of the person (R-002-14)."""
    told = given.a_report(brug, reader="amina")
    do(brug, told, "contact", "talk_now", who="amina")
    do(brug, told, "listen", who="amina")
    return told


def do(house: House, told: Told, step: str, outcome: str = "", *, who: str = "koen",
       round: int = 1, **more: Any) -> None:  # fmt: skip
    doing = Doing(outcome=outcome, on=TODAY, round=round, **more)
    do_step(
        house[who].member(), told.reference, step=step, doing=doing, token=given.a_token(), at=NOON
    )


def own(told: Told, case: Case | None = None) -> OwnPage:
    return own_page(told.seat, (case or told.case).id, at=NOON, language="nl")


def number_of(told: Told, step: str) -> int:
    course = own(told).course
    assert course is not None
    return course.number_of(step)


def take(told: Told, step: str, outcome: str = "done", *, token: bytes | None = None,
         text: str = "", read: int = -1, **more: Any) -> None:  # fmt: skip
    take_own_step(
        told.seat, told.case.id, number=number_of(told, step), text=text, read=read,
        doing=Doing(outcome=outcome, on=TODAY, round=more.pop("round", 1), seat="reporter", **more),
        token=token or given.a_token(), at=NOON,
    )  # fmt: skip


def state(told: Told, step: str) -> State:
    course = own(told).course
    assert course is not None
    return course.progress.standings[step].state


def offered(told: Told) -> list[str]:
    return [it.step.key for it in own(told).steps]


PART_1 = Answers("complaint_part1", 1, "nl", {"happened": "Het rooster was verkeerd."})


def read_place(told: Told) -> int:
    page = own(told)
    assert page.course is not None
    found = text_to_sign(
        page.opened.happened, page.course.procedure, page.course.procedure.step("sign")
    )
    assert found is not None
    return found.seq


# Whose step it is -------------------------------------------------------------------------------


def test_only_the_steps_that_name_the_reporter_are_offered(complaint: Told) -> None:
    """R-004-154: part 1 is theirs to fill in; what stops stands on a page of its own."""
    assert offered(complaint) == ["part1"]


def test_a_step_of_the_house_is_not_the_reporters_to_take(complaint: Told) -> None:
    with pytest.raises(StepRefused):
        take(complaint, "hand_over")
    assert state(complaint, "hand_over") is State.AHEAD


def test_what_only_the_house_can_say_is_no_choice_in_the_channel(brug: House) -> None:
    """P19: a referral needs to whom; nobody is asked for a reason."""
    told = given.a_report(brug, reader="amina")
    do(brug, told, "contact", "talk_now", who="amina")
    do(brug, told, "listen", who="amina")
    take(told, "choose", "nothing_for_now")
    (later,) = own(told).steps
    assert [it.key for it in later.outcomes] == ["go_on", "enough"]
    with pytest.raises(StepRefused):
        take(told, "later", "no_contact", reason="stil")


def test_another_reporter_and_the_neighbours_take_nothing(brug: House, listening: Told) -> None:
    other = given.a_report(brug, reader="amina")
    stranger = given.a_report(given.the_neighbour(), reader="nadia")
    number = number_of(listening, "choose")
    for seat in (other.seat, stranger.seat):
        with pytest.raises(NotYours):
            take_own_step(
                seat, listening.case.id, number=number, token=given.a_token(), at=NOON,
                doing=Doing(outcome="listening_ear", on=TODAY, round=1),
            )  # fmt: skip
    assert state(listening, "choose") is State.OPEN


# Choosing ---------------------------------------------------------------------------------------


def test_the_person_chooses_and_the_work_of_the_readers_follows(
    brug: House, listening: Told
) -> None:
    """R-003-34 R-002-22: the person decides; who listens sees it at once."""
    WorkItem.objects.filter(case=listening.case).update(done_day=1)
    take(listening, "choose", "informal", text="Ik wil het eerst zelf proberen.")
    assert state(listening, "informal") is State.OPEN
    page = open_page(brug["amina"].member(), listening.reference, at=NOON, language="nl")
    assert page.waiting
    assert "Ik wil het eerst zelf proberen." in [
        getattr(it.entry, "text", "") for it in page.page.items
    ]
    assert WorkItem.objects.filter(case=listening.case, done_day=None).exists()


def test_a_double_click_chooses_once_and_another_choice_is_not_lost_silently(
    listening: Told,
) -> None:
    token = given.a_token()
    for _ in range(2):
        take(listening, "choose", "informal", token=token, text="Zelf.")
    assert [it.kind for it in own(listening).page.items].count("message_sent") == 1
    with pytest.raises(AlreadyDone):
        take(listening, "choose", "listening_ear", token=token)


def test_who_was_first_is_first(brug: House, listening: Told) -> None:
    do(brug, listening, "choose", "informal", who="amina")
    with pytest.raises(StepRefused):
        take(listening, "choose", "listening_ear")


# Signing ----------------------------------------------------------------------------------------


def as_far_as_signing(told: Told) -> None:
    take(told, "part1", form=PART_1)


def sign(told: Told, **more: Any) -> None:
    about: dict[str, Any] = {
        "read": read_place(told), "days": {"signed": TODAY}, "findings": {"signing": "code"},
    }  # fmt: skip
    take(told, "sign", "signed", **{**about, **more})


def test_the_reporter_reads_part_1_and_signs_it(complaint: Told) -> None:
    """P27 K21 R-004-158: the day of signing counts, and the terms run from it."""
    as_far_as_signing(complaint)
    sign(complaint)
    course = own(complaint).course
    assert course is not None
    assert course.progress.findings["signing"] == "code"
    assert course.progress.days["signed"] == TODAY
    assert state(complaint, "hand_over") is State.OPEN


def test_what_was_read_is_what_is_signed(brug: House, complaint: Told) -> None:
    as_far_as_signing(complaint)
    read = read_place(complaint)
    take(complaint, "sign", "not_right", round=1)
    changed = replace(PART_1, answers={"happened": "Iets anders."})
    take(complaint, "part1", form=changed, round=2)
    with pytest.raises(TextChanged):
        sign(complaint, read=read, round=2)
    assert state(complaint, "sign") is State.OPEN
    sign(complaint, round=2)


def test_what_lies_on_paper_is_not_signed_by_code(brug: House, complaint: Told) -> None:
    do(brug, complaint, "part1")
    with pytest.raises(TextChanged):
        take(complaint, "sign", "signed", days={"signed": TODAY}, read=3)


def test_the_code_in_hand_signs_and_no_other(brug: House, complaint: Told) -> None:
    prove_code(brug.organisation, complaint.seat, complaint.receipt.code)
    other = given.a_report(brug, reader="koen")
    with pytest.raises(NotTheirCode):
        prove_code(brug.organisation, complaint.seat, other.receipt.code)
    stranger = given.a_report(given.the_neighbour(), reader="nadia")
    with pytest.raises(CodeUnknown):
        prove_code(brug.organisation, complaint.seat, stranger.receipt.code)


def test_nobody_takes_back_what_the_reporter_signed(brug: House, complaint: Told) -> None:
    as_far_as_signing(complaint)
    sign(complaint)
    signed = next(it for it in own(complaint).page.items if it.kind == "step_done")
    assert signed.by_reporter
    with pytest.raises(StepRefused):
        correct(
            brug["koen"].member(), complaint.reference, of=signed.seq, instead=None, reason="fout",
            at=NOON,
        )  # fmt: skip


# Stopping ---------------------------------------------------------------------------------------


def test_stopping_withdraws_the_complaint_in_the_same_breath(brug: House, complaint: Told) -> None:
    """K5: one way to stop, and the procedure ends by it; it stays where somebody looks."""
    as_far_as_signing(complaint)
    sign(complaint)
    channel.withdraw(complaint.seat, complaint.case.id, text="Laat maar.", at=NOON)
    course = own(complaint).course
    assert course is not None
    assert course.progress.ended
    assert course.progress.ended.ending == "withdrawn"
    page = open_page(brug["koen"].member(), complaint.reference, at=NOON, language="nl")
    assert page.waiting
    assert page.page.withdrawn


def test_stopping_before_signing_is_not_pursued(complaint: Told) -> None:
    """K5 K16."""
    channel.withdraw(complaint.seat, complaint.case.id, text="", at=NOON)
    course = own(complaint).course
    assert course is not None
    assert course.progress.ended
    assert course.progress.ended.ending == "not_pursued"


# A second case ----------------------------------------------------------------------------------


def as_far_as_filing(house: House, told: Told) -> None:
    take(told, "choose", "complaint")
    amina = house["amina"].member()
    note_consent(
        amina, told.reference, step="file_complaint", answer="yes", how="op kantoor", at=NOON
    )


def second(told: Told) -> Case:
    (found,) = [it for it in cases_of(told.seat) if it.id != told.case.id]
    return Case.objects.get(id=found.id)


def test_a_complaint_is_filed_while_the_guidance_goes_on(brug: House, listening: Told) -> None:
    """R-003-33 R-002-17: a second case by the same code; the first goes on."""
    as_far_as_filing(brug, listening)
    take(listening, "file_complaint", "filed", reason="zo wil ik het")
    other = second(listening)
    assert other.procedure == "conduct_complaint.1"
    assert state(listening, "choose") is State.OPEN
    page = own(listening, other)
    assert page.course is not None
    assert page.parts
    assert [it.id for it in page.page.readers if not it.is_reporter] == [brug["amina"].membership]


def test_a_member_who_files_it_is_at_first_its_only_reader(brug: House, listening: Told) -> None:
    """R-003-33: sealed to whoever did the step and to the reporter, and to nobody else."""
    give_access(
        brug["amina"].member(), listening.reference, membership=brug["koen"].membership,
        identity=False, why="denkt mee", at=NOON,
    )  # fmt: skip
    as_far_as_filing(brug, listening)
    do(brug, listening, "file_complaint", "filed", who="amina", reason="zo wil zij het")
    other = second(listening)
    with pytest.raises(NotYours):
        open_page(brug["koen"].member(), other.reference, at=NOON, language="nl")
    page = open_page(brug["amina"].member(), other.reference, at=NOON, language="nl")
    assert page.todo is not None
    assert page.page.standing == "own"
    assert own(listening, other).steps is not None


def test_nothing_of_the_first_story_goes_along_and_who_must_not_read_does(
    brug: House,
) -> None:
    """R-003-22: only what somebody agreed to; R-000-31."""
    told = given.a_report(brug, reader="amina", must_not=["dirk"])
    do(brug, told, "contact", "talk_now", who="amina")
    do(brug, told, "listen", who="amina")
    as_far_as_filing(brug, told)
    take(told, "file_complaint", "filed", reason="zo")
    page = own(told, second(told)).page
    assert page.report == ()
    assert brug["dirk"].name in page.excluded


def test_the_link_is_read_by_whoever_made_it_and_by_nobody_else(
    brug: House, listening: Told
) -> None:
    """R-004-306: nobody else learns of it, also who gets access to the second case."""
    as_far_as_filing(brug, listening)
    do(brug, listening, "file_complaint", "filed", who="amina", reason="zo")
    other = second(listening)
    amina = brug["amina"].member()
    give_access(
        amina, other.reference, membership=brug["koen"].membership, identity=True,
        why="behandelt klachten", at=NOON,
    )  # fmt: skip
    linked = {
        who: [
            it.entry.reference
            for it in open_page(
                brug[who].member(), other.reference, at=NOON, language="nl"
            ).page.items
            if isinstance(it.entry, CaseLinked)
        ]
        for who in ("amina", "koen")
    }
    assert linked == {"amina": [listening.reference], "koen": []}


def test_the_second_case_is_begun_once(brug: House, listening: Told) -> None:
    as_far_as_filing(brug, listening)
    token = given.a_token()
    for _ in range(2):
        take(listening, "file_complaint", "filed", reason="zo", token=token)
    assert len(cases_of(listening.seat)) == 2
