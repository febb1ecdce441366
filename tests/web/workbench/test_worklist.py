"""The work list: what waits for somebody everywhere, by day, and no word of what is not theirs."""

from datetime import timedelta

import pytest
from django.test import Client

from klankbord.cases.models import WorkItem
from klankbord.cases.queries import PAGE
from klankbord.handling import casework
from klankbord.handling.mending import start_procedure
from klankbord.handling.seats import take_seat
from klankbord.kit.clock import day_number, now, today
from tests import given
from tests.given import House, Told, a_report, a_token
from tests.web.desks import WORK_LIST, case_address, signed_in


@pytest.fixture
def brug(db: None, trusting: None) -> House:
    return given.de_brug()


def a_complaint(house: House) -> Told:
    """Told to koen a moment ago, who made a complaint of it."""
    told = a_report(house, reader="koen", at=now())
    koen = house["koen"].member(now())
    start_procedure(koen, told.reference, key="complaint", reason="over ons", at=now())
    return told


def groups(client: Client, address: str = WORK_LIST) -> dict[str, list[str]]:
    found = client.get(address).context["groups"]
    return {group.title: [line.step or line.clock for line in group.rows] for group in found}


def test_a_step_is_called_by_its_title_which_no_table_says(client: Client, brug: House) -> None:
    """vault §2.6: the plain row only says a coarse word; the rest is opened with one's own key."""
    told = a_complaint(brug)
    page = signed_in(client, brug["koen"]).get(WORK_LIST)
    lines = [line for group in page.context["groups"] for line in group.rows]
    assert {line.reference for line in lines} == {told.reference}
    assert "acknowledge" in {line.clock for line in lines}
    steps = [line.step for line in lines if line.clock == "act"]
    assert steps
    assert all(steps)
    assert all(line.headline for line in lines)
    assert not WorkItem.objects.filter(clock__in=steps).exists()


def test_what_is_late_comes_first_and_then_by_day(client: Client, house: House) -> None:
    noor, day = house["noor"].membership, day_number(today())
    for _ in range(4):
        a_report(house, reader="noor", at=now())
    for item, due in zip(
        WorkItem.objects.filter(assignee=noor), (None, day + 30, day, day - 3), strict=True
    ):
        WorkItem.objects.filter(id=item.id).update(due_day=due)
    page = signed_in(client, house["noor"]).get(WORK_LIST)
    titles = [group.title for group in page.context["groups"]]
    assert titles == ["Late", "Today", "Later", "On no set day"]


def test_a_case_that_i_cannot_read_says_only_whom_to_ask(client: Client, brug: House) -> None:
    """P18: a seat may be taken before there is a key; the row tells nothing of the case."""
    told = a_complaint(brug)
    koen = brug["koen"].member(now())
    take_seat(
        koen, told.reference, seat="receiver", who=brug["dirk"].membership, why="hij ontvangt ze",
        at=now(),
    )  # fmt: skip
    page = signed_in(client, brug["dirk"]).get(WORK_LIST)
    text = page.content.decode()
    assert "You must act in a case that you cannot read yet." in text
    assert f"Ask {brug['koen'].name} for access." in text
    for secret in (told.reference, given.STORY, "Bullying", "Pesten"):
        assert secret not in text
    assert client.get(case_address(told.reference)).status_code == 404


def test_what_is_done_is_gone(client: Client, house: House) -> None:
    told = a_report(house, reader="noor", at=now())
    signed_in(client, house["noor"])
    assert groups(client)
    casework.answer(
        house["noor"].member(now()), told.reference, text="Dag.", token=a_token(), at=now()
    )
    assert not groups(client)
    assert "Nothing waits for you." in client.get(WORK_LIST).content.decode()


@pytest.mark.parametrize("undated", [0, 4])
def test_a_long_list_goes_on_on_a_next_page_and_loses_nothing(
    client: Client, house: House, undated: int
) -> None:
    noor, told = house["noor"].membership, a_report(house, reader="noor", at=now())
    WorkItem.objects.all().delete()
    first, dated = day_number(today()), 2 * PAGE + 3 - undated
    days = [*(first + n // 2 for n in range(dated)), *[None] * undated]
    WorkItem.objects.bulk_create(
        WorkItem(case=told.case, clock="answer", assignee_id=noor, due_day=due) for due in days
    )
    signed_in(client, house["noor"])
    address, seen = WORK_LIST, []
    while True:
        page = client.get(address)
        seen += [line.due for group in page.context["groups"] for line in group.rows]
        if not page.context["next"]:
            break
        address = f"{WORK_LIST}?after={page.context['next']}"
    assert len(seen) == len(days)
    assert seen[:dated] == sorted(day for day in seen if day)
    assert seen[dated:] == [None] * undated


def test_nonsense_in_the_address_shows_the_beginning(client: Client, house: House) -> None:
    a_report(house, reader="noor", at=now())
    signed_in(client, house["noor"])
    for nonsense in ("x", "1-2", "-", "é", "99999999999999999999-" + "0" * 32):
        assert client.get(WORK_LIST, {"after": nonsense}).status_code == 200


def test_the_excluded_and_the_neighbour_see_the_same_with_and_without_the_case(
    client: Client, house: House, neighbour: House
) -> None:
    """vault §4, row 31."""
    tarik, nadia = signed_in(client, house["tarik"]), signed_in(Client(), neighbour["nadia"])
    before = groups(tarik), groups(nadia)
    a_report(house, reader="noor", must_not=["tarik"], at=now())
    assert (groups(tarik), groups(nadia)) == before == ({}, {})


def test_all_organisations_stand_together(client: Client, house: House) -> None:
    """R-002-01: one counsellor, several organisations, one list."""
    from tests.web.workbench.test_inbox import with_person, works_for_two

    saskia, elsewhere = works_for_two(house)
    for place in (with_person(house, saskia), elsewhere):
        a_report(place, reader="saskia", at=now() - timedelta(days=1))
    page = signed_in(client, saskia).get(WORK_LIST)
    assert "Zonnedael" in page.content.decode()
    assert sum(len(group.rows) for group in page.context["groups"]) == 2
