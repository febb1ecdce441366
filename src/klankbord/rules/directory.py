"""The social map: whom to call, who only listens and who also takes reports, per country."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
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
)
from klankbord.rules.translation import translated, translation_findings

FOLDER = "directory"
#: After this long, opening hours are called "not confirmed" again.
STALE_AFTER = timedelta(days=183)


class Anonymous(StrEnum):
    """Whether one can stay nameless there."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


@dataclass(frozen=True, slots=True)
class HelpLine:
    """Somebody to call, chat with or go to.

    `telephone` is as people read it, `dial` as a telephone dials it; both empty if there is none.
    `urgent` holds the page languages on which the line stands among the first.
    """

    key: str
    group: str
    name: str
    telephone: str
    web: str
    chat: bool
    about: str
    hours: str
    note: str
    audience: tuple[str, ...]
    topics: tuple[str, ...]
    anonymous: Anonymous
    takes_reports: bool
    spoken: tuple[str, ...]
    urgent: tuple[str, ...]
    last_checked: date
    hours_confirmed: bool
    source: str

    @property
    def dial(self) -> str:
        """The number without spaces and dashes."""
        return "".join(character for character in self.telephone if character.isdecimal())

    def hours_hold(self, on: date) -> bool:
        """Whether the hours were confirmed, and not too long ago."""
        return self.hours_confirmed and on - self.last_checked <= STALE_AFTER


@dataclass(frozen=True, slots=True)
class HelpGroup:
    """Help lines under one heading."""

    key: str
    title: str
    lines: tuple[HelpLine, ...]


def countries() -> tuple[str, ...]:
    """The countries that have a directory (`be`, `nl`)."""
    return keys(FOLDER)


@cache
def help_groups(country: str, language: str) -> tuple[HelpGroup, ...]:
    """A country's help lines under their headings, in one language.

    Under each heading, the lines that speak the language of the page come first. NotInLibrary if
    there is no such directory; Refused if the file is not sound.
    """
    translations = {}
    if language != MAIN_LANGUAGE:
        translations[language] = file_text(FOLDER, country, language)
    return read_directory(file_text(FOLDER, country, MAIN_LANGUAGE), translations, language)


def help_lines(country: str, language: str) -> tuple[HelpLine, ...]:
    """All help lines of a country, in the order of its page."""
    return tuple(line for group in help_groups(country, language) for line in group.lines)


def urgent(country: str, language: str) -> tuple[HelpLine, ...]:
    """The few lines that stand on every page: danger first, then somebody to talk to."""
    return tuple(line for line in help_lines(country, language) if language in line.urgent)


def lines_about(topic: str, country: str, language: str) -> tuple[HelpLine, ...]:
    """The lines for one topic, such as `suicide` or `i_did` (R-000-12, R-000-44)."""
    return tuple(line for line in help_lines(country, language) if topic in line.topics)


def read_directory(
    main: str, translations: Mapping[str, str], language: str
) -> tuple[HelpGroup, ...]:
    """Help lines from the text of a directory's files; Refused if unsound."""
    raw = parse(main)
    others = {code: parse(text) for code, text in translations.items()}
    if found := structure_findings(raw) + translation_findings(raw, others):
        raise Refused(found)
    raw = translated(raw, others.get(language, {}))
    lines = sorted(map(_line, raw["line"]), key=lambda line: language not in line.spoken)
    return tuple(
        HelpGroup(
            group["key"],
            group["title"],
            tuple(line for line in lines if line.group == group["key"]),
        )
        for group in raw["group"]
    )


def _line(raw: Raw) -> HelpLine:
    return HelpLine(
        key=raw["key"],
        group=raw["group"],
        name=raw["name"],
        telephone=raw.get("telephone", ""),
        web=raw.get("web", ""),
        chat=raw.get("chat", False),
        about=raw["about"],
        hours=raw["hours"],
        note=raw["note"],
        audience=tuple(raw["audience"]),
        topics=tuple(raw["topics"]),
        anonymous=Anonymous(raw["anonymous"]),
        takes_reports=raw["takes_reports"],
        spoken=tuple(raw["spoken"]),
        urgent=tuple(raw.get("urgent", [])),
        last_checked=raw["last_checked"],
        hours_confirmed=raw["hours_confirmed"],
        source=raw["source"],
    )


MUST: Mapping[str, type] = {
    "key": str,
    "group": str,
    "name": str,
    "about": str,
    "hours": str,
    "note": str,
    "audience": list,
    "topics": list,
    "anonymous": str,
    "takes_reports": bool,
    "spoken": list,
    "last_checked": date,
    "hours_confirmed": bool,
    "source": str,
}
MAY = frozenset({"telephone", "web", "chat", "urgent"})


def proof(country: str, languages: Sequence[str] = LANGUAGES) -> tuple[str, ...]:
    """What is wrong with a shipped directory in all its languages; empty if it is sound."""
    main = parse(file_text(FOLDER, country, MAIN_LANGUAGE))
    others = {
        language: parse(file_text(FOLDER, country, language))
        for language in languages
        if language != MAIN_LANGUAGE
    }
    return structure_findings(main) + translation_findings(main, others)


def structure_findings(raw: Raw) -> tuple[str, ...]:
    """What is wrong with the main file itself; every sentence names the key it is about."""
    return tuple(_findings(raw))


def _findings(raw: Raw) -> Iterator[str]:
    groups = [group.get("key") for group in _tables(raw.get("group"))]
    lines = _tables(raw.get("line"))
    if not groups or not lines:
        yield "line: a directory needs groups and lines."
    named = [line.get("key") for line in lines]
    for line in lines:
        yield from _line_findings(line, groups)
        if named.count(line.get("key")) > 1:
            yield f"{line.get('key')}: two lines have this key."


def _tables(value: Any) -> list[Raw]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _line_findings(line: Raw, groups: Sequence[object]) -> Iterator[str]:
    name = line.get("key")
    for key in line:
        if key not in MUST and key not in MAY:
            yield f"{name}: the key {key} is unknown."
    for key, kind in MUST.items():
        if not isinstance(line.get(key), kind):
            yield f"{name}: {key} is missing or of another kind."
    if line.get("group") not in groups:
        yield f"{name}: the group {line.get('group')} does not exist."
    if line.get("anonymous") not in set(Anonymous):
        yield f"{name}: anonymous is yes, partly or no."
    if not line.get("telephone") and not line.get("web"):
        yield f"{name}: there is no way to reach it."
    for language in [*line.get("spoken", []), *line.get("urgent", [])]:
        if language not in LANGUAGES:
            yield f"{name}: the language {language} is unknown."
