"""Looks for words where nobody may find them: in files, open files, processes and tables.

A word counts as found in any of the shapes in which a program might have left it: as it is, as
UTF-16, as hexadecimal, as base64 at any place in a longer text, in an address, and all of these
inside something that was compressed.
"""

import base64
import os
import re
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, quote_plus

import psycopg

COMPRESSED = re.compile(rb"\x1f\x8b\x08|\x78[\x01\x5e\x9c\xda]")
STEM = 10  # letters
UNFOLDED = 8 * 2**20  # bytes read of one compressed stream


@dataclass(frozen=True, slots=True)
class Found:
    """A word that should not be there."""

    word: str
    shape: str
    place: str


@dataclass(slots=True)
class Scanner:
    """Knows the words, and looks for them. A word is text, or bytes for what is no text."""

    words: Mapping[str, str | bytes] = field(repr=False)
    stems: list[tuple[list[bytes], list[tuple[str, str, bytes]]]] = field(
        default_factory=list, repr=False
    )

    def __post_init__(self) -> None:
        """Words that begin alike are looked for by that beginning first: most places have none."""
        alike: dict[str | bytes, list[str]] = {}
        for name, word in self.words.items():
            alike.setdefault(word[:STEM], []).append(name)
        for stem, names in alike.items():
            shapes = [
                (name, shape, form)
                for name in names
                for form, shape in different_shapes_of(self.words[name]).items()
            ]
            stems = [*different_shapes_of(stem)] if len(names) > 1 else []
            self.stems.append((stems, shapes))

    def look(self, content: bytes, place: str) -> list[Found]:
        """All words in this content, also in what was compressed in it."""
        found = self._plain(content, place)
        for start in COMPRESSED.finditer(content):
            unfolded = _unfold(memoryview(content)[start.start() :])
            if unfolded:
                found += self._plain(unfolded, f"{place} (compressed)")
        return found

    def _plain(self, content: bytes, place: str) -> list[Found]:
        return [
            Found(name, shape, place)
            for stems, shapes in self.stems
            if not stems or any(stem in content for stem in stems)
            for name, shape, form in shapes
            if form in content
        ]

    def files(self, folder: Path, *, since: float = 0.0, but: Path | None = None) -> list[Found]:
        """In every file below this folder that changed since (seconds), its name included; not
        below `but`, where somebody looked already."""
        found = []
        for path in _files(folder, but):
            with suppress(OSError):
                state = path.lstat()
                if max(state.st_mtime, state.st_ctime) < since:
                    continue
                found += self.look(os.fsencode(path), f"the name of {path}")
                found += self.look(path.read_bytes(), str(path))
        return found

    def open_files(self, processes: Iterable[int]) -> list[Found]:
        """In every file these processes hold open, also when it has no name any more."""
        found, seen = [], set()
        for pid in processes:
            for link in Path(f"/proc/{pid}/fd").iterdir():
                with suppress(OSError):
                    state = link.stat()
                    if link.is_file() and (state.st_dev, state.st_ino) not in seen:
                        seen.add((state.st_dev, state.st_ino))
                        place = f"open in process {pid}: {os.readlink(link)}"
                        found += self.look(link.read_bytes(), place)
        return found

    def started_with(self, processes: Iterable[int]) -> list[Found]:
        """In what processes were started with: everybody on the machine may list that."""
        found = []
        for pid in processes:
            for what in ("cmdline", "environ"):
                with suppress(OSError):
                    found += self.look(Path(f"/proc/{pid}/{what}").read_bytes(), f"{what} of {pid}")
        return found

    def sqlite(self, path: Path) -> list[Found]:
        """In every cell of every table."""
        with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as line:
            line.text_factory = bytes
            names = [row[0].decode() for row in line.execute("SELECT name FROM sqlite_master "
                                                             "WHERE type = 'table'")]  # fmt: skip
            return [
                it for name in names
                for row in line.execute(f'SELECT * FROM "{name}"')  # noqa: S608
                for it in self._row(row, name)
            ]  # fmt: skip

    def postgres(self, address: str) -> list[Found]:
        """In every cell of every table."""
        found = []
        with psycopg.connect(address) as line:
            names = [row[0] for row in line.execute(
                "SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]  # fmt: skip
            for name in names:
                for row in line.execute(f'SELECT * FROM "{name}"'.encode()):  # noqa: S608
                    found += self._row(row, name)
        return found

    def _row(self, row: Iterable[object], table: str) -> list[Found]:
        found = []
        for cell in row:
            content = bytes(cell) if isinstance(cell, bytes | memoryview) else str(cell).encode()
            found += self.look(content, f"a row of {table}")
        return found


def shapes_of(word: str | bytes) -> Iterator[tuple[str, bytes]]:
    """The shapes in which a word might lie somewhere."""
    plain = word.encode() if isinstance(word, str) else word
    yield "as it is", plain
    yield "hexadecimal", plain.hex().encode()
    yield "HEXADECIMAL", plain.hex().upper().encode()
    for shift in range(3):
        for name, encode in (("base64", base64.b64encode), ("url", base64.urlsafe_b64encode)):
            # Only the letters that do not depend on what stands before or behind.
            text = encode(bytes(shift) + plain).rstrip(b"=")
            yield f"{name}, {shift} on", text[(0, 2, 3)[shift] : -1]
    if isinstance(word, str):
        yield "UTF-16", word.encode("utf-16-le")
        yield "UTF-16, the other way", word.encode("utf-16-be")
        for text in {quote(word), quote_plus(word)} - {word}:
            yield "in an address", text.encode()


def different_shapes_of(word: str | bytes) -> dict[bytes, str]:
    """Each shape once: digits look the same in both kinds of hexadecimal and of base64."""
    return {form: shape for shape, form in shapes_of(word)}


def _unfold(content: memoryview) -> bytes:
    """What a compressed stream holds, as far as it can be read."""
    engine = zlib.decompressobj(wbits=47)  # gzip or zlib, by its head
    unfolded = b""
    with suppress(zlib.error):
        for start in range(0, len(content), 4096):
            unfolded += engine.decompress(content[start : start + 4096], UNFOLDED - len(unfolded))
            if engine.eof or len(unfolded) >= UNFOLDED:
                break
    return unfolded


def _files(folder: Path, but: Path | None) -> Iterator[Path]:
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if Path(place, name) != but]
        for name in names:
            path = Path(place, name)
            if path.is_file() and not path.is_symlink():
                yield path
