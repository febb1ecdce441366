"""Secrets leave no trace in pages, logs, errors or pickles (promise 2, R-000-31)."""

import copy
import pickle
import traceback

import pytest

from klankbord.kit.vault.codes import ReporterKeys
from klankbord.kit.vault.entries import Opened
from klankbord.kit.vault.errors import VaultError
from klankbord.kit.vault.members import passphrase_key
from klankbord.kit.vault.pairs import KeyPair
from klankbord.kit.vault.secret import Secret, new_key
from tests.kit.vault.fixed import BODY, KEY, MEMBER, PAIR, PEPPER, SALT


def test_a_secret_shows_nothing_of_itself() -> None:
    secret = Secret(b"marker")
    for shown in (repr(secret), str(secret), f"{secret}", f"{secret!r}", f"{[secret]}"):
        assert "<secret>" in shown
        assert "marker" not in shown


def test_a_secret_is_not_pickled_or_copied_or_given_attributes() -> None:
    for copying in (pickle.dumps, copy.copy, copy.deepcopy):
        with pytest.raises(TypeError):
            copying(Secret(b"marker"))
    assert not hasattr(Secret(b"marker"), "__dict__")


def test_a_secret_is_given_only_to_who_asks_for_it() -> None:
    assert Secret(b"marker").reveal() == b"marker"
    with pytest.raises(TypeError):
        bytes(Secret(b"marker"))  # type: ignore[call-overload]


def test_secrets_are_compared_by_content_and_never_hashed() -> None:
    assert Secret(b"one") == Secret(b"one")
    assert Secret(b"one") != Secret(b"two")
    assert Secret(b"one") != Secret(b"one more")
    assert Secret(b"one") != b"one"
    with pytest.raises(TypeError):
        hash(Secret(b"one"))


def test_a_key_pair_shows_and_pickles_nothing_of_its_private_parts() -> None:
    assert repr(PAIR) == "KeyPair()"
    assert KeyPair(box=PAIR.box, sign=PAIR.sign) == PAIR
    assert KeyPair(box=PAIR.sign, sign=PAIR.box) != PAIR
    with pytest.raises(TypeError):
        pickle.dumps(PAIR)


def test_what_was_opened_does_not_appear_when_it_is_printed() -> None:
    opened = Opened(signer=MEMBER, signature=bytes(64), body=BODY)
    assert "Noted" not in repr(opened)
    assert "KKKK" not in repr(ReporterKeys(lookup=KEY, pair=PAIR))


def test_a_failure_carries_no_message_and_no_cause() -> None:
    unwritable = "een wachtzin \ud800 met een half teken"
    with pytest.raises(VaultError) as failure:
        passphrase_key(unwritable, pepper=PEPPER, salt=SALT)
    assert str(failure.value) == ""
    assert failure.value.__context__ is None
    assert "wachtzin" not in "".join(traceback.format_exception_only(failure.value))
    with pytest.raises(TypeError):
        VaultError("content")  # type: ignore[call-arg]


def test_every_new_key_has_32_bytes_and_is_another_one() -> None:
    keys = {new_key() for _ in range(8)}
    assert len(keys) == 8
    assert {len(key) for key in keys} == {32}
