"""The first use of a start code: one's own code, and the code on the card opens nothing."""

import re
from typing import Any

import pytest

from klankbord.kit.throttle import Busy
from tests.given import STORY, House
from tests.intake.test_entered import entered, written_down
from tests.proofreading import ProofreadingClient
from tests.web.public.walking import send, text_of, token_on

CODE, OWN, WRITTEN = "/ravelijn/m/", "/ravelijn/m/new/", "/ravelijn/m/new/on/"


@pytest.fixture
def start(house: House) -> str:
    """The code on the card that Wout gave to whoever told it."""
    return entered(house, "wout", written_down(house, with_code=True)).code


def typed(client: ProofreadingClient, code: str) -> Any:
    return send(client, CODE, {"code": code})


def own_code(client: ProofreadingClient) -> tuple[str, str]:
    """Press the button; the new code, and the token of the page with it."""
    page = send(client, OWN)
    return "".join(re.findall(r"<span>(\d{4})</span>", page.content.decode())), token_on(page)


def written(client: ProofreadingClient, token: str) -> Any:
    return client.post(WRITTEN, {"form": token})


def test_a_start_code_opens_nothing_but_the_page_that_replaces_it(
    client: ProofreadingClient, start: str
) -> None:
    """Vault 2.2: nobody reads or writes with a code that somebody else has seen."""
    assert typed(client, start).headers["Location"] == OWN
    assert "So somebody else has seen it too." in text_of(client.get("/en" + OWN))
    assert client.get(CODE).status_code == 200
    assert "kb-thread" not in client.get(CODE).content.decode()


def test_the_child_takes_over(client: ProofreadingClient, start: str) -> None:
    """P2, P30: the new code opens what was told, and the card opens nothing any more."""
    typed(client, start)
    new, token = own_code(client)
    assert re.fullmatch(r"\d{20}", new)
    assert new != start
    answer = written(client, token)
    assert answer.status_code == 303
    page = client.get(answer.headers["Location"])
    assert STORY in page.content.decode()
    stranger = ProofreadingClient()
    assert typed(stranger, start).status_code == 200
    assert typed(stranger, new).status_code == 303


def test_until_the_new_one_is_in_use_the_card_still_works(
    client: ProofreadingClient, start: str
) -> None:
    """Row 12: the connection broke after the button; nothing is lost."""
    typed(client, start)
    first, _ = own_code(client)
    elsewhere = ProofreadingClient()
    assert typed(elsewhere, start).headers["Location"] == OWN
    # Whoever wrote the first one down, and closed the window, is in: that is its first use.
    again = ProofreadingClient()
    assert "/m/" in typed(again, first).headers["Location"]
    assert typed(ProofreadingClient(), start).status_code == 200


def test_whoever_was_second_with_the_same_card_reads_why_the_code_does_not_work(
    client: ProofreadingClient, start: str
) -> None:
    """R-000-39: two people with one card; the second must not believe they have a place."""
    second = ProofreadingClient()
    (_, first_token), (_, second_token) = [
        (typed(it, start), own_code(it)[1]) for it in (client, second)
    ]
    assert written(client, first_token).status_code == 303
    page = written(second, second_token)
    assert page.status_code == 200
    assert page.context["overtaken"]
    again = written(client, first_token)  # pressed twice: to one's own page
    assert "/m/" in again.headers["Location"]
    assert again.headers["Location"] != CODE


def test_the_same_button_twice_gives_the_same_code(client: ProofreadingClient, start: str) -> None:
    typed(client, start)
    token = token_on(client.get(OWN))
    codes = {
        "".join(re.findall(r"<span>(\d{4})</span>", page.content.decode()))
        for page in (client.post(OWN, {"form": token}), client.post(OWN, {"form": token}),
                     client.get(OWN))
    }  # fmt: skip
    assert len(codes) == 1


def test_without_a_start_code_there_is_nothing_here(client: ProofreadingClient, start: str) -> None:
    assert client.get(OWN).headers["Location"] == CODE
    assert client.post(OWN, {}).headers["Location"] == CODE
    assert client.post(WRITTEN, {}).headers["Location"] == CODE


def test_leaving_the_website_forgets_the_new_code_and_the_card_still_works(
    client: ProofreadingClient, start: str
) -> None:
    typed(client, start)
    own_code(client)
    client.get("/exit")
    assert client.get(OWN).headers["Location"] == CODE
    assert typed(client, start).headers["Location"] == OWN


def test_when_many_come_at_once_the_code_stays_on_the_page(
    client: ProofreadingClient, start: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed(client, start)
    code, token = own_code(client)

    def busy(*_: object, **__: object) -> None:
        raise Busy("code")

    monkeypatch.setattr("klankbord.web.public.views.own_code.enter", busy)
    page = written(client, token)
    assert page.status_code == 503
    assert code[:4] in page.content.decode()


def test_a_start_code_of_the_neighbour_is_unknown_here(
    client: ProofreadingClient, neighbour: House, start: str
) -> None:
    """Row 15: another organisation's code gives the page of an unknown one."""
    there = client.get("/molenbeemd/m/")
    page = client.post("/molenbeemd/m/", {"code": start, "form": token_on(there)})
    assert page.status_code == 200
    assert page.context["unknown"]
