"""Fixed keys, ids and places from which the vectors and the swaps are made."""

from dataclasses import replace
from uuid import UUID

from klankbord.kit.vault.entries import Header
from klankbord.kit.vault.pairs import KeyPair

COUNT = bytes(range(32))
KEY = bytes([0x4B]) * 32
NONCE = bytes(range(24))
PEPPER = bytes([0x70]) * 32
SALT = bytes([0x5A]) * 16
MASTER = bytes([0x6D]) * 32
HEAD = bytes([0x66]) * 32

ORGANISATION = UUID(bytes=bytes([0x11]) * 16)
CASE = UUID(bytes=bytes([0x22]) * 16)
COMPARTMENT = UUID(bytes=bytes([0x33]) * 16)
HOLDER = UUID(bytes=bytes([0x44]) * 16)
MEMBER = UUID(bytes=bytes([0x55]) * 16)
ACCOUNT = UUID(bytes=bytes([0x77]) * 16)
BLOB = UUID(bytes=bytes([0x99]) * 16)
ANOTHER = UUID(bytes=bytes([0xAA]) * 16)

PAIR = KeyPair(box=COUNT, sign=COUNT[::-1])
HEADER = Header(
    organisation=ORGANISATION,
    case=CASE,
    seq=7,
    compartment=COMPARTMENT,
    epoch=2,
    day=20000,
    prev=HEAD,
)
BODY = b'{"kind":"Noted","v":1}'


def a_header(**changes: object) -> Header:
    """The fixed header, with other values where the test says so."""
    return replace(HEADER, **changes)  # type: ignore[arg-type]


def flipped(data: bytes, at: int) -> bytes:
    """`data` with one bit changed."""
    changed = bytearray(data)
    changed[at] ^= 1
    return bytes(changed)
