"""The one way in which the vault fails."""

import struct
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from nacl.exceptions import CryptoError

Given = ParamSpec("Given")
Result = TypeVar("Result")


class VaultError(Exception):
    """Something could not be sealed, opened or believed. It never says what: it has no message."""

    def __init__(self) -> None:
        super().__init__()


class TooLong(VaultError):
    """The body of an entry is larger than an entry holds; the text is still with the caller."""


def fails_as_one(function: Callable[Given, Result]) -> Callable[Given, Result]:
    """Turn every cryptographic or layout failure of `function` into a bare `VaultError`.

    The error is raised after the `except` block, not inside it: else its `__context__` would
    carry the original, and a UnicodeEncodeError holds the passphrase it stumbled on. Bare
    RuntimeError is what secretstream and sealing to a low-order key raise.
    """

    @wraps(function)
    def guarded(*args: Given.args, **kwargs: Given.kwargs) -> Result:
        try:
            return function(*args, **kwargs)
        except VaultError:
            raise
        except (CryptoError, RuntimeError, ValueError, OverflowError, struct.error):
            pass
        raise VaultError

    return guarded
