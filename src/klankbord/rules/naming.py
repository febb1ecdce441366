"""Whom a name could mean that somebody typed: said too often rather than too seldom.

Pure. A person decides whom it means; until then nobody whom it could mean gets a report by default.
"""

import re
from collections.abc import Mapping
from uuid import UUID

from klankbord.rules.searching import folded

WORD = re.compile(r"\w+")
SHORTEST = 3  # letters of a name
PARTICLES = frozenset(
    {"van", "den", "der", "des", "ten", "ter", "het", "von", "und", "las", "los", "del"}
)


def could_mean(typed: str, names: Mapping[UUID, str]) -> frozenset[UUID]:
    """Everybody of whom a first or a last name occurs in what was typed (R-000-31)."""
    said = set(_words(typed))
    return frozenset(who for who, name in names.items() if said & _names(name))


def _names(name: str) -> set[str]:
    return {it for it in _words(name) if len(it) >= SHORTEST} - PARTICLES


def _words(text: str) -> list[str]:
    return WORD.findall(folded(text))
