"""An organisation's own text of a procedure, rewritten line by line: everything else stays as it
was written, remarks included.

Nothing here is judged. What comes out may be unsound; `proof` says what is wrong with it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import tomlkit
from tomlkit.exceptions import ParseError

from klankbord.rules.library import LANGUAGES, MAIN_LANGUAGE, Refused
from klankbord.rules.procedures.reading import shipped_texts
from klankbord.rules.procedures.structure import as_list

Path = tuple[str, ...]
Words = str | Sequence[str]

#: Texts that need not be there; empty in every language means not there.
MAY_LACK = frozenset({"guidance", "reporter", "intro"})
#: Where a step names other steps.
_OF_STEPS = ("waits_for", "expects", "leads_to")
_OF_OUTCOMES = ("leads_to", "drops")
_OF_ENDINGS = ("never_without", "reopens_at")
#: Where whatever comes after a step takes its place once it is gone.
_GOES_ON = frozenset({"start", "leads_to"})


@dataclass(frozen=True, slots=True)
class Texts:
    """The text of the main file, and those of the other files by language."""

    main: str
    translations: Mapping[str, str]

    def of(self, language: str) -> str:
        """The text of the file in one language."""
        return self.main if language == MAIN_LANGUAGE else self.translations.get(language, "")


def shipped(key: str, version: int) -> Texts:
    """Our own files; NotInLibrary if there are none."""
    return Texts(*shipped_texts(key, version))


def headed(texts: Texts, *, key: str, version: int, valid_from: date) -> Texts:
    """The same text with the name, number and first day that it goes by."""
    writing = Writing(texts)
    writing.head(key=key, version=version, valid_from=valid_from)
    return writing.texts


class Writing:
    """The files of a procedure, open to be changed. Refused if one of them is not TOML."""

    def __init__(self, texts: Texts) -> None:
        self.files = {language: _open(texts.of(language), language) for language in LANGUAGES}

    @property
    def texts(self) -> Texts:
        """What the files say now."""
        written = {language: tomlkit.dumps(file) for language, file in self.files.items()}
        return Texts(written.pop(MAIN_LANGUAGE), written)

    def head(self, **words: str | int | date | None) -> None:
        """Lines at the top of the main file; none takes a line out."""
        for key, word in words.items():
            if word is None:
                self.main.pop(key, None)
            else:
                self.main[key] = word

    def say(self, path: Path, words: Mapping[str, Words]) -> None:
        """A text in every language (`nl`, `fr`, `en`, `de`), at its path in the files."""
        lacks = path[-1] in MAY_LACK and not any(words.values())
        for language, file in self.files.items():
            table = _table(file, path[:-1], make=not lacks)
            if lacks and table is not None:
                table.pop(path[-1], None)
            elif table is not None and language in words:
                _put(table, path[-1], words[language])

    def put(self, path: Path, value: Any) -> None:
        """Something that is no text, in the main file; none takes it out."""
        table = _table(self.main, path[:-1], make=False)
        if table is None:
            return
        if value is None:
            table.pop(path[-1], None)
        else:
            _put(table, path[-1], value)

    def switch_off(self, step: str) -> None:
        """Take a step out; what it ordinarily led to comes in its place."""
        table = _table(self.main, ("step", step), make=False)
        if table is None:
            return
        after = [key for key in _ordinarily(table) if key != step]
        for holder, name, steps in _naming(self.main):
            if step in steps:
                place = after if name in _GOES_ON else []
                _put(holder, name, _instead(steps, step, place))
        steps = self.main["step"]
        del steps[[it.get("key") for it in steps].index(step)]
        for file in self._others():
            file.get("step", {}).pop(step, None)

    def switch_on(self, step: str, ours: Texts) -> None:
        """Put a step of ours back where it was, with every line that named it."""
        shipped = Writing(ours)
        table = _table(shipped.main, ("step", step), make=False)
        if table is None or _table(self.main, ("step", step), make=False) is not None:
            return
        order = [str(it["key"]) for it in shipped.main["step"]]
        self._insert(step, table, order)
        for language, file in self.files.items():
            if language != MAIN_LANGUAGE:
                texts = _table(shipped.files[language], ("step", step), make=False)
                _table(file, ("step",), make=True)[step] = texts
        after = set(_ordinarily(table))
        known = {str(it["key"]) for it in self.main["step"]}
        was = {where: steps for where, _, _, steps in _placed(shipped.main)}
        for where, holder, name, steps in list(_placed(self.main)):
            before = was.get(where, [])
            if step in before and step not in steps:
                kept = [key for key in steps if key not in before and key not in after]
                _put(holder, name, [*(key for key in before if key in known), *kept])

    def _insert(self, step: str, table: Any, order: list[str]) -> None:
        steps = self.main["step"]
        here = [str(it["key"]) for it in steps]
        earlier = [key for key in order[: order.index(step)] if key in here]
        steps.insert(here.index(earlier[-1]) + 1 if earlier else 0, table)

    def _others(self) -> Iterator[Any]:
        return (file for code, file in self.files.items() if code != MAIN_LANGUAGE)

    @property
    def main(self) -> Any:
        """The main file."""
        return self.files[MAIN_LANGUAGE]


def _open(text: str, language: str) -> Any:
    try:
        return tomlkit.parse(text)
    except (ParseError, RecursionError) as error:
        raise Refused((f"The file in {language} is not a TOML file: {error}.",)) from error


def _table(file: Any, path: Path, *, make: bool) -> Any:
    """The table at a path. In a list of tables an item is found by its `key`."""
    table = file
    for step in path:
        if isinstance(table, list):
            found = next((it for it in table if it.get("key") == step), None)
        else:
            found = table.get(step)
            if found is None and make:
                table[step] = tomlkit.table()
                found = table[step]
        if found is None:
            return None
        table = found
    return table


def _put(table: Any, key: str, value: Any) -> None:
    if isinstance(value, list | tuple):
        lines = tomlkit.array()
        lines.extend(value)
        long = sum(map(len, map(str, value))) > 90
        table[key] = lines.multiline(long)
    else:
        table[key] = value


def _naming(main: Any) -> Iterator[tuple[Any, str, list[str]]]:
    """Every place where steps are named: the table, the key, and the steps."""
    for _, holder, name, steps in _placed(main):
        yield holder, name, steps


def _placed(main: Any) -> Iterator[tuple[Path, Any, str, list[str]]]:
    yield from _named(("start",), main, ("start",))
    for key, ending in main.get("ending", {}).items():
        yield from _named(("ending", key), ending, _OF_ENDINGS)
    for step in main.get("step", []):
        here = ("step", str(step.get("key")))
        yield from _named(here, step, _OF_STEPS)
        for key, outcome in step.get("outcome", {}).items():
            yield from _named((*here, key), outcome, _OF_OUTCOMES)


def _named(
    where: Path, holder: Any, names: Sequence[str]
) -> Iterator[tuple[Path, Any, str, list[str]]]:
    for name in names:
        if name in holder:
            yield (*where, name), holder, name, [str(it) for it in as_list(holder[name])]


def _ordinarily(step: Any) -> list[str]:
    """Where the first outcome of a step leads."""
    first = next(iter(step.get("outcome", {}).values()), step)
    return [str(it) for it in as_list(first.get("leads_to", []))]


def _instead(steps: list[str], gone: str, place: list[str]) -> list[str]:
    at = steps.index(gone)
    return list(dict.fromkeys([*steps[:at], *place, *steps[at + 1 :]]))
