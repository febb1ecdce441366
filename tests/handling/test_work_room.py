"""What handlers note at a step: sealed to the readers of the house, and never to the reporter."""

import pytest

from klankbord.cases.models import Case, KeyHolder
from klankbord.cases.services import open_for
from klankbord.cases.verifying import verify
from klankbord.handling import channel
from klankbord.handling.casework import end_access, give_access, open_page
from klankbord.handling.mending import start_procedure
from klankbord.handling.seats import bar
from klankbord.handling.steps import Doing, do_step, find_out
from klankbord.rules.course import StepDone, WorkNoted
from klankbord.rules.entries import Answers
from tests import given
from tests.given import NOON, TODAY, House, Told

pytestmark = pytest.mark.django_db
SAID = "Hij zei dat het een grap was."


@pytest.fixture
def brug(db: None, trusting: None) -> House:
    return given.de_brug()


@pytest.fixture
def told(brug: House) -> Told:
    told = given.a_report(brug, reader="koen")
    koen = brug["koen"].member()
    start_procedure(koen, told.reference, key="complaint", reason="over ons", at=NOON)
    return told


def note(house: House, told: Told, who: str = "koen", step: str = "receive") -> None:
    doing = Doing("service", TODAY, 1, note=SAID, form=Answers("measures", 1, "nl", {"a": SAID}))
    do_step(
        house[who].member(), told.reference, step=step, doing=doing, token=given.a_token(), at=NOON
    )


def notes(house: House, told: Told, who: str) -> list[str]:
    page = open_page(house[who].member(), told.reference, at=NOON, language="nl").page
    assert page.can_write
    return [item.noted.note for item in page.items if item.noted]


def let_in(house: House, told: Told, who: str, by: str = "koen") -> None:
    give_access(
        house[by].member(), told.reference, membership=house[who].membership, identity=True,
        why="handelt mee", at=NOON,
    )  # fmt: skip


def test_the_reporters_key_opens_no_note_and_no_form_of_those_who_handle_the_case(
    brug: House, told: Told
) -> None:
    """R-004-038: what others said is theirs; need-to-know by key, and not by a page that hides."""
    note(brug, told)
    opened = open_for(told.case, told.seat.hand, at=NOON)
    assert not [it for it in opened.happened if isinstance(it.entry, WorkNoted)]
    done = [it.entry for it in opened.happened if isinstance(it.entry, StepDone)]
    assert [(it.step, it.form) for it in done] == [("receive", None)]
    assert SAID not in repr([vars_of(it) for it in done])
    work = KeyHolder.objects.filter(compartment__case=told.case, compartment__name="work")
    assert {it.holder for it in work} == {brug["koen"].membership}
    assert notes(brug, told, "koen") == [SAID]


def vars_of(done: StepDone) -> list[object]:
    return [getattr(done, name) for name in StepDone.__dataclass_fields__]


def test_a_new_reader_reads_the_notes_and_who_leaves_reads_nothing_new(
    brug: House, told: Told
) -> None:
    note(brug, told)
    let_in(brug, told, "dora")
    assert notes(brug, told, "dora") == [SAID]
    end_access(
        brug["koen"].member(), told.reference, membership=brug["dora"].membership, why="klaar",
        at=NOON,
    )  # fmt: skip
    find_out(brug["koen"].member(), told.reference, findings={"channel": "oral"}, note="nieuw",
             at=NOON)  # fmt: skip
    assert notes(brug, told, "koen") == ["nieuw", SAID]
    wraps = KeyHolder.objects.filter(compartment__case=told.case, compartment__name="work")
    assert {it.holder for it in wraps} == {brug["koen"].membership}


def test_a_reader_whom_the_reporter_lets_in_gets_the_notes_from_the_next_who_writes(
    brug: House, told: Told
) -> None:
    note(brug, told)
    channel.choose(told.seat, told.case.id, membership=brug["amina"].membership, keep=True, at=NOON)
    assert notes(brug, told, "amina") == []
    find_out(brug["koen"].member(), told.reference, findings={"channel": "oral"}, note="nieuw",
             at=NOON)  # fmt: skip
    assert notes(brug, told, "amina") == ["nieuw", SAID]


def test_the_reporter_can_send_a_reader_away_from_a_part_that_only_readers_hold(
    brug: House, told: Told
) -> None:
    """The wrap goes at once; the one who stays makes a new key before anything is written."""
    let_in(brug, told, "dora")
    note(brug, told)
    channel.choose(
        told.seat, told.case.id, membership=brug["amina"].membership, keep=False, at=NOON
    )
    wraps = KeyHolder.objects.filter(compartment__case=told.case, compartment__name="work")
    assert not wraps.exists()
    assert notes(brug, told, "amina") == []
    find_out(brug["amina"].member(), told.reference, findings={"channel": "oral"}, note="opnieuw",
             at=NOON)  # fmt: skip
    assert notes(brug, told, "amina") == ["opnieuw"]
    channel.write(told.seat, told.case.id, text="Dank je.", token=given.a_token(), at=NOON)
    assert notes(brug, told, "amina") == ["opnieuw"]
    assert verify().faults == []


def test_whoever_turns_out_to_be_accused_loses_the_notes_too_and_the_other_goes_on(
    brug: House, told: Told
) -> None:
    let_in(brug, told, "dora")
    note(brug, told)
    bar(brug["koen"].member(), told.reference, who=brug["dora"].membership, relation="accused",
        why="zei de melder", at=NOON)  # fmt: skip
    assert notes(brug, told, "koen") == ["zei de melder", SAID]
    assert not Case.objects.get(id=told.case.id).rekey_due
    assert verify().faults == []


def test_a_letter_to_somebody_else_lies_where_the_reporters_key_does_not_reach(
    house: House,
) -> None:
    """P26: the other side gets a letter of their own; only the reporter's own stand in the file."""
    told = given.a_report(house, reader="noor")
    noor = house["noor"].member()
    for step, outcome, letter in (("danger", "now", {}), ("crisis", "done", {"safe": SAID})):
        doing = Doing(outcome, TODAY, 1, letter=letter)
        do_step(noor, told.reference, step=step, doing=doing, token=given.a_token(), at=NOON)
    opened = open_for(told.case, told.seat.hand, at=NOON)
    done = [it.entry for it in opened.happened if isinstance(it.entry, StepDone)]
    assert [(it.step, dict(it.letter)) for it in done] == [("danger", {}), ("crisis", {})]
    page = open_page(noor, told.reference, at=NOON, language="nl").page
    assert [text for item in page.items if item.told for _, text in item.told.parts] == [SAID]
