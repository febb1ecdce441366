"""The files a jurist can review, found and read: forms, profiles, help lines.

One main file holds the facts and the Dutch texts; beside it one file per other language holds the
same texts under the same keys (`report.1.toml`, `report.1.fr.toml`, ...).
"""

import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

LANGUAGES = ("nl", "fr", "en", "de")
MAIN_LANGUAGE = "nl"
LIBRARY = Path(__file__).resolve().parent.parent / "library"

Raw = dict[str, Any]


class NotInLibrary(LookupError):
    """No such file in the library, or not in this version or language."""


class Refused(ValueError):
    """A file that is not sound. `findings` holds one sentence per thing that is wrong."""

    def __init__(self, findings: tuple[str, ...]) -> None:
        super().__init__(" ".join(findings))
        self.findings = findings


def parse(text: str) -> Raw:
    """One file's text as nested tables; Refused if it is not TOML."""
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise Refused((f"This is not a TOML file: {error}.",)) from error


def file_text(folder: str, stem: str, language: str) -> str:
    """The text of `library/<folder>/<stem>[.<language>].toml`; NotInLibrary if there is none."""
    suffix = "" if language == MAIN_LANGUAGE else f".{language}"
    path = LIBRARY / folder / f"{stem}{suffix}.toml"
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise NotInLibrary(f"{folder}/{stem} in {language}") from error


@cache
def keys(folder: str) -> tuple[str, ...]:
    """The keys of all main files in a folder of the library, sorted."""
    return tuple(sorted({path.name.split(".")[0] for path in (LIBRARY / folder).glob("*.toml")}))


@cache
def versions(folder: str, key: str) -> tuple[tuple[int, date], ...]:
    """(version, first day of force) of every main file with this key, oldest version first."""
    found = []
    for path in (LIBRARY / folder).glob(f"{key}.*.toml"):
        version = path.name.split(".")[1]
        if path.name == f"{key}.{version}.toml" and version.isdecimal():
            found.append((int(version), parse(path.read_text(encoding="utf-8"))["valid_from"]))
    return tuple(sorted(found))


def version_in_force(folder: str, key: str, on: date) -> int:
    """The newest version in force on a day; NotInLibrary if none is."""
    in_force = [version for version, start in versions(folder, key) if start <= on]
    if not in_force:
        raise NotInLibrary(f"{folder}/{key} on {on.isoformat()}")
    return max(in_force)
