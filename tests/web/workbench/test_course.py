"""The course as a picture: of a case on its way, and of a procedure to read."""

from datetime import timedelta
from html import unescape

import pytest
from django.test import Client

from klankbord.handling.mending import start_procedure
from klankbord.handling.steps import Doing, do_step
from klankbord.kit.clock import now, today
from tests import given
from tests.given import House, Told
from tests.web.desks import case_address, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def brug(db: None, trusting: None) -> House:
    return given.de_brug()


@pytest.fixture
def complaint(brug: House) -> Told:
    told = given.a_report(brug, reader="koen", at=now())
    koen = brug["koen"].member(now())
    start_procedure(koen, told.reference, key="complaint", reason="over ons", at=now())
    for step, outcome in (("receive", "service"), ("direct_attempt", "official")):
        doing = Doing(outcome=outcome, on=today(), round=1)
        do_step(koen, told.reference, step=step, doing=doing, token=given.a_token(), at=now())
    return told


def test_the_course_of_a_case_says_what_was_done_by_whom_and_what_is_now(
    client: Client, brug: House, complaint: Told
) -> None:
    """R-004-218: the numbered list with where this case stands, and real dates."""
    answer = signed_in(client, brug["koen"]).get(case_address(complaint.reference, "course"))
    page = answer.content.decode()
    lines = {it.row.place.step: it for it in answer.context["picture"].lines}
    assert lines["receive"].done[0].by == brug["koen"].name
    assert lines["part1"].standing.to_do
    assert brug["koen"].name in page
    assert 'aria-current="step"' in page
    assert "kb-bar-svg" in page
    assert " style=" not in page


def test_the_chart_is_also_there_as_a_table(client: Client, brug: House, complaint: Told) -> None:
    answer = signed_in(client, brug["koen"]).get(case_address(complaint.reference, "course"))
    table = unescape(answer.content.decode()).partition("<table")[2].partition("</table>")[0]
    spans = answer.context["picture"].chart.spans
    assert table.count("<tr>") == len(spans) + 1
    assert all(it.place.title in table for it in spans)


def test_every_step_of_the_procedure_is_in_the_list_or_on_the_line_below(
    client: Client, brug: House, complaint: Told
) -> None:
    answer = signed_in(client, brug["koen"]).get(case_address(complaint.reference, "course"))
    page = unescape(answer.content.decode())
    picture = answer.context["picture"]
    assert len(picture.lines) + len(picture.anytime) == len(picture.procedure.steps)
    assert all(it.row.place.title in page for it in picture.lines)
    assert all(it.place.title in page for it in picture.anytime)


@pytest.mark.parametrize("language", ["nl", "fr", "en", "de"])
def test_every_procedure_of_a_house_can_be_read_in_every_language(
    client: Client, brug: House, language: str
) -> None:
    signed_in(client, brug["koen"])
    prefix = "" if language == "nl" else f"/{language}"
    answer = client.get(f"{prefix}/werk/procedures/")
    ((_, found),) = answer.context["places"]
    assert {"complaint", "transgressive"} <= {it.key for it in found}
    for it in found:
        read = client.get(f"{prefix}/werk/procedures/{brug.slug}/{it.key}/")
        assert read.status_code == 200, it.key
        assert it.title in unescape(read.content.decode())


def test_a_procedure_of_others_or_that_is_not_used_here_is_not_there(
    client: Client, brug: House, neighbour: House
) -> None:
    signed_in(client, neighbour["nadia"])
    for path in (
        f"{brug.slug}/complaint",
        f"{neighbour.slug}/yearly_complaints",
        "nowhere/complaint",
    ):
        assert client.get(f"/werk/procedures/{path}/").status_code == 404


def test_the_neighbour_and_whoever_holds_no_key_find_no_course(
    brug: House, complaint: Told, neighbour: House
) -> None:
    address = case_address(complaint.reference, "course")
    for house, who in ((neighbour, "nadia"), (brug, "amina"), (brug, "nele")):
        assert signed_in(Client(), house[who]).get(address).status_code == 404


def test_a_case_page_has_one_thing_to_do_and_the_track_beside_it(
    client: Client, brug: House, complaint: Told
) -> None:
    page = signed_in(client, brug["koen"]).get(case_address(complaint.reference))
    text = page.content.decode()
    assert text.count("kb-card--do") == 1
    assert [it.state for it in page.context["track"]][:3] == ["done", "done", "now"]
    assert case_address(complaint.reference, "course") in text


def test_of_several_in_one_role_whoever_was_told_acts(
    client: Client, trusting: None, db: None
) -> None:
    """Nobody else in the same role is named as long as whoever was chosen can do it."""
    house = given.ravelijn()
    told = given.a_report(house, reader="tarik", at=now() - timedelta(days=1))
    page = signed_in(client, house["tarik"]).get(case_address(told.reference))
    todo = page.context["work"].todo
    assert todo.first.mine
    assert not todo.first.unread
