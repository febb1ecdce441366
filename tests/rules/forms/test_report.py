"""The shipped report form: what is asked, in which order, and of whom not."""

from datetime import date

import pytest

from klankbord.rules.forms.answers import (
    asked,
    in_danger,
    split_compartments,
    summary,
    visible,
)
from klankbord.rules.forms.proof import proof
from klankbord.rules.forms.reading import latest_form, load_form
from klankbord.rules.forms.shape import (
    RATHER_NOT,
    UNKNOWN,
    Compartment,
    FieldKind,
    Form,
    Option,
    Register,
    with_options,
)
from klankbord.rules.library import LANGUAGES, NotInLibrary
from klankbord.rules.profiles.reading import load_profile

UNITS = (Option("north", "Noord"), Option("south", "Zuid"))


def the_form(profile: str = "youth", language: str = "nl") -> Form:
    options = load_profile(profile, 1, language).options(UNITS)
    return with_options(load_form("report", 1, language), options)


def keys_asked(form: Form, answers: dict[str, object]) -> list[str]:
    return [field.key for field in asked(form, answers)]


def test_the_shipped_form_is_sound_in_four_languages() -> None:
    assert proof("report", 1) == ()


def test_danger_is_asked_before_anything_else() -> None:  # R-000-12, P7
    form = the_form()
    assert form.sections[0].key == "danger"
    assert form.fields[0].key == "danger"


def test_the_pages_follow_the_four_steps_a_reporter_sees() -> None:
    form = the_form()
    assert [step.key for step in form.steps] == ["who", "what", "share", "check"]
    order = [[step.key for step in form.steps].index(s.step) for s in form.sections]
    assert order == sorted(order)


def test_nothing_a_reporter_tells_is_required() -> None:  # promise 1
    assert not [field.key for field in the_form().fields if field.required]


def test_a_reporter_may_always_answer_i_do_not_know_and_i_would_rather_not_say() -> None:
    for field in the_form("employer").fields:
        if field.kind in (FieldKind.CHOICE, FieldKind.CHOICES) and field.key != "known":
            words = [option.word for option in field.options]
            assert {UNKNOWN, RATHER_NOT} <= set(words), field.key


def test_the_question_is_who_it_happened_to_and_not_whom_it_is_about() -> None:  # P2
    field = the_form().field("concerned")
    assert field.label == "Wie maakte het mee?"
    own = [option.word for option in field.options if option.word != UNKNOWN]
    assert own == ["self", "somebody", "my_child", "i_did", RATHER_NOT]


def test_somebody_who_only_saw_or_heard_it_is_welcome() -> None:  # R-000-18, R-000-35
    assert the_form().field("concerned").option("somebody") is not None


def test_there_is_a_door_for_somebody_who_did_something_himself() -> None:  # R-000-44
    form = the_form()
    assert form.field("concerned").option("i_did") is not None
    assert "who_capacity" not in keys_asked(form, {"concerned": "i_did"})


def test_the_age_of_the_person_concerned_is_asked_in_bands() -> None:  # P14
    words = [option.word for option in the_form().field("age_band").own_options]
    assert words == ["child", "young", "adult"]


def test_the_relation_to_the_organisation_comes_from_its_profile() -> None:  # R-000-34
    youth = {option.word for option in the_form("youth").field("relation").own_options}
    assert {"member", "leader", "board_member", "volunteer", "parent"} <= youth
    employer = {option.word for option in the_form("employer").field("relation").own_options}
    assert {"employee", "manager"} <= employer  # R-003-14, R-003-15, R-003-16


def test_a_report_can_be_linked_to_a_local_section() -> None:  # R-000-26
    words = [option.word for option in the_form().field("unit").own_options]
    assert words == ["north", "south"]


def test_an_organisation_without_sections_does_not_ask_for_one() -> None:
    form = with_options(load_form("report", 1, "nl"), load_profile("youth", 1, "nl").options())
    assert "unit" not in keys_asked(form, {})


def test_every_kind_of_thing_it_can_be_about_has_an_everyday_example() -> None:  # R-000-16
    for profile in ("youth", "welfare", "employer", "bureau"):
        for language in LANGUAGES:
            for option in the_form(profile, language).field("kind").own_options:
                assert option.example, (profile, language, option.word)


@pytest.mark.parametrize("kind", ["feeling_bad", "suicidal_thoughts"])
def test_who_did_it_is_not_asked_where_nobody_did_it(kind: str) -> None:  # R-000-17
    assert "who_capacity" not in keys_asked(the_form(), {"kind": [kind]})


@pytest.mark.parametrize(
    "kinds", [["bullying"], ["feeling_bad", "bullying"], ["other"], ["unknown"], []]
)
def test_who_did_it_is_asked_by_capacity_everywhere_else(kinds: list[str]) -> None:  # P20
    form = the_form()
    assert "who_capacity" in keys_asked(form, {"kind": kinds})
    assert form.field("who_capacity").kind == FieldKind.CHOICES


def test_an_employees_report_may_concern_colleagues_and_outsiders() -> None:  # R-002-24
    words = {option.word for option in the_form("employer").field("who_capacity").options}
    assert {"colleague", "external"} <= words


def test_only_an_employer_asks_whether_one_lives_it_or_sees_it() -> None:  # R-002-34
    assert "family" in keys_asked(the_form("employer"), {})
    assert "family" not in keys_asked(the_form("youth"), {})


def test_one_may_say_that_nothing_was_done_with_an_earlier_talk() -> None:  # R-002-26
    words = {option.word for option in the_form().field("discussed").options}
    assert {"hard", "nothing_changed"} <= words


def test_one_may_hope_just_to_be_heard_or_not_know_yet() -> None:  # R-002-09, P21
    options = the_form().field("hopes").options
    assert [o.word for o in options].count(UNKNOWN) == 1
    assert {"be_heard", "advice", "stop", "help"} <= {o.word for o in options}
    assert the_form().field("hopes").option(UNKNOWN) == Option(UNKNOWN, "Dat weet ik nog niet")


def test_nobody_is_asked_why_or_for_proof_or_for_intent() -> None:  # R-002-28, K13
    for language, why in (("nl", "waarom"), ("en", "why"), ("fr", "pourquoi"), ("de", "warum")):
        for field in load_form("report", 1, language).fields:
            assert why not in f"{field.label} {field.help}".lower()


@pytest.mark.parametrize("answer", ["unknown", "rather_not", "no", None])
def test_only_a_yes_means_danger_now(answer: str | None) -> None:  # P7
    form = the_form()
    assert not in_danger(form, {"danger": answer})
    assert in_danger(form, {"danger": "yes"})


def test_thoughts_of_suicide_open_the_way_to_help_at_once() -> None:  # R-000-12
    assert in_danger(the_form(), {"kind": ["bullying", "suicidal_thoughts"]})


def test_an_anonymous_reporter_is_not_asked_for_a_name_or_a_number() -> None:
    form = the_form()
    for known in ({}, {"known": "anonymous"}):
        assert not {"name", "contact", "contact_when"} & set(keys_asked(form, dict(known)))
    reachable = keys_asked(form, {"known": "reachable"})
    assert "contact" in reachable
    assert "name" not in reachable
    assert {"name", "contact"} <= set(keys_asked(form, {"known": "known"}))


def test_name_and_contact_are_kept_apart_from_the_story() -> None:
    form = the_form()
    answers: dict[str, object] = {
        "known": "known",
        "name": "Mila",
        "contact": "0470 00 00 00",
        "contact_when": {"words": "na 16 uur"},
        "happened": "Er werd gelachen.",
    }
    file_answers, identity_answers = split_compartments(form, answers)
    assert file_answers == {"known": "known", "happened": "Er werd gelachen."}
    assert set(identity_answers) == {"name", "contact", "contact_when"}


def test_a_name_given_before_choosing_to_stay_anonymous_is_not_kept() -> None:
    form = the_form()
    file_answers, identity_answers = split_compartments(
        form, {"known": "anonymous", "name": "Mila"}
    )
    assert file_answers == {"known": "anonymous"}
    assert identity_answers == {}


def test_only_the_identity_compartment_holds_who_the_reporter_is() -> None:
    identity = {f.key for f in the_form().fields if f.compartment == Compartment.IDENTITY}
    assert identity == {"name", "contact", "contact_when", "voicemail"}


def test_free_text_never_enters_the_register() -> None:
    for field in the_form().fields:
        if field.kind in (FieldKind.TEXT, FieldKind.LONG, FieldKind.PERSON, FieldKind.CONTACT):
            assert field.register == Register.NO
    assert the_form().field("happened_on").register == Register.MONTH


def test_the_same_report_is_told_back_in_every_language() -> None:
    answers: dict[str, object] = {
        "concerned": "self",
        "kind": ["bullying", "unknown"],
        "happened_on": {"day": 14, "month": 7, "year": 2026},
    }
    told = {}
    for language in LANGUAGES:
        rows = {r.field_key: r.text for r in summary(the_form(language=language), answers)}
        told[language] = (rows["concerned"], rows["happened_on"])
    assert told == {
        "nl": ("Ik", "14 juli 2026"),
        "fr": ("Moi", "14 juillet 2026"),
        "en": ("Me", "14 July 2026"),
        "de": ("Ich", "14 Juli 2026"),
    }
    by_key = {row.field_key: row for row in summary(the_form(), answers)}
    assert by_key["kind"].text == "Pesten of buitensluiten\nWeet ik niet"
    assert by_key["kind"].section_key == "what"
    assert by_key["happened"].text == ""


def test_an_option_dropped_since_is_told_back_by_its_word() -> None:
    rows = {row.field_key: row.text for row in summary(the_form(), {"kind": ["hazing"]})}
    assert rows["kind"] == "hazing"


def test_filling_in_the_options_twice_changes_nothing() -> None:
    form = the_form()
    again = with_options(form, load_profile("youth", 1, "nl").options(UNITS))
    assert keys_asked(again, {"kind": ["bullying"]}) == keys_asked(form, {"kind": ["bullying"]})
    assert [f.options for f in again.fields] == [f.options for f in form.fields]


def test_a_condition_is_any_of_its_words() -> None:
    contact = the_form().field("contact")
    assert visible(contact, {"known": "reachable"})
    assert not visible(contact, {"known": "anonymous"})


def test_the_latest_form_is_the_one_in_force_that_day() -> None:
    assert latest_form("report", "nl", date(2026, 12, 1)) is load_form("report", 1, "nl")
    with pytest.raises(NotInLibrary):
        latest_form("report", "nl", date(2020, 1, 1))


def test_a_form_that_does_not_exist_is_not_in_the_library() -> None:
    with pytest.raises(NotInLibrary):
        load_form("report", 99, "nl")
    with pytest.raises(NotInLibrary):
        load_form("report", 1, "ar")


def test_every_language_has_the_same_questions_in_the_same_order() -> None:
    shapes = {
        language: [(f.key, f.kind, [o.word for o in f.options]) for f in form.fields]
        for language in LANGUAGES
        if (form := the_form(language=language))
    }
    assert all(shape == shapes["nl"] for shape in shapes.values())


def test_an_unknown_section_or_field_is_a_mistake_of_ours() -> None:
    with pytest.raises(KeyError):
        the_form().section("nowhere")
    with pytest.raises(KeyError):
        the_form().field("nothing")
    assert the_form().section("story").fields[0].key == "happened"
