"""Key pairs: one to be sealed to (X25519), one to sign with (Ed25519), and their fingerprint."""

from dataclasses import dataclass, field
from typing import Final, NoReturn

from nacl.bindings import crypto_sign_BYTES, sodium_memcmp
from nacl.public import PrivateKey
from nacl.signing import SigningKey, VerifyKey

from klankbord.kit.vault.errors import fails_as_one
from klankbord.kit.vault.labels import Label, digest
from klankbord.kit.vault.layout import exactly
from klankbord.kit.vault.secret import KEY_SIZE, new_key

SIGNATURE_SIZE: Final = crypto_sign_BYTES
FINGERPRINT_DIGITS: Final = 24


@dataclass(frozen=True, slots=True, eq=False)
class KeyPair:
    """The private parts, 32 bytes each: an X25519 scalar and an Ed25519 seed.

    The box part is the private key itself, not a seed that is hashed first.
    """

    box: bytes = field(repr=False)
    sign: bytes = field(repr=False)

    def __post_init__(self) -> None:
        exactly(KEY_SIZE, self.box)
        exactly(KEY_SIZE, self.sign)

    @property
    def box_pub(self) -> bytes:
        """The public key to seal to."""
        return bytes(PrivateKey(self.box).public_key)

    @property
    def sign_pub(self) -> bytes:
        """The public key to check signatures with."""
        return bytes(SigningKey(self.sign).verify_key)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, KeyPair):
            return NotImplemented
        return sodium_memcmp(self.box + self.sign, other.box + other.sign)

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        raise TypeError("a key pair is not pickled")


def new_pair() -> KeyPair:
    """A random key pair."""
    return KeyPair(box=new_key(), sign=new_key())


@fails_as_one
def sign(seed: bytes, message: bytes) -> bytes:
    """The Ed25519 signature (64 bytes) of a message that begins with its `pad16` label."""
    return SigningKey(seed).sign(message).signature


@fails_as_one
def verify(sign_pub: bytes, message: bytes, signature: bytes) -> None:
    """VaultError unless `signature` (64 bytes) was made over `message` with that key."""
    VerifyKey(sign_pub).verify(message, exactly(SIGNATURE_SIZE, signature))


def fingerprint(box_pub: bytes, sign_pub: bytes) -> bytes:
    """32 bytes by which people compare a pair of public keys."""
    return digest(
        exactly(KEY_SIZE, box_pub) + exactly(KEY_SIZE, sign_pub),
        Label.FINGERPRINT,
    )


def fingerprint_text(mark: bytes) -> str:
    """The fingerprint as six groups of four digits, to be read out over the telephone."""
    number = int.from_bytes(exactly(KEY_SIZE, mark), "big") % 10**FINGERPRINT_DIGITS
    digits = f"{number:0{FINGERPRINT_DIGITS}d}"
    return " ".join(digits[start : start + 4] for start in range(0, FINGERPRINT_DIGITS, 4))
