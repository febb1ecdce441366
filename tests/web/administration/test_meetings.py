"""When the board meets: what waits for its next meeting is due on that day."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from klankbord.kit.clock import today
from klankbord.organisations.models import Organisation
from klankbord.organisations.queries import calendar_of
from tests import given
from tests.given import House
from tests.web.desks import signed_in

MEETINGS = "/en/beheer/de-brug/vergaderingen/"
SOON = today() + timedelta(days=10)


@pytest.fixture
def brug(db: None, trusting: None) -> House:
    return given.de_brug()


def add(client: Client, day: str, body: str = "daily_board") -> Any:
    return client.post(MEETINGS, {"body": body, f"day-{body}": day})


def next_one(body: str = "daily_board") -> date | None:
    return calendar_of(Organisation.objects.get(slug="de-brug")).next_meeting(body, today())


def test_a_meeting_that_is_planned_is_the_day_that_terms_wait_for(
    client: Client, brug: House
) -> None:
    """R-004-180"""
    nele = signed_in(client, brug["nele"])
    assert "No meeting is planned." in nele.get(MEETINGS).content.decode()
    assert add(nele, SOON.isoformat()).status_code == 302
    assert add(nele, (SOON + timedelta(days=9)).isoformat()).status_code == 302
    assert next_one() == SOON
    assert next_one("board") is None
    nele.post(MEETINGS, {"body": "daily_board", "out": SOON.isoformat()})
    assert next_one() == SOON + timedelta(days=9)


@pytest.mark.parametrize("typed", ["", "32-1-2027", "x", "1-1-2020", "1-1-2099"])
def test_a_day_that_cannot_be_is_said_and_keeps_what_was_typed(
    client: Client, brug: House, typed: str
) -> None:
    answer = add(signed_in(client, brug["nele"]), typed)
    assert answer.status_code == 422
    assert not typed or f'value="{typed}"' in answer.content.decode()
    assert next_one() is None


def test_past_meetings_stay_as_they_were(client: Client, brug: House) -> None:
    past = (today() - timedelta(days=3)).isoformat()
    Organisation.objects.filter(slug="de-brug").update(meetings={"board": [past]})
    nele = signed_in(client, brug["nele"])
    assert "Past meetings" in nele.get(MEETINGS).content.decode()
    assert nele.post(MEETINGS, {"body": "board", "out": past}).status_code == 422
    assert Organisation.objects.get(slug="de-brug").meetings == {"board": [past]}


def test_a_board_that_no_procedure_waits_for_is_not_there(client: Client, brug: House) -> None:
    nele = signed_in(client, brug["nele"])
    assert add(nele, SOON.isoformat(), "fan_club").status_code == 404
    assert Organisation.objects.get(slug="de-brug").meetings == {}


def test_where_nothing_waits_for_a_meeting_the_page_says_so(
    client: Client, db: None, trusting: None
) -> None:
    house = given.a_house(
        "koepel", "Koepel", profile="sector", founder="olga",
        people={"olga": ["officer"], "bert": ["administrator"]},
    )  # fmt: skip
    page = signed_in(client, house["bert"]).get("/en/beheer/koepel/vergaderingen/")
    assert "None of your procedures waits for a meeting." in page.content.decode()


def test_nobody_else_plans_them(client: Client, brug: House) -> None:
    for name in ("koen", "dirk", "chris", "sofie"):
        assert signed_in(Client(), brug[name]).get(MEETINGS).status_code == 404
    neighbour = given.the_neighbour()
    bas = signed_in(client, neighbour["bas"])
    assert bas.get(MEETINGS).status_code == 404
    assert add(bas, SOON.isoformat()).status_code == 404
    assert next_one() is None


def test_it_stands_in_the_journal(client: Client, brug: House) -> None:
    nele = signed_in(client, brug["nele"])
    add(nele, SOON.isoformat())
    page = nele.get("/en/beheer/de-brug/logboek/").content.decode()
    assert "The planned meetings of a board were changed" in page
