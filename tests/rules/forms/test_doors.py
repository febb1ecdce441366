"""The shipped forms of the doors: what each asks, and what it leaves alone (P9)."""

import pytest

from klankbord.rules.forms.answers import asked, in_danger, split_compartments, summary
from klankbord.rules.forms.proof import proof
from klankbord.rules.forms.reading import load_form
from klankbord.rules.forms.shape import Asks, Compartment, FieldKind, Form, Option, with_options
from klankbord.rules.library import LANGUAGES
from klankbord.rules.profiles.reading import load_profile

DOORS = ("call_back", "question", "advice", "visit", "i_did")
UNITS = (Option("north", "Noord"), Option("south", "Zuid"))
every_door = pytest.mark.parametrize("key", DOORS)


def the_form(key: str, language: str = "nl") -> Form:
    options = load_profile("youth", 1, language).options(UNITS)
    return with_options(load_form(key, 1, language), options)


@every_door
def test_the_form_behind_a_door_is_sound_in_four_languages(key: str) -> None:
    assert proof(key, 1) == ()
    shapes = {
        str([(f.key, f.kind, [o.word for o in f.options]) for f in the_form(key, code).fields])
        for code in LANGUAGES
    }
    assert len(shapes) == 1


@every_door
def test_nothing_is_required_of_a_reporter_behind_any_door(key: str) -> None:  # promise 1
    form = the_form(key)
    assert form.asks is Asks.REPORTER
    assert not [field.key for field in form.fields if field.required]


@every_door
def test_every_form_says_what_happens_before_it_asks(key: str) -> None:
    for language in LANGUAGES:
        form = the_form(key, language)
        assert len(form.sections[0].intro) > 60
        assert form.title


@every_door
def test_behind_no_door_is_anybody_asked_why_or_for_proof(key: str) -> None:  # R-002-28, K13
    for language, why in (("nl", "waarom"), ("en", "why"), ("fr", "pourquoi"), ("de", "warum")):
        for field in the_form(key, language).fields:
            assert why not in f"{field.label} {field.help}".lower()


@every_door
def test_who_somebody_is_stays_apart_from_what_they_tell(key: str) -> None:
    kinds = {FieldKind.PERSON, FieldKind.CONTACT}
    fields = [field for field in the_form(key).fields if field.kind in kinds]
    assert fields
    assert all(field.compartment is Compartment.IDENTITY for field in fields)


@every_door
def test_every_form_ends_with_who_may_read_it(key: str) -> None:  # R-000-02
    section = the_form(key).sections[-1]
    assert section.key == "readers"
    assert section.fields[0].kind is FieldKind.MEMBERS


@every_door
def test_who_must_not_read_it_can_be_said_wherever_a_story_is_told(key: str) -> None:  # R-000-31
    keys = {field.key for field in the_form(key).sections[-1].fields}
    assert ("not_readers" in keys) == (key != "visit")


def test_a_call_back_asks_for_no_content_at_all() -> None:
    """R-002-46: without naming the case. Nothing of it goes into the file."""
    form = the_form("call_back")
    assert not [field.key for field in form.fields if field.kind is FieldKind.LONG]
    answers: dict[str, object] = {
        "name": "Sam", "contact": "06 0000 0000", "contact_when": {"words": "na 19 uur"},
        "say_who": "first_name", "voicemail": "no_message",
    }  # fmt: skip
    told, identity = split_compartments(form, answers)
    assert told == {}
    assert identity == answers


def test_a_call_back_asks_the_number_first_and_everything_else_may_stay_open() -> None:  # R-002-45
    form = the_form("call_back")
    assert form.fields[0].key == "contact"
    told, identity = split_compartments(form, {"contact": "06 0000 0000"})
    assert (told, identity) == ({}, {"contact": "06 0000 0000"})


def test_a_moment_to_call_is_written_freely_and_none_is_preselected() -> None:  # R-002-21
    assert the_form("call_back").field("contact_when").kind is FieldKind.TIME_FUZZY


def test_without_a_word_about_it_only_a_first_name_is_said_and_no_message_left() -> None:
    """R-002-46, R-002-20"""
    form = the_form("call_back")
    assert [o.word for o in form.field("say_who").options] == ["first_name", "may"]
    assert "alleen een voornaam" in form.field("say_who").help
    assert "geen bericht" in form.field("voicemail").help


@pytest.mark.parametrize("key", ["question", "advice", "i_did"])
def test_danger_can_be_said_wherever_something_is_told(key: str) -> None:  # R-000-12, P7
    form = the_form(key)
    assert in_danger(form, {"danger": "yes"})
    assert "danger" in {field.key for field in form.sections[0].fields}


def test_a_question_is_not_a_report_yet() -> None:  # R-000-06
    form = the_form("question")
    assert "nog geen melding" in form.sections[0].intro
    assert "kind" not in {field.key for field in form.fields}


def test_somebody_who_leads_a_group_asks_advice_without_names() -> None:  # R-000-37
    form = the_form("advice")
    assert "zonder namen" in form.sections[0].intro
    assert not {"who_capacity", "concerned"} & {field.key for field in form.fields}


def test_a_group_can_ask_for_a_visit_with_what_is_needed_to_plan_it() -> None:  # R-000-24, R-001-44
    keys = [field.key for field in the_form("visit").fields]
    assert {"kind_of_visit", "theme", "unit", "size", "when", "contact"} <= set(keys)
    assert "happened" not in keys


def test_who_did_something_meets_warm_words_and_no_promise_that_cannot_be_kept() -> None:
    """R-000-44, P1: no promise that it stays between us."""
    intro = the_form("i_did").sections[0].intro
    assert "Je bent meer dan wat je deed" in intro
    assert "We kunnen niet beloven dat het tussen ons blijft" in intro
    assert "zonder jouw toestemming" not in intro


def test_who_did_something_is_not_asked_who_did_it() -> None:  # R-000-44
    keys = {field.key for field in asked(the_form("i_did"), {})}
    assert not {"who_capacity", "concerned", "kind"} & keys
    assert {"happened", "ongoing", "age_band", "own_age_band"} <= keys


def test_making_good_is_only_on_the_wish_of_the_other_person() -> None:  # P17
    option = the_form("i_did").field("hopes").option("make_good")
    assert option is not None
    assert "als de ander dat wil" in option.text


def test_a_call_back_is_told_back_as_it_was_asked() -> None:
    rows = {r.field_key: r.text for r in summary(the_form("call_back"), {"contact": "06 0000"})}
    assert rows["contact"] == "06 0000"
    assert "reader" not in rows
