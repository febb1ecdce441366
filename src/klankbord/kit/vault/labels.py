"""The closed list of labels: each derivation, hash and signature has its own, never reused."""

from enum import Enum, unique

from nacl.bindings.crypto_generichash import generichash_blake2b_salt_personal

from klankbord.kit.vault.errors import VaultError, fails_as_one

LABEL_SIZE = 16
SMALLEST_KEY = 16
"""BLAKE2b with an empty key is an ordinary hash, so short keys are refused."""


@unique
class Label(bytes, Enum):
    """What a derived value is for: the `person` of BLAKE2b or the head of a signed message."""

    ENTRY_SIGNATURE = b"kb1.entry.sig"
    ENTRY_HASH = b"kb1.entry.hash"
    CERTIFICATE = b"kb1.cert"
    FINGERPRINT = b"kb1.fingerprint"
    KEY_COMMITMENT = b"kb1.key.commit"
    CODE_MATERIAL = b"kb1.code.ikm"
    CODE_LOOKUP = b"kb1.code.lookup"
    CODE_BOX = b"kb1.code.box"
    CODE_SIGN = b"kb1.code.sign"
    PASSPHRASE_MATERIAL = b"kb1.pass.ikm"
    FAKE_SALT = b"kb1.fake.salt"
    RECOVERY = b"kb1.recovery"
    PROFILE = b"kb1.profile"
    RECEIPT = b"kb1.receipt"
    RECEIPT_LOOKUP = b"kb1.receipt.id"
    SESSION_ID = b"kb1.session.id"
    SESSION_KEY = b"kb1.session.key"
    PEPPER_FINGERPRINT = b"kb1.pepper.fp"
    INVITATION = b"kb1.invitation"
    DEVICE = b"kb1.device"
    CONSENT = b"kb1.consent"
    EXCEPTION = b"kb1.exception"
    REGISTER = b"kb1.register"


def pad16(label: Label) -> bytes:
    """The label filled with zero bytes to 16: the first bytes of every message we sign."""
    return label.value.ljust(LABEL_SIZE, b"\0")


@fails_as_one
def digest(data: bytes, label: Label, size: int = 32) -> bytes:
    """BLAKE2b of `data` under its label, `size` bytes."""
    return generichash_blake2b_salt_personal(data, digest_size=size, person=label.value)


@fails_as_one
def keyed(data: bytes, key: bytes, label: Label, size: int = 32) -> bytes:
    """BLAKE2b of `data` with a key of 16 to 64 bytes, under its label."""
    if len(key) < SMALLEST_KEY:
        raise VaultError
    return generichash_blake2b_salt_personal(data, digest_size=size, key=key, person=label.value)


def kdf(key: bytes, label: Label, size: int = 32) -> bytes:
    """A new key of `size` bytes from a key of 16 to 64 bytes: keyed BLAKE2b of nothing."""
    return keyed(b"", key, label, size)


def checksum(data: bytes) -> bytes:
    """Plain BLAKE2b-256, where the layout asks for a hash inside a labelled message."""
    return generichash_blake2b_salt_personal(data, digest_size=32)
