"""Fixed-width fields of the byte layouts."""

from klankbord.kit.vault.errors import VaultError, fails_as_one


def exactly(size: int, value: bytes) -> bytes:
    """`value`, if it has `size` bytes; packing alone would cut or fill it in silence."""
    if len(value) != size:
        raise VaultError
    return value


@fails_as_one
def unsigned(size: int, number: int) -> bytes:
    """A whole number as `size` big-endian bytes; negative or too large is a VaultError."""
    return number.to_bytes(size, "big")
