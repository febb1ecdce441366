"""An organisation's own words, laid over the profile that we ship (P12, R-000-15, R-000-41).

The words come in parts, each a table of the shape that profiles have. Some are per language, as
texts are; the others hold for the whole organisation and keep texts by language inside.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any

from klankbord.rules.library import LANGUAGES, Raw


class Part(StrEnum):
    """What an organisation can write itself; the value is the word that is stored."""

    PAGE = "page"
    CATEGORIES = "categories"
    PROMISES = "promises"
    VOCABULARY = "vocabulary"
    REACH = "reach"
    THEME = "theme"
    CALENDAR = "calendar"


#: Parts that are written once for each language; the others have the language "".
PER_LANGUAGE = frozenset({Part.PAGE, Part.PROMISES, Part.VOCABULARY})
Words = Mapping[str, Any]
#: The words in force, by part and language.
Own = Mapping[tuple[str, str], Words]

OTHER = "other"
OWN_KEY = "own_"


def laid_over(shipped: Raw, own: Own, language: str) -> Raw:
    """The tables of a shipped profile in one language, with own words in place of ours.

    What was not written in this language stays as we ship it.
    """
    promises = own.get((Part.PROMISES, language), {})
    return {
        **shipped,
        "page": _page(shipped["page"], own, language),
        "vocabulary": {**shipped["vocabulary"], **own.get((Part.VOCABULARY, language), {})},
        "promise": [{**it, **promises.get(it["key"], {})} for it in shipped.get("promise", [])],
        "category": categories(
            shipped.get("category", []), own.get((Part.CATEGORIES, ""), {}), language
        ),
    }


def _page(shipped: Raw, own: Own, language: str) -> Raw:
    reach, calendar = own.get((Part.REACH, ""), {}), own.get((Part.CALENDAR, ""), {})
    said = {
        "exit_address": reach.get("exit_address"),
        "telephone_hours": in_language(reach.get("hours", {}), language),
        "opening": in_language(calendar.get("opening", {}), language),
    }
    written = own.get((Part.PAGE, language), {})
    return {**shipped, **written, **{key: text for key, text in said.items() if text}}


def in_language(texts: Mapping[str, str], language: str) -> str:
    """The text in this language, or else in the first that was filled in."""
    return next((texts[code] for code in (language, *LANGUAGES) if texts.get(code)), "")


# Categories ---------------------------------------------------------------------------------------


def categories(shipped: Iterable[Raw], words: Words, language: str) -> list[Raw]:
    """What it can be about, in the order of the organisation; ours that it does not name follow."""
    ours = {it["key"]: it for it in shipped}
    lines = words.get("category", [])
    named = {line["key"] for line in lines}
    return [_category(ours.get(line["key"], {}), line, language) for line in lines] + [
        it for key, it in ours.items() if key not in named
    ]


def _category(ours: Raw, line: Words, language: str) -> Raw:
    """One of ours keeps its name: only the example is the organisation's."""
    texts = {code: dict(text) for code, text in line.get("texts", {}).items()}
    example = texts.get(language, {}).get("example")
    retired = {"retired": True} if line.get("retired") else {}
    if ours:
        return {**ours, **({"example": example} if example else {}), **retired}
    nobody = {"no_alleged_person": True} if line.get("no_alleged_person") else {}
    return {
        "key": line["key"],
        "label": in_language(_column(texts, "label"), language),
        "example": in_language(_column(texts, "example"), language),
        **nobody,
        **retired,
    }


def _column(texts: Mapping[str, Mapping[str, str]], name: str) -> dict[str, str]:
    return {code: text.get(name, "") for code, text in texts.items()}


def stays_offered(category: Raw) -> bool:
    """Whether a category of ours cannot be switched off: nobody in danger, and nobody whose story
    fits nowhere, may find no place to tell it.
    """
    return bool(category.get("danger")) or category["key"] == OTHER


def next_key(lines: Iterable[Words]) -> str:
    """A word for a new category that none of these has."""
    taken = [str(line["key"]).removeprefix(OWN_KEY) for line in lines]
    return f"{OWN_KEY}{max((int(it) for it in taken if it.isdecimal()), default=0) + 1}"


def settled(before: Words, now: Words) -> Words:
    """What may be published after `before`: a stored word keeps its meaning (R-000-15).

    A category whose name was changed gets a new word, and the old one is retired under its old
    name; so is one that was taken out. Reports that chose it go on to say what they said.
    """
    lines = [dict(line) for line in now["category"]]
    old = {line["key"]: line for line in before.get("category", [])}
    for line in lines:
        if line["key"] in old and _means_something_else(old[line["key"]], line):
            line["key"] = next_key([*lines, *old.values()])
    kept = {line["key"] for line in lines}
    gone = [{**line, "retired": True} for key, line in old.items() if key not in kept]
    return {**now, "category": lines + gone}


def _means_something_else(old: Words, new: Words) -> bool:
    if not str(old["key"]).startswith(OWN_KEY):
        return False
    were, are = _column(old["texts"], "label"), _column(new["texts"], "label")
    renamed = any(text and are.get(code) != text for code, text in were.items())
    return renamed or bool(old.get("no_alleged_person")) != bool(new.get("no_alleged_person"))
