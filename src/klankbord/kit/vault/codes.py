"""The reporter's keys, out of the code she wrote down and nothing else."""

from dataclasses import dataclass, field
from typing import Final

from klankbord.kit.vault.errors import VaultError
from klankbord.kit.vault.labels import Label, kdf
from klankbord.kit.vault.pairs import KeyPair
from klankbord.kit.vault.stretching import CODE_COST, stretch

CODE_DIGITS: Final = 19


@dataclass(frozen=True, slots=True)
class ReporterKeys:
    """Where her channel is found (32 bytes) and the pair that opens it and signs for her."""

    lookup: bytes = field(repr=False)
    pair: KeyPair


def reporter_keys(digits19: str, *, pepper: bytes, salt: bytes) -> ReporterKeys:
    """The keys of a code of exactly 19 ASCII digits, its check digit already taken off.

    `pepper` (32 bytes) and `salt` (16 bytes) are the installation's. Costs about 25 ms and
    19 MiB: take a slot of the throttle first. Every code has keys; whether a report belongs to
    them only the lookup tells.
    """
    if len(digits19) != CODE_DIGITS or not (digits19.isascii() and digits19.isdigit()):
        raise VaultError
    main = stretch(digits19.encode(), Label.CODE_MATERIAL, CODE_COST, pepper=pepper, salt=salt)
    pair = KeyPair(box=kdf(main, Label.CODE_BOX), sign=kdf(main, Label.CODE_SIGN))
    return ReporterKeys(lookup=kdf(main, Label.CODE_LOOKUP), pair=pair)
