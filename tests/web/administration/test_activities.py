"""Making and ending activities: by whoever listens or administers, and nobody else (R-001-41)."""

from datetime import timedelta

import pytest
from django.test import Client

from klankbord.intake.models import Activity
from klankbord.kit.clock import today
from tests import given
from tests.given import House
from tests.web.desks import signed_in

ALL = "/en/beheer/activiteiten/"
NEW = "/en/beheer/ravelijn/activiteiten/"
DAYS = {"from_day": today().isoformat(), "until_day": (today() + timedelta(days=6)).isoformat()}


@pytest.mark.parametrize("who", ["noor", "bert"])
def test_a_contact_person_and_an_administrator_make_one(
    client: Client, house: House, who: str
) -> None:
    signed_in(client, house[who])
    unit = house.units["Provincie Oost"]
    made = client.post(NEW, {"name": " Summer  camp ", "unit": unit.id.hex, **DAYS})
    row = Activity.objects.get()
    assert (row.name, row.unit) == ("Summer camp", unit)
    page = client.get(made.headers["Location"]).content.decode()
    assert f"http://testserver/en/ravelijn/a/{row.word}/" in page
    assert f"/en/ravelijn/a/{row.word}/sheet/" in page
    assert "Summer camp" in client.get(ALL).content.decode()


@pytest.mark.parametrize("who", ["els", "joris", "wout"])
def test_nobody_else_makes_one(client: Client, house: House, who: str) -> None:
    signed_in(client, house[who])
    assert client.get(ALL).status_code == 404
    assert client.post(NEW, {"name": "Kamp", **DAYS}).status_code == 404
    assert not Activity.objects.exists()


def test_the_neighbours_activities_are_not_there(
    client: Client, house: House, neighbour: House
) -> None:
    theirs = given.an_activity(neighbour, "nadia")
    signed_in(client, house["noor"])
    for slug in ("ravelijn", "molenbeemd"):
        assert client.get(f"/en/beheer/{slug}/activiteiten/{theirs.id}/").status_code == 404
        assert client.post(f"/en/beheer/{slug}/activiteiten/{theirs.id}/stop/").status_code == 404
    assert theirs.word not in client.get(ALL).content.decode()


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        ({"name": ""}, "name", "Fill in what it is called."),
        ({"until_day": ""}, "from_day", "Fill in both days."),
        ({"from_day": "31-02"}, "from_day", "Fill in both days."),
        ({"until_day": "2020-01-01"}, "until_day", "The last day is before the first."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
    client: Client, house: House, typed: dict[str, str], field: str, said: str
) -> None:
    signed_in(client, house["noor"])
    page = client.post(NEW, {"name": "Kamp aan zee", **DAYS, **typed})
    html = page.content.decode()
    assert page.status_code == 422
    assert html.count(said) == 2, "in the summary and at the field"
    assert f'href="#{field}"' in html
    if "name" not in typed:
        assert "Kamp aan zee" in html


def test_one_is_ended_and_taken_up_again(client: Client, house: House) -> None:
    row = given.an_activity(house, "noor")
    signed_in(client, house["noor"])
    for ended in (True, False):
        assert client.post(f"{NEW}{row.id}/stop/").status_code == 303
        row.refresh_from_db()
        assert (row.ended_day is not None) == ended


def test_the_page_says_that_nobody_sees_whether_anything_was_told(
    client: Client, house: House
) -> None:
    signed_in(client, house["bert"])
    assert "Nobody sees here whether anything was told" in client.get(ALL).content.decode()


def test_at_the_sectoral_point_there_is_none(client: Client, trusting: None, db: None) -> None:
    """P11"""
    sector = given.a_house(
        "samenlevingsnet", "Samenlevingsnet", profile="sector",
        people={"griet": ["officer"], "stijn": ["administrator"]}, founder="griet", certified=[],
    )  # fmt: skip
    signed_in(client, sector["stijn"])
    assert "takes no reports" in client.get(ALL).content.decode()
    assert client.get("/en/beheer/samenlevingsnet/activiteiten/").status_code == 404
