"""A name that the reporter wrote: a reader says whom it means, before anybody gets access."""

from typing import Any

from django.test import Client

from klankbord.handling import channel
from tests.given import NOON, House, a_report
from tests.web.desks import case_address, signed_in

WORDS = "de broer van Tarik, of Tarik zelf"
HOW = "De melder schreef het zelf."


def test_the_words_stand_on_the_case_page_and_on_their_own_page(
    client: Client, house: House
) -> None:
    told = a_report(house, reader="noor", must_not_words=WORDS)
    signed_in(client, house["noor"])
    assert WORDS in client.get(case_address(told.reference)).content.decode()
    assert WORDS in client.get(case_address(told.reference, "exclusion")).content.decode()


def test_whoever_is_meant_must_not_read_from_then_on(client: Client, house: House) -> None:
    told = a_report(house, reader="noor", must_not_words=WORDS)
    signed_in(client, house["noor"])
    assert settle(client, told.reference, house["tarik"].membership.hex).status_code == 302
    page = client.get(case_address(told.reference))
    assert page.context["case"].excluded == (house["tarik"].name,)
    assert not page.context["case"].exclusion_open
    access = client.get(case_address(told.reference, "access"))
    assert house["tarik"].membership not in {card.membership for card in access.context["possible"]}


def test_the_reporter_can_read_how_it_was_settled(client: Client, house: House) -> None:
    told = a_report(house, reader="noor", must_not_words=WORDS)
    settle(signed_in(client, house["noor"]), told.reference, house["tarik"].membership.hex)
    page = channel.view(told.seat, told.case.id, at=NOON, language="nl")
    assert HOW in {getattr(item.entry, "note", "") for item in page.items}


def test_nobody_here_can_be_meant(client: Client, house: House) -> None:
    told = a_report(house, reader="noor", must_not_words=WORDS)
    signed_in(client, house["noor"])
    assert settle(client, told.reference, "nobody").status_code == 302
    assert client.get(case_address(told.reference)).context["case"].excluded == ()


def test_something_must_be_chosen_and_said(client: Client, house: House) -> None:
    told = a_report(house, reader="noor", must_not_words=WORDS)
    signed_in(client, house["noor"])
    assert set(settle(client, told.reference, note="").context["errors"]) == {"member", "note"}
    both = settle(client, told.reference, "nobody", house["tarik"].membership.hex)
    assert set(both.context["errors"]) == {"member"}


def test_an_explanation_that_is_too_long_stays_and_is_said(client: Client, house: House) -> None:
    told = a_report(house, reader="noor", must_not_words=WORDS)
    signed_in(client, house["noor"])
    answer = settle(client, told.reference, "nobody", note="x" * 2**20)
    assert set(answer.context["errors"]) == {"note"}
    assert answer.context["note"] == "x" * 2**20


def test_what_was_ticked_and_said_stays(client: Client, house: House) -> None:
    told = a_report(house, reader="noor", must_not_words=WORDS)
    signed_in(client, house["noor"])
    again = settle(client, told.reference, house["tarik"].membership.hex, note="")
    assert again.context["chosen"] == [house["tarik"].membership.hex]
    assert settle(client, told.reference).context["note"] == HOW


def test_when_nobody_would_be_left_it_says_what_to_do(client: Client, house: House) -> None:
    told = a_report(house, reader="noor", must_not_words="Noor")
    signed_in(client, house["noor"])
    answer = settle(client, told.reference, house["noor"].membership.hex)
    assert answer.status_code == 422
    assert "choose" in answer.context["errors"]["member"]


def test_without_a_written_name_there_is_nothing_to_settle(client: Client, house: House) -> None:
    told = a_report(house, reader="noor")
    signed_in(client, house["noor"])
    assert client.get(case_address(told.reference, "exclusion")).url == case_address(told.reference)


def test_only_who_reads_the_case_can_settle_it(client: Client, house: House) -> None:
    told = a_report(house, reader="noor", must_not_words=WORDS)
    signed_in(client, house["tarik"])
    assert client.get(case_address(told.reference, "exclusion")).status_code == 404
    assert settle(client, told.reference, "nobody").status_code == 404


def settle(client: Client, reference: str, *members: str, note: str = HOW) -> Any:
    address = case_address(reference, "exclusion")
    return client.post(address, {"member": list(members), "note": note})
