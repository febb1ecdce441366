"""One telephone number as people write it: `0470 00 01 12`, `+32 (0)3 000 00 00`."""

import re

WRITTEN = re.compile(r"\+?[\d ()./-]{3,40}")
FEWEST, MOST = 3, 15  # digits: 112, and the longest of ITU-T E.164


def is_telephone(text: str) -> bool:
    """Whether this is one number, that a telephone can call; not two, and nothing beside it."""
    digits = sum(sign.isdigit() for sign in text)
    return bool(WRITTEN.fullmatch(text)) and FEWEST <= digits <= MOST
