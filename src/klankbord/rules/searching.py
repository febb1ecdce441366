"""Finding words in cases that somebody may read: what matches, and the words around it.

Pure, and without an index: one of sealed words would tell how often each is used (vault §2.10).
Accents and capitals make no difference; every word must occur somewhere in the case.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass

from klankbord.rules.entries import Answers, Entry, KeysArranged

SHORTEST = 2  # letters: below that nearly every case would match
MOST_WORDS = 10
AROUND = 60  # letters shown on each side
FIRST_COMBINING = "\u0300"
#: Fields that hold words of the system, never of people.
NOT_SAID = frozenset(
    {
        "blob", "box", "by", "commit", "digest", "fingerprint", "key", "kind", "language", "of",
        "procedure", "reason", "sign", "step", "type", "version",
    }
)  # fmt: skip


class SearchTooShort(ValueError):
    """No word of at least two letters."""


@dataclass(frozen=True, slots=True)
class Snippet:
    """A piece of text around the first word that was found."""

    before: str = field(repr=False)
    found: str = field(repr=False)
    after: str = field(repr=False)


def folded(text: str) -> str:
    """A text without capitals and accents, to compare with."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(
        sign for sign in apart if sign < FIRST_COMBINING or not unicodedata.combining(sign)
    )


def words_in(asked: str) -> tuple[str, ...]:
    """The words to look for, folded, the longest first. Raises `SearchTooShort`."""
    words = {word for word in folded(asked).split() if len(word) >= SHORTEST}
    if not words:
        raise SearchTooShort
    return tuple(sorted(words, key=lambda word: (-len(word), word))[:MOST_WORDS])


def said_in(entry: Entry) -> Iterator[str]:
    """Everything people said in an entry, but for the answers of a form."""
    if isinstance(entry, KeysArranged):
        yield entry.why
    else:
        yield from _said(entry)


def _said(value: object) -> Iterator[str]:
    match value:
        case str():
            yield value
        case Answers():
            return
        case Mapping():
            for item in value.values():
                yield from _said(item)
        case tuple() | list():
            for item in value:
                yield from _said(item)
    if is_dataclass(value):
        for it in fields(value):
            if it.name not in NOT_SAID:
                yield from _said(getattr(value, it.name))


def snippet(texts: Iterable[str], words: Sequence[str]) -> Snippet | None:
    """The first piece of these texts with one of the words; None when all words do not occur."""
    texts = list(texts)
    compared = [folded(text) for text in texts]
    if any(not any(word in text for text in compared) for word in words):
        return None
    for word in words:
        for text, plain in zip(texts, compared, strict=True):
            if word in plain:
                return _piece(text, plain.index(word), len(word))
    return None


def _piece(text: str, start: int, length: int) -> Snippet:
    """Cut a text around a place in its folded form: folding may make a sign longer or drop one."""
    places = [place for place, sign in enumerate(text) for _ in folded(sign)]
    first, last = places[start], places[start + length - 1] + 1
    begin, end = max(0, first - AROUND), min(len(text), last + AROUND)
    return Snippet(
        before=("…" if begin else "") + text[begin:first],
        found=text[first:last],
        after=text[last:end] + ("…" if end < len(text) else ""),
    )
