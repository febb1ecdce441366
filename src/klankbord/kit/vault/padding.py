"""Sizes in classes, so that a sealed thing does not tell how much was said."""

from typing import Final

from nacl.bindings.utils import sodium_pad, sodium_unpad

from klankbord.kit.vault.errors import VaultError, fails_as_one

SMALLEST_CLASS: Final = 1024
LARGEST_CLASS: Final = 65536
BLOB_FLOOR: Final = 65536


def _class_for(size: int, floor: int) -> int:
    """The block to fill up: the first power of two above `size`, at most 64 KiB."""
    block = floor
    while block <= size and block < LARGEST_CLASS:
        block *= 2
    return block


@fails_as_one
def pad(plain: bytes, *, floor: int = SMALLEST_CLASS) -> bytes:
    """Fill up to 1, 2, 4, 8, 16, 32, 64 KiB, and above that to a multiple of 64 KiB.

    At least one byte (0x80) is added, so a class of 1024 holds 1023 bytes. `floor` is the
    smallest class to use, a power of two from 1024 to 65536.
    """
    if floor.bit_count() != 1 or not SMALLEST_CLASS <= floor <= LARGEST_CLASS:
        raise VaultError
    return sodium_pad(plain, _class_for(len(plain), floor))


@fails_as_one
def unpad(padded: bytes) -> bytes:
    """What `pad` was given. VaultError if the size is in no class or the filling is wrong."""
    block = min(len(padded), LARGEST_CLASS)
    if block < SMALLEST_CLASS or block.bit_count() != 1 or len(padded) % block:
        raise VaultError
    return sodium_unpad(padded, block)


def padme(size: int) -> int:
    """The Padmé size for a file of `size` bytes: at most 12 % more, at least 64 KiB."""
    size = max(size, BLOB_FLOOR)
    exponent = size.bit_length() - 1
    mask = (1 << (exponent - exponent.bit_length())) - 1
    return (size + mask) & ~mask
