"""From a file to a form: `report.1.toml` and its translations."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

from klankbord.rules.forms.proof import structure_findings
from klankbord.rules.forms.shape import (
    CHOOSING,
    RATHER_NOT,
    UNKNOWN,
    Asks,
    Compartment,
    Field,
    FieldKind,
    Form,
    Option,
    Register,
    Section,
    Step,
    When,
    Words,
)
from klankbord.rules.library import (
    MAIN_LANGUAGE,
    Raw,
    Refused,
    file_text,
    parse,
    version_in_force,
)
from klankbord.rules.translation import translated, translation_findings

FOLDER = "forms"


@cache
def load_form(key: str, version: int, language: str) -> Form:
    """A shipped form in one language (`nl`, `fr`, `en`, `de`).

    NotInLibrary if there is no such file; Refused if the file is not sound.
    """
    translations = {}
    if language != MAIN_LANGUAGE:
        translations[language] = file_text(FOLDER, f"{key}.{version}", language)
    return read_form(file_text(FOLDER, f"{key}.{version}", MAIN_LANGUAGE), translations, language)


def latest_form(key: str, language: str, on: date) -> Form:
    """The newest version in force on a day; NotInLibrary if none is."""
    return load_form(key, version_in_force(FOLDER, key, on), language)


def read_form(main: str, translations: Mapping[str, str], language: str) -> Form:
    """A form from the text of its files, as for an organisation's own copy; Refused if unsound."""
    raw = parse(main)
    others = {code: parse(text) for code, text in translations.items()}
    if found := structure_findings(raw) + translation_findings(raw, others):
        raise Refused(found)
    return _form(translated(raw, others.get(language, {})), language)


def _form(raw: Raw, language: str) -> Form:
    words = Words(**{**raw["words"], "months": tuple(raw["words"]["months"])})
    asks = Asks(raw.get("asks", Asks.REPORTER))
    return Form(
        key=raw["key"],
        version=raw["version"],
        language=language,
        asks=asks,
        valid_from=raw["valid_from"],
        source=raw.get("source", ""),
        steps=tuple(Step(step["key"], step["title"]) for step in raw["step"]),
        sections=tuple(_section(section, words, asks) for section in raw["section"]),
        words=words,
        title=raw.get("title", ""),
    )


def _section(raw: Raw, words: Words, asks: Asks) -> Section:
    return Section(
        key=raw["key"],
        title=raw["title"],
        intro=raw.get("intro", ""),
        fields=tuple(_field(field, words, asks) for field in raw.get("field", [])),
        step=raw["step"],
        words=words,
        paragraphs=tuple(raw.get("paragraphs", [])),
    )


def _field(raw: Raw, words: Words, asks: Asks) -> Field:
    kind = FieldKind(raw["kind"])
    return Field(
        key=raw["key"],
        kind=kind,
        label=raw["label"],
        help=raw.get("help", ""),
        example=raw.get("example", ""),
        options=_options(raw, kind, words, asks),
        when=_when(raw.get("when", [])),
        required=raw.get("required", False),
        compartment=Compartment(raw.get("compartment", Compartment.FILE)),
        register=Register(raw.get("register", Register.NO)),
        finding=raw.get("finding", ""),
        tells=raw.get("tells", ""),
        source=raw.get("source", ""),
        options_from=raw.get("options_from", ""),
        comes_from=_origin(raw.get("comes_from", "")),
        ahead=raw.get("ahead", False),
        fields=tuple(_field(field, words, asks) for field in raw.get("field", [])),
        most=raw.get("most", 0),
    )


def _origin(name: str) -> tuple[str, str] | None:
    form, _, field = name.partition(".")
    return (form, field) if field else None


def _options(raw: Raw, kind: FieldKind, words: Words, asks: Asks) -> tuple[Option, ...]:
    own = tuple(_option(word, given) for word, given in raw.get("options", {}).items())
    if kind == FieldKind.YES_NO:
        own = (Option("yes", words.yes), Option("no", words.no), *own)
    if kind not in CHOOSING or asks != Asks.REPORTER or not raw.get("offer", True):
        return own
    there = {option.word for option in own}
    offered = (Option(UNKNOWN, words.unknown), Option(RATHER_NOT, words.rather_not))
    return own + tuple(option for option in offered if option.word not in there)


def _option(word: str, given: Any) -> Option:
    if isinstance(given, str):
        return Option(word, given)
    traits = frozenset(given.get("traits", []))
    return Option(word, given["text"], given.get("example", ""), traits)


def _when(raw: Any) -> When:
    alternatives = [raw] if isinstance(raw, dict) else raw
    return tuple(
        tuple((key, tuple(words)) for key, words in alternative.items())
        for alternative in alternatives
    )
