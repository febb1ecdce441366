"""Is a form file sound? Every finding is a sentence that names the key it is about."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from klankbord.rules.forms.shape import (
    CHOOSING,
    DATES,
    FREE_TEXT,
    RATHER_NOT,
    TRAIT,
    UNANSWERED,
    UNKNOWN,
    Asks,
    Compartment,
    FieldKind,
    Register,
    Words,
)
from klankbord.rules.library import LANGUAGES, MAIN_LANGUAGE, Raw, Refused, file_text, parse
from klankbord.rules.translation import translation_findings

FORM_KEYS = frozenset(
    [
        *("key", "version", "valid_from", "valid_until", "source", "asks", "title", "words"),
        *("step", "section"),
    ]
)
STEP_KEYS = frozenset({"key", "title"})
SECTION_KEYS = frozenset({"key", "title", "intro", "paragraphs", "step", "field"})
FIELD_KEYS = frozenset(
    [
        "key",
        "kind",
        "label",
        "help",
        "example",
        "options",
        "options_from",
        "offer",
        "when",
        "required",
        "compartment",
        "register",
        "finding",
        "tells",
        "source",
        "comes_from",
        "ahead",
        "most",
        "field",
    ]
)
#: What a question in a row may not have: a row stands on its own, and lies where its rows lie.
NOT_IN_ROWS = ("when", "finding", "tells", "compartment", "comes_from", "field")
#: Names that the page around a form has for its own: its token, and the button for one more row.
NAMES_OF_THE_PAGE = frozenset({"form", "more", "csrfmiddlewaretoken"})
NO_ROW = frozenset({FieldKind.ROWS, FieldKind.FILE, FieldKind.MEMBERS})
MOST_ROWS = 30
OPTION_KEYS = frozenset({"text", "example", "traits"})
WORD_KEYS = frozenset(Words.__dataclass_fields__)
#: Words that only a form on one page says.
PAGE_WORDS = frozenset({"needed", "no_day", "not_asked"})

#: In a reporter's form only who reads it may be required: it is routing, never content.
MAY_BE_REQUIRED = frozenset({FieldKind.MEMBERS})
#: What each grain of the register needs to be able to work.
GRAINS: Mapping[Register, frozenset[FieldKind]] = {
    Register.NO: frozenset(FieldKind),
    Register.YES_NO: frozenset(FieldKind),
    Register.AS_IS: CHOOSING,
    Register.MONTH: DATES,
    Register.BAND: CHOOSING,
}


def proof(
    key: str, version: int, languages: Sequence[str] = LANGUAGES, *, folder: str = "forms"
) -> tuple[str, ...]:
    """What is wrong with a shipped form in all its languages; empty if it is sound."""
    stem = f"{key}.{version}"
    return text_findings(
        file_text(folder, stem, MAIN_LANGUAGE),
        {
            language: file_text(folder, stem, language)
            for language in languages
            if language != MAIN_LANGUAGE
        },
    )


def text_findings(main: str, translations: Mapping[str, str]) -> tuple[str, ...]:
    """What is wrong with the text of a form's files, as for an organisation's own copy."""
    try:
        raw = parse(main)
        others = {language: parse(text) for language, text in translations.items()}
    except Refused as refused:
        return refused.findings
    return structure_findings(raw) + translation_findings(raw, others)


def structure_findings(raw: Raw) -> tuple[str, ...]:
    """What is wrong with the main file itself."""
    found = list(_shape_findings(raw))
    if not found:
        found += _order_findings(raw)
        for section in raw["section"]:
            for field in section.get("field", []):
                found += _field_findings(field, raw)
        found += _when_findings(raw)
    return tuple(found)


def _shape_findings(raw: Raw) -> Iterator[str]:
    yield from _unknown_keys("The form", raw, FORM_KEYS)
    for key, kind in (("key", str), ("version", int), ("valid_from", date), ("words", dict)):
        if not isinstance(raw.get(key), kind):
            yield f"{key}: the form does not have it, or it is of another kind."
    for key in ("step", "section"):
        yield from _tables(raw.get(key), key)
    if isinstance(words := raw.get("words"), dict):
        yield from _unknown_keys("words", words, WORD_KEYS)
        by_member = raw.get("asks") == Asks.MEMBER
        for key in sorted(WORD_KEYS - words.keys() - (set() if by_member else PAGE_WORDS)):
            yield f"words.{key}: the text is missing."
        if len(words.get("months", range(12))) != 12:
            yield "words.months: a year has twelve months."
    for section in _each(raw.get("section")):
        if "field" in section or not section.get("paragraphs"):
            yield from _tables(section.get("field"), f"{section.get('key')}.field")
        yield from _needed(section, ("title", "step"))
        for field in _each(section.get("field")):
            yield from _needed(field, ("kind", "label"))
            if "field" in field:
                yield from _tables(field["field"], f"{field.get('key')}.field")
            for own in _each(field.get("field")):
                yield from _needed(own, ("kind", "label"))
    for step in _each(raw.get("step")):
        yield from _needed(step, ("title",))


def _each(tables: Any) -> list[Raw]:
    if not isinstance(tables, list):
        return []
    return [table for table in tables if isinstance(table, dict)]


def _tables(value: Any, name: str) -> Iterator[str]:
    if not isinstance(value, list) or not value or len(_each(value)) != len(value):
        yield f"{name}: there must be at least one, written as a list of tables."
        return
    for table in value:
        if not isinstance(table.get("key"), str):
            yield f"{name}: one of them has no key."


def _needed(table: Raw, keys: Sequence[str]) -> Iterator[str]:
    for key in keys:
        if not isinstance(table.get(key), str):
            yield f"{table.get('key')}.{key}: it is missing, or not a text."


def _unknown_keys(name: str, table: Raw, known: frozenset[str]) -> Iterator[str]:
    for key in table:
        if key not in known:
            yield f"{name}: the key {key} is unknown."


def _order_findings(raw: Raw) -> Iterator[str]:
    yield from _twice("step", [step["key"] for step in raw["step"]])
    yield from _twice("section", [section["key"] for section in raw["section"]])
    yield from _twice("field", _field_keys(raw))
    for step in raw["step"]:
        yield from _unknown_keys(f"step {step['key']}", step, STEP_KEYS)
    for section in raw["section"]:
        yield from _unknown_keys(section["key"], section, SECTION_KEYS)
    steps = [step["key"] for step in raw["step"]]
    places = []
    for section in raw["section"]:
        if section["step"] not in steps:
            yield f"{section['key']}: the step {section['step']} does not exist."
        else:
            places.append(steps.index(section["step"]))
    if places != sorted(places):
        yield "section: the sections do not follow the order of the steps."


def _field_keys(raw: Raw) -> list[str]:
    return [field["key"] for section in raw["section"] for field in section.get("field", [])]


def _twice(what: str, keys: Sequence[str]) -> Iterator[str]:
    for key in sorted({key for key in keys if keys.count(key) > 1}):
        yield f"{key}: two of them have this key ({what})."


def _field_findings(field: Raw, raw: Raw) -> Iterator[str]:
    key = field["key"]
    yield from _unknown_keys(key, field, FIELD_KEYS)
    if field["kind"] not in set(FieldKind):
        yield f"{key}: the kind {field['kind']} is unknown."
        return
    kind = FieldKind(field["kind"])
    yield from _one_of(key, "compartment", field, Compartment)
    if field.get("register", "no") not in set(Register):
        yield f"{key}: the register grain {field['register']} is unknown."
    elif kind not in GRAINS[Register(field.get("register", "no"))]:
        what = "free text" if kind in FREE_TEXT else f"an answer of the kind {kind}"
        yield f"{key}: {what} cannot enter the register as {field['register']}."
    of_reporter = raw.get("asks", Asks.REPORTER) == Asks.REPORTER
    if field.get("required") and of_reporter and kind not in MAY_BE_REQUIRED:
        yield f"{key}: a content field of a reporter may not be required."
    if "ahead" in field and kind not in DATES:
        yield f"{key}.ahead: only a day can lie ahead."
    if key in NAMES_OF_THE_PAGE:
        yield f"{key}: this name is one of the page's own."
    if "." in key:
        yield f"{key}: a key has no dot; that is how a row is numbered on the page."
    if "comes_from" in field and str(field["comes_from"]).count(".") != 1:
        yield f"{key}.comes_from: it must name a form and a field, as in report.happened_on."
    yield from _option_findings(key, kind, field)
    yield from _row_findings(key, kind, field, raw)


def _row_findings(key: str, kind: FieldKind, field: Raw, raw: Raw) -> Iterator[str]:
    rows = field.get("field", [])
    if kind is not FieldKind.ROWS:
        if rows or "most" in field:
            yield f"{key}: only a field of the kind rows has questions of its own."
        return
    if not rows:
        yield f"{key}.field: rows without questions."
    most = field.get("most")
    if not isinstance(most, int) or not 2 <= most <= MOST_ROWS:
        yield f"{key}.most: it must say how many rows there can be, from 2 to {MOST_ROWS}."
    yield from _twice(f"field of {key}", [own["key"] for own in rows])
    for own in rows:
        if own["kind"] in NO_ROW:
            yield f"{key}.{own['key']}: a field of the kind {own['kind']} cannot stand in a row."
        for word in NOT_IN_ROWS:
            if word in own:
                yield f"{key}.{own['key']}: in a row a question has no {word}."
        yield from _field_findings(own, raw)


def _one_of(key: str, name: str, field: Raw, words: type[Compartment]) -> Iterator[str]:
    if field.get(name, next(iter(words))) not in set(words):
        yield f"{key}: the {name} {field[name]} is unknown."


def _option_findings(key: str, kind: FieldKind, field: Raw) -> Iterator[str]:
    options = field.get("options", {})
    if not isinstance(options, dict):
        yield f"{key}.options: they must be a table of stored word and text."
        return
    if options and kind not in CHOOSING:
        yield f"{key}.options: a field of the kind {kind} has no options."
    own = options or field.get("options_from") or kind == FieldKind.YES_NO
    if kind in CHOOSING and not own:
        yield f"{key}.options: a question to choose from has no options."
    for word, given in options.items():
        if isinstance(given, dict):
            yield from _unknown_keys(f"{key}.options.{word}", given, OPTION_KEYS)
            if not isinstance(given.get("text"), str):
                yield f"{key}.options.{word}: the text is missing."
        elif not isinstance(given, str):
            yield f"{key}.options.{word}: the text is missing."
        if word == UNANSWERED or word.startswith(TRAIT):
            yield f"{key}.options.{word}: this word means something else in a condition."


def _when_findings(raw: Raw) -> Iterator[str]:
    earlier: dict[str, Raw] = {}
    for section in raw["section"]:
        for field in section.get("field", []):
            when = field.get("when", [])
            alternatives = [when] if isinstance(when, dict) else when
            for alternative in alternatives:
                for other, words in alternative.items():
                    yield from _condition_findings(field["key"], other, words, earlier)
            earlier[field["key"]] = field


def _condition_findings(
    key: str, other: str, words: Any, earlier: Mapping[str, Raw]
) -> Iterator[str]:
    if other not in earlier:
        yield f"{key}: its when asks for {other}, which is not an earlier field."
        return
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        yield f"{key}: its when on {other} must be a list of stored words."
        return
    field = earlier[other]
    if field["kind"] == FieldKind.ROWS:
        yield f"{key}: its when asks for {other}, which is a list of rows."
        return
    known = {UNKNOWN, RATHER_NOT, UNANSWERED, *field.get("options", {})}
    if field["kind"] == FieldKind.YES_NO:
        known |= {"yes", "no"}
    for word in words:
        if word not in known and not word.startswith(TRAIT) and not field.get("options_from"):
            yield f"{key}: its when asks for {other} = {word}, which {other} does not offer."
