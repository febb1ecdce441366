"""The page on which people estimate how serious it is: look first, then decide."""

from typing import Any

import pytest
from django.test import Client

from klankbord.handling.casework import CasePage, open_page
from klankbord.handling.mending import start_procedure
from klankbord.handling.steps import Doing, do_step
from klankbord.kit.clock import now, today
from klankbord.rules.course import SeverityAssessed
from klankbord.rules.severity.reading import scheme_in_force
from tests import given
from tests.given import House, Told
from tests.web.desks import case_address, signed_in, token_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(db: None, trusting: None) -> House:
    return given.ravelijn()


@pytest.fixture
def suspicion(house: House) -> Told:
    told = given.a_report(house, reader="noor", at=now())
    start(house, told, "transgressive")
    return told


def start(house: House, told: Told, key: str) -> None:
    noor = house["noor"].member(now())
    start_procedure(noor, told.reference, key=key, reason="zo hoort het", at=now())


def reported(house: House, told: Told) -> None:
    doing = Doing(outcome="inside", on=today(), round=1)
    noor = house["noor"].member(now())
    do_step(noor, told.reference, step="report", doing=doing, token=given.a_token(), at=now())


def work(house: House, told: Told) -> CasePage:
    return open_page(house["noor"].member(now()), told.reference, at=now(), language="nl")


def made(house: House, told: Told) -> list[SeverityAssessed]:
    items = work(house, told).page.items
    return [it.entry for it in items if isinstance(it.entry, SeverityAssessed)]


def safe(scheme: str = "colours") -> dict[str, str]:
    dangers = scheme_in_force(scheme, today(), "en").dangers
    return {f"danger-{it.key}": "no" for it in dangers}


def marks(level: str, **other: str) -> dict[str, str]:
    criteria = scheme_in_force("colours", today(), "en").criteria
    return {f"mark-{it.key}": other.get(it.key, level) for it in criteria}


def post(client: Client, told: Told, do: str, **typed: Any) -> Any:
    return client.post(case_address(told.reference, "severity"), {"do": do, **typed})


def test_looking_says_what_sets_the_floor_and_decides_nothing(
    client: Client, house: House, suspicion: Told
) -> None:
    """P15, field guide 1: the worst criterion is the floor, never a sum."""
    signed_in(client, house["noor"])
    answer = post(
        client, suspicion, "look", **safe(), **marks("green", agreement="red", effect="unknown"),
        reason="nog niet zeker",
    )  # fmt: skip
    page = answer.content.decode()
    assert answer.status_code == 200
    weighed = answer.context["weighed"]
    assert weighed.floor.key == "red"
    assert [it.key for it in weighed.set_by] == ["agreement"]
    assert "nog niet zeker" in page
    assert all(question in page for question in weighed.asks_for)
    assert made(house, suspicion) == []


def test_an_estimate_is_kept_in_at_most_two_posts_and_says_what_follows(
    client: Client, house: House, suspicion: Told
) -> None:
    signed_in(client, house["noor"])
    reported(house, suspicion)
    seen = marks("yellow")
    post(client, suspicion, "look", **safe(), **seen)
    answer = post(client, suspicion, "decide", **safe(), **seen, level="yellow")
    assert answer.status_code == 302
    page = client.get(answer.url)
    assert page.context["stands"].key == "yellow"
    assert page.context["follows"]
    todo = work(house, suspicion).todo
    assert todo is not None
    known = {it.step.key for it in todo.everything}
    assert {it.task.step.key for it in page.context["follows"]} <= known
    assert "kb-flag--yellow" in client.get(case_address(suspicion.reference)).content.decode()


def test_danger_comes_before_any_level_and_what_was_typed_stays(
    client: Client, house: House, suspicion: Told
) -> None:
    """A yes, a doubt and no answer must each be seen to first."""
    signed_in(client, house["noor"])
    dangers = {**safe(), "danger-in_danger": "yes", "danger-evidence": "unknown"}
    typed = {**dangers, **marks("green", place="yellow"), "level": "yellow", "reason": "licht"}
    answer = post(client, suspicion, "decide", **typed)
    assert answer.status_code == 422
    assert set(answer.context["errors"]) == {"danger-in_danger", "danger-evidence"}
    assert "licht" in answer.content.decode()
    done = {"acted-in_danger": "yes", "acted-evidence": "yes"}
    assert post(client, suspicion, "decide", **typed, **done).status_code == 302


def test_below_the_floor_needs_a_reason_and_somebody_else(
    client: Client, house: House, suspicion: Told
) -> None:
    signed_in(client, house["noor"])
    typed = {**safe(), **marks("red"), "level": "yellow"}
    answer = post(client, suspicion, "decide", **typed)
    assert set(answer.context["errors"]) == {"reason", "second"}
    noor = house["noor"].membership.hex
    answer = post(client, suspicion, "decide", **typed, reason="een spel", second=noor)
    assert set(answer.context["errors"]) == {"second"}
    answer = post(
        client, suspicion, "decide", **typed, reason="een spel",
        second=house["tarik"].membership.hex,
    )  # fmt: skip
    assert answer.status_code == 302
    assert made(house, suspicion)[0].second == house["tarik"].membership


def test_whoever_has_no_colleague_decides_with_somebody_from_outside(
    client: Client, house: House, suspicion: Told
) -> None:
    """P23, R-001-50: by name; the reporter is told."""
    signed_in(client, house["noor"])
    typed = {**safe(), **marks("black"), "level": "black", "outside": "Ans van het meldpunt"}
    assert post(client, suspicion, "decide", **typed).status_code == 302
    found = next(it for it in work(house, suspicion).page.items if it.kind == "severity_assessed")
    assert found.told is not None
    assert found.told.reporter
    page = client.get(case_address(suspicion.reference, "severity")).content.decode()
    assert "Ans van het meldpunt" in page


def test_the_same_page_sent_twice_is_one_estimate(
    client: Client, house: House, suspicion: Told
) -> None:
    signed_in(client, house["noor"])
    typed = {**safe(), **marks("yellow"), "level": "yellow"}
    for _ in range(2):
        assert post(client, suspicion, "decide", **typed).status_code == 302
    assert len(made(house, suspicion)) == 1


def test_a_scheme_without_criteria_asks_for_a_level_and_why(client: Client, house: House) -> None:
    """R-002-37: the ladder of integrity, in one post."""
    told = given.a_report(house, reader="noor", at=now())
    start(house, told, "integrity_report_be")
    signed_in(client, house["noor"])
    page = client.get(case_address(told.reference, "severity")).content.decode()
    assert 'value="violation"' in page
    assert 'value="look"' not in page
    answer = post(client, told, "decide", **safe("ladder"), level="violation")
    assert set(answer.context["errors"]) == {"reason"}
    answer = post(client, told, "decide", **safe("ladder"), level="violation", reason="code")
    assert answer.status_code == 302
    assert made(house, told)[0].level == "violation"


def test_what_two_people_decide_is_not_ticked_on_a_step_or_among_the_facts(
    client: Client, house: House, suspicion: Told
) -> None:
    """P15: the way past the second person is closed."""
    signed_in(client, house["noor"])
    facts = case_address(suspicion.reference, "facts")
    assert 'name="finding-severity"' not in client.get(facts).content.decode()
    assert client.post(facts, {"finding-severity": "green"}).status_code == 422
    reported(house, suspicion)
    todo = work(house, suspicion).todo
    assert todo is not None
    number = str(todo.course.number_of("assess"))
    address = case_address(suspicion.reference, "step", number)
    answer = client.post(
        address,
        {"form": token_on(client.get(address)), "s-round": "1", "day-on": today().isoformat(),
         "finding-severity": "green"},
    )  # fmt: skip
    assert answer.status_code == 302, answer.context["errors"]
    todo = work(house, suspicion).todo
    assert todo is not None
    assert todo.course.progress.findings.get("severity", "unknown") == "unknown"


def test_the_neighbour_and_whoever_holds_no_key_find_nothing(
    house: House, suspicion: Told, neighbour: House
) -> None:
    address = case_address(suspicion.reference, "severity")
    for place, who in ((neighbour, "nadia"), (house, "tarik"), (house, "bert")):
        assert signed_in(Client(), place[who]).get(address).status_code == 404
