"""What people remember or write down, made costly to guess: pepper first, then Argon2id."""

from dataclasses import dataclass
from typing import Final

from nacl.pwhash import argon2id

from klankbord.kit.vault.errors import fails_as_one
from klankbord.kit.vault.labels import Label, kdf, keyed
from klankbord.kit.vault.layout import exactly
from klankbord.kit.vault.secret import KEY_SIZE

MIB: Final = 1 << 20
SALT_SIZE: Final = argon2id.SALTBYTES


@dataclass(frozen=True, slots=True)
class Cost:
    """How often Argon2id goes over how many bytes of memory."""

    passes: int
    memory: int


CODE_COST: Final = Cost(passes=2, memory=19 * MIB)
PASSPHRASE_COST: Final = Cost(passes=3, memory=64 * MIB)


@fails_as_one
def stretch(spoken: bytes, label: Label, cost: Cost, *, pepper: bytes, salt: bytes) -> bytes:
    """32 bytes from something a person said. `pepper` has 32 bytes, `salt` 16."""
    material = keyed(spoken, exactly(KEY_SIZE, pepper), label)
    return argon2id.kdf(
        KEY_SIZE, material, exactly(SALT_SIZE, salt), opslimit=cost.passes, memlimit=cost.memory
    )


def pepper_fingerprint(pepper: bytes) -> bytes:
    """8 bytes by which the data know their pepper again; a mismatch refuses to start."""
    return kdf(exactly(KEY_SIZE, pepper), Label.PEPPER_FINGERPRINT, 8)
