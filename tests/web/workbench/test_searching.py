"""Search, links, questions to a colleague and cases shared for an absence, on their pages."""

import re
from datetime import timedelta

from django.test import Client

from klankbord.handling.models import Conferred
from klankbord.kit.clock import now, today
from tests.given import STORY, House, a_report
from tests.web.desks import INBOX, case_address, signed_in, token_on

SEARCH = f"{INBOX}zoeken/"
CONFER = f"{INBOX}overleg/"
MEANWHILE = f"{INBOX}agenda/ravelijn/meanwhile/"


def test_what_was_searched_stands_in_no_address(client: Client, house: House) -> None:
    """vault §2.10, §4 row 24"""
    told = a_report(house, at=now(), reader="noor")
    client = signed_in(client, house["noor"])
    answer = client.post(SEARCH, {"asked": "gelachen"})
    page = answer.content.decode()
    assert told.reference in page
    assert "<b>gelachen</b>" in page
    assert not re.search(r'(?:href|action)="[^"]*gelachen', page)
    assert "gelachen" not in client.get(f"{SEARCH}?asked=gelachen").content.decode()


def test_a_search_that_is_too_short_says_so(client: Client, house: House) -> None:
    answer = signed_in(client, house["noor"]).post(SEARCH, {"asked": "a"})
    assert answer.status_code == 422
    assert "at least two letters" in answer.content.decode()


def test_what_was_said_is_escaped_in_the_piece(client: Client, house: House) -> None:
    a_report(house, at=now(), reader="noor", answers={"happened": "<i>gelachen</i> en meer"})
    page = signed_in(client, house["noor"]).post(SEARCH, {"asked": "gelachen"}).content.decode()
    assert "<i>" not in page
    assert "&lt;i&gt;" in page


def test_an_excluded_colleague_finds_the_same_with_and_without_the_case(
    client: Client, house: House
) -> None:
    """vault §4, row 31: search"""
    tarik = signed_in(client, house["tarik"])
    before = seen(tarik)
    a_report(house, at=now(), reader="noor", must_not=["tarik"])
    assert seen(tarik) == before


def seen(client: Client) -> str:
    page = client.post(SEARCH, {"asked": "gelachen"}).content.decode()
    return re.sub(r'value="[^"]*"|<!--.*?-->', "", page, flags=re.S)


def test_cases_are_linked_and_unlinked_on_one_page(client: Client, house: House) -> None:
    """P25"""
    one, other = (a_report(house, at=now(), reader="noor") for _ in range(2))
    client, address = signed_in(client, house["noor"]), case_address(one.reference, "links")
    assert client.post(address, {"other": other.reference.lower()}).status_code == 302
    assert other.reference in client.get(address).content.decode()
    client.post(address, {"unlink": other.case.id.hex})
    assert other.reference not in client.get(address).content.decode()
    client.post(address, {"facts": "1", "known": "unknown"})
    assert 'value="unknown" checked' in client.get(address).content.decode()


def test_a_number_that_is_not_mine_is_said_like_one_that_never_was(
    client: Client, house: House, neighbour: House
) -> None:
    mine = a_report(house, at=now(), reader="noor")
    client = signed_in(client, house["noor"])
    answers = []
    for reference in (
        a_report(house, at=now(), reader="tarik").reference,
        a_report(neighbour, at=now(), reader="nadia").reference,
        "RAV-0000",
    ):
        answer = client.post(case_address(mine.reference, "links"), {"other": reference})
        assert answer.status_code == 422
        answers.append("You read no case with this number" in answer.content.decode())
    assert answers == [True, True, True]


def ask(client: Client, house: House, text: str, **more: str) -> str:
    token = token_on(client.get(CONFER))
    fields = {"who": house["tarik"].membership.hex, "text": text, "form": token, **more}
    return client.post(CONFER, fields, follow=True).content.decode()


def test_a_name_is_pointed_at_before_anything_is_sent(client: Client, house: House) -> None:
    client = signed_in(client, house["noor"])
    page = ask(client, house, "Mag Wout dit weten?")
    assert "Nothing was sent yet" in page
    assert "<li>Wout</li>" in page
    assert "Mag Wout dit weten?" in page
    assert not Conferred.objects.exists()
    assert "sealed for the two of you" in ask(client, house, "Mag Wout dit weten?", sure="yes")
    assert Conferred.objects.count() == 2


def test_the_colleague_reads_it_and_both_erase_for_themselves(client: Client, house: House) -> None:
    ask(signed_in(client, house["noor"]), house, "hoe pak jij dit aan?")
    tarik = signed_in(Client(), house["tarik"])
    assert "A colleague asks you something" in tarik.get(INBOX).content.decode()
    page = tarik.get(CONFER).content.decode()
    assert "hoe pak jij dit aan?" in page
    message = re.search(r'name="forget" value="(\w+)"', page)
    assert message
    tarik.post(CONFER, {"forget": message[1]})
    assert "hoe pak jij dit aan?" not in tarik.get(CONFER).content.decode()
    assert "hoe pak jij dit aan?" in client.get(CONFER).content.decode()


def test_running_cases_are_shared_for_an_absence_with_the_passphrase(
    client: Client, house: House
) -> None:
    """R-002-44"""
    told = a_report(house, at=now(), reader="noor")
    client = signed_in(client, house["noor"])
    fields = {
        "which": "some", "case": told.reference, "who": house["tarik"].membership.hex,
        "until": (today() + timedelta(days=9)).isoformat(), "passphrase": "verkeerd",
    }  # fmt: skip
    refused = client.post(MEANWHILE, fields)
    assert refused.status_code == 422
    assert "This is not your passphrase" in refused.content.decode()
    done = client.post(MEANWHILE, {**fields, "passphrase": house["noor"].passphrase})
    assert "Your colleague can read 1 more case now." in done.content.decode()
    tarik = signed_in(Client(), house["tarik"])
    page = tarik.get(case_address(told.reference)).content.decode()
    assert STORY in page
    assert "while a colleague is away, until" in page


def test_what_is_missing_is_said_and_what_was_chosen_stays(client: Client, house: House) -> None:
    told = a_report(house, at=now(), reader="noor")
    client = signed_in(client, house["noor"])
    answer = client.post(MEANWHILE, {"which": "some", "case": "", "until": "gisteren"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Choose a person." in page
    assert "Say until which day" in page
    chosen = client.post(MEANWHILE, {"which": "some", "case": told.reference}).content.decode()
    assert f'value="{told.reference}" checked' in chosen
