"""Giving and ending access: with a reason, a passphrase, and never against the reporter's wish."""

from typing import Any

from django.test import Client

from klankbord.handling import casework, channel
from tests.given import NOON, House, a_report
from tests.web.desks import INBOX, case_address, signed_in

WHY = "Tarik kent de groep beter."


def test_a_colleague_who_got_access_reads_the_case(client: Client, house: House) -> None:
    told = a_report(house, reader="noor")
    signed_in(client, house["noor"])
    assert give(client, house, told.reference).url == case_address(told.reference)
    colleague = signed_in(Client(), house["tarik"])
    assert colleague.get(case_address(told.reference)).status_code == 200


def test_the_reporter_sees_who_got_access_and_why(client: Client, house: House) -> None:
    told = a_report(house, reader="noor")
    give(signed_in(client, house["noor"]), house, told.reference)
    page = channel.view(told.seat, told.case.id, at=NOON, language="nl")
    assert WHY in {reader.why for reader in page.readers if reader.name == house["tarik"].name}


def test_the_timeline_says_who_got_access_and_who_lost_it(client: Client, house: House) -> None:
    told = a_report(house, reader="noor")
    give(signed_in(client, house["noor"]), house, told.reference)
    casework.end_access(
        house["noor"].member(), told.reference, membership=house["tarik"].membership,
        why="Taak is klaar.", at=NOON,
    )  # fmt: skip
    page = client.get(case_address(told.reference)).content.decode()
    assert f"(new: {house['tarik'].name}): {WHY}" in page
    assert f"(no longer: {house['tarik'].name}): Taak is klaar." in page


def test_the_passphrase_is_asked_again(client: Client, house: House) -> None:
    told = a_report(house, reader="noor")
    signed_in(client, house["noor"])
    answer = give(client, house, told.reference, passphrase="noor wandelt niet")
    assert answer.status_code == 422
    assert "passphrase" in answer.context["errors"]
    assert answer.context["why"] == WHY
    assert not reads(house, "tarik", told.reference)


def test_a_reason_and_a_person_are_needed(client: Client, house: House) -> None:
    told = a_report(house, reader="noor")
    signed_in(client, house["noor"])
    answer = give(client, house, told.reference, why=" ", member="")
    assert set(answer.context["errors"]) == {"why", "member"}


def test_who_told_it_stays_closed_unless_it_is_given_too(client: Client, house: House) -> None:
    told = a_report(house, reader="noor")
    give(signed_in(client, house["noor"]), house, told.reference)
    page = casework.open_page(house["tarik"].member(), told.reference, at=NOON, language="nl")
    assert page.identity is None


def test_who_told_it_can_be_given_too(client: Client, house: House) -> None:
    told = a_report(house, reader="noor")
    give(signed_in(client, house["noor"]), house, told.reference, identity="yes")
    page = casework.open_page(house["tarik"].member(), told.reference, at=NOON, language="nl")
    assert page.identity is not None


def test_whoever_must_not_read_cannot_be_chosen(client: Client, house: House) -> None:
    told = a_report(house, reader="noor", must_not=["tarik"])
    signed_in(client, house["noor"])
    page = client.get(case_address(told.reference, "access"))
    assert house["tarik"].membership not in {card.membership for card in page.context["possible"]}
    assert give(client, house, told.reference).status_code == 422
    assert not reads(house, "tarik", told.reference)


def test_a_neighbour_cannot_be_chosen(client: Client, house: House, neighbour: House) -> None:
    told = a_report(house, reader="noor")
    signed_in(client, house["noor"])
    member = neighbour["nadia"].membership.hex
    assert give(client, house, told.reference, member=member).status_code == 422


def test_nobody_gets_access_before_a_written_name_is_settled(client: Client, house: House) -> None:
    told = a_report(house, reader="noor", must_not_words="de zus van Wout")
    signed_in(client, house["noor"])
    page = client.get(case_address(told.reference, "access")).content.decode()
    assert "de zus van Wout" in page
    assert 'name="member"' not in page
    answer = give(client, house, told.reference)
    assert answer.status_code == 422
    assert not reads(house, "tarik", told.reference)


def test_ending_access_is_asked_twice(client: Client, house: House) -> None:
    told = a_report(house, choice="team")
    signed_in(client, house["noor"])
    first = end(client, house, told.reference)
    assert first.status_code == 200
    assert house["tarik"].name in first.content.decode()
    assert reads(house, "tarik", told.reference)
    assert end(client, house, told.reference, sure="yes").status_code == 302
    assert not reads(house, "tarik", told.reference)


def test_going_back_keeps_the_reason(client: Client, house: House) -> None:
    told = a_report(house, choice="team")
    signed_in(client, house["noor"])
    page = end(client, house, told.reference, back="yes")
    assert page.context["why"] == WHY
    assert reads(house, "tarik", told.reference)


def test_the_last_reader_stays(client: Client, house: House) -> None:
    told = a_report(house, reader="noor")
    signed_in(client, house["noor"])
    member = house["noor"].membership.hex
    answer = end(client, house, told.reference, member=member, sure="yes")
    assert answer.status_code == 422
    assert "Give a colleague access first." in answer.content.decode()


def test_who_ends_their_own_access_comes_back_in_the_inbox(client: Client, house: House) -> None:
    told = a_report(house, choice="team")
    signed_in(client, house["noor"])
    member = house["noor"].membership.hex
    assert end(client, house, told.reference, member=member, sure="yes").url == INBOX
    assert client.get(case_address(told.reference)).status_code == 404


def test_a_reason_that_is_too_long_stays_and_is_said(client: Client, house: House) -> None:
    told = a_report(house, choice="team")
    signed_in(client, house["noor"])
    far_too_much = "x" * 2**20
    refused = [end(client, house, told.reference, sure="yes", why=far_too_much)]
    end(client, house, told.reference, sure="yes")
    refused.append(give(client, house, told.reference, why=far_too_much))
    for answer in refused:
        assert answer.status_code == 422
        assert set(answer.context["errors"]) == {"why"}
        assert answer.context["why"] == far_too_much


def test_past_readers_and_strangers_find_no_such_pages(client: Client, house: House) -> None:
    told = a_report(house, reader="noor")
    signed_in(client, house["tarik"])
    for parts in (("access",), ("access", "end")):
        address = case_address(told.reference, *parts)
        assert client.get(address).status_code == 404
        assert client.post(address, {"why": WHY, "sure": "yes"}).status_code == 404


def give(client: Client, house: House, reference: str, **fields: str) -> Any:
    typed = {
        "member": house["tarik"].membership.hex,
        "identity": "no",
        "why": WHY,
        "passphrase": house["noor"].passphrase,
    }
    return client.post(case_address(reference, "access"), {**typed, **fields})


def end(client: Client, house: House, reference: str, **fields: str) -> Any:
    typed = {"member": house["tarik"].membership.hex, "why": WHY}
    return client.post(case_address(reference, "access", "end"), {**typed, **fields})


def reads(house: House, name: str, reference: str) -> bool:
    browser = signed_in(Client(), house[name])
    return bool(browser.get(case_address(reference)).status_code == 200)
