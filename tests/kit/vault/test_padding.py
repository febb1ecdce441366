"""Sizes tell a class, not a length (promise 18)."""

import pytest

from klankbord.kit.vault.errors import VaultError
from klankbord.kit.vault.padding import pad, padme, unpad

KIB = 1024


@pytest.mark.parametrize(
    ("length", "padded"),
    [
        (0, KIB),
        (1, KIB),
        (KIB - 1, KIB),
        (KIB, 2 * KIB),
        (2 * KIB - 1, 2 * KIB),
        (4 * KIB - 1, 4 * KIB),
        (8 * KIB - 1, 8 * KIB),
        (16 * KIB - 1, 16 * KIB),
        (32 * KIB - 1, 32 * KIB),
        (32 * KIB, 64 * KIB),
        (64 * KIB - 1, 64 * KIB),
        (64 * KIB, 128 * KIB),
        (128 * KIB, 192 * KIB),
        (1024 * KIB, 1088 * KIB),
    ],
)
def test_a_length_is_filled_up_to_its_class_and_found_again(length: int, padded: int) -> None:
    words = b"w" * length
    assert len(pad(words)) == padded
    assert unpad(pad(words)) == words


def test_words_that_look_like_filling_survive() -> None:
    for words in (b"\x80", b"\x80\x00\x00", bytes(100), b"word\x80" + bytes(1018)):
        assert unpad(pad(words)) == words


def test_a_higher_floor_hides_more() -> None:
    assert len(pad(b"words", floor=4096)) == 4096
    assert unpad(pad(b"words", floor=4096)) == b"words"


@pytest.mark.parametrize("floor", [0, -1, 512, 1000, 3000, 131072])
def test_a_floor_is_one_of_the_classes(floor: int) -> None:
    with pytest.raises(VaultError):
        pad(b"words", floor=floor)


@pytest.mark.parametrize(
    "padded",
    [b"", b"\x80", bytes(KIB), b"\x80" + bytes(KIB), b"\x80" + bytes(3 * KIB - 1), b"w" * KIB],
    ids=["nothing", "one byte", "no end", "odd size", "three KiB", "no filling"],
)
def test_a_filling_that_pad_never_made_is_refused(padded: bytes) -> None:
    with pytest.raises(VaultError):
        unpad(padded)


@pytest.mark.parametrize(
    ("size", "filled"),
    [
        (0, 65536),
        (1, 65536),
        (65536, 65536),
        (65537, 67584),
        (66000, 67584),
        (100_000, 100_352),
        (1_000_000, 1_015_808),
        (1 << 20, 1 << 20),
        (25_000_000, 25_165_824),
    ],
)
def test_a_file_is_filled_up_to_its_padme_size(size: int, filled: int) -> None:
    assert padme(size) == filled
    assert padme(filled) == filled


def test_padme_costs_at_most_an_eighth() -> None:
    for size in range(65536, 5_000_000, 9973):
        assert size <= padme(size) <= size * 1.125
