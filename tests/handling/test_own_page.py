"""What the reporter sees of the course: in their words, and nothing that is not theirs."""

from dataclasses import replace
from datetime import date

import pytest

from klankbord.handling.asking import ask_consent, note_consent
from klankbord.handling.casework import open_page
from klankbord.handling.channel import NotYours
from klankbord.handling.happening import StepRefused
from klankbord.handling.mending import correct, start_procedure
from klankbord.handling.own_page import OwnPage, own_page
from klankbord.handling.own_words import take_consent_back
from klankbord.handling.steps import Doing, do_step
from klankbord.rules.course import ConsentSpoken, StepDone
from klankbord.rules.procedures.standing import ConsentState
from klankbord.rules.seats import Whose
from tests import given
from tests.given import NOON, TODAY, House, Told

pytestmark = pytest.mark.django_db


@pytest.fixture
def brug(db: None, trusting: None) -> House:
    return given.de_brug()


def a_case(house: House, procedure: str, reader: str = "koen", **about: object) -> Told:
    told = given.a_report(house, reader=reader, **about)  # type: ignore[arg-type]
    member = house[reader].member()
    start_procedure(member, told.reference, key=procedure, reason="zo", at=NOON)
    return told


def do(house: House, told: Told, step: str, outcome: str = "", *, who: str = "koen",
       on: date = TODAY, round: int = 1, **more: object) -> None:  # fmt: skip
    doing = Doing(outcome=outcome, on=on, round=round, **more)  # type: ignore[arg-type]
    do_step(
        house[who].member(), told.reference, step=step, doing=doing, token=given.a_token(), at=NOON
    )


def own(told: Told, language: str = "nl") -> OwnPage:
    return own_page(told.seat, told.case.id, at=NOON, language=language)


def thread(told: Told) -> list[str]:
    return [it.kind for it in own(told).page.items]


def way(told: Told) -> tuple[list[str], list[str], list[str]]:
    found = own(told).way
    assert found is not None
    return ([it.title for it in found.done], [it.title for it in found.now],
            [it.title for it in found.next])  # fmt: skip


def test_the_reporter_reads_what_was_done_what_is_done_now_by_whom_and_by_when(
    brug: House,
) -> None:
    """R-004-165: the same course in plain words; P8: a name."""
    told = a_case(brug, "complaint")
    do(brug, told, "receive", "service")
    do(brug, told, "direct_attempt", "official")
    do(brug, told, "part1", "done")
    do(brug, told, "sign", "signed", days={"signed": TODAY})
    do(brug, told, "give_copy", "done")
    found = own(told).way
    assert found is not None
    assert [it.title for it in found.done][-1] == "Kopie van deel 1 meegeven"
    (now,) = found.now
    assert now.title == "Doorgeven aan de verantwoordelijke"
    assert now.due.day == date(2026, 11, 30)
    assert now.names  # who passes it on, by name
    assert 0 < len(found.next) <= 3
    assert found.next[0].title == "Beslissen of de klacht ontvankelijk is"


def test_a_case_without_a_procedure_has_no_course_to_tell(brug: House) -> None:
    draft = replace(given.a_draft(brug, reader="amina"), form="visit")
    assert own(given.a_report(brug, draft=draft)).way is None


def test_aftercare_is_visible_from_the_first_day(brug: House) -> None:
    """P16."""
    told = a_case(brug, "transgressive")
    do(brug, told, "report", "inside")
    found = own(told).way
    assert found is not None
    assert "Nazorg" in [it.title for it in (*found.now, *found.lasting)]


def test_a_step_without_words_for_the_reporter_is_nowhere_on_their_page(brug: House) -> None:
    """P26: the alleged person's side is theirs."""
    told = a_case(brug, "transgressive")
    do(brug, told, "report", "inside")
    page = own(told)
    assert page.course is not None
    assert page.way is not None
    silent = {it.title for it in page.course.procedure.steps if not it.reporter}
    assert silent
    way = page.way
    assert not silent & {it.title for it in (*way.done, *way.now, *way.lasting, *way.next)}
    assert not silent & {it.told.title for it in page.page.items if it.told}


def test_every_letter_says_whether_it_is_the_reporters_and_only_theirs_reach_them(
    brug: House,
) -> None:
    """R-004-142: the letter with all its parts; P26: never the one to the other side."""
    told = a_case(brug, "complaint")
    do(brug, told, "receive", "service")
    do(brug, told, "direct_attempt", "official")
    do(brug, told, "part1", "done")
    do(brug, told, "sign", "signed", days={"signed": TODAY})
    do(brug, told, "give_copy", "done", letter={"copy": "Hier is de kopie."})
    (letter,) = [it for it in own(told).page.items if it.told and it.told.parts]
    assert letter.told
    assert letter.told.letter == "Kopie van deel 1"
    assert letter.told.parts == (
        ("De kopie van deel 1, zoals het ondertekend is.", "Hier is de kopie."),
    )


def test_a_letter_to_the_other_side_is_not_on_the_reporters_page(brug: House) -> None:
    """P26 R-004-092."""
    told = a_case(brug, "conduct_complaint", "amina")
    page = open_page(brug["amina"].member(), told.reference, at=NOON, language="nl")
    assert page.todo is not None
    letters = page.todo.course.procedure.letters
    assert letters["decision"].to_reporter
    assert not letters["notice_other"].to_reporter


# Consent --------------------------------------------------------------------------------------


def listening(house: House) -> Told:
    told = a_case(house, "listening", "amina")
    do(house, told, "contact", "talk_now", who="amina")
    do(house, told, "listen", who="amina")
    do(house, told, "choose", "manager", who="amina")
    return told


def consent_of(told: Told, step: str = "talk_manager") -> ConsentState:
    course = own(told).course
    assert course is not None
    return course.progress.standings[step].consent


def test_the_reporter_reads_the_question_that_was_asked(brug: House) -> None:
    """R-003-22."""
    told = listening(brug)
    ask_consent(brug["amina"].member(), told.reference, step="talk_manager", at=NOON)
    (asked,) = own(told).asked
    assert asked.question == (
        "Mag ik jou en je leidinggevende samenbrengen? Die weet dan dat jij het bent."
    )
    assert asked.by == brug["amina"].name


def noted(house: House, told: Told) -> None:
    amina = house["amina"].member()
    note_consent(
        amina, told.reference, step="talk_manager", answer="yes", how="aan de telefoon", at=NOON
    )


def test_what_was_noted_as_a_yes_can_be_denied_and_then_does_not_stand(brug: House) -> None:
    """P22: given orally, noted by; only the reporter can sign that it is not so."""
    told = listening(brug)
    noted(brug, told)
    number = min(own(told).given)
    take_consent_back(told.seat, told.case.id, number=number, text="Dat zei ik niet.", at=NOON)
    assert consent_of(told) is not ConsentState.GIVEN
    assert own(told).given == frozenset()
    with pytest.raises(StepRefused):
        do(brug, told, "talk_manager", who="amina", reason="toch")
    page = open_page(brug["amina"].member(), told.reference, at=NOON, language="nl")
    assert page.waiting
    assert "Dat zei ik niet." in [getattr(it.entry, "text", "") for it in page.page.items]


def test_saying_it_twice_says_it_once(brug: House) -> None:
    told = listening(brug)
    noted(brug, told)
    number = min(own(told).given)
    for _ in range(2):
        take_consent_back(told.seat, told.case.id, number=number, text="Nee.", at=NOON)
    assert thread(told).count("consent_spoken") == 2
    assert thread(told).count("message_sent") == 1


def test_nobody_corrects_what_the_reporter_signed(brug: House) -> None:
    told = listening(brug)
    noted(brug, told)
    take_consent_back(told.seat, told.case.id, number=min(own(told).given), text="", at=NOON)
    newest = next(it for it in own(told).page.items if isinstance(it.entry, ConsentSpoken))
    assert newest.by_reporter
    with pytest.raises(StepRefused):
        correct(
            brug["amina"].member(), told.reference, of=newest.seq, instead=None, reason="fout",
            at=NOON,
        )  # fmt: skip


def test_another_reporter_cannot_speak_for_this_one(brug: House) -> None:
    told, other = listening(brug), given.a_report(brug, reader="amina")
    stranger = given.a_report(given.the_neighbour(), reader="nadia")
    noted(brug, told)
    number = min(own(told).given)
    for seat in (other.seat, stranger.seat):
        with pytest.raises(NotYours):
            take_consent_back(seat, told.case.id, number=number, text="", at=NOON)
        with pytest.raises(NotYours):
            own_page(seat, told.case.id, at=NOON, language="nl")
    assert consent_of(told) is ConsentState.GIVEN


def test_who_told_about_somebody_else_gives_no_consent_in_their_place(brug: House) -> None:
    """P2: control belongs to the person it happened to."""
    draft = given.a_draft(brug, reader="amina", answers={"concerned": "somebody"})
    assert own(given.a_report(brug, draft=draft)).parts == {Whose.REPORTER}
    assert own(given.a_report(brug, reader="amina")).parts == set(Whose)


# The rest of the thread -------------------------------------------------------------------------


def test_what_was_taken_back_is_told_as_what_was_told(brug: House) -> None:
    told = a_case(brug, "complaint")
    do(brug, told, "receive", "service")
    done = next(it for it in own(told).page.items if isinstance(it.entry, StepDone))
    correct(
        brug["koen"].member(), told.reference, of=done.seq, instead=None, reason="vergist", at=NOON
    )
    newest = own(told).page.items[0]
    assert newest.kind == "step_corrected"
    assert newest.told
    assert newest.told.title == "Klacht ontvangen"
    assert way(told)[0] == []
