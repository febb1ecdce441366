"""One's own agenda: hours, absences and handing duty over (R-002-44, R-001-10)."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from klankbord.agenda.models import Absence, Duty, Hours
from klankbord.agenda.services import give_duty, plan_absence, set_alerts
from klankbord.kit.clock import day_number, today
from klankbord.organisations.models import Membership
from tests.given import House, membership
from tests.web.desks import INBOX, signed_in

AGENDA = "/en/werk/agenda/"
HERE = f"{AGENDA}ravelijn/"
DAY = timedelta(days=1)


def send(client: Client, page: str, **fields: str) -> Any:
    return client.post(f"{HERE}{page}/", fields)


def day(later: int) -> str:
    return (today() + later * DAY).isoformat()


def test_hours_that_are_kept_stand_on_the_public_page_in_words(
    client: Client, house: House
) -> None:
    answer = send(signed_in(client, house["noor"]), "hours", **{"day-0": "9-12", "day-1": "9-12"})
    assert answer.status_code == 302
    public = client.get("/en/ravelijn/").content.decode()
    assert "Monday and Tuesday from 9:00 to 12:00" in public
    assert "maandag en dinsdag van 9:00 tot 12:00 uur" in client.get("/ravelijn/").content.decode()


def test_hours_that_are_unclear_come_back_with_what_was_typed(client: Client, house: House) -> None:
    answer = send(
        signed_in(client, house["noor"]), "hours", **{"day-3": "namiddag", "day-4": "9-12"}
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="namiddag"' in page
    assert 'value="9-12"' in page
    assert "Thursday: write hours like 9-12" in page
    assert not Hours.objects.exists()


def test_hours_stand_in_the_form_as_they_were_kept(client: Client, house: House) -> None:
    send(signed_in(client, house["noor"]), "hours", **{"day-2": "9 tot 12 en 13.30 tot 17"})
    assert 'value="9:00-12:00, 13:30-17:00"' in client.get(f"{HERE}hours/").content.decode()


def test_an_absence_is_noted_with_who_stands_in(client: Client, house: House) -> None:
    """R-002-44"""
    who = house["tarik"].membership.hex
    answer = send(
        signed_in(client, house["noor"]), "away", **{"from": day(0), "until": day(3), "who": who}
    )
    assert answer.status_code == 302
    assert "Tarik Ravelijn stands in" in client.get(AGENDA).content.decode()
    assert "Tarik Ravelijn stands in" in client.get("/en/ravelijn/").content.decode()


def test_a_day_as_people_write_it_is_understood(client: Client, house: House) -> None:
    last = today() + DAY
    typed = {"from": day(0), "until": f"{last.day}/{last.month}/{last.year}"}
    send(signed_in(client, house["noor"]), "away", **typed)
    assert Absence.objects.get().until_day == day_number(last)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"from": "morgen", "until": ""}, "Say from which day"),
        ({"from": "2026-02-30", "until": day(1)}, "Say from which day"),
        ({"from": day(3), "until": day(1)}, "The last day comes before the first"),
        ({"from": day(-9), "until": day(-2)}, "These days are over"),
        ({"from": day(0), "until": day(4000)}, "more than two years ahead"),
    ],
)
def test_days_that_cannot_be_are_said_to_be_so_and_stay_typed(
    client: Client, house: House, typed: dict[str, str], said: str
) -> None:
    answer = send(signed_in(client, house["noor"]), "away", **typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert f'value="{typed["from"]}"' in page


def test_who_is_back_says_so_with_one_click(client: Client, house: House) -> None:
    noor = membership(house["noor"])
    row = plan_absence(
        noor, from_day=today(), until_day=today() + 5 * DAY, substitute=None, by=noor.id, on=today()
    )
    client = signed_in(client, house["noor"])
    assert send(client, "away", back=row.id.hex).status_code == 302
    assert "Welcome back" in client.get(AGENDA).content.decode()
    assert not Absence.objects.exists()
    send(client, "away", back=row.id.hex)
    assert "over or taken away already" in client.get(AGENDA).content.decode()


def test_nobody_takes_away_the_absence_of_a_colleague(client: Client, house: House) -> None:
    tarik = membership(house["tarik"])
    row = plan_absence(
        tarik, from_day=today(), until_day=today(), substitute=None, by=tarik.id, on=today()
    )
    send(signed_in(client, house["noor"]), "away", back=row.id.hex)
    assert Absence.objects.filter(id=row.id).exists()


def turn(house: House, who: str, last: int = 6) -> Duty:
    row: Membership = membership(house[who])
    return give_duty(row, from_day=today(), until_day=today() + last * DAY, by=row.id, on=today())


def test_duty_is_handed_over_by_whoever_has_it(client: Client, house: House) -> None:
    """R-001-10"""
    row = turn(house, "noor")
    client = signed_in(client, house["noor"])
    who = house["tarik"].membership.hex
    answer = send(client, "duty", turn=row.id.hex, who=who, **{"from": day(2)})
    assert answer.status_code == 302
    assert "Tell them yourself what is still open" in client.get(AGENDA).content.decode()
    assert Duty.objects.get(membership=house["tarik"].membership).from_day == day_number(
        today() + 2 * DAY
    )


def test_the_turn_of_a_colleague_is_not_mine_to_hand_over(client: Client, house: House) -> None:
    row, mine = turn(house, "tarik"), turn(house, "noor")
    client = signed_in(client, house["noor"])
    who = house["tarik"].membership.hex
    answer = send(client, "duty", turn=row.id.hex, who=who, **{"from": day(2)})
    assert answer.status_code == 422
    assert {it.id for it in Duty.objects.all()} == {row.id, mine.id}


@pytest.mark.parametrize(
    ("first", "said"), [("99", "Say from which day"), ("30", "This day is not within the turn")]
)
def test_a_day_outside_the_turn_is_said_to_be_so(
    client: Client, house: House, first: str, said: str
) -> None:
    row = turn(house, "noor")
    typed = "" if first == "99" else day(int(first))
    answer = send(
        signed_in(client, house["noor"]), "duty", turn=row.id.hex,
        who=house["tarik"].membership.hex, **{"from": typed},
    )  # fmt: skip
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_a_gap_is_said_loudly(client: Client, house: House) -> None:
    turn(house, "noor", last=6)
    assert (
        "Nobody has duty on these days"
        in signed_in(client, house["tarik"]).get(AGENDA).content.decode()
    )


def test_a_house_of_somebody_else_is_not_there(
    client: Client, house: House, neighbour: House
) -> None:
    client = signed_in(client, neighbour["nadia"])
    for page in ("hours", "away", "duty"):
        assert client.get(f"{HERE}{page}/").status_code == 404
        assert send(client, page, **{"day-0": "9-12"}).status_code == 404
    assert "Ravelijn" not in client.get(AGENDA).content.decode().partition("<main")[2]


def test_whoever_has_duty_knows_what_a_mail_at_once_means(client: Client, house: House) -> None:
    """P7: the mail says nothing, so the page says what it can mean, to whoever gets it alone."""
    turn(house, "noor")
    client = signed_in(client, house["noor"])
    assert "You have duty today" not in client.get(INBOX).content.decode()
    set_alerts(house.organisation, alerts=True, by=house["bert"].membership, on=today())
    assert "You have duty today" in client.get(INBOX).content.decode()
    other = signed_in(Client(), house["tarik"])
    assert "You have duty today" not in other.get(INBOX).content.decode()
