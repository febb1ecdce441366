"""Entries fit one place only, and stay what their writer signed (promises 1, 4 and 10)."""

from dataclasses import replace
from itertools import permutations
from uuid import UUID

import pytest

from klankbord.kit.vault.aead import encrypt
from klankbord.kit.vault.entries import (
    HEAD0,
    Header,
    Opened,
    Sealed,
    check_entry,
    entry_hash,
    open_entry,
    seal_entry,
)
from klankbord.kit.vault.errors import TooLong, VaultError
from klankbord.kit.vault.labels import checksum
from klankbord.kit.vault.padding import pad
from klankbord.kit.vault.pairs import new_pair
from tests.kit.vault.fixed import (
    ANOTHER,
    BODY,
    COUNT,
    HEADER,
    KEY,
    MEMBER,
    NONCE,
    PAIR,
    a_header,
    flipped,
)

H = (
    "4b42454e54525901"  # the magic
    "11111111111111111111111111111111"  # organisation
    "22222222222222222222222222222222"  # case
    "00000007"  # seq
    "33333333333333333333333333333333"  # compartment
    "0002"  # epoch
    "00004e20"  # day
    "6666666666666666666666666666666666666666666666666666666666666666"  # the entry before
)
SIGNATURE = (
    "ac31d7d3d88912daf39fe1fecac5f291eab986a3e35c2264354f7aa74b2b4f89"
    "7929064bb2de802d87fa22e4d29450830d4c0498e39e2246b52badc9ce05f109"
)


def an_entry(header: Header = HEADER, body: bytes = BODY) -> Sealed:
    return seal_entry(header, key=KEY, signer=MEMBER, seed=PAIR.sign, body=body)


def opened_in(header: Header, entry: Sealed, key: bytes = KEY) -> Opened:
    return open_entry(header, key=key, nonce=entry.nonce, sealed=entry.sealed)


def test_a_header_is_98_bytes_in_this_order() -> None:
    assert HEADER.pack().hex() == H
    assert len(HEADER.pack()) == 98


def test_a_sealed_entry_is_what_it_always_was(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("secrets.token_bytes", lambda size: bytes(range(size)))
    entry = an_entry()
    assert entry.nonce == NONCE
    assert len(entry.sealed) == 1024 + 16
    assert checksum(entry.sealed).hex() == (
        "8a544bdf4cf4e606589b30326b2acc63dd95790b0b5b1e566d74c185e40946d8"
    )
    assert entry.hash.hex() == "bb526ae06d0986efbaa08444799e98ee9489e5f7b378bb043129011d7b5f336a"


def test_an_entry_opens_in_its_place_and_names_its_writer() -> None:
    opened = opened_in(HEADER, an_entry())
    assert opened == Opened(signer=MEMBER, signature=bytes.fromhex(SIGNATURE), body=BODY)
    check_entry(HEADER, opened, PAIR.sign_pub)


def test_the_first_entry_follows_32_zero_bytes() -> None:
    assert not any(HEAD0)
    assert len(HEAD0) == 32
    first = a_header(seq=0, prev=HEAD0)
    check_entry(first, opened_in(first, an_entry(first)), PAIR.sign_pub)


@pytest.mark.parametrize(
    "elsewhere",
    [
        a_header(organisation=ANOTHER),
        a_header(case=ANOTHER),
        a_header(seq=8),
        a_header(compartment=ANOTHER),
        a_header(epoch=3),
        a_header(day=20001),
        a_header(prev=HEAD0),
    ],
    ids=["organisation", "case", "seq", "compartment", "epoch", "day", "prev"],
)
def test_an_entry_opens_in_no_other_place(elsewhere: Header) -> None:
    entry = an_entry()
    with pytest.raises(VaultError):
        opened_in(elsewhere, entry)
    with pytest.raises(VaultError):
        check_entry(elsewhere, opened_in(HEADER, entry), PAIR.sign_pub)


@pytest.mark.parametrize("column", ["sealed", "nonce", "compartment", "epoch", "day", "seq"])
def test_two_rows_cannot_exchange_a_column(column: str) -> None:
    """Promise 4, pairwise over three rows under the same key."""
    headers = (
        a_header(),
        a_header(seq=8, day=20001, epoch=3, compartment=ANOTHER),
        a_header(seq=9, day=20002, epoch=4, compartment=UUID(int=5)),
    )
    rows = [(header, an_entry(header)) for header in headers]
    for (header, entry), (other_header, other_entry) in permutations(rows, 2):
        if column in {"sealed", "nonce"}:
            changed = header, replace(entry, **{column: getattr(other_entry, column)})
        else:
            changed = replace(header, **{column: getattr(other_header, column)}), entry
        with pytest.raises(VaultError):
            opened_in(*changed)


@pytest.mark.parametrize("at", [0, 500, -1])
def test_a_changed_bit_is_not_opened(at: int) -> None:
    entry = an_entry()
    with pytest.raises(VaultError):
        opened_in(HEADER, replace(entry, sealed=flipped(entry.sealed, at)))


def test_the_key_of_another_epoch_opens_nothing() -> None:
    with pytest.raises(VaultError):
        opened_in(HEADER, an_entry(), key=COUNT)


def test_an_entry_altered_by_somebody_with_the_key_and_chained_again_is_not_believed() -> None:
    """Promise 10: the seal and the chain are right, the signature is not."""
    first = a_header(seq=0, prev=HEAD0)
    original = opened_in(first, an_entry(first))
    forged = replace(original, body=b'{"kind":"Noted","v":2}')
    payload = pad(forged.signer.bytes + forged.signature + forged.body)
    sealed = encrypt(KEY, NONCE, payload, ad=first.pack())
    second = a_header(seq=1, prev=entry_hash(first, NONCE, sealed))
    chained = opened_in(second, an_entry(second))

    check_entry(second, chained, PAIR.sign_pub)
    reopened = open_entry(first, key=KEY, nonce=NONCE, sealed=sealed)
    assert reopened == forged
    with pytest.raises(VaultError):
        check_entry(first, reopened, PAIR.sign_pub)


def test_an_entry_signed_by_another_hand_is_not_believed() -> None:
    with pytest.raises(VaultError):
        check_entry(HEADER, opened_in(HEADER, an_entry()), new_pair().sign_pub)


def test_a_payload_without_room_for_a_signature_is_refused() -> None:
    sealed = encrypt(KEY, NONCE, pad(bytes(79)), ad=HEADER.pack())
    with pytest.raises(VaultError):
        open_entry(HEADER, key=KEY, nonce=NONCE, sealed=sealed)


def test_a_redacted_entry_does_not_open() -> None:
    with pytest.raises(VaultError):
        open_entry(HEADER, key=KEY, nonce=NONCE, sealed=b"")


def test_stories_of_one_to_nine_hundred_bytes_look_alike() -> None:
    """Promise 18."""
    sizes = {len(an_entry(body=b"w" * length).sealed) for length in range(1, 901)}
    assert sizes == {1040}


@pytest.mark.parametrize(
    ("length", "padded"),
    [(943, 1024), (944, 2048), (40_000, 65_536), (65_456, 131_072), (1 << 20, 1_114_112)],
)
def test_longer_stories_fall_in_classes(length: int, padded: int) -> None:
    entry = an_entry(body=b"w" * length)
    assert len(entry.sealed) == padded + 16
    assert opened_in(HEADER, entry).body == b"w" * length


def test_a_body_over_one_mebibyte_is_too_long() -> None:
    with pytest.raises(TooLong):
        an_entry(body=bytes((1 << 20) + 1))


def test_the_hash_of_an_entry_covers_its_place_its_nonce_and_its_seal() -> None:
    entry = an_entry()
    assert entry_hash(HEADER, entry.nonce, entry.sealed) == entry.hash
    assert entry_hash(a_header(day=20001), entry.nonce, entry.sealed) != entry.hash
    assert entry_hash(HEADER, flipped(entry.nonce, 3), entry.sealed) != entry.hash
    assert entry_hash(HEADER, entry.nonce, flipped(entry.sealed, 3)) != entry.hash
    with pytest.raises(VaultError):
        entry_hash(HEADER, entry.nonce + b"\0", entry.sealed)


@pytest.mark.parametrize(
    "header",
    [
        a_header(seq=-1),
        a_header(seq=1 << 32),
        a_header(epoch=1 << 16),
        a_header(day=-1),
        a_header(prev=bytes(31)),
    ],
    ids=["seq below", "seq above", "epoch", "day", "prev"],
)
def test_a_place_that_does_not_fit_the_layout_is_refused(header: Header) -> None:
    with pytest.raises(VaultError):
        header.pack()
