"""An organisation's own version of a procedure: who goes by it, from when, and who keeps what."""

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

import pytest

from klankbord.handling import own
from klankbord.handling.adapting import (
    NothingWaits,
    begin_copy,
    drop_copy,
    proof_of,
    switch_off,
    switch_on,
    texts_of,
    write_copy,
)
from klankbord.handling.casework import CasePage, open_page
from klankbord.handling.happening import NotRunHere
from klankbord.handling.mending import start_procedure
from klankbord.handling.models import OwnProcedure
from klankbord.handling.own import FIRST_OWN, draft_of, own_in_force, versions_of
from klankbord.handling.paper import paper_forms
from klankbord.handling.procedures import procedures_here, start_of
from klankbord.handling.steps import Doing, do_step
from klankbord.kit.journal.models import Line
from klankbord.rules.library import Refused
from klankbord.rules.procedures.adapting import Texts, Writing
from tests import given
from tests.given import NOON, TODAY, House, Told

pytestmark = pytest.mark.django_db

THEIRS = "Zet je naam eronder"


@pytest.fixture
def brug(db: None, trusting: None) -> House:
    return given.de_brug()


def writer(house: House) -> UUID:
    return house["nele"].membership


def adapted(house: House, title: str = THEIRS, *, go: bool = True) -> None:
    """The complaint, with another title for signing."""
    given.an_own_procedure(house, "complaint", "nele", titles={"sign": title}, go=go)


def a_complaint(house: House) -> Told:
    told = given.a_report(house, reader="koen")
    koen = house["koen"].member()
    start_procedure(koen, told.reference, key="complaint", reason="hoort hier", at=NOON)
    return told


def page(house: House, told: Told, *, days: int = 0) -> CasePage:
    at = NOON + timedelta(days=days)
    return open_page(house["koen"].member(at), told.reference, at=at, language="nl")


def signing(house: House, told: Told) -> str:
    todo = page(house, told).todo
    assert todo is not None
    return todo.course.procedure.step("sign").title


def test_a_new_case_begins_by_the_own_version_from_the_day_it_is_switched_on(brug: House) -> None:
    adapted(brug, go=False)
    assert start_of(brug.organisation, "complaint", on=TODAY).version == 1
    switch_on(brug.organisation, "complaint", by=writer(brug), on=TODAY)

    assert start_of(brug.organisation, "complaint", on=TODAY).version == FIRST_OWN
    assert start_of(brug.organisation, "complaint", on=TODAY - timedelta(days=1)).version == 1
    assert signing(brug, a_complaint(brug)) == THEIRS


def test_a_case_keeps_its_version_when_the_copy_changes_or_is_switched_off(brug: House) -> None:
    """A case keeps the version and the text with which it started."""
    before = a_complaint(brug)
    adapted(brug)
    first = a_complaint(brug)
    adapted(brug, "Handtekening")
    second = a_complaint(brug)
    switch_off(brug.organisation, "complaint", by=writer(brug), on=TODAY)
    last = a_complaint(brug)

    assert signing(brug, first) == THEIRS
    assert signing(brug, second) == "Handtekening"
    assert signing(brug, last) == signing(brug, before)
    assert signing(brug, last) not in {THEIRS, "Handtekening"}


def test_an_unsound_copy_is_kept_and_cannot_be_switched_on(brug: House) -> None:
    """It is refused with a sentence that names the key."""
    copy = begin_copy(brug.organisation, "complaint", by=writer(brug), on=TODAY)
    writing = Writing(texts_of(copy))
    writing.put(("step", "hand_over", "term"), "some day")
    write_copy(brug.organisation, "complaint", writing.texts, by=writer(brug), on=TODAY)

    with pytest.raises(Refused) as refused:
        switch_on(brug.organisation, "complaint", by=writer(brug), on=TODAY)
    assert any(it.startswith("hand_over.term:") for it in refused.value.findings)
    kept = draft_of(brug.organisation, "complaint")
    assert kept is not None
    assert "some day" in kept.main
    assert own_in_force(brug.organisation, on=TODAY) == {}


@pytest.mark.parametrize(
    ("main", "names"),
    [("no = = toml", "TOML"), ('key = "complaint"', "the key title is missing"), ("", "who")],
)
def test_whatever_was_typed_is_kept(brug: House, main: str, names: str) -> None:
    begin_copy(brug.organisation, "complaint", by=writer(brug), on=TODAY)
    write_copy(brug.organisation, "complaint", Texts(main, {}), by=writer(brug), on=TODAY)

    kept = draft_of(brug.organisation, "complaint")
    assert kept is not None
    assert main in kept.main
    assert any(names in it for it in proof_of(brug.organisation, texts_of(kept)).findings)
    with pytest.raises(Refused):
        switch_on(brug.organisation, "complaint", by=writer(brug), on=TODAY)


def test_a_seat_that_nobody_can_hold_here_refuses_the_copy(brug: House) -> None:
    copy = begin_copy(brug.organisation, "complaint", by=writer(brug), on=TODAY)
    writing = Writing(texts_of(copy))
    writing.put(("who", "quality", "succession"), ["astronaut"])
    found = proof_of(brug.organisation, writing.texts).findings

    assert found == ("who.quality: nobody can hold any of its roles here.",)


def test_a_copy_that_could_get_a_case_stuck_is_refused(brug: House) -> None:
    """The same walk as through ours."""
    copy = begin_copy(brug.organisation, "complaint", by=writer(brug), on=TODAY)
    writing = Writing(texts_of(copy))
    writing.switch_off("sign")
    found = proof_of(brug.organisation, writing.texts).findings

    assert found


def test_the_neighbours_copy_is_never_used(brug: House, neighbour: House) -> None:
    adapted(brug)
    theirs = neighbour.organisation

    assert start_of(theirs, "complaint", on=TODAY).version == 1
    assert draft_of(theirs, "complaint") is None
    assert versions_of(theirs, "complaint") == []
    with pytest.raises(NothingWaits):
        begin_copy(theirs, "complaint", by=neighbour["bas"].membership, on=TODAY, like=FIRST_OWN)
    with pytest.raises(NothingWaits):
        switch_off(theirs, "complaint", by=neighbour["bas"].membership, on=TODAY)


def test_numbers_never_collide_with_ours_nor_with_each_other(brug: House) -> None:
    adapted(brug)
    adapted(brug, "Handtekening")
    begin_copy(brug.organisation, "complaint", by=writer(brug), on=TODAY)
    drop_copy(brug.organisation, "complaint")
    copy = begin_copy(brug.organisation, "complaint", by=writer(brug), on=TODAY, like=FIRST_OWN)

    assert copy.version == FIRST_OWN + 2
    assert THEIRS in copy.main
    assert [it.version for it in versions_of(brug.organisation, "complaint")] == [1002, 1001]


def test_the_head_of_a_copy_cannot_be_made_to_say_another_name(brug: House) -> None:
    copy = begin_copy(brug.organisation, "complaint", by=writer(brug), on=TODAY)
    main = copy.main.replace('key = "complaint"', 'key = "advice"')
    texts = Texts(main.replace(f"version = {FIRST_OWN}", "version = 1"), copy.translations)
    kept = write_copy(brug.organisation, "complaint", texts, by=writer(brug), on=TODAY)

    assert 'key = "complaint"' in kept.main
    assert f"version = {FIRST_OWN}" in kept.main


def test_switching_on_and_off_stands_in_the_journal(brug: House) -> None:
    adapted(brug)
    switch_off(brug.organisation, "complaint", by=writer(brug), on=TODAY)
    lines = Line.objects.filter(organisation=brug.organisation.id).values_list("deed", "subject")

    assert ("procedure_switched_on", "procedure.complaint") in lines
    assert ("procedure_switched_off", "procedure.complaint") in lines


def test_a_text_that_is_not_the_one_a_case_began_with_is_an_alarm_and_no_crash(
    brug: House,
) -> None:
    """What happened stays readable, and the case can go on by the version of today."""
    adapted(brug)
    told = a_complaint(brug)
    row = OwnProcedure.objects.get(organisation=brug.organisation)
    row.main = row.main.replace(THEIRS, "Iets anders")
    row.save()
    own._remembered.cache_clear()  # as after a restart

    work = page(brug, told)
    assert work.todo is None
    assert work.lost
    deeds = Line.objects.filter(organisation=brug.organisation.id).values_list("deed", flat=True)
    assert list(deeds).count("procedure_does_not_fit") == 1
    switch_off(brug.organisation, "complaint", by=writer(brug), on=TODAY)
    koen = brug["koen"].member()
    start_procedure(koen, told.reference, key="complaint", reason="tekst is weg", at=NOON)
    assert page(brug, told).todo is not None


def test_a_case_can_go_on_by_a_newer_version_and_finished_steps_count(brug: House) -> None:
    told = a_complaint(brug)
    koen = brug["koen"].member()
    doing = Doing(outcome="service", on=TODAY, round=1)
    do_step(koen, told.reference, step="receive", doing=doing, token=given.a_token(), at=NOON)
    adapted(brug)
    start_procedure(koen, told.reference, key="complaint", reason="nieuwe tekst", at=NOON)

    todo = page(brug, told).todo
    assert todo is not None
    assert todo.course.procedure.version == FIRST_OWN
    assert [it.step.key for it in todo.now] == ["direct_attempt"]
    assert todo.course.progress.standings["receive"].done


def test_paper_is_of_the_version_that_new_cases_begin_by(brug: House) -> None:
    """P27."""
    keys = {it.key for it in paper_forms(brug.organisation, on=TODAY, language="nl")}
    copy = begin_copy(brug.organisation, "complaint", by=writer(brug), on=TODAY)
    writing = Writing(texts_of(copy))
    for step in writing.main["step"]:
        step.pop("form", None)
    write_copy(brug.organisation, "complaint", writing.texts, by=writer(brug), on=TODAY)
    switch_on(brug.organisation, "complaint", by=writer(brug), on=TODAY)
    left = {it.key for it in paper_forms(brug.organisation, on=TODAY, language="nl")}

    assert "complaint_part1" in keys
    assert "complaint_part1" not in left


def test_where_nobody_could_go_on_no_case_is_sent(house: House) -> None:
    """P6: advice in a youth movement does not become a welfare organisation's procedure."""
    organisation = house.organisation
    here = {it.key for it in procedures_here(organisation, on=TODAY, language="nl")}
    assert {"transgressive", "complaint"}.isdisjoint(here)

    told = given.a_report(house, reader="noor")
    noor = house["noor"].member()
    start_procedure(noor, told.reference, key="advice", reason="hoort hier", at=NOON)
    task = offered(open_page(noor, told.reference, at=NOON, language="nl"))
    assert "users" not in task
    assert task["youth"]
    with pytest.raises(NotRunHere):
        do_step(
            noor, told.reference, step="ask",
            doing=Doing(outcome="users", on=TODAY, round=1), token=given.a_token(), at=NOON,
        )  # fmt: skip


def offered(work: CasePage) -> Mapping[str, str]:
    assert work.todo is not None
    assert work.todo.first is not None
    assert [it.key for it in work.todo.first.not_here] == ["users"]
    return {it.key: it.title for it in work.todo.first.outcomes}
