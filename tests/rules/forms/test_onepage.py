"""A form on one page: whatever is posted is read, told what to mend, and never lost."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from klankbord.rules.forms.answers import Answers, split_compartments, summary
from klankbord.rules.forms.onepage import begun, fills, read_page
from klankbord.rules.forms.origins import newest_forms, origin_findings
from klankbord.rules.forms.reading import load_form, read_form
from klankbord.rules.forms.shape import Field, FieldKind, Form, with_options
from klankbord.rules.profiles.reading import load_profile
from tests.rules.forms.test_answers import ANY_TEXT, EVERY_KIND
from tests.rules.forms.test_step_forms import OF_STEPS

TODAY = date(2026, 12, 3)
OPTIONS = load_profile("youth", 1, "nl").options()
FORMS = {
    **{key: with_options(load_form(key, 1, "nl"), OPTIONS) for key in OF_STEPS},
    "every": read_form(EVERY_KIND, {}, "nl"),
}


def names_of(field: Field) -> list[str]:
    """Every name under which a question is posted."""
    if field.kind is FieldKind.ROWS:
        return [n for row in (1, 2, 3) for own in field.row(row) for n in names_of(own)]
    parts = ("day", "month", "year", "words", "asked", "note")
    return [field.key, *(f"{field.key}-{part}" for part in parts)]


def posted(field: Field, answer: Any) -> dict[str, list[str]]:
    """What the page of an answer posts when somebody only presses the button."""
    if answer is None:
        return {}
    if field.kind is FieldKind.ROWS:
        return {
            name: values
            for number, row in enumerate(answer, 1)
            for own, named in zip(field.fields, field.row(number), strict=True)
            for name, values in posted(named, row.get(own.key)).items()
        }
    if field.kind is FieldKind.TIME_FUZZY:
        return {field.key: [answer["words"]]}
    if field.kind is FieldKind.CHECK:
        judged = {True: ["yes"], False: ["no"], None: []}[answer.get("done")]
        return {field.key: judged, f"{field.key}-note": [answer["note"]]}
    if isinstance(answer, dict):
        return {f"{field.key}-{part}": [str(value)] for part, value in answer.items()}
    return {field.key: answer if isinstance(answer, list) else [answer]}


def as_posted(form: Form, values: Answers) -> dict[str, list[str]]:
    return {
        name: given
        for field in form.fields
        for name, given in posted(field, values.get(field.key)).items()
    }


@st.composite
def a_post(draw: st.DrawFn) -> tuple[Form, dict[str, list[str]]]:
    form = FORMS[draw(st.sampled_from(sorted(FORMS)))]
    names = [name for field in form.fields for name in names_of(field)]
    words = [option.word for field in form.fields for option in field.options] or ["x"]
    value = ANY_TEXT | st.sampled_from(words) | st.integers(0, 2100).map(str)
    return form, draw(
        st.dictionaries(st.sampled_from(names), st.lists(value, max_size=3), max_size=30)
    )


@settings(max_examples=250)
@given(a_post(), st.booleans())
def test_whatever_is_posted_is_read_and_reading_it_again_changes_nothing(
    post: tuple[Form, dict[str, list[str]]], whole: bool
) -> None:
    form, data = post
    first = read_page(form, data, today=TODAY, whole=whole)
    again = read_page(form, as_posted(form, first.values), today=TODAY, whole=whole)
    assert again.values == first.values
    hard = {(it.field, it.key) for it in first.problems if not it.soft}
    assert {(it.field, it.key) for it in again.problems if not it.soft} == hard
    for row in summary(form, first.values):
        row.text.encode()
    told, identity = split_compartments(form, first.values)
    assert not told.keys() & identity.keys()
    assert begun(form, earlier={form.key: told | identity}).keys() <= first.values.keys()


@settings(max_examples=100)
@given(a_post())
def test_a_soft_problem_is_told_once(post: tuple[Form, dict[str, list[str]]]) -> None:
    form, data = post
    first = read_page(form, data, today=TODAY)
    asked = {f"{it.field}-asked": [it.asked] for it in first.problems if it.soft}
    again = read_page(form, {**as_posted(form, first.values), **asked}, today=TODAY)
    assert not [it for it in again.problems if it.soft]


@pytest.mark.parametrize("key", sorted(FORMS))
def test_an_empty_page_blocks_only_what_may_not_stay_open(key: str) -> None:
    form = FORMS[key]
    needed = {field.key for field in form.fields if field.required and not field.when}
    assert {it.field for it in read_page(form, {}, today=TODAY).problems} == needed
    assert read_page(form, {}, today=TODAY, whole=False).problems == ()


def test_an_empty_row_above_does_not_move_what_is_wrong_below() -> None:
    data = {"rows.3.on-day": ["31"], "rows.3.on-month": ["2"], "rows.1.on-day": [""]}
    read = read_page(FORMS["every"], data, today=TODAY, whole=False)
    assert read.values == {"rows": [{"on": {"words": "31 2"}}]}
    assert [(it.field, it.key) for it in read.problems] == [
        ("rows.1.what", "needed"),
        ("rows.1.on", "no_day"),
    ]


def test_rows_beyond_the_last_are_not_read() -> None:
    data = {f"rows.{number}.what": [str(number)] for number in range(1, 9)}
    rows = read_page(FORMS["every"], data, today=TODAY, whole=False).values["rows"]
    assert rows == [{"what": "1"}, {"what": "2"}, {"what": "3"}]


def test_a_plan_may_lie_ahead_and_what_happened_may_not() -> None:
    def problems(key: str, name: str) -> list[str]:
        data = {
            f"{name}-{part}": [n] for part, n in (("day", "1"), ("month", "2"), ("year", "2027"))
        }
        read = read_page(FORMS[key], data, today=TODAY, whole=False)
        return [it.key for it in read.problems]

    assert problems("conversation_report", "held_on") == ["future_date"]
    assert problems("conversation_report", "next_talk") == []
    assert problems("transgressive_registration", "facts.2.on") == ["future_date"]


def test_facts_answer_the_questions_that_fill_them() -> None:
    form = FORMS["transgressive_registration"]
    data = {"offender": ["participant"]}
    data["police"] = ["involved"]
    facts = {"offender": "employee"}
    read = read_page(form, data, today=TODAY, facts=facts, elsewhere=facts, whole=False)
    assert read.values == {"offender": "employee", "police": "involved"}
    assert fills(form, read.values) == {"offender": "employee"}
    open_yet = read_page(form, data, today=TODAY, elsewhere={"offender"}, whole=False)
    assert open_yet.values == {"police": "involved"}  # the page itself asks, and nobody answered


def test_conditions_that_the_page_judges_itself_are_sealed_with_the_form() -> None:  # R-004-131
    form = FORMS["complaint_conditions"]
    judged = {"in_time": {"done": False, "note": "2 maanden"}, "admissibility": "inadmissible"}
    data = {"in_time": ["yes"], "own_service": ["yes"], "reason": ["Te laat."]}
    elsewhere = {"in_time", "own_service", "admissibility"}
    read = read_page(form, data, today=TODAY, facts=judged, elsewhere=elsewhere)
    assert read.values == {
        "in_time": {"done": False, "note": "2 maanden"},
        "admissible": "inadmissible",
        "reason": "Te laat.",
    }
    assert fills(form, read.values) == {}  # an outcome is told here, and made by the step


def test_what_weighs_more_stands_in_the_form() -> None:
    form = FORMS["complaint_part2"]
    earlier: dict[str, dict[str, object]] = {
        "feedback": {"satisfied": "satisfied"},
        "complaint_conditions": {"admissible": "admissible", "reason": 3},
    }
    assert begun(form, earlier=earlier) == {"satisfied": "satisfied", "admissible": "admissible"}
    earlier["complaint_part2"] = {"satisfied": "not_satisfied"}
    assert begun(form, earlier=earlier)["satisfied"] == "not_satisfied"
    facts = {"feedback": "not_entirely", "analysis": "moon"}
    assert begun(form, earlier=earlier, facts=facts)["satisfied"] == "not_entirely"
    given_now = {"satisfied": "satisfied", "reaction": ["x"]}
    assert begun(form, earlier=earlier, facts=facts, given=given_now)["satisfied"] == "satisfied"
    assert "reaction" not in begun(form, given=given_now)
    assert "founded" not in begun(form, facts=facts)


COMES_FROM = [
    ("member.shoe_size", "of the member no shoe_size is known"),
    ("nowhere.x", "the form nowhere does not exist"),
    ("feedback.x", "the form feedback has no field x"),
    ("feedback.satisfied", "is of the kind choice"),
]


@pytest.mark.parametrize(("origin", "says"), COMES_FROM)
def test_a_place_that_an_answer_cannot_come_from_is_refused_by_name(origin: str, says: str) -> None:
    text = EVERY_KIND.replace('kind = "long"\n', f'kind = "long"\ncomes_from = "{origin}"\n', 1)
    (sentence,) = origin_findings(read_form(text, {}, "nl"), newest_forms())
    assert sentence.startswith("long.comes_from: ")
    assert says in sentence


def test_words_that_the_other_form_offers_must_be_offered_here_too() -> None:
    text = EVERY_KIND.replace(
        'options = { a = "A", b = "B" }', 'options = { a = "A" }\ncomes_from = "feedback.wish"', 1
    )
    found = origin_findings(read_form(text, {}, "nl"), newest_forms())
    assert [sentence.split("offers ")[1] for sentence in found] == [
        *("discontent; this does not.", "not_solved; this does not."),
        "other_solution; this does not.",
    ]
