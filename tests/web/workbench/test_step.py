"""The page of a step: what it asks and says, who may open it, and that nothing typed is lost."""

from dataclasses import replace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from klankbord.handling.casework import CasePage, give_access, open_page
from klankbord.handling.mending import start_procedure
from klankbord.kit.clock import now, today
from klankbord.rules.procedures.standing import State
from klankbord.web.workbench.templatetags.workbench import letter_parts
from tests import given
from tests.given import House, Told
from tests.web.desks import case_address, signed_in, token_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def brug(db: None, trusting: None) -> House:
    return given.de_brug()


@pytest.fixture
def complaint(brug: House) -> Told:
    told = given.a_report(brug, reader="koen", at=now())
    koen = brug["koen"].member(now())
    start_procedure(koen, told.reference, key="complaint", reason="over ons", at=now())
    give_access(
        koen, told.reference, membership=brug["dora"].membership, identity=True, why="klachten",
        at=now(),
    )  # fmt: skip
    return told


def work(house: House, told: Told, who: str = "koen") -> CasePage:
    return open_page(house[who].member(now()), told.reference, at=now(), language="nl")


def number_of(house: House, told: Told, step: str) -> int:
    todo = work(house, told).todo
    assert todo is not None
    return todo.course.number_of(step)


def send(client: Client, house: House, told: Told, step: str, **fields: Any) -> Any:
    address = case_address(told.reference, "step", str(number_of(house, told, step)))
    page = client.get(address)
    typed = {"day-on": today().isoformat(), "s-round": "1", "form": token_on(page), **fields}
    return client.post(address, typed)


def states(house: House, told: Told) -> dict[str, State]:
    todo = work(house, told).todo
    assert todo is not None
    return {key: it.state for key, it in todo.course.progress.standings.items()}


def test_the_case_says_what_to_do_now_with_guidance_and_the_way_to_it(
    client: Client, brug: House, complaint: Told
) -> None:
    page = signed_in(client, brug["koen"]).get(case_address(complaint.reference)).content.decode()
    assert "To do now" in page
    assert f"/step/{number_of(brug, complaint, 'receive')}/" in page


def test_a_step_is_taken_on_its_page(client: Client, brug: House, complaint: Told) -> None:
    signed_in(client, brug["koen"])
    answer = send(
        client, brug, complaint, "receive",
        **{"s-outcome": "service", "finding-channel": "oral", "s-note": "aan de balie"},
    )  # fmt: skip
    assert answer.status_code == 302
    assert states(brug, complaint)["direct_attempt"] is State.OPEN
    page = client.get(case_address(complaint.reference)).content.decode()
    assert "aan de balie" in page


def test_what_is_missing_is_said_and_what_was_typed_stays(
    client: Client, brug: House, complaint: Told
) -> None:
    signed_in(client, brug["koen"])
    answer = send(client, brug, complaint, "receive", **{"s-note": "lang verhaal"})
    assert answer.status_code == 422
    assert set(answer.context["errors"]) == {"s-outcome"}
    assert "lang verhaal" in answer.content.decode()
    answer = send(
        client, brug, complaint, "receive",
        **{"s-outcome": "service", "day-on": "31-02-2026", "s-note": "lang verhaal"},
    )  # fmt: skip
    assert set(answer.context["errors"]) == {"day-on"}
    assert states(brug, complaint)["receive"] is State.OPEN


def test_an_ending_that_refers_says_to_whom(client: Client, brug: House, complaint: Told) -> None:
    """P19."""
    signed_in(client, brug["koen"])
    answer = send(client, brug, complaint, "receive", **{"s-outcome": "stays_unknown"})
    assert set(answer.context["errors"]) == {"s-referred"}


def test_part_one_of_the_form_is_filled_in_at_the_counter(
    client: Client, brug: House, complaint: Told
) -> None:
    """P27 R-004-154: part 1 on screen, begun with what is known."""
    signed_in(client, brug["koen"])
    send(client, brug, complaint, "receive", **{"s-outcome": "service"})
    send(client, brug, complaint, "direct_attempt", **{"s-outcome": "official"})
    answer = send(client, brug, complaint, "part1", happened="Het rooster was verkeerd.")
    assert answer.status_code == 302, answer.context["errors"]
    assert states(brug, complaint)["sign"] is State.OPEN


def test_the_eight_conditions_are_judged_one_by_one(
    client: Client, brug: House, complaint: Told
) -> None:
    """R-004-131..140: each with yes or no and a note; who is told has a reason to read."""
    signed_in(client, brug["koen"])
    day = {"day-signed": today().isoformat()}
    send(client, brug, complaint, "receive", **{"s-outcome": "service"})
    send(client, brug, complaint, "direct_attempt", **{"s-outcome": "official"})
    send(client, brug, complaint, "part1", happened="Het rooster was verkeerd.")
    send(client, brug, complaint, "sign", **{"s-outcome": "signed", **day})
    send(client, brug, complaint, "give_copy")
    send(client, brug, complaint, "hand_over")
    number = number_of(brug, complaint, "admissibility")
    page = client.get(case_address(complaint.reference, "step", str(number))).content.decode()
    for condition in ("own_service", "demonstrable", "precise", "first_time", "written",
                      "known_user", "in_time", "no_court"):  # fmt: skip
        assert condition in page


@pytest.mark.parametrize("end", ["", "give", "said", "leave"])
def test_the_neighbour_and_whoever_holds_no_key_find_no_step(
    client: Client, brug: House, complaint: Told, neighbour: House, end: str
) -> None:
    address = case_address(complaint.reference, *filter(None, ["step", "1", end]))
    for house, who in ((neighbour, "nadia"), (brug, "amina"), (brug, "dirk")):
        assert signed_in(Client(), house[who]).get(address).status_code == 404
    assert signed_in(client, brug["koen"]).get(
        case_address(complaint.reference, "step", "99")
    ).status_code == 404  # fmt: skip


def test_a_step_is_given_to_a_colleague_and_what_is_barred_is_not_offered(
    client: Client, brug: House, complaint: Told
) -> None:
    signed_in(client, brug["koen"])
    address = case_address(complaint.reference, "step", "1", "give")
    assert client.post(address, {"to": ""}).status_code == 422
    answer = client.post(address, {"to": brug["milan"].membership.hex, "reason": "was erbij"})
    assert answer.status_code == 302
    todo = work(brug, complaint).todo
    assert todo is not None
    assert todo.course.progress.standings["receive"].delegated_to == brug["milan"].membership.hex


def test_a_signed_paper_is_added_to_the_step_as_a_scan(
    client: Client, brug: House, complaint: Told
) -> None:
    """P27: signed on paper, and scanned; the readers of the house find it at the step."""
    signed_in(client, brug["koen"])
    scan = SimpleUploadedFile("deel-1.pdf", b"%PDF-1.4\n%%EOF\n", content_type="application/pdf")
    answer = send(
        client, brug, complaint, "receive", **{"s-outcome": "service", "file": scan}
    )  # fmt: skip
    assert answer.status_code == 302
    page = client.get(case_address(complaint.reference)).content.decode()
    assert "deel-1.pdf" in page


def test_a_file_that_is_refused_costs_no_words(
    client: Client, brug: House, complaint: Told
) -> None:
    signed_in(client, brug["koen"])
    empty = SimpleUploadedFile("leeg.pdf", b"", content_type="application/pdf")
    answer = send(
        client, brug, complaint, "receive",
        **{"s-outcome": "service", "s-note": "lang verhaal", "file": empty},
    )  # fmt: skip
    assert answer.status_code == 422
    assert set(answer.context["errors"]) == {"file"}
    assert "lang verhaal" in answer.content.decode()
    assert states(brug, complaint)["receive"] is State.OPEN


@pytest.mark.parametrize("shown", ["drie", "-1", "9" * 5000, "²"])
def test_a_round_that_was_made_up_is_the_present_one(
    client: Client, brug: House, complaint: Told, shown: str
) -> None:
    """What somebody puts in a hidden field breaks no page, and takes no other step."""
    signed_in(client, brug["koen"])
    answer = send(
        client, brug, complaint, "receive",
        **{"s-outcome": "service", "finding-channel": "oral", "s-round": shown},
    )  # fmt: skip
    assert answer.status_code == 302
    assert states(brug, complaint)["direct_attempt"] is State.OPEN


def test_a_step_is_not_given_while_a_typed_name_may_be_theirs_and_the_reason_stays(
    client: Client, brug: House
) -> None:
    """R-000-31: it says what to settle first; nothing typed is lost."""
    draft = given.a_draft(brug, reader="koen")
    draft.must_not_words = "die van de klachten"
    told = given.a_report(brug, draft=draft, at=now())
    todo = open_page(brug["koen"].member(now()), told.reference, at=now(), language="nl").todo
    assert todo is not None
    address = case_address(told.reference, "step", str(todo.now[0].number), "give")
    signed_in(client, brug["koen"])
    client.get(address)
    typed = {"to": brug["dora"].membership.hex, "reason": "Zij kent de streek."}
    page = client.post(address, typed)
    assert page.status_code == 422
    assert "First say whom the name means" in page.content.decode()
    assert typed["reason"] in page.content.decode()


def test_a_day_that_stood_ready_for_another_ending_is_not_written_down(
    client: Client, brug: House
) -> None:
    """The next contact of "once more" says nothing when it was enough."""
    told = given.a_report(brug, reader="koen", at=now())
    signed_in(client, brug["koen"])
    answer = send(client, brug, told, "report", **{"s-outcome": "inside"})
    assert answer.status_code == 302, answer.context["errors"]
    day = {"day-next_contact": today().isoformat()}
    answer = send(client, brug, told, "aftercare", **{"s-outcome": "enough"}, **day)
    assert answer.status_code == 302, answer.context["errors"]
    todo = work(brug, told).todo
    assert todo is not None
    assert "next_contact" not in todo.course.progress.days


def test_what_belongs_to_one_ending_stands_apart_in_a_letter_and_each_part_once(
    brug: House, complaint: Told
) -> None:
    """R-004-168, R-004-171: what is written with a no is not asked beside a yes."""
    todo = work(brug, complaint).todo
    assert todo is not None
    procedure = todo.course.procedure
    step = procedure.step("admissibility")
    drawn = letter_parts(procedure, replace(todo.everything[0], step=step), {})
    groups = dict(drawn["parts"])
    no = next(it.title for it in step.outcomes if it.letter == "inadmissible")
    assert no in groups
    fields = [name for some in groups.values() for name, _, _ in some]
    assert len(fields) == len(set(fields))
    letters = [procedure.letters[it.letter] for it in step.outcomes if it.letter]
    assert set(fields) == {f"letter-{part}" for it in letters for part in it.parts}


def test_a_second_click_leads_to_the_case_and_another_text_is_never_dropped(
    client: Client, brug: House, complaint: Told
) -> None:
    """The step is gone from the page by then: the same form is one step, another one is kept."""
    signed_in(client, brug["koen"])
    number = str(number_of(brug, complaint, "receive"))
    address = case_address(complaint.reference, "step", number)
    sent = {
        "day-on": today().isoformat(),
        "s-round": "1",
        "s-outcome": "service",
        "finding-channel": "oral",
    }
    first, other = (sent | {"form": token_on(client.get(address))} for _ in range(2))
    assert client.post(address, first).status_code == 302
    assert client.post(address, first).headers["Location"] == case_address(complaint.reference)
    late = client.post(address, other | {"s-note": "Dit mag niet weg zijn."})
    assert late.status_code == 404
    assert "Dit mag niet weg zijn." in late.content.decode()
