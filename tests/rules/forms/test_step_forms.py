"""The forms of steps hold every field of the paper forms, and nothing else is asked."""

import re

import pytest

from klankbord.rules.forms.answers import split_compartments
from klankbord.rules.forms.origins import newest_forms, origin_findings
from klankbord.rules.forms.proof import proof
from klankbord.rules.forms.reading import load_form
from klankbord.rules.forms.shape import (
    CHOOSING,
    Asks,
    Compartment,
    Field,
    FieldKind,
    Form,
    Register,
)
from klankbord.rules.library import LANGUAGES
from klankbord.rules.procedures.reading import load_procedure, procedure_keys

OF_STEPS = (
    *("complaint_part1", "complaint_conditions", "complaint_part2", "feedback", "effect_check"),
    *("conversation_report", "measures", "transgressive_registration"),
    *("youth_registration", "youth_report"),
)


def form(key: str, language: str = "nl") -> Form:
    return load_form(key, 1, language)


def all_fields(key: str) -> tuple[Field, ...]:
    return tuple(it for field in form(key).fields for it in (field, *field.fields))


def cited(*keys: str) -> set[str]:
    return {
        source
        for key in keys
        for field in all_fields(key)
        for source in re.findall(r"[RPK]-?\d+(?:-\d+)?", field.source)
    }


def between(first: int, last: int) -> set[str]:
    return {f"R-004-{number:03}" for number in range(first, last + 1)}


def words(key: str, field: str) -> list[str]:
    return [option.word for option in form(key).field(field).own_options]


@pytest.mark.parametrize("key", OF_STEPS)
def test_a_form_of_a_step_is_sound_in_every_language_and_has_a_title(key: str) -> None:
    assert proof(key, 1) == ()
    forms = newest_forms()
    assert origin_findings(forms[key], forms) == ()
    titles = {form(key, language).title for language in LANGUAGES}
    assert all(titles)
    assert len(titles) == len(LANGUAGES)


@pytest.mark.parametrize("key", OF_STEPS)
def test_every_question_of_a_step_says_where_it_comes_from(key: str) -> None:
    assert [field.key for field in all_fields(key) if not field.source] == []


def test_every_form_that_a_procedure_names_is_there_and_every_form_of_a_step_is_used() -> None:
    named = {
        step.form
        for key in procedure_keys()
        for step in load_procedure(key, 1, "nl").steps
        if step.form
    }
    assert named == set(OF_STEPS)


# The registration form of annex 4.6 (R-004-219 … R-004-262)

ANNEX_46 = [
    ("institute_name", FieldKind.TEXT, "R-004-219", []),
    ("institute_street", FieldKind.TEXT, "R-004-220", []),
    ("institute_place", FieldKind.TEXT, "R-004-221", []),
    ("contact_name", FieldKind.PERSON, "R-004-222", []),
    ("contact_telephone", FieldKind.CONTACT, "R-004-223", []),
    ("contact_email", FieldKind.CONTACT, "R-004-224", []),
    ("registered_on", FieldKind.DATE, "R-004-225", []),
    ("facts", FieldKind.ROWS, "R-004-092, R-004-226", []),
    ("offender", FieldKind.CHOICE, "R-004-227", ["participant", "employee", "third_party"]),
    ("counsellor", FieldKind.CHOICE, "R-004-231", ["internal", "external", "none"]),
    ("police", FieldKind.CHOICE, "R-004-235", ["involved", "not_involved"]),
    ("police_number", FieldKind.TEXT, "R-004-236", []),
    ("shape", FieldKind.CHOICES, "R-004-237", ["violence", "bullying", "sexual"]),
    (
        "expressions",
        FieldKind.CHOICES,
        "R-004-238",
        [
            *("verbal", "body_language", "physical", "touching", "blows", "injuries"),
            *("writings", "online", "other"),
        ],
    ),
    ("expressions_other", FieldKind.TEXT, "R-004-246", []),
    (
        "intention",
        FieldKind.CHOICES,
        "R-004-247",
        ["intentional", "illness", "understandable", "not_understandable", "other"],
    ),
    ("intention_other", FieldKind.TEXT, "R-004-252", []),
    (
        "consequences",
        FieldKind.CHOICES,
        "R-004-253",
        ["none", "pain", "bruises", "wound", "emotional", "material", "other"],
    ),
    ("consequences_other", FieldKind.TEXT, "R-004-259", []),
    ("description", FieldKind.LONG, "R-004-260", []),
    ("measures_taken", FieldKind.LONG, "R-004-261", []),
    ("measures_to_come", FieldKind.LONG, "R-004-261", []),
]


def test_annex_4_6_has_exactly_its_fields_in_their_order() -> None:
    fields = form("transgressive_registration").fields
    assert [field.key for field in fields] == [key for key, *_ in ANNEX_46]


@pytest.mark.parametrize(("key", "kind", "source", "options"), ANNEX_46)
def test_a_field_of_annex_4_6_is_of_its_kind_with_its_options(
    key: str, kind: FieldKind, source: str, options: list[str]
) -> None:
    field = form("transgressive_registration").field(key)
    assert field.kind is kind
    assert source in field.source
    assert [option.word for option in field.own_options] == options


def test_every_line_of_annex_4_6_is_cited() -> None:  # R-004-219 … R-004-261
    assert between(219, 261) <= cited("transgressive_registration")
    notice = form("transgressive_registration").section("notice")
    assert "meldpunt" in notice.paragraphs[0]  # R-004-262: send it to the sectoral point


def test_annex_4_6_is_numbered_as_on_paper() -> None:
    sections = [section.key for section in form("transgressive_registration").sections]
    assert sections[:8] == [
        *("institute", "contact", "registration", "offender", "counsellor", "police"),
        *("behaviour", "description"),
    ]
    steps = [step.key for step in form("transgressive_registration").steps]
    assert steps == ["institute", "incident", "measures", "notice"]


def test_dates_of_facts_are_plural_and_enter_the_register_by_month() -> None:  # R-004-092
    facts = form("transgressive_registration").field("facts")
    assert facts.most > 1
    assert [(it.key, it.register) for it in facts.fields] == [
        ("on", Register.MONTH),
        ("at", Register.NO),
    ]


def test_the_number_of_the_official_report_never_enters_the_register() -> None:  # K3
    number = form("transgressive_registration").field("police_number")
    assert number.register is Register.NO
    _, identity = split_compartments(
        form("transgressive_registration"), {"police": "not_involved", "police_number": "HA.1"}
    )
    assert identity == {}


def test_the_intention_is_as_experienced_and_never_asked_for() -> None:  # R-004-247, K13
    intention = form("transgressive_registration").field("intention")
    assert not intention.required
    assert "Vraag er niet naar" in intention.help


def test_the_alleged_person_is_never_called_offender_on_screen() -> None:  # K15
    for key in OF_STEPS:
        for section in form(key).sections:
            texts = [section.title, section.intro, *section.paragraphs]
            texts += [t for f in section.fields for t in (f.label, f.help)]
            assert not re.search(r"\bdaders?\b", " ".join(texts), re.IGNORECASE), key


# The complaint form of annex 4.10


def test_part_1_holds_every_line_of_the_paper() -> None:  # R-004-263 … R-004-290
    assert between(264, 286) <= cited("complaint_part1")
    assert len(form("complaint_part1").section("overview").paragraphs) == 6  # R-004-287 … 290
    assert form("complaint_part1").asks is Asks.REPORTER  # R-004-263: or together with somebody
    assert words("complaint_part1", "channel") == ["oral", "written", "phone"]
    assert words("complaint_part1", "kind") == ["individual", "group"]


def test_nothing_in_part_1_is_required_least_of_all_the_name_of_an_employee() -> None:  # P20
    assert not any(field.required for field in all_fields("complaint_part1"))
    service = form("complaint_part1").field("service")
    assert "geen naam van een medewerker" in service.help


def test_who_complains_is_sealed_apart_from_the_complaint() -> None:
    identity = {
        field.key
        for field in form("complaint_part1").fields
        if field.compartment is Compartment.IDENTITY
    }
    assert identity == {
        *("name", "address", "telephone", "email", "filed_by", "helped_by", "group_name"),
        "signature",
    }


def test_the_overview_gives_the_terms_and_every_condition() -> None:  # R-004-287, R-004-288
    told = " ".join(form("complaint_part1").section("overview").paragraphs)
    for word in ("vijf werkdagen", "vijftien werkdagen", "dertig werkdagen", "brief of mail"):
        assert word in told  # R-004-289
    for word in ("dienstverlening", "aangetoond", "precies", "nooit eerder", "handtekening"):
        assert word in told
    assert "binnen een maand" in told
    assert "rechtbank" in told
    assert "reageren" in told  # R-004-290


def test_the_eight_conditions_are_those_of_the_procedure_in_its_words() -> None:  # R-004-131
    checks = load_procedure("complaint", 1, "nl").step("admissibility").check
    fields = form("complaint_conditions").section("conditions").fields
    assert [it.key for it in fields] == [it.key for it in checks]
    assert {it.kind for it in fields} == {FieldKind.CHECK}
    assert between(132, 140) - {"R-004-137"} <= cited("complaint_conditions")
    for field, check in zip(fields, checks, strict=True):
        assert check.title.split(":")[0].split(".")[0].startswith(field.label.split(".")[0])


def test_part_2_holds_every_line_of_the_paper() -> None:  # R-004-291 … R-004-304
    assert between(292, 304) <= cited("complaint_part2")
    assert form("complaint_part2").asks is Asks.MEMBER  # R-004-291
    assert [it.key for it in form("complaint_part2").section("attachments").fields] == [
        *("copy_admissibility", "copy_answer", "copy_feedback"),
    ]


def test_the_reaction_of_the_complainant_is_the_same_on_both_forms() -> None:  # R-004-297 … 300
    for key in ("satisfied", "wish"):
        assert words("feedback", key) == words("complaint_part2", key)
    assert words("feedback", "satisfied") == ["satisfied", "not_entirely", "not_satisfied"]
    assert between(296, 300) <= cited("feedback")
    assert {"R-004-187", "R-004-192"} <= cited("feedback")
    assert form("feedback").asks is Asks.REPORTER


def test_measures_say_what_why_who_and_by_when() -> None:  # R-004-184, R-004-185
    measures = form("measures").field("measures")
    assert measures.required  # R-004-146
    assert {it.key for it in measures.fields} == {
        *("what", "kind", "for_whom", "why", "who", "by_when", "horizon"),
    }
    catalogue = next(it for it in measures.fields if it.key == "kind")  # R-004-068
    assert {"volunteer_inactive", "participant_refused", "employee_moved", "help", "legal"} <= {
        option.word for option in catalogue.own_options
    }
    sources = {"R-004-056", "R-004-057", "R-004-059", "R-004-066", "R-004-178", "R-004-179"}
    assert sources <= cited("measures")


def test_a_report_of_a_talk_holds_what_was_heard_and_how_the_person_reads_it() -> None:
    assert {
        *("R-000-29", "R-004-042", "R-004-043", "R-004-044", "R-004-048", "R-004-049"),
        *("R-004-050", "R-004-051", "R-004-061", "R-004-063", "R-004-077", "P26"),
    } <= cited("conversation_report")


def test_the_effect_check_asks_whether_it_really_helps() -> None:  # R-004-186
    assert words("effect_check", "helps") == ["helps", "not_enough", "unreachable"]


# The youth movement's own two forms: one set of facts, two views (R-001-19, P6)


def test_the_report_of_a_youth_movement_shows_the_facts_of_the_registration_more_roughly() -> None:
    registration = {field.key: field for field in form("youth_registration").fields}
    for field in form("youth_report").fields:
        if field.kind in CHOOSING:
            own = registration[field.key]
            assert (field.kind, field.options, field.options_from) == (
                *(own.kind, own.options, own.options_from),
            )
            assert field.comes_from == ("youth_registration", field.key)
        else:  # what is written freely is written anew: it may tell who somebody is
            assert field.comes_from is None
    left_out = {"unit", "place", "facts_on", "told", "relation"}
    assert not left_out & {field.key for field in form("youth_report").fields}


def test_a_colour_is_told_by_a_form_and_decided_elsewhere() -> None:  # P23: red and black by two
    for key in OF_STEPS:
        assert not any(field.finding == "severity" for field in form(key).fields)
    assert form("youth_registration").field("severity").tells == "severity"


def test_a_report_without_names_changes_nothing_in_its_case() -> None:
    assert not any(field.finding for field in form("youth_report").fields)


def test_a_youth_movement_asks_for_no_guilt_and_no_name() -> None:  # R-000-28, P6, P20
    for key in ("youth_registration", "youth_report"):
        assert not any(field.kind is FieldKind.PERSON for field in all_fields(key))
        assert not any(field.finding in ("founded", "guilt") for field in all_fields(key))


# The register: privacy first


@pytest.mark.parametrize("key", OF_STEPS)
def test_nothing_that_is_written_freely_enters_the_register(key: str) -> None:  # K3
    for field in all_fields(key):
        if field.kind not in CHOOSING and field.kind not in (FieldKind.DATE, FieldKind.DATE_FUZZY):
            assert field.register is Register.NO, field.key
        if field.compartment is Compartment.IDENTITY:
            assert field.register is Register.NO, field.key
