"""What a scheme of severity is: danger first, criteria by level, and the response per level."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

UNKNOWN = "unknown"


class Addressee(StrEnum):
    """For whom a response is: a response that forgets one of them is half a response."""

    ALLEGED = "alleged"
    CONCERNED = "concerned"
    BYSTANDERS = "bystanders"
    ORGANISATION = "organisation"


@dataclass(frozen=True, slots=True)
class Danger:
    """A question that comes before any level, and what to do at once after a yes or a doubt."""

    key: str
    title: str
    guidance: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Response:
    """Something that belongs to a level. `must` makes it a task; the rest is advice.

    `if_all_registered`: only where the organisation registers everything (P15). `steps`: the steps
    of procedures in which it is done; the first that is needed in a case is the one.
    """

    key: str
    title: str
    to: Addressee
    must: bool = False
    if_all_registered: bool = False
    steps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Level:
    """One level. `rank` orders them and is never shown, stored or added up."""

    key: str
    title: str
    about: str
    rank: int
    two_people: bool
    response: tuple[Response, ...]


@dataclass(frozen=True, slots=True)
class Criterion:
    """Something to weigh: a question, what each level looks like, and what to find out."""

    key: str
    title: str
    question: str
    levels: Mapping[str, str]
    asks_for: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Factor:
    """Something that makes it heavier. It proposes a level; people decide."""

    key: str
    title: str
    question: str
    lower: str
    higher: str


@dataclass(frozen=True, slots=True)
class Scheme:
    """A scheme in one language, in one version. Without criteria one level is simply chosen."""

    key: str
    version: int
    language: str
    title: str
    intro: tuple[str, ...]
    source: str
    valid_from: date
    dangers: tuple[Danger, ...]
    levels: tuple[Level, ...]
    criteria: tuple[Criterion, ...]
    factors: tuple[Factor, ...]

    def level(self, key: str) -> Level:
        """The level with this key; KeyError if there is none."""
        for level in self.levels:
            if level.key == key:
                return level
        raise KeyError(key)
