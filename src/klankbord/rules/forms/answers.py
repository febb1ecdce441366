"""What people answered: read from a posted page, shown again, told back, split by compartment.

Nothing here blocks a person. Every answer may be missing; a word that a question does not offer is
dropped; a date that is no date is kept as the words it was typed in.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from klankbord.rules.forms.posting import LONGEST_TEXT, READERS, rows_of, text_of
from klankbord.rules.forms.posting import Posted as Posted  # whoever reads answers posts them,
from klankbord.rules.forms.posting import clean as clean  # and cleans what stands beside them
from klankbord.rules.forms.shape import (
    CHOOSING,
    DANGER,
    RATHER_NOT,
    UNANSWERED,
    UNKNOWN,
    Compartment,
    Field,
    FieldKind,
    Form,
    Option,
    Section,
    Words,
)

Answers = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Problem:
    """Something to look at again.

    A soft problem is asked once: post `asked` back as `<field>-asked` and it is not asked again.
    """

    field: str
    key: str
    text: str
    soft: bool = False
    asked: str = ""


@dataclass(frozen=True, slots=True)
class Answered:
    """The answers of one section, by field key; a field that was left open is missing."""

    values: dict[str, object]
    problems: tuple[Problem, ...] = ()

    @property
    def blocked(self) -> bool:
        """Whether something cannot be taken as it is."""
        return any(not problem.soft for problem in self.problems)


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """One question and its answer, as told back to a person."""

    section_key: str
    field_key: str
    label: str
    text: str


def read_answers(section: Section, data: Posted, *, today: date) -> Answered:
    """The answers in a posted page. `data` maps a field's name to the values posted under it.

    Names: a field's key; for a date also `<key>-day`, `-month`, `-year`, `-words` and `-asked`; for
    a condition with a note `<key>-note`. Files are not read here. Never raises on what is posted.
    """
    values: dict[str, object] = {}
    problems: list[Problem] = []
    for field in section.fields:
        value = READERS[field.kind](field, data)
        if value is None:
            continue
        values[field.key] = value
        problems += _problems(field, value, data, section.words, today)
    return Answered(values, tuple(problems))


def _problems(
    field: Field, value: object, data: Posted, words: Words, today: date
) -> tuple[Problem, ...]:
    if field.kind is FieldKind.ROWS:
        return _row_problems(field, data, words, today)
    if _longest(value) > LONGEST_TEXT:
        return (Problem(field.key, "too_long", words.too_long),)
    if not field.ahead and isinstance(value, dict) and _is_future(value, today):
        asked = "-".join(str(value.get(part, "")) for part in ("year", "month", "day"))
        if text_of(data, f"{field.key}-asked") != asked:
            return (Problem(field.key, "future_date", words.future_date, True, asked),)
    return ()


def _row_problems(field: Field, data: Posted, words: Words, today: date) -> tuple[Problem, ...]:
    # An empty row is left out, so a later one moves up: the problem moves with it.
    return tuple(
        replace(problem, field=f"{field.key}.{number}.{own.key}")
        for number, row in enumerate(rows_of(field, data), 1)
        for own, posted in zip(field.fields, row.fields, strict=True)
        if own.key in row.values
        for problem in _problems(posted, row.values[own.key], data, words, today)
    )


def _longest(value: object) -> int:
    texts = value.values() if isinstance(value, dict) else (value,)
    return max((len(text) for text in texts if isinstance(text, str)), default=0)


def _is_future(value: Mapping[str, object], today: date) -> bool:
    year, month, day = (value.get(part) for part in ("year", "month", "day"))
    if not isinstance(year, int):
        return False
    # A month or a year that has begun may well be meant.
    first = date(year, month if isinstance(month, int) else 1, day if isinstance(day, int) else 1)
    return first > today


def visible(field: Field, answers: Answers) -> bool:
    """Whether a question is asked, given what was answered before it.

    A question to choose from of which the organisation filled in no option is not asked.
    """
    if field.kind in CHOOSING and not field.own_options:
        return False
    if not field.when:
        return True
    return any(
        all(_meets(answers.get(key), words) for key, words in alternative)
        for alternative in field.when
    )


def _meets(answer: object, words: tuple[str, ...]) -> bool:
    if not answer:
        return UNANSWERED in words
    return any(word in words for word in _given(answer))


def asked(form: Form, answers: Answers) -> tuple[Field, ...]:
    """The questions that are asked, given all answers: a hidden answer hides what follows it."""
    shown: list[Field] = []
    known: dict[str, object] = {}
    for field in form.fields:
        if visible(field, known):
            shown.append(field)
            if answers.get(field.key):
                known[field.key] = answers[field.key]
    return tuple(shown)


def in_danger(form: Form, answers: Answers) -> bool:
    """Whether an answer says that somebody may be in danger now (R-000-12, P7)."""
    return any(DANGER in option.traits for _, option in chosen(form, answers))


def chosen(form: Form, answers: Answers) -> tuple[tuple[Field, Option], ...]:
    """Every option that was chosen in a question that is asked, with its question."""
    return tuple(
        (field, option)
        for field in asked(form, answers)
        if field.kind in CHOOSING
        for option in field.options
        if _meets(answers.get(field.key), (option.word,))
    )


def summary(form: Form, answers: Answers) -> tuple[SummaryRow, ...]:
    """Every question that is asked and how it was answered, in the form's language.

    A question left open has an empty text. Who reads (`members`) and files are told by the page
    that knows their names.
    """
    sections = {field.key: section.key for section in form.sections for field in section.fields}
    return tuple(
        SummaryRow(
            sections[field.key],
            field.key,
            field.label,
            answer_text(field, answers.get(field.key), form.words),
        )
        for field in asked(form, answers)
        if field.kind not in (FieldKind.MEMBERS, FieldKind.FILE)
    )


def labels_in(form: Form) -> Iterator[str]:
    """Every text of the form itself that can stand in a summary, whatever was answered."""
    words = form.words
    yield from (words.yes, words.no, words.unknown, words.rather_not, *words.months)
    for field in form.fields:
        yield from (it.label for it in field.fields)
        yield from (option.text for it in (field, *field.fields) for option in it.options)


def answer_text(field: Field, answer: object, words: Words) -> str:
    """One answer as a person reads it; empty if there is none."""
    if not answer:
        return ""
    if field.kind in CHOOSING:
        return "\n".join(_option_text(field, word, words) for word in _given(answer))
    if field.kind is FieldKind.ROWS:
        return "\n\n".join(_row_text(field, row, words) for row in _given(answer))
    if isinstance(answer, dict):
        return _parts_text(answer, words)
    if isinstance(answer, list):
        return "\n".join(str(item) for item in answer)
    return str(answer)


def _given(answer: object) -> list[object]:
    return answer if isinstance(answer, list) else [answer]


def _row_text(field: Field, row: object, words: Words) -> str:
    if not isinstance(row, dict):
        return str(row)
    told = ((it.label, answer_text(it, row.get(it.key), words)) for it in field.fields)
    return "\n".join(f"{label}: {text}" for label, text in told if text)


def _option_text(field: Field, word: object, words: Words) -> str:
    if option := field.option(word):
        return option.text
    # An option that the organisation has dropped since: the stored word is better than nothing.
    return {UNKNOWN: words.unknown, RATHER_NOT: words.rather_not}.get(str(word), str(word))


def _parts_text(answer: Mapping[str, object], words: Words) -> str:
    if "note" in answer:
        judged = (words.yes if answer["done"] else words.no) if "done" in answer else ""
        return f"{judged} {answer['note']}".strip()
    day, month, year = (answer.get(part) for part in ("day", "month", "year"))
    if isinstance(month, int) and 1 <= month <= 12:
        month = words.months[month - 1]
    shown = " ".join(str(part) for part in (day, month, year) if part)
    return ", ".join(str(part) for part in (shown, answer.get("words")) if part)


def split_compartments(form: Form, answers: Answers) -> tuple[dict[str, object], dict[str, object]]:
    """The answers for the file and those that say who the reporter is, each to be sealed apart.

    Only questions that are asked count: an answer given before the reporter changed course is not
    kept.
    """
    parts: dict[Compartment, dict[str, object]] = {part: {} for part in Compartment}
    for field in asked(form, answers):
        if answers.get(field.key):
            parts[field.compartment][field.key] = answers[field.key]
    return parts[Compartment.FILE], parts[Compartment.IDENTITY]
