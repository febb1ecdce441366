"""Pairs, signatures and the fingerprint people compare."""

import pytest
from nacl.public import PrivateKey

from klankbord.kit.vault.errors import VaultError
from klankbord.kit.vault.pairs import (
    KeyPair,
    fingerprint,
    fingerprint_text,
    new_pair,
    sign,
    verify,
)
from tests.kit.vault.fixed import COUNT, PAIR, flipped


def test_a_box_key_is_the_private_key_itself_and_no_seed() -> None:
    assert PAIR.box_pub.hex() == "8f40c5adb68f25624ae5b214ea767a6ec94d829d3d7b5e1ad1ba6f3e2138285f"
    assert PAIR.box_pub == bytes(PrivateKey(COUNT).public_key)
    assert PAIR.box_pub != bytes(PrivateKey.from_seed(COUNT).public_key)


def test_a_signing_key_is_made_from_its_seed() -> None:
    assert PAIR.sign_pub.hex() == (
        "712651f450ba05b63898b99ef5f7ba45632e8e2527f7f715cd671ec4024cc51e"
    )


def test_every_new_pair_is_another_one() -> None:
    assert new_pair() != new_pair()


def test_a_pair_has_two_parts_of_32_bytes() -> None:
    for box, seed in ((bytes(31), bytes(32)), (bytes(32), b"")):
        with pytest.raises(VaultError):
            KeyPair(box=box, sign=seed)


def test_a_signature_holds_for_one_message_and_one_signer() -> None:
    signature = sign(PAIR.sign, b"message")
    assert len(signature) == 64
    verify(PAIR.sign_pub, b"message", signature)
    for key, message, claimed in (
        (new_pair().sign_pub, b"message", signature),
        (PAIR.sign_pub, b"another", signature),
        (PAIR.sign_pub, b"message", flipped(signature, 5)),
        (PAIR.sign_pub, b"message", signature[:63]),
        (PAIR.sign_pub, b"message", b""),
        (bytes(32), b"message", signature),
        (b"", b"message", signature),
    ):
        with pytest.raises(VaultError):
            verify(key, message, claimed)


def test_a_key_everybody_can_sign_for_is_believed_by_nobody() -> None:
    neutral = bytes([1]) + bytes(31)
    with pytest.raises(VaultError):
        verify(neutral, b"message", neutral + bytes(32))


def test_a_fingerprint_is_six_groups_of_four_digits() -> None:
    mark = fingerprint(PAIR.box_pub, PAIR.sign_pub)
    assert mark.hex() == "a57372665f5b6494174788c55b5db635124ae43037cc4684a10d7ffea1006d88"
    assert fingerprint_text(mark) == "0631 1046 2476 7255 5611 2776"
    assert fingerprint_text(bytes(32)) == "0000 0000 0000 0000 0000 0000"


def test_a_fingerprint_covers_both_keys_in_their_order() -> None:
    mark = fingerprint(PAIR.box_pub, PAIR.sign_pub)
    assert fingerprint(PAIR.sign_pub, PAIR.box_pub) != mark
    assert fingerprint(new_pair().box_pub, PAIR.sign_pub) != mark
    with pytest.raises(VaultError):
        fingerprint(PAIR.box_pub[:31], PAIR.sign_pub)
