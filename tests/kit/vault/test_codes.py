"""The code a reporter wrote down is all she needs, and all there is (promises 2 and 34)."""

import pytest

from klankbord.kit.vault.codes import reporter_keys
from klankbord.kit.vault.errors import VaultError
from klankbord.kit.vault.stretching import pepper_fingerprint
from tests.kit.vault.fixed import PEPPER, SALT

CODE = "0123456789012345678"


def test_a_code_gives_the_keys_it_always_gave() -> None:
    keys = reporter_keys(CODE, pepper=PEPPER, salt=SALT)
    assert keys.lookup.hex() == "270f76aea32ec09bfe8712529270c62bf744f029826c188570741007d583b2ed"
    assert keys.pair.box.hex() == (
        "d6d9305daf2599f429937c39cbb6b625e896e4d88c531c8930bc43f8d46e2287"
    )
    assert keys.pair.sign.hex() == (
        "db49d9348ad72d86fda8c6336fcc66ac6b38de30f252e21d43419dc87b8e3251"
    )
    assert keys.pair.box_pub.hex() == (
        "e937f6aab71552286184329cf2318d1ab2b6c248c24787a11b1c1aa6d7425040"
    )
    assert keys.pair.sign_pub.hex() == (
        "476de33bc78d8519ffa8e5a40de8d90e94af9792fb3057166ba541092566d6c2"
    )


def test_another_code_pepper_or_installation_gives_other_keys() -> None:
    known = reporter_keys(CODE, pepper=PEPPER, salt=SALT)
    for other in (
        reporter_keys("0123456789012345679", pepper=PEPPER, salt=SALT),
        reporter_keys(CODE, pepper=PEPPER[::-1][:-1] + b"x", salt=SALT),
        reporter_keys(CODE, pepper=PEPPER, salt=bytes(16)),
    ):
        assert other.lookup != known.lookup
        assert other.pair != known.pair


@pytest.mark.parametrize(
    "typed",
    ["", CODE[:-1], CODE + "9", "0123 4567 8901 2345", "०१२३४५६७८९०१२३४५६७८", "x" * 19, "²" * 19],
)
def test_only_nineteen_plain_digits_are_a_code(typed: str) -> None:
    with pytest.raises(VaultError):
        reporter_keys(typed, pepper=PEPPER, salt=SALT)


def test_pepper_and_salt_have_their_size() -> None:
    for pepper, salt in ((b"", SALT), (PEPPER[:31], SALT), (PEPPER, SALT[:15])):
        with pytest.raises(VaultError):
            reporter_keys(CODE, pepper=pepper, salt=salt)


def test_the_data_know_their_pepper_again_without_holding_it() -> None:
    assert pepper_fingerprint(PEPPER).hex() == "f54540caa3090cda"
    assert pepper_fingerprint(bytes(32)) != pepper_fingerprint(PEPPER)
