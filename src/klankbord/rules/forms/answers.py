"""What people answered: read from a posted page, shown again, told back, split by compartment.

Nothing here blocks a person. Every answer may be missing; a word that a question does not offer is
dropped; a date that is no date is kept as the words it was typed in.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date

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

#: Characters in one answer. A sealed entry holds at most one MiB.
LONGEST_TEXT = 200_000
#: Members or groups in one answer; more is not a person ticking boxes.
MOST_MEMBERS = 500

Posted = Mapping[str, list[str]]
Answers = Mapping[str, object]

# Control characters mean nothing in a story and some stores refuse them; tab and newline stay.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


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


def clean(text: str) -> str:
    """A person's text without what cannot be stored: null bytes, controls, half characters."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _LONE_SURROGATE.sub("\ufffd", _CONTROL.sub("", text)).strip()


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


def _text(data: Posted, name: str) -> str:
    given = data.get(name) or [""]
    return clean(str(given[-1]))


def _read_text(field: Field, data: Posted) -> object:
    return _text(data, field.key) or None


def _read_choice(field: Field, data: Posted) -> object:
    posted = data.get(field.key) or []
    return next((word for word in reversed(posted) if field.option(word)), None)


def _read_choices(field: Field, data: Posted) -> object:
    posted = set(data.get(field.key) or [])
    return [option.word for option in field.options if option.word in posted] or None


def _read_date(field: Field, data: Posted) -> object:
    parts = {part: _text(data, f"{field.key}-{part}") for part in ("day", "month", "year")}
    words = _text(data, f"{field.key}-words") or _text(data, field.key)
    given = {part: number for part, text in parts.items() if (number := _number(text)) is not None}
    typed = " ".join(text for text in parts.values() if text)
    if typed and (len(given) < sum(map(bool, parts.values())) or not _is_possible(given)):
        # What was typed is no date: it stays, as words.
        return {"words": f"{typed} {words}".strip()}
    value: dict[str, object] = dict(given)
    if words:
        value["words"] = words
    return value or None


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 4 else None


def _is_possible(given: Mapping[str, int]) -> bool:
    try:
        # 2000 is a leap year: a 29 February without a year may have been.
        date(given.get("year", 2000), given.get("month", 1), given.get("day", 1))
    except ValueError:
        return False
    return given.get("year", 2000) >= 1900


def _read_time(field: Field, data: Posted) -> object:
    words = _text(data, field.key)
    return {"words": words} if words else None


def _read_members(field: Field, data: Posted) -> object:
    posted = dict.fromkeys(clean(str(word))[:64] for word in data.get(field.key) or [])
    return [word for word in posted if word][:MOST_MEMBERS] or None


def _read_check(field: Field, data: Posted) -> object:
    note = _text(data, f"{field.key}-note")
    said = _text(data, field.key)
    if not said:
        return {"note": note} if note else None
    return {"done": said != "no", "note": note}


def _read_rows(field: Field, data: Posted) -> object:
    return [row.values for row in _rows(field, data)] or None


@dataclass(frozen=True, slots=True)
class _Row:
    """One row as it was posted: its questions by the names they had on the page."""

    fields: tuple[Field, ...]
    values: dict[str, object]


def _rows(field: Field, data: Posted) -> tuple[_Row, ...]:
    found = []
    for number in range(1, field.most + 1):
        fields = field.row(number)
        given = [READERS[it.kind](it, data) for it in fields]
        values = {
            it.key: value
            for it, value in zip(field.fields, given, strict=True)
            if value is not None
        }
        if values:
            found.append(_Row(fields, values))
    return tuple(found)


def _read_nothing(field: Field, data: Posted) -> object:
    return None


READERS: dict[FieldKind, Callable[[Field, Posted], object]] = {
    FieldKind.TEXT: _read_text,
    FieldKind.LONG: _read_text,
    FieldKind.PERSON: _read_text,
    FieldKind.CONTACT: _read_text,
    FieldKind.ADDRESS: _read_text,
    FieldKind.SIGNATURE: _read_text,
    FieldKind.CHOICE: _read_choice,
    FieldKind.YES_NO: _read_choice,
    FieldKind.CHOICES: _read_choices,
    FieldKind.DATE: _read_date,
    FieldKind.DATE_FUZZY: _read_date,
    FieldKind.TIME_FUZZY: _read_time,
    FieldKind.MEMBERS: _read_members,
    FieldKind.CHECK: _read_check,
    FieldKind.ROWS: _read_rows,
    FieldKind.FILE: _read_nothing,
}


def _problems(
    field: Field, value: object, data: Posted, words: Words, today: date
) -> tuple[Problem, ...]:
    if field.kind is FieldKind.ROWS:
        return _row_problems(field, data, words, today)
    if _longest(value) > LONGEST_TEXT:
        return (Problem(field.key, "too_long", words.too_long),)
    if not field.ahead and isinstance(value, dict) and _is_future(value, today):
        asked = "-".join(str(value.get(part, "")) for part in ("year", "month", "day"))
        if _text(data, f"{field.key}-asked") != asked:
            return (Problem(field.key, "future_date", words.future_date, True, asked),)
    return ()


def _row_problems(field: Field, data: Posted, words: Words, today: date) -> tuple[Problem, ...]:
    # An empty row is left out, so a later one moves up: the problem moves with it.
    return tuple(
        replace(problem, field=f"{field.key}.{number}.{own.key}")
        for number, row in enumerate(_rows(field, data), 1)
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
