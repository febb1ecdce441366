"""The rota and the absences as the administrator keeps them (R-001-10, R-002-44, P7)."""

from datetime import timedelta
from typing import Any

from django.test import Client

from klankbord.agenda.models import Absence, Duty
from klankbord.agenda.times import alerts
from klankbord.kit.clock import today
from tests.given import House
from tests.web.desks import signed_in

ROTA = "/en/beheer/ravelijn/rooster/"
ABSENCES = "/en/beheer/ravelijn/afwezig/"
JOURNAL = "/en/beheer/ravelijn/logboek/"
DAY = timedelta(days=1)


def days(first: int, last: int) -> dict[str, str]:
    return {
        "from": (today() + first * DAY).isoformat(),
        "until": (today() + last * DAY).isoformat(),
    }


def on_rota(client: Client, house: House, who: str, **when: str) -> Any:
    return client.post(ROTA, {"who": house[who].membership.hex, **(when or days(0, 6))})


def test_somebody_is_put_on_the_rota_and_taken_off(client: Client, house: House) -> None:
    client = signed_in(client, house["bert"])
    assert on_rota(client, house, "tarik").status_code == 302
    page = client.get(ROTA).content.decode()
    assert "Tarik Ravelijn" in page
    assert "Nobody has duty on these days" in page
    client.post(ROTA, {"end": Duty.objects.get().id.hex})
    assert not Duty.objects.exists()
    said = client.get(JOURNAL).content.decode()
    assert "Tarik Ravelijn was put on the rota" in said
    assert "A turn of Tarik Ravelijn was taken off the rota" in said


def test_what_is_missing_is_said_and_what_was_typed_stays(client: Client, house: House) -> None:
    client = signed_in(client, house["bert"])
    answer = client.post(ROTA, {"who": "", **days(3, 1)})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Choose a person." in page
    assert f'value="{days(3, 1)["from"]}"' in page
    assert on_rota(client, house, "tarik", **days(3, 1)).status_code == 422
    assert not Duty.objects.exists()


def test_an_empty_rota_says_what_that_means(client: Client, house: House) -> None:
    page = signed_in(client, house["bert"]).get(ROTA).content.decode()
    assert "Nobody is on the rota." in page
    assert "Nobody has duty on these days" not in page


def test_the_alert_is_switched_on_and_off_and_written_down(client: Client, house: House) -> None:
    """P7"""
    client = signed_in(client, house["bert"])
    client.post(ROTA, {"alerts": "on"})
    assert alerts(house.organisation)
    client.post(ROTA, {"alerts": "off"})
    assert not alerts(house.organisation)
    assert "was switched on" in client.get(JOURNAL).content.decode()


def test_an_absence_is_noted_for_somebody_who_cannot(client: Client, house: House) -> None:
    """R-002-44"""
    client = signed_in(client, house["bert"])
    fields = {"member": house["noor"].membership.hex, "who": house["tarik"].membership.hex}
    assert client.post(ABSENCES, {**fields, **days(0, 5)}).status_code == 302
    assert "Tarik Ravelijn stands in" in client.get(ABSENCES).content.decode()
    client.post(ABSENCES, {"back": Absence.objects.get().id.hex})
    assert not Absence.objects.exists()


def test_nobody_stands_in_for_themselves(client: Client, house: House) -> None:
    noor = house["noor"].membership.hex
    answer = signed_in(client, house["bert"]).post(
        ABSENCES, {"member": noor, "who": noor, **days(0, 5)}
    )
    assert answer.status_code == 422
    assert "Choose a colleague of the same organisation." in answer.content.decode()


def test_the_administrator_of_the_neighbour_changes_nothing_here(
    client: Client, house: House, neighbour: House
) -> None:
    client = signed_in(client, house["bert"])
    on_rota(client, house, "tarik")
    bas = signed_in(Client(), neighbour["bas"])
    row = Duty.objects.get()
    assert bas.post(ROTA, {"end": row.id.hex}).status_code == 404
    bas.post("/en/beheer/molenbeemd/rooster/", {"end": row.id.hex})
    assert Duty.objects.filter(id=row.id).exists()
    who = house["tarik"].membership.hex
    answer = bas.post("/en/beheer/molenbeemd/rooster/", {"who": who, **days(0, 3)})
    assert answer.status_code == 422
