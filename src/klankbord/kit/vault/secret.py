"""Secrets on their way through the program: not shown, not stored, not compared in a hurry."""

import secrets
from typing import Final, NoReturn

from nacl.bindings import sodium_memcmp

KEY_SIZE: Final = 32


def new_key() -> bytes:
    """32 random bytes from the operating system."""
    return secrets.token_bytes(KEY_SIZE)


class Secret:
    """Bytes that appear in no page, log line, session or pickle unless somebody says `reveal`."""

    __slots__ = ("_value",)

    def __init__(self, value: bytes) -> None:
        self._value = bytes(value)

    def reveal(self) -> bytes:
        """The bytes themselves, for the one call that needs them."""
        return self._value

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Secret):
            return NotImplemented
        return sodium_memcmp(self._value, other._value)

    def __repr__(self) -> str:
        return "<secret>"

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        raise TypeError("a secret is not pickled")
