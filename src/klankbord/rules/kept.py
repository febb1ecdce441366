"""What an entry keeps besides words: sealed files, and the answers of a form."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A sealed file, and the key that opens it. `clean` is the copy without hidden data.

    `size` counts bytes; `digest` is the BLAKE2b-256 of the file in hexadecimal, `key` the 32-byte
    key likewise. `type` is a word of `kit.files.sniff.Kind`. Where only the clean copy was kept,
    `clean` names the same blob.
    """

    blob: UUID
    key: str
    name: str
    type: str
    size: int
    digest: str
    clean: "CleanCopy | None" = None

    @property
    def which(self) -> str:
        """What there is: "both", "clean" (nothing else was kept) or "original" (not cleaned)."""
        if self.clean is None:
            return "original"
        return "clean" if self.clean.blob == self.blob else "both"


@dataclass(frozen=True, slots=True)
class CleanCopy:
    """The copy without hidden data; of an image a reader may look at it inside the page."""

    blob: UUID
    key: str
    type: str
    size: int
    digest: str


@dataclass(frozen=True, slots=True)
class Answers:
    """A filled-in form: stored words, never the texts on the screen."""

    form: str
    version: int
    language: str
    answers: Mapping[str, Any]
