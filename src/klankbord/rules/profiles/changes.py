"""What differs between two versions of an organisation's own words, text by text."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from klankbord.rules.profiles.own import Words

#: In a path: the order of the items of a list, not one of its texts.
ORDER = "order"
PARAGRAPHS = "\n\n"


@dataclass(frozen=True, slots=True)
class Change:
    """One text that differs: where it stands, what it was and what it is; empty is not there."""

    path: tuple[str, ...]
    old: str
    new: str


def changes(old: Words, new: Words) -> tuple[Change, ...]:
    """Every difference, in the order of the new words; what is gone comes last."""
    was, now = dict(_texts(old, ())), dict(_texts(new, ()))
    paths = [*now, *(path for path in was if path not in now)]
    found = [Change(path, was.get(path, ""), now.get(path, "")) for path in paths]
    return tuple(change for change in found if change.old != change.new and _counts(change))


def _counts(change: Change) -> bool:
    """An order says something only between the same items."""
    if change.path[-1] != ORDER:
        return True
    return sorted(change.old.split()) == sorted(change.new.split())


def _texts(value: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    if isinstance(value, Mapping):
        for key, item in value.items():
            if key != "key":
                yield from _texts(item, (*path, key))
    elif isinstance(value, list) and value and isinstance(value[0], Mapping):
        for item in value:
            yield from _texts(item, (*path, str(item["key"])))
        yield (*path, ORDER), " ".join(str(item["key"]) for item in value)
    elif isinstance(value, list):
        yield path, PARAGRAPHS.join(str(item) for item in value)
    elif value:
        yield path, str(value)
