"""What an organisation must do every year: who, by when, and that it was done."""

import re
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.test import Client

from klankbord.config.jobs import remind_of_terms
from klankbord.improvement.models import DutyDone
from klankbord.improvement.services import remind_of_duties
from klankbord.improvement.yearly import Duty, years_of
from klankbord.kit.clock import HOME, day_number, today
from klankbord.kit.outbox.models import Letter
from klankbord.organisations.models import Organisation
from tests import given
from tests.given import House
from tests.web.desks import signed_in

YEARLY = "/en/overzicht/elk-jaar/"
BOARD = "board_agenda"
DAY = timedelta(days=1)


@pytest.fixture
def brug(db: None, trusting: None) -> House:
    house = given.de_brug()
    founded = day_number(today() - timedelta(days=100))
    Organisation.objects.filter(slug="de-brug").update(founded_day=founded)
    house.organisation.refresh_from_db()
    return house


def duty_of(house: House, step: str = BOARD, on: Any = None) -> tuple[int, Duty]:
    for year in years_of(house.organisation, on=on or today(), language="en"):
        for duty in year.duties:
            if duty.step.key == step:
                return year.number, duty
    raise LookupError(step)


def address(house: House, step: str = BOARD) -> str:
    year, duty = duty_of(house, step)
    return f"{YEARLY}de-brug/{year}/{duty.number}/"


def done(client: Client, house: House, step: str = BOARD, **typed: str) -> Any:
    turn = str(duty_of(house, step)[1].round)
    return client.post(address(house, step), {"round": turn, "day": today().isoformat(), **typed})


def test_the_director_sees_by_when_it_must_be_on_the_boards_agenda(
    client: Client, brug: House
) -> None:
    """R-004-199: at least once a year, counted from the founding."""
    page = signed_in(client, brug["dirk"]).get(YEARLY).content.decode()
    due = duty_of(brug)[1].standing.due.day
    assert due is not None
    assert due == (today() - timedelta(days=100)).replace(year=(today() - 100 * DAY).year + 1)
    assert "Complaints: every year" in page
    assert brug["dirk"].name in page
    assert re.search(r">\s*Every year\s*</a>", page)


def test_what_is_done_is_due_again_a_year_later_and_asks_for_the_minutes(
    client: Client, brug: House
) -> None:
    """R-004-199, R-004-200"""
    dirk = signed_in(client, brug["dirk"])
    first = duty_of(brug)[1].standing.due.day
    assert done(dirk, brug).status_code == 302
    again = duty_of(brug)[1]
    assert first is not None
    assert again.standing.due.day == first.replace(year=first.year + 1)
    assert again.last is not None
    assert again.last.day == today()
    assert duty_of(brug, "attach_minutes")[1].waits


def test_saying_it_twice_is_saying_it_once(client: Client, brug: House) -> None:
    dirk = signed_in(client, brug["dirk"])
    for _ in range(2):
        dirk.post(address(brug), {"round": "1", "day": today().isoformat()})
    assert DutyDone.objects.count() == 1


def test_only_the_word_of_the_outcome_is_kept(client: Client, brug: House) -> None:
    """R-004-197: whether there are structural shortcomings; which, stands in the minutes."""
    dora = signed_in(client, brug["dora"])
    assert done(dora, brug, "structural").status_code == 422
    assert done(dora, brug, "structural", outcome="nonsense").status_code == 422
    assert done(dora, brug, "structural", outcome="found", reason="Kaat roept").status_code == 302
    row = DutyDone.objects.get()
    assert (row.step, row.outcome, row.by) == ("structural", "found", brug["dora"].membership)
    assert "Kaat" not in "".join(str(value) for value in vars(row).values())


@pytest.mark.parametrize("day", ["", "x", "31-2-2026", "1-1-2099", "1-1-2020"])
def test_a_day_that_cannot_be_is_said(client: Client, brug: House, day: str) -> None:
    answer = done(signed_in(client, brug["dirk"]), brug, day=day)
    assert answer.status_code == 422
    assert not DutyDone.objects.exists()


def test_what_was_said_today_can_be_taken_back_today(client: Client, brug: House) -> None:
    dirk = signed_in(client, brug["dirk"])
    done(dirk, brug)
    assert "It was not done after all" in dirk.get(address(brug)).content.decode()
    dirk.post(address(brug), {"back": "1"})
    assert not DutyDone.objects.exists()
    done(dirk, brug)
    DutyDone.objects.update(noted_day=day_number(today()) - 1)
    dirk.post(address(brug), {"back": "1"})
    assert DutyDone.objects.count() == 1


def test_somebody_with_another_role_sees_it_and_does_not_note_it(
    client: Client, brug: House
) -> None:
    """R-004-209: the board evaluates; the director does what is the director's."""
    chris = signed_in(client, brug["chris"])
    assert chris.get(address(brug, "evaluate")).status_code == 200
    dora = signed_in(Client(), brug["dora"])
    assert dora.get(YEARLY).status_code == 200
    for call in (dora.get, dora.post):
        assert call(address(brug, "evaluate")).status_code == 404
    assert not DutyDone.objects.exists()


def test_who_has_no_part_in_it_finds_nothing(client: Client, brug: House) -> None:
    for name in ("koen", "milan", "nele"):
        client = signed_in(Client(), brug[name])
        assert client.get(YEARLY).status_code == 404
        assert client.get(address(brug)).status_code == 404
        assert "Every year" not in client.get("/en/account/").content.decode()


def test_the_neighbour_finds_nothing_and_notes_nothing(client: Client, brug: House) -> None:
    other = given.a_house(
        "zonnebeek", "Zonnebeek", profile="welfare", founder="ann",
        people={"ann": ["counsellor"], "dries": ["director"]},
    )  # fmt: skip
    dries = signed_in(client, other["dries"])
    assert "De Brug" not in dries.get(YEARLY).content.decode()
    assert done(dries, brug).status_code == 404
    assert not DutyDone.objects.exists()


def test_it_stands_in_the_journal(client: Client, brug: House) -> None:
    done(signed_in(client, brug["dirk"]), brug)
    page = signed_in(Client(), brug["nele"]).get("/en/beheer/de-brug/logboek/").content.decode()
    assert "A duty of the year was noted as done" in page


def noon(day: Any) -> datetime:
    return datetime.combine(day, time(12), tzinfo=HOME)


def test_whose_turn_it_is_is_reminded_and_when_it_is_late_all_with_that_role(
    brug: House,
) -> None:
    _, duty = duty_of(brug, "structural")
    due = duty.standing.due.day
    assert due is not None
    said = {}
    for number in (-3, -2, -1, 0, 1, 2, 8):
        Letter.objects.all().delete()
        remind_of_duties(noon(due + number * DAY))
        said[number] = set(Letter.objects.values_list("address", flat=True))
    assert said[-3] == said[-1] == said[2] == set()
    assert brug["dora"].mail in said[-2]
    assert said[0] == said[-2]
    assert {brug[it].mail for it in ("dora", "dirk", "chris")} <= said[1]
    assert said[8] == said[1]
    assert not {brug[it].mail for it in ("koen", "milan", "nele")} & said[1]


def test_reminding_twice_says_it_once(brug: House) -> None:
    due = duty_of(brug)[1].standing.due.day
    assert due is not None
    remind_of_terms(noon(due))
    Letter.objects.all().delete()
    remind_of_terms(noon(due))
    assert not Letter.objects.exists()


def test_a_youth_movement_has_no_such_duties(client: Client, house: House) -> None:
    assert signed_in(client, house["els"]).get(YEARLY).status_code == 404
