"""Whatever is sealed opens only with its key, in its place, unchanged."""

from functools import partial

import pytest

from klankbord.kit.vault.aead import (
    box_open,
    box_seal,
    seal,
    seal_marked,
    unseal,
    unseal_marked,
)
from klankbord.kit.vault.errors import VaultError
from klankbord.kit.vault.magics import Magic
from klankbord.kit.vault.pairs import new_pair
from tests.kit.vault.fixed import COUNT, KEY, PAIR, flipped

LOW_ORDER = [
    bytes(32),
    bytes([1]) + bytes(31),
    bytes.fromhex("e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800"),
    bytes.fromhex("5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157"),
]


def test_what_is_sealed_opens_again() -> None:
    assert unseal(KEY, seal(KEY, b"words", ad=b"place"), ad=b"place") == b"words"


def test_the_same_words_are_never_sealed_alike() -> None:
    assert seal(KEY, b"words", ad=b"place") != seal(KEY, b"words", ad=b"place")


@pytest.mark.parametrize("at", [0, 23, 24, -1], ids=["nonce", "nonce end", "text", "tag"])
def test_a_changed_bit_is_not_opened(at: int) -> None:
    with pytest.raises(VaultError):
        unseal(KEY, flipped(seal(KEY, b"words", ad=b"place"), at), ad=b"place")


def test_another_key_or_place_opens_nothing() -> None:
    sealed = seal(KEY, b"words", ad=b"place")
    for key, place in ((COUNT, b"place"), (KEY, b"elsewhere"), (KEY[:16], b"place")):
        with pytest.raises(VaultError):
            unseal(key, sealed, ad=place)


@pytest.mark.parametrize("sealed", [b"", bytes(23), bytes(24), bytes(39)])
def test_too_little_to_be_a_seal_is_refused(sealed: bytes) -> None:
    with pytest.raises(VaultError):
        unseal(KEY, sealed, ad=b"place")


def test_nothing_is_sealed_or_opened_without_a_place() -> None:
    for sealing in (seal, partial(seal_marked, Magic.SESSION)):
        with pytest.raises(VaultError):
            sealing(KEY, b"words", ad=b"")
    for opening in (unseal, partial(unseal_marked, Magic.SESSION)):
        with pytest.raises(VaultError):
            opening(KEY, seal(KEY, b"words", ad=b"place"), ad=b"")


def test_a_marked_seal_says_what_it_is_and_opens_as_nothing_else() -> None:
    sealed = seal_marked(Magic.SESSION, KEY, b"words", ad=b"row")
    assert sealed.startswith(b"KBSESSN\x01")
    assert unseal_marked(Magic.SESSION, KEY, sealed, ad=b"row") == b"words"
    disguised = Magic.RECEIPT.value + sealed[8:]
    another_suite = sealed[:7] + b"\x02" + sealed[8:]
    for magic, changed in (
        (Magic.RECEIPT, sealed),
        (Magic.RECEIPT, disguised),
        (Magic.SESSION, another_suite),
    ):
        with pytest.raises(VaultError):
            unseal_marked(magic, KEY, changed, ad=b"row")


def test_a_sealed_box_opens_for_its_recipient_only() -> None:
    sealed = box_seal(PAIR.box_pub, b"words")
    assert box_open(PAIR.box, sealed) == b"words"
    for key, changed in (
        (new_pair().box, sealed),
        (PAIR.box, flipped(sealed, 0)),
        (PAIR.box, flipped(sealed, -1)),
        (PAIR.box, sealed[:47]),
        (PAIR.box[:31], sealed),
    ):
        with pytest.raises(VaultError):
            box_open(key, changed)


@pytest.mark.parametrize("key", [*LOW_ORDER, b"", bytes(31)], ids=lambda key: key.hex()[:6])
def test_nothing_is_sealed_to_a_key_everybody_can_open(key: bytes) -> None:
    with pytest.raises(VaultError):
        box_seal(key, b"words")
