"""The journal: what was done to the organisation, by day; never to a case."""

from datetime import date

from django.test import Client

from klankbord.kit.journal.queries import PER_PAGE
from klankbord.kit.journal.services import write_down
from tests.given import House
from tests.web.desks import signed_in

JOURNAL = "/en/beheer/ravelijn/logboek/"


def test_deeds_are_told_in_words(client: Client, house: House) -> None:
    page = signed_in(client, house["bert"]).get(JOURNAL).content.decode()
    assert "The organisation was founded here" in page
    assert "vouched for" in page
    assert "keys_certified" not in page


def test_it_says_who_did_it_and_on_which_day(client: Client, house: House) -> None:
    page = signed_in(client, house["bert"]).get(JOURNAL).content.decode()
    assert house["noor"].name in page
    assert "1 September 2026" in page


def test_how_somebody_comes_in_is_told_in_words(client: Client, house: House) -> None:
    deeds = (
        "passphrase_changed", "recovery_used", "recovery_renewed", "one_time_code_on",
        "one_time_code_off",
    )  # fmt: skip
    for deed in deeds:
        write_down(
            deed=deed, on=date(2026, 11, 23), organisation=house.organisation.id,
            actor=house["noor"].membership,
        )  # fmt: skip
    page = signed_in(client, house["bert"]).get(JOURNAL).content.decode()
    assert not [deed for deed in deeds if deed in page]
    assert "came back with the recovery code" in page


def test_a_case_that_does_not_fit_is_marked_without_saying_which(
    client: Client, house: House
) -> None:
    write_down(deed="case_does_not_fit", on=date(2026, 11, 23), organisation=house.organisation.id)
    page = signed_in(client, house["bert"]).get(JOURNAL).content.decode()
    assert "does not fit what was signed" in page


def test_a_neighbours_deeds_are_not_there(client: Client, house: House, neighbour: House) -> None:
    write_down(deed="neighbours_own", on=date(2026, 11, 23), organisation=neighbour.organisation.id)
    assert "neighbours_own" not in signed_in(client, house["bert"]).get(JOURNAL).content.decode()


def test_a_long_journal_has_pages(client: Client, house: House) -> None:
    for _ in range(PER_PAGE):
        write_down(deed="role_given", on=date(2026, 11, 23), organisation=house.organisation.id)
    first = signed_in(client, house["bert"]).get(JOURNAL)
    second = client.get(JOURNAL, {"page": first.context["next"]})
    assert first.context["previous"] is None
    assert second.context["previous"] == 1


def test_a_page_number_that_is_none_shows_the_first(client: Client, house: House) -> None:
    signed_in(client, house["bert"])
    for number in ("", "x", "-1", "9" * 5000, "²"):
        assert client.get(JOURNAL, {"page": number}).status_code == 200
