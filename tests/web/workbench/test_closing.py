"""Closing with a reason, in two steps; a referral says to whom (P19)."""

from typing import Any

import pytest
from django.test import Client

from klankbord.handling import casework, channel
from tests.given import NOON, House, a_report
from tests.web.desks import INBOX, case_address, signed_in

pytestmark = pytest.mark.usefixtures("no_procedure")
TEXT = "We hebben samen afgesproken hoe het verder gaat."


def test_a_case_is_closed_after_a_second_look(client: Client, house: House) -> None:
    told = a_report(house, reader="noor")
    signed_in(client, house["noor"])
    first = close(client, told.reference)
    assert TEXT in first.content.decode()
    assert told.reference in client.get(INBOX).content.decode()
    assert close(client, told.reference, sure="yes").url == case_address(told.reference)
    assert client.get(case_address(told.reference)).context["case"].closed


def test_the_reporter_reads_the_reason(client: Client, house: House) -> None:
    """R-000-04: no report ends without a reasoned decision."""
    told = a_report(house, reader="noor")
    close(signed_in(client, house["noor"]), told.reference, sure="yes")
    page = channel.view(told.seat, told.case.id, at=NOON, language="nl")
    assert page.closed is not None
    assert page.closed.text == TEXT


@pytest.mark.parametrize("missing", ["reason", "text"])
def test_nothing_is_closed_without_a_reason_in_words(
    client: Client, house: House, missing: str
) -> None:
    told = a_report(house, reader="noor")
    signed_in(client, house["noor"])
    answer = close(client, told.reference, sure="yes", **{missing: " "})
    assert answer.status_code == 422
    assert set(answer.context["errors"]) == {missing}
    assert not client.get(case_address(told.reference)).context["case"].closed


def test_words_that_are_too_long_stay_and_are_said(client: Client, house: House) -> None:
    told = a_report(house, reader="noor")
    signed_in(client, house["noor"])
    far_too_much = "x" * 2**20
    refused = [close(client, told.reference, sure="yes", text=far_too_much)]
    close(client, told.reference, sure="yes")
    refused.append(client.post(case_address(told.reference, "reopen"), {"text": far_too_much}))
    for answer in refused:
        assert answer.status_code == 422
        assert set(answer.context["errors"]) == {"text"}
        assert answer.context["text"] == far_too_much


def test_a_referral_says_to_whom(client: Client, house: House) -> None:
    """P19: `referred` is an ending only with a referral and a reason (R-000-21)."""
    told = a_report(house, reader="noor")
    signed_in(client, house["noor"])
    answer = close(client, told.reference, reason="referred", sure="yes")
    assert set(answer.context["errors"]) == {"referred_to"}
    close(client, told.reference, reason="referred", referred_to="Awel, 102", sure="yes")
    closed = client.get(case_address(told.reference)).context["case"].closed
    assert closed.referred_to == "Awel, 102"


def test_an_invented_reason_is_no_reason(client: Client, house: House) -> None:
    told = a_report(house, reader="noor")
    signed_in(client, house["noor"])
    assert close(client, told.reference, reason="bored", sure="yes").status_code == 422


def test_going_back_keeps_the_words(client: Client, house: House) -> None:
    told = a_report(house, reader="noor")
    signed_in(client, house["noor"])
    assert close(client, told.reference, back="yes").context["text"] == TEXT


def test_a_closed_case_can_be_taken_up_again(client: Client, house: House) -> None:
    told = closed_case(house)
    signed_in(client, house["noor"])
    address = case_address(told.reference, "reopen")
    assert client.post(address, {"text": ""}).status_code == 422
    assert client.post(address, {"text": "Er is nieuws."}).status_code == 302
    assert not client.get(case_address(told.reference)).context["case"].closed


def test_what_is_closed_is_not_closed_twice_and_what_is_open_not_reopened(
    client: Client, house: House
) -> None:
    signed_in(client, house["noor"])
    closed, running = closed_case(house), a_report(house, reader="noor")
    assert client.get(case_address(closed.reference, "close")).status_code == 302
    assert client.get(case_address(running.reference, "reopen")).status_code == 302


@pytest.mark.parametrize("page", ["close", "reopen"])
def test_only_who_reads_the_case_can_end_it(client: Client, house: House, page: str) -> None:
    told = a_report(house, reader="noor")
    signed_in(client, house["tarik"])
    assert client.get(case_address(told.reference, page)).status_code == 404
    answer = client.post(case_address(told.reference, page), {"text": TEXT, "sure": "yes"})
    assert answer.status_code == 404


def close(client: Client, reference: str, **fields: str) -> Any:
    typed = {"reason": "settled", "text": TEXT, "referred_to": ""}
    return client.post(case_address(reference, "close"), {**typed, **fields})


def closed_case(house: House) -> Any:
    told = a_report(house, reader="noor")
    casework.close(house["noor"].member(), told.reference, reason="settled", text=TEXT, at=NOON)
    return told
