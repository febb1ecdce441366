"""Labels keep one key from doing two jobs (promise 34)."""

import re

import pytest

from klankbord.kit.vault.errors import VaultError
from klankbord.kit.vault.labels import Label, digest, kdf, keyed, pad16
from klankbord.kit.vault.magics import MAGIC_SIZE, SUITE, Magic, suite_of
from tests.kit.vault.fixed import COUNT

KDF_VECTORS = {
    b"kb1.entry.sig": "41fc754cbbc0c56f22a9260bd5b61752",
    b"kb1.entry.hash": "c57976ab726016a6fabb7ad180996376",
    b"kb1.cert": "e2b90c05b0f4fd8a12c8071841e7c0f9",
    b"kb1.fingerprint": "0f1f73ccf7c30d2de8e213def543f3fc",
    b"kb1.key.commit": "a15eb7d1c5f2a7320365a58edd4fc514",
    b"kb1.code.ikm": "1505bdc9e98f0ea236426bd4a72f3b1a",
    b"kb1.code.lookup": "e29d98fcf48910e2dcbf243e810c03ae",
    b"kb1.code.box": "455e9d688de65b05f168c9a14f6961ec",
    b"kb1.code.sign": "196486cad374158cd1c0ebb81010e3f4",
    b"kb1.pass.ikm": "89c0cf53a540b43af876a4ad00ba4e1c",
    b"kb1.fake.salt": "9036e66302835b2de8d3c23067c673c0",
    b"kb1.recovery": "ad4d82a955b48bc09d1d298a5d15d956",
    b"kb1.profile": "64da0f4d273c8b74156ff13a3d9d5029",
    b"kb1.receipt": "4dfbee57d2a25793543123effdd0eb81",
    b"kb1.receipt.id": "9041d3008aaa01ba288e53b4e5737378",
    b"kb1.session.id": "694e1a134bc5d0689a84b9089bafdde9",
    b"kb1.session.key": "97f71d0182430699449127c2664f4753",
    b"kb1.pepper.fp": "993e09ccbb2189d417e90c7b52878592",
    b"kb1.invitation": "2ccb93b1ea1248ae9ba925a39c2015e0",
    b"kb1.device": "cd2c1220a81d8cb6ff06a0e45f8b0526",
    b"kb1.consent": "ba35c9dea7198fa1da1b65c43235ef10",
    b"kb1.exception": "80df1feb9e11607dc7ff27e842f752ba",
    b"kb1.register": "010e0dd962fdb14b15beedf2354ac587",
}


def test_every_label_is_short_enough_for_blake2b_and_belongs_to_this_version() -> None:
    for label in Label:
        assert len(label.value) <= 16
        assert re.fullmatch(rb"kb1(\.[a-z]+){1,2}", label.value)


def test_no_label_is_used_twice() -> None:
    labels = [pad16(label) for label in Label.__members__.values()]
    assert len(set(labels)) == len(labels)
    assert {len(label) for label in labels} == {16}


@pytest.mark.parametrize("label", list(Label), ids=lambda label: label.name.lower())
def test_each_label_derives_the_key_it_always_derived(label: Label) -> None:
    assert kdf(COUNT, label, 16).hex() == KDF_VECTORS[label.value]


def test_keyed_and_plain_hashes_stay_what_they_are() -> None:
    assert keyed(b"abc", COUNT, Label.DEVICE).hex() == (
        "c5216c3fb5056507b545b70f8819dfe88242983de28ceda013cfcdb9552580b0"
    )
    assert digest(b"abc", Label.FINGERPRINT).hex() == (
        "6577a424842403cf4aa8e963358d8d51a2d89370a1f9b89f3fef0e6e060947a6"
    )


@pytest.mark.parametrize("key", [b"", b"short", bytes(65)], ids=["empty", "short", "too long"])
def test_nothing_is_derived_from_a_key_of_a_wrong_size(key: bytes) -> None:
    with pytest.raises(VaultError):
        kdf(key, Label.DEVICE)


def test_every_magic_is_eight_bytes_and_ends_with_the_suite() -> None:
    magics = [magic.value for magic in Magic.__members__.values()]
    assert len(set(magics)) == len(magics)
    for magic in magics:
        assert len(magic) == MAGIC_SIZE
        assert suite_of(magic) == SUITE


def test_the_suite_of_something_unknown_is_not_guessed() -> None:
    for unknown in (b"", b"KBBLOB\0", b"GIF89a\0\x01"):
        with pytest.raises(VaultError):
            suite_of(unknown)
