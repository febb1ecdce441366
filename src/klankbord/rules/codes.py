"""The numbers that people copy by hand: a reporter's code, a case's reference, a recovery code."""

import base64
import binascii
import hashlib
import unicodedata

DIGITS = 20

# Damm's quasigroup of order ten: it notices every single wrong digit and every swap of neighbours.
_DAMM = (
    (0, 3, 1, 7, 5, 9, 8, 6, 4, 2),
    (7, 0, 9, 2, 1, 5, 4, 8, 6, 3),
    (4, 2, 0, 6, 8, 7, 1, 3, 5, 9),
    (1, 7, 5, 0, 9, 8, 3, 4, 2, 6),
    (6, 1, 2, 3, 0, 4, 5, 9, 7, 8),
    (3, 6, 7, 4, 2, 0, 9, 5, 8, 1),
    (5, 8, 6, 9, 7, 2, 0, 1, 3, 4),
    (8, 9, 4, 5, 3, 6, 2, 0, 1, 7),
    (9, 4, 3, 8, 6, 1, 7, 2, 0, 5),
    (2, 5, 8, 1, 4, 3, 6, 7, 9, 0),
)

# Without letters and digits that people confuse when they read them out.
REFERENCE_ALPHABET = "2345679ACDEFGHJKMNPQRTVWXYZ"
REFERENCE_LENGTH = 4
ACTIVITY_LENGTH = 8


class CodeMistyped(ValueError):
    """The code cannot be right: its length or its check digit is wrong. Reveals nothing."""


def check_digit(digits: str) -> str:
    """The Damm digit that belongs behind `digits` (ASCII digits)."""
    interim = 0
    for digit in digits:
        interim = _DAMM[interim][int(digit)]
    return str(interim)


def new_code(number: int) -> str:
    """A reporter's code of 20 digits for a random `number` below 10^19."""
    digits = f"{number:019d}"
    return digits + check_digit(digits)


def read_code(text: str) -> str:
    """The 20 digits that somebody typed, whatever they put between them.

    Accepts any decimal digits of Unicode, spaces, dots, dashes and direction marks.
    Raises `CodeMistyped`.
    """
    digits = "".join(_digit(sign) for sign in unicodedata.normalize("NFKC", text) if _counts(sign))
    if len(digits) != DIGITS or check_digit(digits[:-1]) != digits[-1]:
        raise CodeMistyped
    return digits


def spaced(code: str) -> tuple[str, ...]:
    """The code in groups of four, as it stands on the card."""
    return tuple(code[start : start + 4] for start in range(0, len(code), 4))


def _counts(sign: str) -> bool:
    return not (sign.isspace() or unicodedata.category(sign) in {"Pd", "Cf"} or sign in ".,·_")


def _digit(sign: str) -> str:
    try:
        return str(unicodedata.decimal(sign))
    except ValueError:
        raise CodeMistyped from None


def reference(prefix: str, number: int) -> str:
    """The reference of a case: letters of the organisation, then a random group, as `RAV-7KQ2`.

    Not counted: a number that grows would tell how many others there are.
    """
    base = len(REFERENCE_ALPHABET)
    signs = [REFERENCE_ALPHABET[number // base**place % base] for place in range(REFERENCE_LENGTH)]
    letters = "".join(sign for sign in prefix if sign.isalnum())[:3]
    return f"{letters.upper()}-{''.join(signs)}"


def references() -> int:
    """How many different references one prefix allows."""
    return int(len(REFERENCE_ALPHABET) ** REFERENCE_LENGTH)


def activity_word(number: int) -> str:
    """What stands for an activity in its address, as `k7q2xr9d`: random, so nobody finds others."""
    base = len(REFERENCE_ALPHABET)
    signs = [REFERENCE_ALPHABET[number // base**place % base] for place in range(ACTIVITY_LENGTH)]
    return "".join(signs).lower()


def activity_words() -> int:
    """How many different words for an activity there are."""
    return int(len(REFERENCE_ALPHABET) ** ACTIVITY_LENGTH)


def recovery_text(secret: bytes) -> str:
    """A 16-byte recovery secret as groups that can be written down, with two check signs."""
    text = base64.b32encode(secret + _check(secret)).decode().rstrip("=")
    return "-".join(text[start : start + 5] for start in range(0, len(text), 5))


def read_recovery(text: str) -> bytes:
    """The 16 bytes in a recovery code as typed. Raises `CodeMistyped`."""
    signs = "".join(sign for sign in unicodedata.normalize("NFKC", text).upper() if sign.isalnum())
    signs = signs.replace("0", "O").replace("1", "I").replace("8", "B")
    try:
        raw = base64.b32decode(signs + "=" * (-len(signs) % 8))
    except (binascii.Error, ValueError):
        raise CodeMistyped from None
    if len(raw) != 18 or _check(raw[:16]) != raw[16:]:
        raise CodeMistyped
    return raw[:16]


def _check(secret: bytes) -> bytes:
    return hashlib.blake2b(secret, digest_size=2, person=b"kb1.recovery.chk").digest()
