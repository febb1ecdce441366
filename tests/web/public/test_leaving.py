"""One click and the page is gone (promise 6, vault rows 22 and 23)."""

import pytest
from django.db import DataError

from klankbord.intake.models import SealedReceipt
from klankbord.kit.sessions.models import SealedSession
from klankbord.web.public.views import leaving
from tests import given
from tests.proofreading import ProofreadingClient
from tests.web.public.walking import code_on, open_channel, send, tell, token_on

EXIT = "/exit?o=ravelijn"


def test_leaving_ends_the_draft_and_goes_to_a_page_about_something_else(
    client: ProofreadingClient, house: given.House
) -> None:
    send(client, "/ravelijn/c/1/")
    send(client, "/ravelijn/c/5/", {"happened": "Dit moet weg."})
    answer = client.get(EXIT)
    assert answer.status_code == 303
    assert not answer.headers["Location"].startswith("/")
    assert "Dit moet weg." not in client.get("/ravelijn/c/5/").content.decode()


def test_leaving_sets_a_cookie_of_one_second(
    client: ProofreadingClient, house: given.House
) -> None:
    """Vault 2.9: what keeps the typed story out of the browser's memory."""
    cookies = client.get(EXIT).cookies
    short = next(it for it in cookies.values() if it["max-age"] == 1)
    assert short["httponly"]


def test_leaving_forgets_the_receipt_and_the_channel(
    client: ProofreadingClient, house: given.House
) -> None:
    tell(client, house, {})
    form = {"form": token_on(client.get("/ravelijn/c/check/"))}
    code = code_on(client.post("/ravelijn/c/check/", form))
    assert SealedReceipt.objects.exists()
    client.get(EXIT)
    assert not SealedReceipt.objects.exists()
    case = open_channel(client, house, code)
    client.get(EXIT)
    assert client.get(case).status_code == 303


def test_leaving_works_from_everywhere_and_for_whoever_types_nonsense(
    client: ProofreadingClient, house: given.House
) -> None:
    for address in ("/exit", "/exit?o=niemand", "/fr/exit?o=ravelijn"):
        assert client.get(address).status_code == 303


def test_leaving_ends_everything_whatever_else_fails(
    client: ProofreadingClient, house: given.House, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise DataError

    send(client, "/ravelijn/c/1/")
    send(client, "/ravelijn/c/5/", {"happened": "Dit moet weg."})
    monkeypatch.setattr(leaving, "named", broken)
    monkeypatch.setattr(leaving, "drop_files", broken)
    answer = client.get("/exit?o=%00")
    assert (answer.status_code, answer["Location"]) == (303, leaving.ELSEWHERE)
    assert not SealedSession.objects.exists()


def test_leaving_elsewhere_forgets_the_files_of_the_draft_too(
    client: ProofreadingClient, house: given.House, monkeypatch: pytest.MonkeyPatch
) -> None:
    forgotten: list[object] = []
    monkeypatch.setattr(leaving, "drop_files", forgotten.append)
    send(client, "/ravelijn/c/1/")
    client.get("/exit")
    assert len(forgotten) == 1


def test_every_public_page_has_the_way_out(client: ProofreadingClient, house: given.House) -> None:
    for address in ("/ravelijn/", "/ravelijn/h/", "/ravelijn/i/", "/ravelijn/m/", "/ravelijn/c/1/"):
        assert f'href="{EXIT}"' in client.get(address).content.decode()


def test_forms_are_not_refilled_by_the_browser(
    client: ProofreadingClient, house: given.House
) -> None:
    """Vault 2.9"""
    for address in ("/ravelijn/c/1/", "/ravelijn/c/5/", "/ravelijn/m/"):
        send(client, "/ravelijn/c/1/")
        page = client.get(address).content.decode()
        form = page[page.index("<form") :].partition(">")[0]
        assert 'autocomplete="off"' in form
        assert "novalidate" in form
