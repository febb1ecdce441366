"""The doors: what each says before it asks, and what comes of it (P9, P10)."""

import re
from datetime import date
from typing import Any

import pytest

from klankbord.agenda.services import note_absence
from klankbord.cases.models import Case, WorkItem
from klankbord.handling import casework
from klankbord.handling.inbox import inbox_page
from klankbord.intake.services import first_answer_by
from klankbord.kit.clock import day_number, now, today
from klankbord.organisations.queries import profile_of
from klankbord.organisations.services import engage
from tests import given
from tests.proofreading import ProofreadingClient
from tests.web.public.walking import code_on, open_channel, send, text_of, token_on

NUMBER = "06 0000 0999"


@pytest.fixture
def employer(trusting: None, db: None) -> given.House:
    """An employer of a bureau; for the second counsellor nobody vouched yet."""
    bureau = given.a_house(
        "anker", "Bureau Anker", profile="bureau", country="NL",
        people={"saskia": ["counsellor"]}, founder="saskia",
    )  # fmt: skip
    house = given.a_house(
        "zonnedael", "Zonnedael Zorg", profile="employer", country="NL",
        people={"tom": ["counsellor"], "ria": ["counsellor"], "yara": ["manager"]}, founder="tom",
    )  # fmt: skip
    engage(bureau=bureau.organisation, employer=house.organisation, from_day=given.FOUNDED)
    return house


def through(client: ProofreadingClient, address: str, pages: dict[str, dict[str, Any]]) -> Any:
    """In at a door and on to the last page, which is sent; `pages` maps a section to answers."""
    while not address.endswith("/check/"):
        page = client.get(address)
        if address.endswith("/n/"):
            address = page.context["onward"]
            continue
        section, door = page.context["walk"].section.key, page.context["door"].letter
        answer = client.post(
            address, {"form": token_on(page), "door": door, **pages.get(section, {})}
        )
        assert answer.status_code == 303, text_of(answer)
        address = answer.headers["Location"]
    return send(client, address)


def door(house: given.House, form: str) -> str:
    found = profile_of(house.organisation, "nl").door_to(form)
    assert found is not None
    return f"/{house.slug}/c/{found.letter}/"


def test_somebody_asks_to_be_called_with_a_number_alone(
    client: ProofreadingClient, employer: given.House
) -> None:
    """R-002-46, R-002-47: no content, a code like everybody, and one day to call."""
    receipt = through(client, door(employer, "call_back"), {"reach": {"contact": NUMBER}})
    case = Case.objects.get()
    due = set(WorkItem.objects.filter(case=case).values_list("due_day", flat=True))
    assert due == {day_number(today()) + 1}
    assert ": we bellen je" in text_of(receipt)
    address = open_channel(client, employer, code_on(receipt))
    page = text_of(client.get(address))
    assert "We bellen je" in page
    assert NUMBER not in text_of(receipt)


def test_the_counsellor_sees_a_call_back_and_the_number_and_no_story(
    client: ProofreadingClient, employer: given.House
) -> None:
    """R-002-46"""
    person = employer["tom"].membership.hex
    pages = {"reach": {"contact": NUMBER, "name": "Sam"}, "readers": {"reader": person}}
    through(client, door(employer, "call_back"), pages)
    tom = employer["tom"].member(now())
    line = inbox_page(tom, language="nl").rows[0]
    assert line.headline == "Bel me terug"
    page = casework.open_page(tom, line.reference, at=now(), language="nl")
    assert page.page.report == ()
    assert {row.field_key: row.text for row in page.identity or ()} == {
        "contact": NUMBER, "name": "Sam"
    }  # fmt: skip


def test_without_a_number_it_can_be_sent_and_the_page_says_what_that_means(
    client: ProofreadingClient, employer: given.House
) -> None:
    """Promise 1: nothing is required."""
    through_pages = door(employer, "call_back")
    page = client.get(through_pages)
    client.post(through_pages, {"form": token_on(page), "door": page.context["door"].letter})
    send(client, "/zonnedael/c/2/")
    check = client.get("/zonnedael/c/check/")
    assert "Er staat nog geen nummer bij" in text_of(check)
    code_on(client.post("/zonnedael/c/check/", {"form": token_on(check)}))


def test_the_promise_of_one_day_stands_there_before_anything_is_asked(
    client: ProofreadingClient, employer: given.House
) -> None:
    """P10, R-002-47"""
    for address in ("/zonnedael/", "/anker/", door(employer, "call_back")):
        page = text_of(client.get(address))
        assert re.search(r"bellen we je ten laatste|We bellen je ten laatste", page), page
    lead = client.get("/zonnedael/").content.decode().partition("kb-hero")[2]
    assert lead.index("tel:") < lead.index("/zonnedael/c/c/") < lead.index("kb-sos")


def test_a_call_back_counts_calendar_days_and_waits_for_whoever_is_back_first(
    employer: given.House,
) -> None:
    """R-002-44, R-002-47, K20"""
    house, friday = employer.organisation, date(2026, 11, 27)
    assert first_answer_by(house, friday, form="call_back") == date(2026, 11, 28)
    assert first_answer_by(house, friday) == date(2026, 11, 30)
    house.closures = ["2026-11-28", "2026-11-29"]
    assert first_answer_by(house, friday, form="call_back") == date(2026, 11, 30)


def test_when_the_chosen_counsellor_is_away_the_page_says_so_before_sending(
    client: ProofreadingClient, employer: given.House
) -> None:
    """R-002-44"""
    note_absence(
        given.membership(employer["tom"]), from_day=today(),
        until_day=date.fromordinal(today().toordinal() + 9),
        substitute=given.membership(employer["ria"]),
    )  # fmt: skip
    address = door(employer, "call_back")
    page = client.get(address)
    client.post(address, {"form": token_on(page), "door": "c", "contact": NUMBER})
    send(client, "/zonnedael/c/2/", {"reader": employer["tom"].membership.hex, "door": "c"})
    check = client.get("/zonnedael/c/check/")
    assert check.context["first_answer_by"] == date.fromordinal(today().toordinal() + 10)


@pytest.mark.parametrize("form", ["question", "advice", "visit", "i_did"])
def test_every_door_seals_its_own_form_and_gives_a_code(
    client: ProofreadingClient, house: given.House, form: str
) -> None:
    """P9, R-000-06, R-000-24, R-000-37, R-000-44"""
    page = through(client, door(house, form), {"question": {"question": "Mag dit?"}})
    address = open_channel(client, house, code_on(page))
    assert client.get(address).context["page"].form == form


def test_the_address_and_the_title_of_a_door_say_nothing(
    client: ProofreadingClient, house: given.House
) -> None:
    """Vault 2.9: this is what stands in a browser's history."""
    home = client.get("/ravelijn/").content.decode()
    doors = set(re.findall(r'href="(/ravelijn/c/[^"]*)"', home))
    assert doors == {f"/ravelijn/c/{letter}/" for letter in "abcdef"}
    titles = {
        client.get(address).content.decode().partition("<title>")[2].partition("<")[0]
        for address in doors
    }
    assert titles == {"Contact · stap 1 · Ravelijn"}


def test_who_did_something_sees_help_lines_for_that(
    client: ProofreadingClient, house: given.House
) -> None:
    """R-000-40, R-000-44"""
    assert "Stop it Now" in text_of(client.get(door(house, "i_did")))
    assert "Stop it Now" not in text_of(client.get(door(house, "question")))


def test_danger_behind_another_door_shows_whom_to_call_and_goes_on_there(
    client: ProofreadingClient, house: given.House
) -> None:
    """P7, R-000-12"""
    answer = send(client, door(house, "question"), {"danger": "yes", "door": "b"})
    assert answer.headers["Location"] == "/ravelijn/c/1/n/"
    page = client.get("/ravelijn/c/1/n/")
    assert "112" in text_of(page)
    following = client.get(page.context["onward"])
    assert following.context["walk"].form.key == "question"


def test_another_door_asks_before_it_erases_what_was_begun(
    client: ProofreadingClient, house: given.House
) -> None:
    send(client, door(house, "question"), {"question": "Mag een leider dat?", "door": "b"})
    page = client.get(door(house, "call_back"))
    assert "walk" not in page.context
    assert client.get("/ravelijn/c/1/").context["walk"].form.key == "question"
    fields = {"form": token_on(page), "go_on": "here"}
    assert client.post(door(house, "call_back"), fields).status_code == 303
    assert client.get(door(house, "call_back")).context["walk"].form.key == "call_back"


def test_a_page_of_another_window_is_not_taken_for_the_form_that_is_open(
    client: ProofreadingClient, house: given.House
) -> None:
    """Two windows, two doors: neither answer lands in the other form."""
    other = {"form": token_on(client.get(door(house, "call_back"))), "door": "c"}
    send(client, door(house, "question"), {"question": "Mag dit?", "door": "b"})
    page = client.post("/ravelijn/c/1/", {**other, "contact": NUMBER})
    assert dict(page.context["fields"])["contact"] == NUMBER
    assert client.get("/ravelijn/c/check/").context["draft"].answers == {"question": "Mag dit?"}


def test_a_form_whose_hour_passed_goes_on_behind_its_own_door(
    client: ProofreadingClient, house: given.House
) -> None:
    """What was typed stays on the page, and the page is still of the same form."""
    token = token_on(client.get(door(house, "question")))
    page = client.post("/ravelijn/c/2/", {"form": token, "door": "b", "relation": "parent"})
    assert page.context["lost"]
    assert page.context["walk"].form.key == "question"


def test_beside_whatsapp_and_mail_stands_what_to_write_there(
    client: ProofreadingClient, house: given.House
) -> None:
    """P8, R-002-45, R-002-46"""
    row = given.membership(house["noor"])
    row.whatsapp = "0470 00 02 01"
    row.save()
    page = text_of(client.get("/ravelijn/"))
    assert "zonder te zeggen waarover het gaat" in page


def test_the_sectoral_point_has_no_door_with_a_form(
    client: ProofreadingClient, trusting: None, db: None
) -> None:
    """P11"""
    given.a_house(
        "samenlevingsnet", "Samenlevingsnet", profile="sector",
        people={"griet": ["officer"]}, founder="griet", certified=[],
    )  # fmt: skip
    for letter in "abcdef":
        assert client.get(f"/samenlevingsnet/c/{letter}/").status_code == 404


def test_a_neighbours_draft_opens_no_door_here(
    client: ProofreadingClient, house: given.House, neighbour: given.House
) -> None:
    send(client, "/molenbeemd/c/b/", {"question": "Mag dit?", "door": "b"})
    page = client.get("/ravelijn/c/b/")
    assert "Mag dit?" not in text_of(page)
    assert "Molenbeemd" in text_of(page)
