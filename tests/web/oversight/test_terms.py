"""The board of terms: what is due when and with whom, and not a word of which case."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from klankbord.cases.models import Tally, WorkItem
from klankbord.cases.queries import PAGE
from klankbord.cases.tallies import compact, rebuild
from klankbord.kit.clock import day_number, now, today
from tests import given
from tests.given import STORY, House, a_report
from tests.web.desks import signed_in

TERMS = "/en/overzicht/termijnen/"
DAY = timedelta(days=1)


def place(client: Client, address: str = TERMS) -> Any:
    [found] = client.get(address).context["places"]
    return found


def test_late_ones_come_first_with_whom_and_how_long(client: Client, house: House) -> None:
    """R-004-204"""
    a_report(house, reader="noor", at=now())
    a_report(house, reader="tarik", at=now() - 30 * DAY)
    found = place(signed_in(client, house["els"]))
    assert [line.name for line in found.lines] == ["Tarik Ravelijn", "Noor Ravelijn"]
    assert found.lines[0].days_late > 20
    assert "Read the report and answer" in client.get(TERMS).content.decode()


def test_a_board_gets_counts_and_no_names(client: Client, house: House) -> None:
    """P29"""
    a_report(house, reader="noor", at=now() - 30 * DAY)
    page = signed_in(client, house["joris"]).get(TERMS)
    [found] = page.context["places"]
    assert (found.lines, found.counts.late, found.counts.all) == (None, 1, 1)
    assert house["noor"].name not in page.content.decode()


def test_no_reference_and_no_word_of_a_case(client: Client, house: House) -> None:
    told = a_report(house, reader="noor")
    page = signed_in(client, house["els"]).get(TERMS).content.decode()
    assert told.reference not in page
    assert STORY not in page


def test_a_director_watches_over_what_is_late_less_what_they_must_not_know(
    client: Client, db: None, trusting: None
) -> None:
    """R-004-204 and vault §4, row 31."""
    house = given.de_brug()
    a_report(house, reader="koen", at=now())
    before = signed_in(client, house["dirk"]).get(TERMS).context["places"]
    a_report(house, reader="koen", must_not=["dirk"], at=now())
    assert client.get(TERMS).context["places"] == before
    [found] = before
    assert [line.name for line in found.lines] == [house["koen"].name]


def test_every_thing_counts_also_two_of_a_kind_in_one_case(client: Client, house: House) -> None:
    told = a_report(house, reader="noor", at=now())
    WorkItem.objects.all().delete()
    WorkItem.objects.bulk_create(
        WorkItem(
            case=told.case, clock="act", assignee_id=house["noor"].membership,
            due_day=day_number(today()),
        )
        for _ in range(2)
    )  # fmt: skip
    rebuild()
    found = place(signed_in(client, house["els"]))
    assert (found.lines[0].term.number, found.counts.today) == (2, 2)


def test_a_long_board_goes_on_on_a_next_page(client: Client, house: House) -> None:
    els, noor = house["els"].membership, house["noor"].membership
    Tally.objects.bulk_create(
        Tally(overseer_id=els, what="term", day=n + 1, who=noor, clock="act", number=1)
        for n in range(PAGE + 3)
    )
    found = place(signed_in(client, house["els"]))
    assert (len(found.lines), found.next) == (PAGE, PAGE)
    rest = place(client, f"{TERMS}?of=ravelijn&skip={PAGE}")
    assert (len(rest.lines), rest.next) == (3, 0)
    for nonsense in ("x", "-1", "٣", "9" * 30):
        assert client.get(TERMS, {"of": "ravelijn", "skip": nonsense}).status_code == 200


def test_it_costs_the_same_however_much_is_stored(client: Client, house: House) -> None:
    a_report(house, reader="noor")
    signed_in(client, house["els"]).get(TERMS)
    compact()
    with CaptureQueriesContext(connection) as few:
        client.get(TERMS)
    for _ in range(4):
        a_report(house, choice="team")
    compact()
    with CaptureQueriesContext(connection) as many:
        client.get(TERMS)
    assert len(many) == len(few)
    assert not any("cases_workitem" in it["sql"] or "cases_case" in it["sql"] for it in many)


@pytest.mark.parametrize("name", ["noor", "bert", "wout"])
def test_nobody_else_has_a_board(client: Client, house: House, name: str) -> None:
    assert signed_in(client, house[name]).get(TERMS).status_code == 404


def test_the_neighbour_counts_only_at_home(client: Client, house: House, neighbour: House) -> None:
    a_report(house, reader="noor")
    found = place(signed_in(client, neighbour["cleo"]))
    assert (found.organisation, found.counts.all) == ("Molenbeemd", 0)
    assert client.get(f"{TERMS}?of=ravelijn").status_code == 404
    assert "No term is running." in client.get(TERMS).content.decode()
