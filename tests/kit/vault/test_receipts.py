"""A receipt that was lost on the way is shown again, to the same form only (promise 12)."""

import pytest

from klankbord.kit.vault.errors import VaultError
from klankbord.kit.vault.labels import checksum
from klankbord.kit.vault.receipts import lookup_of, open_receipt, seal_receipt
from tests.kit.vault.fixed import flipped

RAND = bytes(range(16))


def test_a_receipt_record_is_what_it_always_was(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("secrets.token_bytes", lambda size: bytes(range(size)))
    assert lookup_of(RAND).hex() == (
        "aaabdb90264c041d56cf475118e9418648e6df91ad559a141b6f064e335c26fa"
    )
    assert checksum(seal_receipt(RAND, b"1234")).hex() == (
        "00c1e112882955e1fdf8c8535dc966cea4d18846eb10c562a801d73ace0abc84"
    )


def test_the_form_that_made_a_receipt_opens_it() -> None:
    assert open_receipt(RAND, seal_receipt(RAND, b"1234")) == b"1234"


def test_no_other_form_opens_a_receipt() -> None:
    sealed = seal_receipt(RAND, b"1234")
    for rand, changed in (
        (RAND[::-1], sealed),
        (RAND[:15], sealed),
        (RAND, flipped(sealed, 50)),
        (RAND, b""),
    ):
        with pytest.raises(VaultError):
            open_receipt(rand, changed)


def test_receipts_of_all_kinds_are_equally_long() -> None:
    assert len({len(seal_receipt(RAND, b"w" * length)) for length in (0, 20, 900)}) == 1
