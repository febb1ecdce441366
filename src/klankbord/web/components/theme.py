"""The style sheet of an organisation that chose its own colours: ours, with its tokens at the end.

It comes in place of ours, so a first visit asks for nothing more (promise 8); its name changes with
its contents, so a browser may keep it.
"""

import gzip
import hashlib
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from django.contrib.staticfiles import finders

from klankbord.rules.contrast import CHOSEN, Theme

OURS = "klankbord/theme.css"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A style sheet: the name of its contents, its bytes, and the same compressed."""

    name: str
    css: bytes = field(repr=False)
    compressed: bytes = field(repr=False)


@lru_cache(maxsize=64)
def sheet_of(theme: Theme) -> Sheet:
    """Our style sheet in these colours."""
    css = _ours() + tokens_of(theme).encode()
    name = hashlib.blake2b(css, digest_size=8).hexdigest()
    return Sheet(name, css, gzip.compress(css, 9, mtime=0))


def tokens_of(theme: Theme) -> str:
    """The colours as the kit's tokens."""
    tokens = theme.tokens
    lines = (f"--kb-{name.replace('_', '-')}:{tokens[name]}" for name in (*CHOSEN, "brand_strong"))
    return f"\n:root{{{';'.join(lines)}}}\n"


@lru_cache(maxsize=1)
def _ours() -> bytes:
    return Path(str(finders.find(OURS))).read_bytes()
