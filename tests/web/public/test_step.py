"""The form: a page of questions at a time; every question may be skipped, nothing typed is lost."""

from datetime import timedelta

import pytest

from klankbord.cases.models import Case
from klankbord.kit import clock
from tests import given
from tests.proofreading import ProofreadingClient
from tests.web.public.walking import code_on, send, sent, tell, text_of, token_on

FORM = "/ravelijn/c/"
STORY = f"{FORM}5/"


def test_looking_at_the_form_leaves_no_cookie_and_the_first_answer_begins_the_draft(
    client: ProofreadingClient, house: given.House
) -> None:
    """Promise 6"""
    assert not client.get(f"{FORM}1/").cookies
    answer = send(client, f"{FORM}1/")
    assert answer.headers["Location"] == f"{FORM}2/"
    assert answer.cookies["r"]["httponly"]
    assert answer.cookies["r"]["samesite"] == "Strict"
    assert not answer.cookies["r"]["max-age"]


def test_everything_may_stay_empty(client: ProofreadingClient, house: given.House) -> None:
    """R-000-04, promise 1: an empty report is received like any other."""
    tell(client, house, {})
    code_on(sent(client, house))
    assert Case.objects.count() == 1


def test_fields_that_are_missing_altogether_are_no_mistake(
    client: ProofreadingClient, house: given.House
) -> None:
    for number in range(1, 11):
        page = client.get(f"{FORM}{number}/")
        if number > 1 and "walk" not in page.context:
            continue
        answer = client.post(f"{FORM}{number}/", {"form": token_on(page)})
        assert answer.status_code == 303


def test_somebody_in_danger_first_sees_whom_to_call_and_may_go_on(
    client: ProofreadingClient, house: given.House
) -> None:
    """P7, R-000-12"""
    answer = send(client, f"{FORM}1/", {"danger": "yes"})
    assert answer.headers["Location"] == f"{FORM}1/n/"
    page = client.get(answer.headers["Location"])
    assert 'href="tel:112"' in page.content.decode()
    assert 'href="tel:0470000112"' in page.content.decode()
    assert f'href="{FORM}2/"' in page.content.decode()


def test_thoughts_of_suicide_lead_to_the_same_numbers(
    client: ProofreadingClient, house: given.House
) -> None:
    """R-000-12"""
    visited = tell(client, house, {"what": {"kind": ["suicidal_thoughts"]}})
    assert f"{FORM}4/n/" in visited


def test_who_stays_unknown_is_not_asked_how_to_be_reached(
    client: ProofreadingClient, house: given.House
) -> None:
    assert f"{FORM}9/" not in tell(client, house, {"identity": {"known": "anonymous"}})
    assert f"{FORM}9/" in tell(client, house, {"identity": {"known": "known"}})


def test_a_date_to_come_is_asked_about_once_and_then_believed(
    client: ProofreadingClient, house: given.House
) -> None:
    """practice.md on screen 02: an optional question does not end in a red error."""
    send(client, f"{FORM}1/")
    page = send(client, STORY, {"happened": "Het verhaal.", "happened_on-year": "2099"})
    assert page.status_code == 200
    assert "Het verhaal." in page.content.decode()
    assert "govuk-error-summary" not in page.content.decode()
    again = client.post(
        STORY, {"form": token_on(page), "happened_on-year": "2099", "happened_on-asked": "2099--"}
    )
    assert again.status_code == 303


@pytest.mark.parametrize("size", [250_000, 1_000_000, 10_000_000])
def test_too_long_a_text_stays_on_the_page(
    client: ProofreadingClient, house: given.House, size: int
) -> None:
    send(client, f"{FORM}1/")
    text = "woord " * (size // 6)
    page = send(client, STORY, {"happened": text})
    assert page.status_code == 200
    assert text.strip() in page.content.decode()
    assert "govuk-error-summary" in page.content.decode()


def test_after_an_hour_what_was_typed_comes_back_and_the_flow_goes_on(
    client: ProofreadingClient, house: given.House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Vault 2.8: a draft lives one hour after the last step."""
    send(client, f"{FORM}1/")
    page = client.get(STORY)
    later = clock.now() + timedelta(minutes=66)
    monkeypatch.setattr("klankbord.kit.clock.now", lambda: later)
    late = client.post(STORY, {"form": token_on(page), "happened": "Nog steeds hier."})
    assert late.status_code == 200
    assert "Nog steeds hier." in late.content.decode()
    onward = client.post(STORY, {"form": token_on(late), "happened": "Nog steeds hier."})
    assert onward.headers["Location"] == f"{FORM}6/"


def test_a_page_that_stood_open_for_days_keeps_its_text(
    client: ProofreadingClient, house: given.House
) -> None:
    send(client, f"{FORM}1/")
    page = client.post(STORY, {"form": "x" * 52, "happened": "Mijn verhaal."})
    assert page.status_code == 200
    assert "Mijn verhaal." in page.content.decode()
    assert client.post(STORY, {"form": token_on(page)}).status_code == 303


def test_without_a_draft_the_later_pages_say_where_to_begin(
    client: ProofreadingClient, house: given.House
) -> None:
    page = client.get(STORY)
    assert page.status_code == 200
    assert 'href="/ravelijn/#doors"' in page.content.decode()
    assert not page.cookies


def test_stopping_erases_what_was_typed(client: ProofreadingClient, house: given.House) -> None:
    send(client, f"{FORM}1/")
    send(client, STORY, {"happened": "Weg ermee."})
    answer = client.post(f"{FORM}stop/", {})
    assert answer.status_code == 303
    assert "Weg ermee." not in client.get(STORY).content.decode()
    assert not client.get("/ravelijn/").wsgi_request.session.get("draft")


def test_a_neighbour_sees_nothing_of_a_draft(
    client: ProofreadingClient, house: given.House, neighbour: given.House
) -> None:
    send(client, f"{FORM}1/")
    send(client, STORY, {"happened": "Alleen voor Ravelijn."})
    assert "Alleen voor" not in client.get("/molenbeemd/c/5/").content.decode()


def test_the_answers_stand_on_the_page_when_somebody_goes_back(
    client: ProofreadingClient, house: given.House
) -> None:
    send(client, f"{FORM}1/", {"danger": "no"})
    send(client, STORY, {"happened": "<b>Een verhaal</b> & meer"})
    assert "&lt;b&gt;Een verhaal&lt;/b&gt; &amp; meer" in client.get(STORY).content.decode()
    assert 'value="no" checked' in client.get(f"{FORM}1/").content.decode()
    assert "Een verhaal" in text_of(client.get(f"{FORM}check/"))


def test_beyond_the_last_page_there_is_nothing(
    client: ProofreadingClient, house: given.House
) -> None:
    assert client.get(f"{FORM}99/").status_code == 404
    assert client.get(f"{FORM}0/").status_code == 404


def test_a_promise_names_everybody_who_keeps_it(
    client: ProofreadingClient, db: None, trusting: None
) -> None:
    """P1"""
    given.a_house(
        "de-brug", "De Brug", profile="welfare", people={"amina": ["counsellor"]}, founder="amina"
    )
    page = text_of(client.get("/de-brug/c/1/"))
    assert "(Vertrouwenspersoon en Vertrouwenspersoon van buiten de organisatie)" in page
