"""From files to a scheme: `colours.1.toml` and its translations; unsound ones are refused."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache
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
from klankbord.rules.severity.shape import (
    UNKNOWN,
    Addressee,
    Criterion,
    Danger,
    Factor,
    Level,
    Response,
    Scheme,
)
from klankbord.rules.translation import translated, translation_findings

FOLDER = "severity"

Kinds = Mapping[str, type]
HEAD: Kinds = {"key": str, "version": int, "valid_from": date, "title": str, "level": list}
HEAD_MAY: Kinds = {"intro": list, "source": str, "danger": list, "criterion": list, "factor": list}
DANGER: Kinds = {"key": str, "title": str, "guidance": list}
LEVEL: Kinds = {"key": str, "title": str, "about": str, "response": list}
LEVEL_MAY: Kinds = {"two_people": bool}
RESPONSE: Kinds = {"key": str, "title": str, "to": str}
RESPONSE_MAY: Kinds = {"must": bool, "if_all_registered": bool, "steps": list}
CRITERION: Kinds = {"key": str, "title": str, "question": str, "levels": dict, "asks_for": list}
FACTOR: Kinds = {"key": str, "title": str, "question": str, "lower": str, "higher": str}

#: Every key of the format: a test compares this with docs/severity.md.
ALL_KEYS = frozenset().union(
    HEAD, HEAD_MAY, DANGER, LEVEL, LEVEL_MAY, RESPONSE, RESPONSE_MAY, CRITERION, FACTOR
)


@cache
def load_scheme(key: str, version: int, language: str) -> Scheme:
    """A shipped scheme in one language.

    NotInLibrary if there is no such file; Refused if the file is not sound.
    """
    stem = f"{key}.{version}"
    translations = {}
    if language != MAIN_LANGUAGE:
        translations[language] = file_text(FOLDER, stem, language)
    return read_scheme(file_text(FOLDER, stem, MAIN_LANGUAGE), translations, language)


def scheme_in_force(key: str, on: date, language: str) -> Scheme:
    """The version of a shipped scheme that is in force on a day."""
    return load_scheme(key, version_in_force(FOLDER, key, on), language)


def scheme_keys() -> tuple[str, ...]:
    """The keys of all shipped schemes, sorted."""
    return keys(FOLDER)


def read_scheme(
    main: str, translations: Mapping[str, str], language: str = MAIN_LANGUAGE
) -> Scheme:
    """A scheme from the text of its files, as for an organisation's own; Refused if unsound."""
    if found := text_findings(main, translations):
        raise Refused(found)
    others = {code: parse(text) for code, text in translations.items()}
    return _scheme(translated(parse(main), others.get(language, {})), language)


def proof(key: str, version: int, languages: Sequence[str] = LANGUAGES) -> tuple[str, ...]:
    """What is wrong with a shipped scheme in all its languages; empty if it is sound."""
    stem = f"{key}.{version}"
    translations = {
        language: file_text(FOLDER, stem, language)
        for language in languages
        if language != MAIN_LANGUAGE
    }
    return text_findings(file_text(FOLDER, stem, MAIN_LANGUAGE), translations)


def text_findings(main: str, translations: Mapping[str, str]) -> tuple[str, ...]:
    """What is wrong with the text of a scheme's files; one sentence each, naming the key."""
    try:
        raw = parse(main)
        others = {language: parse(text) for language, text in translations.items()}
    except Refused as refused:
        return refused.findings
    found = tuple(_kind_findings(raw)) or tuple(_sense_findings(raw))
    return found or translation_findings(raw, others)


def _kind_findings(raw: Raw) -> Iterator[str]:
    yield from _table("the scheme", raw, HEAD, HEAD_MAY)
    for name, must, may in (
        ("danger", DANGER, {}),
        ("level", LEVEL, LEVEL_MAY),
        ("criterion", CRITERION, {}),
        ("factor", FACTOR, {}),
    ):
        yield from _tables(name, raw.get(name, []), must, may)
    for level in _each(raw.get("level")):
        name = f"level {level.get('key')}.response"
        yield from _tables(name, level.get("response", []), RESPONSE, RESPONSE_MAY)


def _each(value: Any) -> list[Raw]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _tables(name: str, value: Any, must: Kinds, may: Kinds) -> Iterator[str]:
    if len(_each(value)) != len(value):
        yield f"{name}: it must be a list of tables."
        return
    given = [str(item.get("key")) for item in value]
    for key in sorted({key for key in given if given.count(key) > 1}):
        yield f"{name} {key}: two of them have this key."
    for item in value:
        yield from _table(f"{name} {item.get('key')}", item, must, may)


def _table(name: str, table: Raw, must: Kinds, may: Kinds) -> Iterator[str]:
    known = {**must, **may}
    for key, value in table.items():
        if key not in known:
            yield f"{name}: the key {key} is unknown."
        elif not isinstance(value, known[key]) or (known[key] is int and value is True):
            yield f"{name}: {key} is of another kind than it should be."
    for key in must:
        if key not in table:
            yield f"{name}: the key {key} is missing."


def _sense_findings(raw: Raw) -> Iterator[str]:
    levels = [level["key"] for level in raw["level"]]
    if len(levels) < 2:
        yield "level: there must be at least two, from light to heavy."
    if UNKNOWN in levels:
        yield f"level {UNKNOWN}: this word means that nobody knows."
    if levels and not raw["level"][-1].get("two_people") and raw.get("criterion"):
        yield f"level {levels[-1]}.two_people: the heaviest level is never decided alone."
    for level in raw["level"]:
        for item in level["response"]:
            if item["to"] not in set(Addressee):
                yield f"level {level['key']}.response {item['key']}: to {item['to']} is unknown."
            if item.get("must") and not item.get("steps"):
                yield f"level {level['key']}.response {item['key']}: no step does this task."
    for criterion in raw.get("criterion", []):
        name = f"criterion {criterion['key']}"
        if list(criterion["levels"]) != levels:
            yield f"{name}.levels: it must describe each level, from light to heavy."
        if not criterion["asks_for"]:
            yield f"{name}.asks_for: it must say what to find out when nobody knows."
    for factor in raw.get("factor", []):
        places = [levels.index(factor[k]) if factor[k] in levels else -1 for k in _ENDS]
        if -1 in places or places[0] >= places[1]:
            yield f"factor {factor['key']}: it must go from a level to a heavier one."


_ENDS = ("lower", "higher")


def _scheme(raw: Raw, language: str) -> Scheme:
    return Scheme(
        key=raw["key"],
        version=raw["version"],
        language=language,
        title=raw["title"],
        intro=tuple(raw.get("intro", [])),
        source=raw.get("source", ""),
        valid_from=raw["valid_from"],
        dangers=tuple(
            Danger(item["key"], item["title"], tuple(item["guidance"]))
            for item in raw.get("danger", [])
        ),
        levels=tuple(_level(item, rank) for rank, item in enumerate(raw["level"])),
        criteria=tuple(
            Criterion(**{**item, "asks_for": tuple(item["asks_for"])})
            for item in raw.get("criterion", [])
        ),
        factors=tuple(Factor(**item) for item in raw.get("factor", [])),
    )


def _level(raw: Raw, rank: int) -> Level:
    return Level(
        key=raw["key"],
        title=raw["title"],
        about=raw["about"],
        rank=rank,
        two_people=raw.get("two_people", False),
        response=tuple(_response(item) for item in raw["response"]),
    )


def _response(raw: Raw) -> Response:
    steps = tuple(raw.get("steps", []))
    return Response(**{**raw, "to": Addressee(raw["to"]), "steps": steps})
