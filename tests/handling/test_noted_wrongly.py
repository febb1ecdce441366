"""What is noted wrongly: put right in its place, or refused with the field that is wrong."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from klankbord.cases.errors import ReasonMissing
from klankbord.handling.asking import ask_consent, note_consent
from klankbord.handling.happening import DayImpossible, DayToCome, StepRefused
from klankbord.handling.mending import correct
from klankbord.rules.course import ConsentAsked, StepDone
from klankbord.rules.procedures.standing import Odd, State
from tests.given import NOON, TODAY, House, Told
from tests.handling.test_own_page import listening
from tests.handling.test_steps import as_far_as_signed, course, do, page, states
from tests.handling.test_steps import brug as brug
from tests.handling.test_steps import complaint as complaint

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_folder")]


def noted(house: House, told: Told, step: str) -> tuple[int, StepDone]:
    """The last time that this step was noted, and its place."""
    found = [
        (it.seq, it.entry) for it in page(house, told).page.items
        if isinstance(it.entry, StepDone) and it.entry.step == step
    ]  # fmt: skip
    return found[-1]


def put_right(house: House, told: Told, step: str, **other: Any) -> None:
    seq, entry = noted(house, told, step)
    correct(
        house["koen"].member(NOON), told.reference, of=seq, instead=replace(entry, **other),
        reason="verkeerd aangeduid", at=NOON,
    )  # fmt: skip


@pytest.fixture
def judged(brug: House, complaint: Told) -> Told:
    as_far_as_signed(brug, complaint)
    do(brug, complaint, "hand_over", "done")
    do(brug, complaint, "admissibility", "admissible")
    return complaint


def test_admissible_becomes_inadmissible_and_the_case_ends(brug: House, judged: Told) -> None:
    """R-004-165: procedures.md 8.3."""
    assert states(brug, judged)["analysis"] is State.OPEN
    put_right(brug, judged, "admissibility", outcome="inadmissible", reason="te laat")
    assert course(brug, judged).progress.ended


def test_an_outcome_that_asks_a_reason_asks_it_in_a_correction_too(
    brug: House, judged: Told
) -> None:
    with pytest.raises((StepRefused, ReasonMissing)):
        put_right(brug, judged, "admissibility", outcome="inadmissible", reason="")
    assert states(brug, judged)["analysis"] is State.OPEN


def test_an_outcome_that_does_not_exist_corrects_nothing(brug: House, judged: Told) -> None:
    with pytest.raises(StepRefused) as refused:
        put_right(brug, judged, "admissibility", outcome="bogus")
    assert refused.value.why is Odd.UNKNOWN_OUTCOME
    assert states(brug, judged)["admissibility"] is State.DONE


@pytest.mark.parametrize("year", [1, 1899, 9999])
def test_a_year_that_cannot_be_meant_is_refused(brug: House, complaint: Told, year: int) -> None:
    as_far_as = ("receive", "service"), ("direct_attempt", "official"), ("part1", "done")
    for step, outcome in as_far_as:
        do(brug, complaint, step, outcome)
    with pytest.raises(DayToCome) as refused:
        do(brug, complaint, "sign", "signed", days={"signed": date(year, 3, 1)})
    assert refused.value.name == "signed"


def test_what_happened_is_not_to_come_and_what_is_promised_not_past(
    brug: House, complaint: Told, judged: Told
) -> None:
    """R-004-161: the day of signing begins the term; a mistyped year would move it by a year."""
    with pytest.raises(DayToCome) as refused:
        put_right(brug, complaint, "sign", days={"signed": TODAY + timedelta(days=365)})
    assert not isinstance(refused.value, DayImpossible)
    do(brug, judged, "analysis", "founded")
    do(brug, judged, "solution", "done")
    with pytest.raises(DayImpossible) as impossible:
        do(brug, judged, "answer", "sent_founded", days={"recheck": TODAY - timedelta(days=9)})
    assert impossible.value.name == "recheck"


def test_a_letter_holds_what_belongs_to_its_ending_in_its_own_order(
    brug: House, complaint: Told
) -> None:
    """R-004-171, R-004-182: what stood ready for another ending is not sent along."""
    as_far_as_signed(brug, complaint)
    do(brug, complaint, "hand_over", "done")
    procedure = course(brug, complaint).procedure
    yes = procedure.letter_of("admissibility", "admissible")
    no = procedure.letter_of("admissibility", "inadmissible")
    assert yes
    assert no
    written = {part: f"over {part}" for part in (*reversed(list(yes.parts)), *no.parts)}
    do(brug, complaint, "admissibility", "admissible", letter=written)
    _, entry = noted(brug, complaint, "admissibility")
    assert set(entry.letter) == set(yes.parts)
    (item,) = [it for it in page(brug, complaint).page.items if it.told and it.told.parts]
    assert item.told
    assert [title for title, _ in item.told.parts] == list(yes.parts.values())
    assert page(brug, complaint).page.answered
    assert not page(brug, complaint).waiting


def test_consent_is_asked_once(brug: House, complaint: Told) -> None:
    """R-003-22: a second click asks nothing, and takes no yes away."""
    amina, told = brug["amina"].member(NOON), listening(brug)
    for _ in range(2):
        ask_consent(amina, told.reference, step="talk_manager", at=NOON)
    asked = [
        it for it in page(brug, told, "amina").page.items if isinstance(it.entry, ConsentAsked)
    ]
    assert len(asked) == 1
    note_consent(amina, told.reference, step="talk_manager", answer="yes", how="aan tafel", at=NOON)
    with pytest.raises(StepRefused):
        ask_consent(amina, told.reference, step="talk_manager", at=NOON)
