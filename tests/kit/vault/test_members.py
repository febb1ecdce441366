"""Opening the master key is the log-in; nothing stored checks a passphrase (R-004-054)."""

import unicodedata

import pytest

from klankbord.kit.vault.errors import VaultError
from klankbord.kit.vault.labels import checksum
from klankbord.kit.vault.members import (
    fake_salt,
    open_master,
    open_profile,
    open_recovery,
    passphrase_key,
    recovery_key,
    seal_master,
    seal_profile,
    seal_recovery,
)
from tests.kit.vault.fixed import ACCOUNT, ANOTHER, COUNT, KEY, MASTER, PEPPER, SALT, flipped

PASSPHRASE = "een café aan de vaart"
PASSPHRASE_KEY = "fa9de1a3feed59d5d3dbaeaa8c8a463cad34ae6a721f20631a9b4f3aae65b404"


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_passphrase_gives_one_key_on_every_keyboard(form: str) -> None:
    typed = unicodedata.normalize(form, PASSPHRASE)  # type: ignore[arg-type]
    assert passphrase_key(typed, pepper=PEPPER, salt=SALT).hex() == PASSPHRASE_KEY


def test_another_pepper_or_salt_gives_another_key() -> None:
    assert passphrase_key(PASSPHRASE, pepper=COUNT, salt=SALT).hex() != PASSPHRASE_KEY
    assert passphrase_key(PASSPHRASE, pepper=PEPPER, salt=bytes(16)).hex() != PASSPHRASE_KEY


def test_an_unknown_name_has_a_salt_that_never_changes() -> None:
    assert fake_salt("noor", pepper=PEPPER).hex() == "84f0293672025eb464c9d6d81e3b7550"
    assert fake_salt("sami", pepper=PEPPER) != fake_salt("noor", pepper=PEPPER)
    assert fake_salt("noor", pepper=COUNT) != fake_salt("noor", pepper=PEPPER)


def test_a_recovery_code_gives_one_key_without_a_pepper() -> None:
    assert recovery_key(bytes(range(16))).hex() == (
        "ce1c559e76f6d604fb97fd166d2a5b81575fb6bca11871b2c3153e877d750e3d"
    )
    with pytest.raises(VaultError):
        recovery_key(bytes(15))


def test_a_sealed_master_key_is_what_it_always_was(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("secrets.token_bytes", lambda size: bytes(range(size)))
    assert seal_master(MASTER, key=KEY, account=ACCOUNT).hex() == (
        "4b424d4153545201000102030405060708090a0b0c0d0e0f1011121314151617"
        "0094f99975686def2dbc4c91386a14f4c206599ade6af506d62af011af27452c"
        "0b541b3a7afa0cfec1c287cb51935709"
    )
    assert seal_recovery(MASTER, key=KEY, account=ACCOUNT).hex() == (
        "4b425245434f5601000102030405060708090a0b0c0d0e0f1011121314151617"
        "0094f99975686def2dbc4c91386a14f4c206599ade6af506d62af011af27452c"
        "592373ce950bd59a3314b4d7461a2978"
    )
    assert checksum(seal_profile(b"{}", master=MASTER, account=ACCOUNT)).hex() == (
        "be546317425fd52c2914dc581d3eae9ab69eaf19429bb44210517a74eed41976"
    )


def test_the_master_key_opens_with_its_own_key_for_its_own_account() -> None:
    sealed = seal_master(MASTER, key=KEY, account=ACCOUNT)
    assert open_master(sealed, key=KEY, account=ACCOUNT) == MASTER
    for changed, key, account in (
        (sealed, COUNT, ACCOUNT),
        (sealed, KEY, ANOTHER),
        (flipped(sealed, 40), KEY, ACCOUNT),
        (b"", KEY, ACCOUNT),
    ):
        with pytest.raises(VaultError):
            open_master(changed, key=key, account=account)


def test_a_passphrase_seal_and_a_recovery_seal_are_not_each_other() -> None:
    by_passphrase = seal_master(MASTER, key=KEY, account=ACCOUNT)
    by_recovery = seal_recovery(MASTER, key=KEY, account=ACCOUNT)
    assert open_recovery(by_recovery, key=KEY, account=ACCOUNT) == MASTER
    with pytest.raises(VaultError):
        open_master(by_recovery, key=KEY, account=ACCOUNT)
    with pytest.raises(VaultError):
        open_recovery(by_passphrase, key=KEY, account=ACCOUNT)


def test_a_profile_opens_with_the_master_key_of_its_account_only() -> None:
    sealed = seal_profile(b'{"pairs":[]}', master=MASTER, account=ACCOUNT)
    assert open_profile(sealed, master=MASTER, account=ACCOUNT) == b'{"pairs":[]}'
    for master, account in ((COUNT, ACCOUNT), (MASTER, ANOTHER)):
        with pytest.raises(VaultError):
            open_profile(sealed, master=master, account=account)


def test_a_profile_does_not_tell_in_how_many_organisations_somebody_works() -> None:
    one = seal_profile(b"p" * 150, master=MASTER, account=ACCOUNT)
    six = seal_profile(b"p" * 900, master=MASTER, account=ACCOUNT)
    assert len(one) == len(six)
