"""Texts of a library file in four languages: find them, prove them complete, put them in place.

A text is known by its path of keys (`section.about.field.concerned.label`). In the main file an
item of a list is found by its `key`; in a translation the same path is written as tables.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from klankbord.rules.library import Raw

Path = tuple[str, ...]
Text = str | list[str]

#: Keys whose values people read.
TEXT_KEYS = frozenset(
    {
        *("title", "intro", "label", "help", "example", "text", "months"),
        *("short", "long", "paragraphs", "hero", "lede", "doubt", "exit_address"),
        *("name", "about", "hours", "note"),
        *("guidance", "reporter", "question", "asks_for"),
    }
)
#: Tables in which every plain value is read by people.
TEXT_TABLES = frozenset({"options", "words", "vocabulary", "parts", "levels"})


def _items(value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        yield from value.items()
    elif isinstance(value, list):
        for item in value:
            if isinstance(item, dict):
                yield _key_of(item), item


def texts(raw: Any, path: Path = ()) -> dict[Path, Text]:
    """Every text of a main file by its path."""
    found: dict[Path, Text] = {}
    for key, value in _items(raw):
        here = (*path, key)
        if isinstance(value, dict) or (_is_list_of_tables(value)):
            found |= texts(value, here)
        elif (key in TEXT_KEYS or (path and path[-1] in TEXT_TABLES)) and _is_text(value):
            found[here] = value
    return found


def leaves(raw: Any, path: Path = ()) -> dict[Path, Any]:
    """Every value of a translation by its path."""
    found: dict[Path, Any] = {}
    for key, value in raw.items():
        if isinstance(value, dict):
            found |= leaves(value, (*path, key))
        else:
            found[(*path, key)] = value
    return found


def _is_list_of_tables(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(v, dict) for v in value)


def _is_text(value: Any) -> bool:
    if isinstance(value, list):
        return all(isinstance(item, str) for item in value)
    return isinstance(value, str)


def _is_filled(value: Any) -> bool:
    if isinstance(value, list):
        return bool(value) and all(isinstance(item, str) and item.strip() for item in value)
    return isinstance(value, str) and bool(value.strip())


def translation_findings(main: Raw, translations: Mapping[str, Raw]) -> tuple[str, ...]:
    """What is missing, empty or unknown in the translations of a main file; one sentence each."""
    wanted = texts(main)
    found = [
        f"{_name(path)}: the text is empty." for path, t in wanted.items() if not _is_filled(t)
    ]
    for language, raw in translations.items():
        given = leaves(raw)
        for path, text in wanted.items():
            found += _one_text(_name(path), language, text, given.get(path))
        found += [
            f"{_name(path)}: the {language} file has a text that the main file does not have."
            for path in given
            if path not in wanted
        ]
    return tuple(found)


def _one_text(name: str, language: str, text: Text, given: Any) -> list[str]:
    if given is None:
        return [f"{name}: the translation in {language} is missing."]
    if not _is_filled(given) or isinstance(given, list) != isinstance(text, list):
        return [f"{name}: the translation in {language} is empty or of another kind."]
    if isinstance(text, list) and _counts(name) and len(given) != len(text):
        return [f"{name}: the translation in {language} has another number of lines."]
    return []


def _counts(name: str) -> bool:
    """Names of months count; paragraphs may be cut differently in another language."""
    return not name.endswith("paragraphs")


def _name(path: Path) -> str:
    return ".".join(path)


def translated(main: Any, translation: Raw) -> Any:
    """The main file's tables with the texts of a translation in their place."""
    return _put(main, leaves(translation), ())


def _put(value: Any, given: Mapping[Path, Any], path: Path) -> Any:
    if isinstance(value, dict):
        return {key: _put(item, given, (*path, key)) for key, item in value.items()}
    if _is_list_of_tables(value):
        return [_put(item, given, (*path, _key_of(item))) for item in value]
    return given.get(path, value)


def _key_of(item: Raw) -> str:
    return str(item.get("key", ""))
