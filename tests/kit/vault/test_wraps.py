"""A key is given to one holder in one place (promises 1 and 5, R-000-31, R-002-18)."""

from dataclasses import asdict, dataclass, replace
from uuid import UUID

import pytest

from klankbord.kit.vault.aead import box_seal
from klankbord.kit.vault.errors import VaultError
from klankbord.kit.vault.pairs import new_pair
from klankbord.kit.vault.wraps import commitment, unwrap_key, wrap_key
from tests.kit.vault.fixed import (
    ANOTHER,
    CASE,
    COMPARTMENT,
    COUNT,
    HOLDER,
    KEY,
    ORGANISATION,
    PAIR,
    flipped,
)


@dataclass(frozen=True)
class Place:
    organisation: UUID = ORGANISATION
    case: UUID = CASE
    compartment: UUID = COMPARTMENT
    epoch: int = 2
    holder: UUID = HOLDER


HERE = Place()
ELSEWHERE = [
    Place(organisation=ANOTHER),
    Place(case=ANOTHER),
    Place(compartment=ANOTHER),
    Place(epoch=3),
    Place(holder=ANOTHER),
]
FIXED_WRAP = bytes.fromhex(
    "c8d0f398bc39e563aae3faa4665016b4e11de5c4f975ebc4119b10b8da246563"
    "082ca64a4dcce27b43875dd7b148f41bd6479e55102547ef7e693ee703b6b701"
    "6e6495f86cac3cf4d58ec927ad854e35e1e61757e3bd43f801ca856fd4474d2e"
    "46495501937fd541fbd53f4899c1f1ae4a41c2d419d4aa54e41f1b751d886d2c"
    "4068ff68598598f3971f3805eca2ff11305fe433930b82a8484f"
)


def wrapped_in(place: Place, key: bytes = KEY) -> bytes:
    return wrap_key(key, to=PAIR.box_pub, **asdict(place))


def unwrapped_in(place: Place, wrapped: bytes, box: bytes = PAIR.box) -> bytes:
    return unwrap_key(wrapped, box_priv=box, **asdict(place))


def test_a_wrap_made_long_ago_still_opens() -> None:
    assert unwrapped_in(HERE, FIXED_WRAP) == KEY
    assert len(wrapped_in(HERE)) == len(FIXED_WRAP)


def test_a_holder_gets_the_key_and_nobody_else_does() -> None:
    wrapped = wrapped_in(HERE)
    assert unwrapped_in(HERE, wrapped) == KEY
    for box, changed in ((new_pair().box, wrapped), (PAIR.box, flipped(wrapped, 60))):
        with pytest.raises(VaultError):
            unwrapped_in(HERE, changed, box)


@pytest.mark.parametrize(
    "elsewhere", ELSEWHERE, ids=["organisation", "case", "compartment", "epoch", "holder"]
)
def test_two_wraps_of_one_member_cannot_be_exchanged(elsewhere: Place) -> None:
    """Promise 5."""
    here, there = wrapped_in(HERE), wrapped_in(elsewhere, COUNT)
    for place, transplanted in ((HERE, there), (elsewhere, here)):
        with pytest.raises(VaultError):
            unwrapped_in(place, transplanted)


def test_a_bare_key_in_a_box_is_no_wrap() -> None:
    place = b"KBWRAP\0\x01" + replace(HERE).organisation.bytes
    for content in (KEY, place + KEY, b""):
        with pytest.raises(VaultError):
            unwrapped_in(HERE, box_seal(PAIR.box_pub, content))


@pytest.mark.parametrize("key", [b"", KEY[:31], KEY + b"\0"])
def test_only_a_key_of_32_bytes_is_wrapped(key: bytes) -> None:
    with pytest.raises(VaultError):
        wrapped_in(HERE, key)


@pytest.mark.parametrize("epoch", [-1, 1 << 16])
def test_an_epoch_fits_in_two_bytes(epoch: int) -> None:
    with pytest.raises(VaultError):
        wrapped_in(Place(epoch=epoch))


def test_nothing_is_wrapped_to_a_key_everybody_can_open() -> None:
    with pytest.raises(VaultError):
        wrap_key(KEY, to=bytes(32), **asdict(HERE))


def test_a_commitment_names_one_key() -> None:
    assert commitment(KEY).hex() == (
        "62cb1028e3f56a3d2a8cb680ca02253fd3a1066815c8d2d4c08fe42966d8fb47"
    )
    assert commitment(KEY) != commitment(COUNT)
    with pytest.raises(VaultError):
        commitment(KEY[:16])
