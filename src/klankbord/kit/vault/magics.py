"""What each sealed thing begins with: seven bytes of name and one of suite."""

from enum import Enum, unique

from klankbord.kit.vault.errors import VaultError

MAGIC_SIZE = 8
SUITE = 1


@unique
class Magic(bytes, Enum):
    """The kinds of sealed things, as the table in the package docstring lists them."""

    ENTRY = b"KBENTRY\x01"
    WRAP = b"KBWRAP\0\x01"
    BOOKMARK = b"KBMARK\0\x01"
    BLOB = b"KBBLOB\0\x01"
    MASTER = b"KBMASTR\x01"
    RECOVERY = b"KBRECOV\x01"
    PROFILE = b"KBPROFL\x01"
    RECEIPT = b"KBRECPT\x01"
    SESSION = b"KBSESSN\x01"
    REGISTER = b"KBREGRW\x01"


def suite_of(sealed: bytes) -> int:
    """The suite a sealed thing with a visible magic was written in, for counting old ones."""
    if sealed[: MAGIC_SIZE - 1] not in {magic.value[:-1] for magic in Magic}:
        raise VaultError
    if len(sealed) < MAGIC_SIZE:
        raise VaultError
    return sealed[MAGIC_SIZE - 1]
