"""Checking, sending, and the code in the very answer that follows (promise 1)."""

from datetime import date

import pytest

from klankbord.cases.models import Case
from klankbord.kit.throttle import Busy
from klankbord.rules.codes import read_code
from tests import given
from tests.proofreading import ProofreadingClient
from tests.web.public.walking import code_on, sent, tell, text_of, token_on

CHECK = "/ravelijn/c/check/"
STORY = {"story": {"happened": "Er werd elke avond gelachen."}}


def test_everything_is_told_back_with_a_link_to_change_it(
    client: ProofreadingClient, house: given.House
) -> None:
    tell(client, house, STORY)
    page = client.get(CHECK)
    assert "Er werd elke avond gelachen." in text_of(page)
    assert 'href="/ravelijn/c/5/"' in page.content.decode()


def test_the_receipt_is_the_answer_itself_with_what_comes_next_and_by_when(
    client: ProofreadingClient, house: given.House
) -> None:
    """Vault row 11; R-000-27"""
    tell(client, house, {"readers": {"reader": house["noor"].membership.hex}})
    receipt = sent(client, house)
    assert receipt.status_code == 200
    code = code_on(receipt)
    assert read_code(code) == code
    due: date = receipt.context["receipt"].first_answer_by
    assert str(due.day) in text_of(receipt)
    assert "Noor Ravelijn" in text_of(receipt)
    assert "<svg" in receipt.content.decode()
    assert receipt.cookies["r"]["httponly"]


def test_the_code_is_in_no_address_cookie_or_header(
    client: ProofreadingClient, house: given.House
) -> None:
    """Vault row 24"""
    tell(client, house, {})
    receipt = sent(client, house)
    code = code_on(receipt)
    elsewhere = f"{dict(receipt.headers)} {receipt.cookies.output()} {receipt.request['PATH_INFO']}"
    assert code not in elsewhere
    assert receipt.content.decode().count(code) == 0  # in groups, and not in the QR


def test_the_same_form_sent_again_shows_the_same_receipt_and_opens_no_second_case(
    client: ProofreadingClient, house: given.House
) -> None:
    """Vault rows 12 and 32"""
    tell(client, house, STORY)
    form = {"form": token_on(client.get(CHECK))}
    first = client.post(CHECK, form)
    again = client.post(CHECK, form)
    other_browser = ProofreadingClient().post(CHECK, form)
    assert code_on(first) == code_on(again) == code_on(other_browser)
    assert Case.objects.count() == 1


def test_coming_back_to_the_page_within_the_quarter_shows_it_too(
    client: ProofreadingClient, house: given.House
) -> None:
    tell(client, house, {})
    assert code_on(sent(client, house)) == code_on(client.get(CHECK))


def test_once_it_is_written_down_nobody_sees_the_code_again(
    client: ProofreadingClient, house: given.House
) -> None:
    """Vault 2.2"""
    tell(client, house, {})
    form = {"form": token_on(client.get(CHECK))}
    code = code_on(client.post(CHECK, form))
    done = client.post("/ravelijn/c/written/", {"form": "x"})
    assert done.status_code == 200
    again = client.post(CHECK, form)
    assert code[:4] not in text_of(again)
    assert Case.objects.count() == 1
    assert code[:4] not in text_of(client.get(CHECK))


def test_a_page_that_stood_open_for_days_asks_to_press_once_more(
    client: ProofreadingClient, house: given.House
) -> None:
    tell(client, house, STORY)
    page = client.post(CHECK, {"form": "y" * 52})
    assert "Er werd elke avond gelachen." in text_of(page)
    assert not Case.objects.exists()
    code_on(client.post(CHECK, {"form": token_on(page)}))


def test_when_too_many_people_send_at_once_everything_stays_on_the_page(
    client: ProofreadingClient, house: given.House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Vault 2.2: 503 with the filled form and Retry-After."""
    tell(client, house, STORY)

    def busy(*_: object, **__: object) -> None:
        raise Busy

    with monkeypatch.context() as full:
        full.setattr("klankbord.web.public.views.check.submit", busy)
        page = sent(client, house)
    assert page.status_code == 503
    assert int(page.headers["Retry-After"]) > 0
    assert "Er werd elke avond gelachen." in text_of(page)
    code_on(client.post(CHECK, {"form": token_on(page)}))


def test_without_a_draft_there_is_nothing_to_send(
    client: ProofreadingClient, house: given.House
) -> None:
    assert 'href="/ravelijn/#doors"' in client.get(CHECK).content.decode()
    assert not Case.objects.exists()


def test_danger_is_said_again_on_the_receipt(
    client: ProofreadingClient, house: given.House
) -> None:
    """P7"""
    tell(client, house, {"danger": {"danger": "yes"}})
    assert 'class="kb-sos"' in sent(client, house).content.decode()


def test_who_reads_stands_under_one_heading(client: ProofreadingClient, house: given.House) -> None:
    tell(client, house, {})
    page = client.get(CHECK).content.decode()
    assert page.count("Met wie deel je</h2>") == 1
    assert "Met wie je dit deelt" not in page
    before, _, after = page.partition("Met wie deel je</h2>")
    assert "Wie leest dit?" not in before
    assert "Wie leest dit?" in after
