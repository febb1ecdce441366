"""Is a profile sound? Every finding is a sentence that names the key it is about."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from string import ascii_lowercase
from typing import Any

from klankbord.rules.library import LANGUAGES, MAIN_LANGUAGE, Raw, Refused, file_text, keys, parse
from klankbord.rules.profiles.shape import ANY, Lead, Regime
from klankbord.rules.translation import translation_findings

#: Every key of a profile and what it must be.
KEYS: Mapping[str, type] = {
    "key": str,
    "title": str,
    "version": int,
    "valid_from": date,
    "lead": str,
    "reports_from_public": bool,
    "story_form": bool,
    "team": bool,
    "first_answer_working_days": int,
    "mail_hours": list,
    "certifiers": int,
    "vocabulary": dict,
    "page": dict,
    "door": list,
    "role": list,
}
MAY_HAVE = frozenset(
    [
        "valid_until",
        "source",
        "default_country",
        "group",
        "category",
        "relation",
        "capacity",
        "family",
        "promise",
        "begins",
        "yearly",
    ]
)
#: Every list of a profile, with what each item must have and may have.
TABLES: Mapping[str, tuple[Mapping[str, type], frozenset[str]]] = {
    "door": (
        {"key": str, "title": str, "text": str},
        frozenset({"form", "letter", "within_days"}),
    ),
    "role": (
        {"key": str, "title": str, "regime": str, "reads": bool, "oversees": bool},
        frozenset({"listens", "mandate_of"}),
    ),
    "group": ({"key": str, "label": str, "roles": list}, frozenset()),
    "category": (
        {"key": str, "label": str, "example": str},
        frozenset({"no_alleged_person", "danger", "retired"}),
    ),
    "relation": ({"key": str, "text": str}, frozenset({"example"})),
    "capacity": ({"key": str, "text": str}, frozenset({"example"})),
    "family": ({"key": str, "text": str}, frozenset({"example"})),
    "promise": ({"key": str, "title": str, "short": str, "long": str}, frozenset()),
}
PAGE: Mapping[str, type] = {
    "hero": str,
    "lede": str,
    "doubt": str,
    "exit_address": str,
    "block": list,
}
BLOCK: Mapping[str, type] = {"key": str, "title": str, "paragraphs": list}
VOCABULARY = frozenset({"counsellor", "counsellors", "unit", "report", "reporter"})


def proof(key: str, version: int, languages: Sequence[str] = LANGUAGES) -> tuple[str, ...]:
    """What is wrong with a shipped profile in all its languages; empty if it is sound."""
    stem = f"{key}.{version}"
    return text_findings(
        file_text("profiles", stem, MAIN_LANGUAGE),
        {
            language: file_text("profiles", stem, language)
            for language in languages
            if language != MAIN_LANGUAGE
        },
    )


def text_findings(main: str, translations: Mapping[str, str]) -> tuple[str, ...]:
    """What is wrong with the text of a profile's files, as for an organisation's own copy."""
    try:
        raw = parse(main)
        others = {language: parse(text) for language, text in translations.items()}
    except Refused as refused:
        return refused.findings
    return structure_findings(raw) + translation_findings(raw, others)


def structure_findings(raw: Raw) -> tuple[str, ...]:
    """What is wrong with the main file itself."""
    found = list(_table("the profile", raw, KEYS, MAY_HAVE | TABLES.keys()))
    for name, (must, may) in TABLES.items():
        found += _list(name, raw.get(name, []), must, may)
    if isinstance(page := raw.get("page"), dict):
        found += _table("page", page, PAGE, frozenset({"telephone_hours", "opening"}))
        found += _list("page.block", page.get("block", []), BLOCK, frozenset())
    if not found:
        found += _sense(raw)
    return tuple(found)


def _list(name: str, value: Any, must: Mapping[str, type], may: frozenset[str]) -> Iterator[str]:
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        yield f"{name}: it must be a list of tables."
        return
    for item in value:
        yield from _table(f"{name} {item.get('key', '')}".strip(), item, must, may)
    keys = [str(item.get("key")) for item in value]
    for key in sorted({key for key in keys if keys.count(key) > 1}):
        yield f"{name} {key}: two of them have this key."


def _table(name: str, table: Raw, must: Mapping[str, type], may: frozenset[str]) -> Iterator[str]:
    for key in table:
        if key not in must and key not in may:
            yield f"{name}: the key {key} is unknown."
    for key, kind in must.items():
        if key not in table:
            yield f"{name}: the key {key} is missing."
        elif not _is(table[key], kind):
            yield f"{name}: {key} is of another kind than it should be."


def _is(value: Any, kind: type) -> bool:
    return isinstance(value, kind) and (kind is bool or not isinstance(value, bool))


def _sense(raw: Raw) -> Iterator[str]:
    if raw["lead"] not in set(Lead):
        yield f"lead: {raw['lead']} is unknown."
    hours = raw["mail_hours"]
    if not hours or not all(_is(hour, int) and 0 <= hour < 24 for hour in hours):
        yield "mail_hours: at least one hour of the day is needed, from 0 to 23."
    for key in ("first_answer_working_days", "certifiers"):
        if raw[key] < 1:
            yield f"{key}: it must be at least one."
    for key in sorted(VOCABULARY - raw["vocabulary"].keys()):
        yield f"vocabulary.{key}: the word is missing."
    roles = {role["key"] for role in raw["role"]}
    promised = {promise["key"] for promise in raw.get("promise", [])}
    for regime in sorted(promised - set(Regime)):
        yield f"promise {regime}: no regime has this name."
    for role in raw["role"]:
        yield from _role_findings(role, promised)
        if role.get("mandate_of", role["key"]) not in roles:
            yield f"role {role['key']}.mandate_of: the role {role['mandate_of']} does not exist."
    for group in raw.get("group", []):
        for role in group["roles"]:
            if role not in roles:
                yield f"group {group['key']}: the role {role} does not exist."
    yield from _course_findings(raw)
    yield from _door_findings(raw["door"])
    if raw["reports_from_public"]:
        yield from _form_findings(raw)


def _door_findings(doors: Sequence[Raw]) -> Iterator[str]:
    letters = [door.get("letter") for door in doors if door.get("form")]
    for door in doors:
        if not door.get("form"):
            continue
        if door["form"] not in keys("forms"):
            yield f"door {door['key']}: the form {door['form']} does not exist."
        letter = door.get("letter", "")
        if len(letter) != 1 or letter not in ascii_lowercase:
            yield f"door {door['key']}: its letter must be one letter from a to z."
        elif letters.count(letter) > 1:
            yield f"door {door['key']}: another door has the letter {letter} too."
        if not _is(door.get("within_days", 0), int) or door.get("within_days", 0) < 0:
            yield f"door {door['key']}: within_days must be a number of days."


def _course_findings(raw: Raw) -> Iterator[str]:
    for form, ways in raw.get("begins", {}).items():
        if not isinstance(ways, dict):
            yield f"begins.{form}: it must say by which procedure, for any or for each regime."
            continue
        for regime, procedure in ways.items():
            if regime != ANY and regime not in set(Regime):
                yield f"begins.{form}.{regime}: no regime has this name."
            if procedure not in keys("procedures"):
                yield f"begins.{form}.{regime}: the procedure {procedure} does not exist."
    for procedure in raw.get("yearly", ()):
        if procedure not in keys("procedures"):
            yield f"yearly: the procedure {procedure} does not exist."


def _role_findings(role: Raw, promised: set[str]) -> Iterator[str]:
    if role.get("listens") and not role["reads"]:
        yield f"role {role['key']}.listens: who listens must be able to read."
    if role["regime"] not in set(Regime):
        yield f"role {role['key']}: the regime {role['regime']} is unknown."
    elif role["regime"] == Regime.NONE and role["reads"]:
        yield f"role {role['key']}: who reads what people tell must have a regime."
    elif role["regime"] != Regime.NONE and role["regime"] not in promised:
        yield f"role {role['key']}: the promise of its regime {role['regime']} is missing."


def _form_findings(raw: Raw) -> Iterator[str]:
    asks = raw["story_form"] or any(door.get("form") for door in raw["door"])
    if asks and not any(role["reads"] for role in raw["role"]):
        yield "role: nobody can read what people tell here."
    for name in ("category", "relation", "capacity"):
        if raw["story_form"] and not raw.get(name):
            yield f"{name}: the form has nothing to choose from."
