"""Who has duty, who is away and who takes over, as somebody sees it who tells something."""

from datetime import timedelta

import pytest

from klankbord.agenda.services import give_duty, note_absence, set_alerts
from klankbord.handling import casework
from klankbord.kit.clock import now, today
from tests import given
from tests.proofreading import ProofreadingClient
from tests.web.public.walking import open_channel, send, sent, tell, text_of

DAY = timedelta(days=1)
PERMANENCE = "/en/ravelijn/b/"
DANGER = "/en/ravelijn/c/1/n/"


def duty(house: given.House, who: str, first: int = 0, last: int = 6) -> None:
    row = given.membership(house[who])
    give_duty(
        row, from_day=today() + first * DAY, until_day=today() + last * DAY, by=row.id, on=today()
    )


def away(house: given.House, who: str, substitute: str = "") -> None:
    other = given.membership(house[substitute]) if substitute else None
    note_absence(
        given.membership(house[who]), from_day=today(), until_day=today() + 3 * DAY,
        substitute=other,
    )  # fmt: skip


def alert_on(house: given.House) -> None:
    set_alerts(house.organisation, alerts=True, by=house["bert"].membership, on=today())


def test_the_permanence_is_one_page_with_number_duty_and_who_comes_next(
    client: ProofreadingClient, house: given.House
) -> None:
    """R-001-10, R-001-11, P7"""
    duty(house, "tarik")
    page = text_of(client.get(PERMANENCE))
    order = ["112", "0470 00 01 12", "Has duty now: Tarik", "Call one of them yourself", "Noor"]
    places = [page.index(words) for words in order]
    assert places == sorted(places)


def test_a_rota_without_anybody_today_says_so(
    client: ProofreadingClient, house: given.House
) -> None:
    duty(house, "tarik", first=2)
    assert "Nobody has duty just now" in text_of(client.get(PERMANENCE))


def test_an_organisation_without_a_rota_is_not_reproached(
    client: ProofreadingClient, house: given.House
) -> None:
    page = text_of(client.get(PERMANENCE))
    assert "Nobody has duty just now" not in page
    assert "Noor Ravelijn" in page


def test_danger_shows_who_has_duty_first(client: ProofreadingClient, house: given.House) -> None:
    """P7"""
    duty(house, "tarik")
    page = text_of(client.get(DANGER))
    assert page.index("Has duty now: Tarik Ravelijn") < page.index("You can also call these people")
    assert page.count("Tarik Ravelijn") == 1


def test_danger_says_plainly_when_the_form_is_next_read(
    client: ProofreadingClient, house: given.House
) -> None:
    """P7"""
    assert "Nobody watches this form day and night. It may be read only" in text_of(
        client.get(DANGER)
    )


@pytest.mark.parametrize("excluded", [False, True])
def test_before_sending_it_is_said_who_gets_a_signal_or_that_nobody_does(
    client: ProofreadingClient, house: given.House, excluded: bool
) -> None:
    """P7, R-000-31"""
    duty(house, "tarik")
    alert_on(house)
    readers = {"reader": house["noor"].membership.hex}
    if excluded:
        readers["not_readers"] = house["tarik"].membership.hex
    tell(client, house, {"danger": {"danger": "yes"}, "readers": readers})
    check = text_of(client.get("/en/ravelijn/c/check/"))
    receipt = text_of(sent(client, house))
    if excluded:
        assert "Nobody who has duty can get a signal now" in check
        assert "Niemand met permanentie kon een seintje krijgen" in receipt
    else:
        assert "On duty now: Tarik Ravelijn" in check
        assert "Permanentie nu: Tarik Ravelijn" in receipt


def test_without_the_switch_no_signal_is_spoken_of(
    client: ProofreadingClient, house: given.House
) -> None:
    duty(house, "tarik")
    tell(client, house, {"danger": {"danger": "yes"}})
    assert "signal" not in text_of(client.get("/en/ravelijn/c/check/"))


def test_whoever_chose_somebody_who_is_away_hears_who_stands_in_before_sending(
    client: ProofreadingClient, house: given.House
) -> None:
    """R-002-44, K20"""
    away(house, "noor", "tarik")
    tell(client, house, {"readers": {"reader": house["noor"].membership.hex}})
    page = text_of(client.get("/en/ravelijn/c/check/"))
    assert "Tarik Ravelijn stands in." in page
    assert "Rather choose Tarik Ravelijn" in page


def test_at_the_next_visit_the_reporter_can_let_the_substitute_read(
    client: ProofreadingClient, house: given.House
) -> None:
    """R-002-44: for a running case a key is given by the reporter, never by the machine."""
    told = given.a_report(house, at=now(), reader="noor")
    away(house, "noor", "tarik")
    address = open_channel(client, house, told.receipt.code)
    page = client.get(f"/en{address}")
    assert "Noor Ravelijn is away until" in text_of(page)
    choose = f"{address}who/?reader={house['tarik'].membership.hex}"
    assert f"/en{choose}" in page.content.decode()
    asked = client.get(choose).content.decode()
    assert f'value="{house["tarik"].membership.hex}" checked' in asked
    fields = {"reader": house["tarik"].membership.hex, "how": "besides"}
    assert send(client, choose, fields).status_code == 303
    reads = casework.open_page(house["tarik"].member(), told.reference, at=now(), language="nl")
    assert reads.page.reference == told.reference
    assert "can read this and answer meanwhile" in text_of(client.get(f"/en{address}"))


def test_a_substitute_who_must_not_read_is_not_offered(
    client: ProofreadingClient, house: given.House
) -> None:
    """R-000-31"""
    told = given.a_report(house, at=now(), reader="noor", must_not=["tarik"])
    away(house, "noor", "tarik")
    address = open_channel(client, house, told.receipt.code)
    page = text_of(client.get(f"/en{address}"))
    assert "You can wait, or choose somebody else." in page
    assert "Let Tarik Ravelijn read too" not in page


def test_nobody_is_said_to_be_away_who_is_there(
    client: ProofreadingClient, house: given.House
) -> None:
    told = given.a_report(house, at=now(), reader="noor")
    away(house, "tarik")
    address = open_channel(client, house, told.receipt.code)
    assert "is away until" not in text_of(client.get(f"/en{address}"))
