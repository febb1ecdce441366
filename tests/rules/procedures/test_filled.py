"""What a form fills in a procedure: their words agree, or the procedure is refused by name."""

from dataclasses import replace

import pytest

from klankbord.rules.forms.reading import load_form
from klankbord.rules.forms.shape import Form, Option
from klankbord.rules.procedures.filled import form_findings
from klankbord.rules.procedures.proof import prove, shipped_surroundings
from klankbord.rules.procedures.reading import load_procedure

COMPLAINT = load_procedure("complaint", 1, "nl")


def part1(**changed: object) -> dict[str, Form]:
    form = load_form("complaint_part1", 1, "nl")
    sections = tuple(
        replace(
            section,
            fields=tuple(
                replace(it, **changed) if it.key == "channel" else it  # type: ignore[arg-type]
                for it in section.fields
            ),
        )
        for section in form.sections
    )
    return {form.key: replace(form, sections=sections)}


def options(*words: str) -> tuple[Option, ...]:
    return tuple(Option(word, word) for word in words)


def test_the_shipped_forms_fill_what_is_there() -> None:
    assert tuple(form_findings(COMPLAINT, shipped_surroundings().filled)) == ()


BROKEN = [
    (
        {"finding": "moon"},
        "part1.form: complaint_part1.channel fills moon, which is no finding.",
    ),
    (
        {"options": options("oral", "phone")},
        "part1.form: complaint_part1.channel does not offer written, which channel can be.",
    ),
    (
        {"options": options("oral", "written", "phone", "drum")},
        "part1.form: complaint_part1.channel offers drum, which channel cannot be.",
    ),
    (
        {"finding": "", "tells": "analysis", "options": options("founded", "half")},
        "part1.form: complaint_part1.channel offers half, which analysis cannot be.",
    ),
    (
        {"finding": "", "tells": "moon"},
        "part1.form: complaint_part1.channel tells moon, which is no finding and no step.",
    ),
]


@pytest.mark.parametrize(("changed", "sentence"), BROKEN)
def test_words_that_do_not_agree_refuse_the_procedure(
    changed: dict[str, object], sentence: str
) -> None:
    forms = part1(**changed)
    assert sentence in tuple(form_findings(COMPLAINT, forms))
    around = replace(shipped_surroundings(), filled=forms)
    assert sentence in prove(COMPLAINT, around).findings


def test_a_question_may_offer_fewer_outcomes_than_its_step_has() -> None:
    fewer = part1(finding="", tells="analysis", options=options("founded"))
    assert tuple(form_findings(COMPLAINT, fewer)) == ()


def test_i_do_not_know_is_a_word_of_every_finding() -> None:
    also = part1(options=options("oral", "written", "phone", "unknown"))
    assert tuple(form_findings(COMPLAINT, also)) == ()
