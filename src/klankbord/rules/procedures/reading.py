"""From files to a procedure: `complaint.1.toml` and its translations."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from hashlib import blake2b
from typing import Any

from klankbord.rules.library import (
    LANGUAGES,
    MAIN_LANGUAGE,
    Raw,
    Refused,
    file_text,
    keys,
    parse,
    version_in_force,
)
from klankbord.rules.procedures.sentences import read_length, read_sentence
from klankbord.rules.procedures.shape import (
    DONE,
    REPORTER,
    Condition,
    Consent,
    Day,
    Ending,
    Extension,
    Finding,
    Letter,
    Outcome,
    Procedure,
    Reveals,
    Seat,
    Step,
    Subject,
    Term,
    When,
    WithoutConsent,
)
from klankbord.rules.procedures.structure import as_list, structure_findings
from klankbord.rules.translation import translated, translation_findings

FOLDER = "procedures"


@cache
def load_procedure(key: str, version: int, language: str) -> Procedure:
    """A shipped procedure in one language (`nl`, `fr`, `en`, `de`).

    NotInLibrary if there is no such file; Refused if its texts or references are not sound.
    """
    stem = f"{key}.{version}"
    translations = {}
    if language != MAIN_LANGUAGE:
        translations[language] = file_text(FOLDER, stem, language)
    return read_procedure(file_text(FOLDER, stem, MAIN_LANGUAGE), translations, language)


def procedure_in_force(key: str, on: date, language: str) -> Procedure:
    """The version of a shipped procedure that a new case starts with on a day."""
    return load_procedure(key, version_in_force(FOLDER, key, on), language)


def procedure_keys() -> tuple[str, ...]:
    """The keys of all shipped procedures, sorted."""
    return keys(FOLDER)


def shipped_texts(key: str, version: int) -> tuple[str, dict[str, str]]:
    """The text of a shipped main file, and of its translations by language."""
    stem = f"{key}.{version}"
    others = {language: file_text(FOLDER, stem, language) for language in LANGUAGES[1:]}
    return file_text(FOLDER, stem, MAIN_LANGUAGE), others


def read_procedure(
    main: str, translations: Mapping[str, str], language: str = MAIN_LANGUAGE
) -> Procedure:
    """A procedure from the text of its files; Refused if a name or a text is missing.

    An organisation's own copy must pass `proof.text_findings` before it is switched on.
    """
    raw = parse(main)
    others = {code: parse(text) for code, text in translations.items()}
    if found := structure_findings(raw) + translation_findings(raw, others):
        raise Refused(found)
    digest = blake2b(main.encode(), digest_size=32).hexdigest()
    return _procedure(translated(raw, others.get(language, {})), language, digest)


def _procedure(raw: Raw, language: str, digest: str) -> Procedure:
    return Procedure(
        key=raw["key"],
        version=raw["version"],
        language=language,
        digest=digest,
        title=raw["title"],
        intro=tuple(raw.get("intro", [])),
        source=raw.get("source", ""),
        valid_from=raw["valid_from"],
        valid_until=raw.get("valid_until"),
        derived=raw.get("derived", False),
        subject=Subject(raw.get("subject", Subject.CASE)),
        start=tuple(raw["start"]),
        seats={key: _seat(key, table) for key, table in raw["who"].items()},
        findings={key: _finding(key, table) for key, table in raw.get("finding", {}).items()},
        days={key: _day(key, table) for key, table in raw.get("day", {}).items()},
        letters={key: _letter(key, table) for key, table in raw.get("letter", {}).items()},
        endings={key: _ending(key, table) for key, table in raw.get("ending", {}).items()},
        steps=tuple(_step(table) for table in raw["step"]),
        without_consent=_without_consent(raw.get("without_consent")),
        number=raw.get("number", ""),
        changed=raw.get("changed"),
        approved=raw.get("approved"),
        answers=tuple(raw.get("answers", [])),
        countries=frozenset(raw.get("countries", [])),
    )


def _seat(key: str, raw: Raw) -> Seat:
    return Seat(
        key,
        raw["title"],
        tuple(raw["succession"]),
        frozenset(raw.get("barred", [])),
        tuple(raw.get("not_also", [])),
        tuple(raw.get("source", [])),
    )


def _finding(key: str, raw: Raw) -> Finding:
    return Finding(key, raw["title"], raw["options"], tuple(raw.get("source", [])))


def _letter(key: str, raw: Raw) -> Letter:
    return Letter(
        key,
        raw["title"],
        raw["parts"],
        tuple(raw.get("source", [])),
        raw.get("to_reporter", False),
    )


def _day(key: str, raw: Raw) -> Day:
    proposed = raw.get("proposed")
    length = read_length(proposed) if proposed else None
    return Day(key, raw["title"], length, past=raw.get("past", False))


def _ending(key: str, raw: Raw) -> Ending:
    lists = {name: tuple(raw.get(name, [])) for name in ("source", "never_without", "reopens_at")}
    return Ending(key, **{**raw, **lists})


def _without_consent(raw: Raw | None) -> WithoutConsent | None:
    return WithoutConsent(**raw) if raw else None


_LISTS = ("source", "guidance", "waits_for", "expects", "asks", "records", "may_record")
_PLAIN = (
    *("key", "title", "number", "reporter", "optional", "anytime", "stops", "lasting", "duty"),
    *("form", "letter", "registers", "notifies", "directory"),
)


def _step(raw: Raw) -> Step:
    given: dict[str, Any] = {name: tuple(raw.get(name, [])) for name in _LISTS}
    given |= {name: raw[name] for name in _PLAIN if name in raw}
    return Step(
        by=tuple(as_list(raw["by"])),
        when=read_when(raw.get("when", [])),
        term=_term(raw.get("term")),
        extension=_extension(raw.get("extension")),
        check=tuple(_condition(table) for table in raw.get("check", [])),
        consent=_consent(raw.get("consent")),
        outcomes=_outcomes(raw),
        **given,
    )


def _outcomes(raw: Raw) -> tuple[Outcome, ...]:
    if "outcome" not in raw:
        return (Outcome(DONE, "", tuple(as_list(raw.get("leads_to", [])))),)
    return tuple(_outcome(key, table) for key, table in raw["outcome"].items())


def _outcome(key: str, raw: Raw) -> Outcome:
    return Outcome(
        key=key,
        title=raw["title"],
        leads_to=tuple(as_list(raw.get("leads_to", []))),
        when=read_when(raw.get("when", [])),
        records=tuple(raw.get("records", [])),
        needs=frozenset(raw.get("needs", [])),
        drops=tuple(raw.get("drops", [])),
        letter=raw.get("letter", ""),
        starts=raw.get("starts", ""),
        converts_to=raw.get("converts_to", ""),
        ends=raw.get("ends", ""),
    )


def read_when(raw: Any) -> When:
    """A condition: a table (all of it) or a list of tables (any of them)."""
    return tuple(
        tuple((key, frozenset(as_list(words))) for key, words in alternative.items())
        for alternative in as_list(raw)
    )


def _term(raw: Any) -> Term | None:
    if raw is None:
        return None
    latest = isinstance(raw, dict)
    sentences = raw["latest"] if latest else as_list(raw)
    return Term(tuple(read_sentence(text) for text in sentences), latest)


def _extension(raw: Raw | None) -> Extension | None:
    if raw is None:
        return None
    return Extension(read_length(raw["most"]), raw.get("times", 1), raw.get("letter", ""))


def _condition(raw: Raw) -> Condition:
    holds = raw.get("holds", {})
    return Condition(
        raw["key"],
        raw["title"],
        tuple(raw.get("source", [])),
        holds.get("day", ""),
        read_sentence(holds["by"]) if holds else None,
    )


def _consent(raw: Raw | None) -> Consent | None:
    if raw is None:
        return None
    return Consent(
        question=raw.get("question", ""),
        of=raw.get("of", REPORTER),
        reveals=Reveals(raw.get("reveals", Reveals.NOTHING)),
        refused=raw.get("refused", "nothing"),
        same_as=raw.get("same_as", ""),
    )
