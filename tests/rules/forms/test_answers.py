"""Reading what people posted: nothing they type or leave out ever stops them."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from klankbord.rules.forms.answers import (
    Answered,
    answer_text,
    clean,
    in_danger,
    read_answers,
    split_compartments,
    summary,
)
from klankbord.rules.forms.posting import LONGEST_TEXT
from klankbord.rules.forms.reading import load_form, read_form
from klankbord.rules.forms.shape import Form, with_options
from klankbord.rules.profiles.reading import load_profile

TODAY = date(2026, 11, 22)
EVERY_KIND = """
key = "every"
version = 1
valid_from = 2025-01-01
asks = "member"
[words]
yes = "Ja"
no = "Nee"
unknown = "Weet ik niet"
rather_not = "Zeg ik liever niet"
future_date = "Kijk het jaar na."
too_long = "Te lang."
missing = "Niet ingevuld"
needed = "Vul dit in."
no_day = "Schrijf dag, maand en jaar."
not_asked = "Dit hoort er niet bij."
months = ["jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"]
[[step]]
key = "one"
title = "Een"
[[section]]
key = "all"
title = "Alles"
step = "one"
""" + "".join(
    f'[[section.field]]\nkey = "{kind}"\nkind = "{kind}"\nlabel = "{kind}"\n{rest}\n'
    for kind, rest in (
        ("text", ""),
        ("long", ""),
        ("choice", 'options = { a = "A", b = "B" }'),
        ("choices", 'options = { a = "A", b = "B" }'),
        ("yes_no", ""),
        ("date", ""),
        ("date_fuzzy", ""),
        ("time_fuzzy", ""),
        ("person", ""),
        ("contact", ""),
        ("address", ""),
        ("file", ""),
        ("members", "required = true"),
        ("signature", ""),
        ("check", ""),
        (
            "rows",
            'most = 3\n[[section.field.field]]\nkey = "what"\nkind = "long"\nlabel = "Wat"\n'
            'required = true\n[[section.field.field]]\nkey = "on"\nkind = "date"\nlabel = "Dag"',
        ),
    )
)


def every_kind() -> Form:
    return read_form(EVERY_KIND, {}, "nl")


def read(data: dict[str, list[str]], section: str = "all") -> Answered:
    return read_answers(every_kind().section(section), data, today=TODAY)


def the_report() -> Form:
    options = load_profile("youth", 1, "nl").options()
    return with_options(load_form("report", 1, "nl"), options)


FIELD_NAMES = [
    name
    for form in (every_kind(), the_report())
    for field in form.fields
    for name in (
        field.key,
        *(own.key for number in (1, 2, 3) for own in field.row(number)),
        *(f"{field.key}-{p}" for p in ("day", "month", "year", "words", "asked", "note")),
    )
]
ANY_TEXT = st.text(st.characters(), max_size=40) | st.sampled_from(
    ["", "yes", "a", "unknown", "30", "2", "2999", "0", "-1", "１２", "\x00", "\ud800"]
)
ANY_POST = st.dictionaries(
    st.sampled_from(FIELD_NAMES) | ANY_TEXT, st.lists(ANY_TEXT, max_size=4), max_size=25
)


@settings(max_examples=150, deadline=None)
@given(ANY_POST)
def test_whatever_is_posted_is_read_told_back_and_stored(data: dict[str, list[str]]) -> None:
    for form in (every_kind(), the_report()):
        answers: dict[str, object] = {}
        for section in form.sections:
            answers |= read_answers(section, data, today=TODAY).values
        for row in summary(form, answers):
            row.text.encode()  # a half character or a null byte would fail in a store
            assert "\x00" not in row.text
        file_answers, identity_answers = split_compartments(form, answers)
        assert not file_answers.keys() & identity_answers.keys()
        assert file_answers.keys() | identity_answers.keys() <= answers.keys()
        in_danger(form, answers)


def test_an_empty_page_is_a_complete_answer() -> None:
    for form in (every_kind(), the_report()):
        for section in form.sections:
            assert read_answers(section, {}, today=TODAY) == Answered({})
            empty = {field.key: [""] for field in section.fields}
            assert read_answers(section, empty, today=TODAY) == Answered({})
            none = {field.key: list[str]() for field in section.fields}
            assert read_answers(section, none, today=TODAY) == Answered({})


def test_only_stored_words_are_kept() -> None:
    data = {"choice": ["A"], "choices": ["b", "B", "x"], "yes_no": ["Ja"]}
    assert read(data).values == {"choices": ["b"]}


def test_of_two_choices_the_last_offered_one_counts() -> None:
    assert read({"choice": ["a", "b", "x"]}).values == {"choice": "b"}


def test_yes_and_no_are_words() -> None:
    assert read({"yes_no": ["no"]}).values == {"yes_no": "no"}


def test_choices_keep_the_order_of_the_form() -> None:
    assert read({"choices": ["b", "a", "b"]}).values == {"choices": ["a", "b"]}


@pytest.mark.parametrize(
    ("day", "month", "year", "kept"),
    [
        ("14", "7", "2026", {"day": 14, "month": 7, "year": 2026}),
        ("", "7", "2026", {"month": 7, "year": 2026}),
        ("", "", "2019", {"year": 2019}),
        ("", "12", "", {"month": 12}),
        ("29", "2", "", {"day": 29, "month": 2}),
        ("29", "2", "2023", {"words": "29 2 2023"}),
        ("31", "11", "2025", {"words": "31 11 2025"}),
        ("ergens", "in", "mei", {"words": "ergens in mei"}),
        ("14", "juli", "2026", {"words": "14 juli 2026"}),
        ("1", "1", "26", {"words": "1 1 26"}),
        ("0", "0", "0", {"words": "0 0 0"}),
        ("１４", "7", "2026", {"words": "１４ 7 2026"}),
    ],
)
def test_a_date_is_kept_as_far_as_it_is_known(
    day: str, month: str, year: str, kept: dict[str, object]
) -> None:
    data = {"date_fuzzy-day": [day], "date_fuzzy-month": [month], "date_fuzzy-year": [year]}
    answered = read(data)
    assert answered.values == {"date_fuzzy": kept}
    assert answered.problems == ()


def test_a_date_may_be_told_in_words() -> None:
    answered = read({"date_fuzzy-words": ["de laatste avond"], "date_fuzzy-year": ["2025"]})
    assert answered.values == {"date_fuzzy": {"year": 2025, "words": "de laatste avond"}}
    assert read({"date_fuzzy": ["rond Pasen"]}).values == {"date_fuzzy": {"words": "rond Pasen"}}


def date_posted(day: int, month: int, year: int) -> dict[str, list[str]]:
    return {
        "date_fuzzy-day": [str(day)],
        "date_fuzzy-month": [str(month)],
        "date_fuzzy-year": [str(year)],
    }


def test_a_date_to_come_is_asked_about_once_and_kept_at_once() -> None:
    data = date_posted(14, 7, 2027)
    first = read(data)
    assert first.values == {"date_fuzzy": {"day": 14, "month": 7, "year": 2027}}
    (problem,) = first.problems
    assert (problem.field, problem.key, problem.soft) == ("date_fuzzy", "future_date", True)
    assert not first.blocked
    again = read(data | {"date_fuzzy-asked": [problem.asked]})
    assert again.values == first.values
    assert again.problems == ()
    other = read(date_posted(14, 7, 2028) | {"date_fuzzy-asked": [problem.asked]})
    assert len(other.problems) == 1


def test_the_question_about_a_date_to_come_blames_nobody() -> None:
    section = the_report().section("story")
    data = {"happened_on-year": ["2027"]}
    (problem,) = read_answers(section, data, today=TODAY).problems
    assert problem.text == "Deze datum is nog niet voorbij. Kijk het jaar na."


@pytest.mark.parametrize("parts", [(22, 11, 2026), (1, 11, 2026)])
def test_today_and_this_month_are_not_to_come(parts: tuple[int, int, int]) -> None:
    assert read(date_posted(*parts)).problems == ()
    assert read({"date_fuzzy-month": ["11"], "date_fuzzy-year": ["2026"]}).problems == ()
    assert read({"date_fuzzy-year": ["2026"]}).problems == ()
    assert len(read({"date_fuzzy-month": ["12"], "date_fuzzy-year": ["2026"]}).problems) == 1


def test_a_text_too_long_for_one_entry_is_asked_to_be_shorter_and_given_back() -> None:
    text = "é" * (LONGEST_TEXT + 1)
    answered = read({"long": [text]})
    assert answered.blocked
    assert [(p.field, p.key, p.text) for p in answered.problems] == [
        ("long", "too_long", "Te lang.")
    ]
    assert answered.values == {"long": text}
    assert not read({"long": ["é" * LONGEST_TEXT]}).blocked


def test_words_in_a_date_or_a_note_may_not_be_endless_either() -> None:
    endless = ["x" * (LONGEST_TEXT + 1)]
    assert read({"date_fuzzy-words": endless}).blocked
    assert read({"check-note": endless}).blocked


def test_null_bytes_and_half_characters_do_not_stop_a_story() -> None:
    assert clean("a\x00b\ud83dc\x1bd\r\ne\rf ") == "ab\ufffdcd\ne\nf"
    assert clean("\U0001f600 é 中 ع") == "\U0001f600 é 中 ع"


def test_a_condition_has_a_tick_and_a_note() -> None:
    assert read({"check": ["on"], "check-note": ["ok"]}).values == {
        "check": {"done": True, "note": "ok"}
    }
    assert read({"check": ["no"]}).values == {"check": {"done": False, "note": ""}}
    assert read({"check-note": ["nog niet"]}).values == {"check": {"note": "nog niet"}}


def test_members_are_read_once_each_and_never_without_end() -> None:
    assert read({"members": ["m1", "m1", "", " m2 "]}).values == {"members": ["m1", "m2"]}
    many = [str(number) for number in range(2000)]
    assert len(read({"members": many}).values["members"]) == 500  # type: ignore[arg-type]


def test_files_are_not_read_from_the_words_of_a_page() -> None:
    assert read({"file": ["story.pdf"]}).values == {}


def test_a_time_is_kept_in_words() -> None:
    assert read({"time_fuzzy": ["na 16 uur"]}).values == {"time_fuzzy": {"words": "na 16 uur"}}


def test_answers_are_told_back_as_people_read_them() -> None:
    form = every_kind()
    told = {
        key: answer_text(form.field(key), answer, form.words)
        for key, answer in {
            "text": "hier",
            "yes_no": "yes",
            "choice": "rather_not",
            "date": {"month": 7, "year": 2026, "words": "ongeveer"},
            "date_fuzzy": {"day": 3},
            "check": {"done": False, "note": "nog niet"},
            "members": ["a", "b"],
            "long": None,
        }.items()
    }
    assert told == {
        "text": "hier",
        "yes_no": "Ja",
        "choice": "Zeg ik liever niet",
        "date": "jul 2026, ongeveer",
        "date_fuzzy": "3",
        "check": "Nee nog niet",
        "members": "a\nb",
        "long": "",
    }
