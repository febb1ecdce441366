"""A form on one page: filled in, mended, kept, printed; every one of them, in a real request."""

import ast
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest
from django.conf import settings as conf
from django.test import Client
from pytest_django import Settings

from klankbord.rules.forms.shape import Form
from klankbord.rules.library import LANGUAGES
from tests.proofreading import ProofreadingClient
from tests.web.components import form_site

KEYS = (
    *("complaint_part1", "complaint_conditions", "complaint_part2", "feedback", "effect_check"),
    *("conversation_report", "measures", "transgressive_registration"),
    *("youth_registration", "youth_report"),
)


@pytest.fixture
def desk(settings: Settings) -> Iterator[Client]:
    settings.ROOT_URLCONF = "tests.web.components.form_site"
    settings.CSRF_USE_SESSIONS = False  # these pages keep nothing
    settings.MIDDLEWARE = [it for it in conf.MIDDLEWARE if not re.search("Session|Csrf", it)]
    yield ProofreadingClient(headers={"accept-language": "nl"})
    form_site.FACTS.clear()
    form_site.EARLIER.clear()


def text_of(response: Any) -> str:
    page = re.sub(r"<(script|style).*?</\1>", "", response.content.decode(), flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def the_form(key: str) -> Form:
    return form_site.the_form(key, "nl")


def sealed(response: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    assert response.status_code == 200, text_of(response)
    assert response["Content-Type"] == "text/plain"
    told, identity = ast.literal_eval(response.content.decode())
    return told, identity


@pytest.mark.parametrize("key", KEYS)
def test_every_form_is_one_page_with_every_question_numbered_as_on_paper(
    desk: Client, key: str
) -> None:
    shown, printed = (text_of(desk.get(f"/{where}/{key}/")) for where in ("fill", "print"))
    for place, section in enumerate(the_form(key).sections, 1):
        named = f"{place} {section.title}"
        assert named in shown
        assert named in printed  # P27: the same numbers and words at the counter
        for field in section.fields:
            if field.own_options or not field.options_from:
                assert field.label in shown
                assert field.label in printed


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_form_speaks_the_language_of_the_page(desk: Client, language: str) -> None:
    page = desk.get(f"{'' if language == 'nl' else '/' + language}/fill/measures/")
    assert form_site.the_form("measures", language).title in text_of(page)


def test_a_talk_is_written_down_with_everybody_who_was_there(desk: Client) -> None:  # R-000-29
    told, identity = sealed(
        desk.post(
            "/fill/conversation_report/",
            {
                "held_on-day": "1",
                "held_on-month": "12",
                "held_on-year": "2026",
                "present.1.capacity": "concerned",
                "present.3.capacity": "supporter",
                "present.3.name": "Een tante",
                "told": "Wat er gebeurde.",
                "next_talk-day": "17",
                "next_talk-month": "12",
                "next_talk-year": "2026",
            },
        )
    )
    assert told == {
        "held_on": {"day": 1, "month": 12, "year": 2026},
        "present": [
            {"capacity": "concerned"},
            {"capacity": "supporter", "name": "Een tante"},
        ],
        "told": "Wat er gebeurde.",
        "next_talk": {"day": 17, "month": 12, "year": 2026},  # a plan: nobody asks about it
    }
    assert identity == {}


def test_what_may_not_stay_open_is_said_where_it_stands_and_nothing_typed_is_lost(
    desk: Client,
) -> None:
    page = desk.post(
        "/fill/measures/",
        {"measures.1.why": "Omdat het beter moet", "measures.1.for_whom": ["team", "group"]},
    )
    assert page.status_code == 422
    html = page.content.decode()
    assert 'href="#f-measures.1.what"' in html
    assert 'id="f-measures.1.what-error"' in html
    assert "Dit mag niet leeg blijven" in html
    assert "Omdat het beter moet" in html
    assert len(re.findall(r'name="measures.1.for_whom"[^>]* checked', html)) == 2


def test_a_founded_complaint_needs_at_least_one_measure(desk: Client) -> None:  # R-004-146
    page = desk.post("/fill/measures/", {"prevention": "Meer overleg."})
    assert page.status_code == 422
    assert 'href="#f-measures"' in page.content.decode()


def test_a_day_that_is_no_day_is_asked_again_with_an_example(desk: Client) -> None:
    page = desk.post(
        "/fill/effect_check/", {"contacted_on-day": "31", "contacted_on-month": "2", "said": "Ja."}
    )
    assert page.status_code == 422
    assert "zoals 3 12 2026" in text_of(page)
    assert 'value="31 2"' in page.content.decode()  # kept, as words
    mended = {"contacted_on-day": "3", "contacted_on-month": "12", "contacted_on-year": "2026"}
    told, _ = sealed(desk.post("/fill/effect_check/", {**mended, "said": "Ja."}))
    assert told["contacted_on"] == {"day": 3, "month": 12, "year": 2026}


def test_one_more_row_is_asked_without_script_and_blames_nobody(desk: Client) -> None:
    page = desk.post("/fill/measures/", {"measures.1.why": "Nog niet klaar", "more": "measures"})
    html = page.content.decode()
    assert page.status_code == 200
    assert "Nog niet klaar" in html
    assert 'name="measures.2.what"' in html
    assert "error" not in html


def test_an_answer_that_another_one_makes_idle_is_told_once_and_not_kept(desk: Client) -> None:
    answers = {
        "registered_on-day": "3",
        "registered_on-month": "12",
        "registered_on-year": "2026",
        "police": "not_involved",
        "police_number": "HA.12",
    }
    page = desk.post("/fill/transgressive_registration/", answers)
    assert page.status_code == 422
    html = page.content.decode()
    assert "hoort het er niet bij" in html
    assert 'value="HA.12"' in html
    told, _ = sealed(
        desk.post("/fill/transgressive_registration/", {**answers, "police_number-asked": "idle"})
    )
    assert told["police"] == "not_involved"
    assert "police_number" not in told


def test_a_condition_is_yes_or_no_or_still_open_with_a_note(desk: Client) -> None:  # R-004-131
    told, _ = sealed(
        desk.post(
            "/fill/complaint_conditions/",
            {
                "own_service": "yes",
                "in_time": "no",
                "in_time-note": "2 maanden",
                "precise-note": "?",
            },
        )
    )
    assert told == {
        "own_service": {"done": True, "note": ""},
        "precise": {"note": "?"},
        "in_time": {"done": False, "note": "2 maanden"},
    }


def test_who_complains_is_sealed_apart(desk: Client) -> None:
    told, identity = sealed(
        desk.post("/fill/complaint_part1/", {"name": "Fatou", "story": "De deur bleef dicht."})
    )
    assert told == {"story": "De deur bleef dicht."}
    assert identity == {"name": "Fatou"}


def test_a_page_begins_with_what_is_known(desk: Client) -> None:
    form_site.EARLIER.update(
        organisation={"name": "Buurthuis De Linde"},
        member={"name": "Els"},
        complaint_conditions={"reason": "Alles klopt."},
        complaint_part2={"sequence": "2026-7"},
        feedback={"satisfied": "not_entirely", "given_on": {"day": 1, "month": 12, "year": 2026}},
    )
    registration = desk.get("/fill/transgressive_registration/").content.decode()
    assert 'value="Buurthuis De Linde"' in registration
    assert 'value="Els"' in registration
    part2 = desk.get("/fill/complaint_part2/").content.decode()
    assert "Alles klopt." in part2
    assert 'value="2026-7"' in part2
    assert re.search(r'value="not_entirely" checked', part2)
    assert re.search(r'name="feedback_on-year"[^>]* value="2026"', part2)


def test_what_the_page_around_it_asks_is_not_asked_twice_but_kept(desk: Client) -> None:
    form_site.FACTS["analysis"] = "founded"
    assert 'name="founded"' not in desk.get("/fill/complaint_part2/").content.decode()
    typed = {"context": "Alles.", "founded": "unfounded"}
    told, _ = sealed(desk.post("/fill/complaint_part2/", typed))
    assert told == {"context": "Alles.", "founded": "founded"}


def test_an_empty_form_has_room_to_write_and_boxes_to_tick(desk: Client) -> None:  # P27
    html = desk.get("/print/complaint_part1/").content.decode()
    assert html.count("kb-line") > 10
    assert html.count("kb-sign") == 2
    assert "<input" not in html
    assert "kb-on" not in html


def test_a_filled_form_is_printed_with_its_answers(desk: Client) -> None:
    form_site.EARLIER["measures"] = {
        "measures": [{"what": "Elke week overleg", "for_whom": ["team"], "by_when": {"month": 1}}],
        "prevention": "Een affiche\nin de inkom",
    }
    page = desk.get("/print/measures/")
    html = page.content.decode()
    assert "Elke week overleg" in html
    assert html.count('class="kb-on"') == 1
    assert "januari" in html
    assert "Een affiche<br>in de inkom" in html


def test_what_was_typed_is_never_markup(desk: Client) -> None:
    form_site.EARLIER["measures"] = {"prevention": "<b>vet</b>", "measures": [{"what": "<i>x</i>"}]}
    for where in ("fill", "print"):
        html = desk.get(f"/{where}/measures/").content.decode()
        assert "<b>vet" not in html
        assert "<i>x" not in html
