"""The inbox: all organisations together, what waits first, and nothing of anybody else."""

from datetime import timedelta

import pytest
from django.test import Client

from klankbord.cases.queries import PAGE
from klankbord.handling import casework
from klankbord.organisations.services import certify, open_account
from tests.given import NOON, House, Person, a_house, a_person, a_report, a_token
from tests.web.desks import INBOX, signed_in

CLOSED = "/en/werk/afgesloten/"


def test_a_new_report_waits_for_whoever_may_read_it(client: Client, house: House) -> None:
    reference = a_report(house, reader="noor").reference
    page = signed_in(client, house["noor"]).get(INBOX)
    assert [line.reference for line in page.context["waiting"]] == [reference]
    assert "New report" in page.content.decode()


def test_what_was_answered_goes_on_and_no_longer_waits(client: Client, house: House) -> None:
    reference = a_report(house, reader="noor").reference
    answer(house["noor"], reference)
    page = signed_in(client, house["noor"]).get(INBOX)
    assert [line.reference for line in page.context["running"]] == [reference]
    assert not page.context["waiting"]


def test_the_newest_word_comes_first(client: Client, house: House) -> None:
    older = a_report(house, reader="noor").reference
    newer = a_report(house, reader="noor", at=NOON + timedelta(days=1)).reference
    lines = signed_in(client, house["noor"]).get(INBOX).context["waiting"]
    assert [line.reference for line in lines] == [newer, older]


def test_it_says_by_when_an_answer_was_promised(client: Client, house: House) -> None:
    a_report(house, reader="noor")
    assert "November" in signed_in(client, house["noor"]).get(INBOX).content.decode()


def test_a_colleague_without_a_key_sees_nothing_of_it(client: Client, house: House) -> None:
    reference = a_report(house, reader="noor").reference
    page = signed_in(client, house["tarik"]).get(INBOX).content.decode()
    assert reference not in page
    assert "Nothing is waiting for you." in page


def test_somebody_who_must_not_read_sees_the_same_inbox_with_and_without_the_case(
    client: Client, house: House
) -> None:
    before = lines_of(signed_in(client, house["tarik"]))
    a_report(house, must_not=["tarik"])
    assert lines_of(client) == before == []


def test_the_inbox_holds_the_cases_of_every_organisation_of_a_counsellor(
    client: Client, house: House
) -> None:
    """R-002-01: one bureau, many employers, one list."""
    saskia, elsewhere = works_for_two(house)
    here, there = (
        a_report(place, reader="saskia").reference
        for place in (with_person(house, saskia), elsewhere)
    )
    page = signed_in(client, saskia).get(INBOX)
    assert {line.reference for line in page.context["waiting"]} == {here, there}
    assert "Zonnedael" in page.content.decode()


def test_the_organisation_is_not_said_when_there_is_but_one(client: Client, house: House) -> None:
    a_report(house, reader="noor")
    page = signed_in(client, house["noor"]).get(INBOX)
    assert not page.context["several"]


def test_a_long_inbox_goes_on_on_a_next_page(client: Client, house: House) -> None:
    for _ in range(PAGE + 1):
        a_report(house, reader="noor")
    first = signed_in(client, house["noor"]).get(INBOX)
    second = client.get(INBOX, {"after": first.context["next"]})
    shown = [line.reference for page in (first, second) for line in page.context["rows"]]
    assert len(first.context["rows"]) == PAGE
    assert len(set(shown)) == PAGE + 1


def test_an_address_that_was_typed_over_shows_the_first_page(client: Client, house: House) -> None:
    a_report(house, reader="noor")
    page = signed_in(client, house["noor"]).get(INBOX, {"after": "x-y-z"})
    assert len(page.context["rows"]) == 1


@pytest.mark.usefixtures("no_procedure")
def test_closed_cases_stand_apart(client: Client, house: House) -> None:
    reference = a_report(house, reader="noor").reference
    casework.close(
        house["noor"].member(), reference, reason="settled", text="Het is goed zo.", at=NOON
    )
    signed_in(client, house["noor"])
    assert reference not in client.get(INBOX).content.decode()
    assert reference in client.get(CLOSED).content.decode()


def test_no_closed_cases_is_said_kindly(client: Client, house: House) -> None:
    page = signed_in(client, house["noor"]).get(CLOSED).content.decode()
    assert "No case has been closed yet." in page


def test_only_who_can_be_a_reader_has_an_inbox(client: Client, house: House) -> None:
    for name in ("els", "bert", "wout"):
        browser = signed_in(Client(), house[name])
        assert browser.get(INBOX).status_code == 404
        assert browser.get(CLOSED).status_code == 404


def test_the_menu_shows_only_what_somebody_may_open(client: Client, house: House) -> None:
    page = signed_in(client, house["noor"]).get(INBOX).content.decode()
    assert "/en/overzicht/" not in page
    assert "/en/beheer/activiteiten/" in page  # R-001-41
    assert 'href="/en/beheer/"' not in page


def lines_of(client: Client) -> list[str]:
    return [line.reference for line in client.get(INBOX).context["rows"]]


def answer(person: Person, reference: str) -> None:
    casework.answer(person.member(), reference, text="Dank je.", token=a_token(), at=NOON)


def works_for_two(house: House) -> tuple[Person, House]:
    """Somebody who reads at Ravelijn and at an employer."""
    account = open_account(
        mail="saskia@anker.example", name="Saskia Anker", passphrase="saskia zwemt in de zee"
    )
    here = a_person(house.organisation, "saskia", ["contact_person"], account=account)
    founder = house["noor"].joined
    certify(here.joined.row, signer=founder.row.id, pair=founder.pair, on=NOON.date())
    elsewhere = a_house(
        "zonnedael", "Zonnedael", people={"nico": ["contact_person"]}, founder="nico"
    )
    there = a_person(elsewhere.organisation, "saskia", ["contact_person"], account=account)
    vouching = elsewhere["nico"].joined
    certify(there.joined.row, signer=vouching.row.id, pair=vouching.pair, on=NOON.date())
    person = Person(
        here.name, here.mail, "saskia zwemt in de zee", here.membership, here.recovery, here.joined
    )
    return person, with_person(elsewhere, there)


def with_person(house: House, person: Person) -> House:
    return House(house.organisation, {**house.people, "saskia": person}, house.units)
