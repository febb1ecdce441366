"""What was begun is never lost without a word: not by another form, a code, or an hour away."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from klankbord.cases.models import Case
from klankbord.intake.drafts import carried, taken_up
from klankbord.kit import clock
from klankbord.rules.entries import KeptFile
from tests import given
from tests.proofreading import ProofreadingClient
from tests.web.public.walking import code_on, send, sent, tell, text_of, token_on

STORY = {"story": {"happened": "Er werd elke avond gelachen."}}
WORDS = "Er werd elke avond gelachen."
CHECK = "/ravelijn/c/check/"
OTHER = "/molenbeemd/c/1/"


@pytest.fixture
def begun(client: ProofreadingClient, house: given.House, neighbour: given.House) -> None:
    """Somebody told something at Ravelijn and did not send it yet."""
    tell(client, house, STORY)


def go_on(client: ProofreadingClient, page: Any, address: str) -> Any:
    fields = dict(page.context["fields"])
    return client.post(address, {**fields, "form": token_on(page), "go_on": "here"})


@pytest.mark.usefixtures("begun")
def test_a_form_elsewhere_asks_first_and_the_way_back_has_everything(
    client: ProofreadingClient,
) -> None:
    page = client.get(OTHER)
    assert "Ravelijn" in text_of(page)
    assert f'href="{CHECK}"' in page.content.decode()
    assert WORDS in text_of(client.get(CHECK))


@pytest.mark.usefixtures("begun")
def test_going_on_elsewhere_erases_it_and_begins_there(client: ProofreadingClient) -> None:
    answer = go_on(client, client.get(OTHER), OTHER)
    assert (answer.status_code, answer["Location"]) == (303, OTHER)
    assert "walk" in client.get(OTHER).context
    assert WORDS not in text_of(client.get(CHECK))


def test_what_was_typed_in_another_window_comes_along(
    client: ProofreadingClient, house: given.House, neighbour: given.House
) -> None:
    form = {"form": token_on(client.get(OTHER)), "danger": "yes"}
    tell(client, house, STORY)
    page = client.post(OTHER, form)
    assert WORDS in text_of(client.get(CHECK)), "nothing is erased before somebody said so"
    assert go_on(client, page, OTHER)["Location"] == f"{OTHER}n/"


@pytest.mark.usefixtures("begun")
def test_a_code_asks_first_too(client: ProofreadingClient, neighbour: given.House) -> None:
    code, address = given.a_report(neighbour).receipt.code, "/molenbeemd/m/"
    page = send(client, address, {"code": code})
    assert WORDS in text_of(client.get(CHECK))
    assert go_on(client, page, address).status_code == 303
    assert WORDS not in text_of(client.get(CHECK))


@pytest.mark.usefixtures("begun")
def test_a_mistyped_code_erases_nothing(client: ProofreadingClient) -> None:
    address = "/ravelijn/m/"
    page = send(client, address, {"code": "1234"})
    assert go_on(client, page, address).status_code == 200
    assert WORDS in text_of(client.get(CHECK))


def test_an_empty_beginning_is_not_worth_a_question(
    client: ProofreadingClient, house: given.House, neighbour: given.House
) -> None:
    send(client, "/ravelijn/c/1/")
    assert "walk" in client.get(OTHER).context


def test_after_more_than_an_hour_the_check_page_brings_everything_back(
    client: ProofreadingClient, house: given.House, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell(client, house, STORY | {"readers": {"not_named": "de broer"}})
    page = client.get(f"/en{CHECK}")
    form = {"form": token_on(page), "told": page.context["carried"]}
    later = clock.now() + timedelta(minutes=66)
    monkeypatch.setattr("klankbord.kit.clock.now", lambda: later)
    back = client.post(f"/en{CHECK}", form)
    assert "You were away for more than an hour." in text_of(back)
    assert "add them again" in text_of(back)
    assert WORDS in text_of(back)
    assert "de broer" in text_of(back)
    assert not Case.objects.exists(), "it is looked at before it is sent"
    code_on(sent(client, house))


def test_what_was_sent_is_not_brought_back(client: ProofreadingClient, house: given.House) -> None:
    tell(client, house, STORY)
    page = client.get(CHECK)
    form = {"form": token_on(page), "told": page.context["carried"]}
    first = client.post(CHECK, form)
    assert code_on(ProofreadingClient().post(CHECK, form)) == code_on(first)
    assert Case.objects.count() == 1


def test_only_what_our_own_page_carried_is_taken_up(
    house: given.House, neighbour: given.House
) -> None:
    draft = given.a_draft(house, must_not_words="de broer")
    text = carried(draft)
    assert taken_up(text, house.organisation.id) == draft
    assert taken_up(text, neighbour.organisation.id) is None
    for other in ("", "x", text[:-1], f"x{text}", "\0"):
        assert taken_up(other, house.organisation.id) is None


def test_the_page_carries_no_key_of_a_file(house: given.House) -> None:
    draft = given.a_draft(house)
    draft.files.append(KeptFile(uuid4(), "ab" * 32, "brief.pdf", "pdf", 0, "cd" * 32))
    found = taken_up(carried(draft), house.organisation.id)
    assert found is not None
    assert found.files == []
