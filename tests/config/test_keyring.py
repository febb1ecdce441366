"""The keyring: beside the data, for its owner's eyes, and made exactly once."""

from pathlib import Path

import pytest

from klankbord.config.environment import SettingRefused
from klankbord.config.founding import keyring_for_a_new_house
from klankbord.config.keyring import KeyringUnreadable, new_keyring, read_keyring, write_keyring


def test_what_was_written_is_read_again(tmp_path: Path) -> None:
    keyring = new_keyring().with_founder("an-organisation", "ab" * 32)
    write_keyring(tmp_path / "keyring", keyring)
    assert read_keyring(tmp_path / "keyring") == keyring


def test_nobody_else_on_the_machine_reads_it(tmp_path: Path) -> None:
    write_keyring(tmp_path / "keyring", new_keyring())
    assert (tmp_path / "keyring").stat().st_mode & 0o777 == 0o600


def test_it_shows_neither_pepper_nor_secret_key() -> None:
    keyring = new_keyring()
    assert keyring.secret_key not in repr(keyring)
    assert repr(keyring.pepper) not in repr(keyring)


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"secret_key": "x"}', "\0", "null"])
def test_a_file_that_is_no_keyring_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "keyring").write_text(text)
    with pytest.raises(KeyringUnreadable):
        read_keyring(tmp_path / "keyring")


def test_a_new_house_gets_one_and_keeps_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KLANKBORD_DATA", str(tmp_path / "data"))
    monkeypatch.delenv("KLANKBORD_KEYRING", raising=False)
    keyring_for_a_new_house()
    first = read_keyring(tmp_path / "data.keyring")
    keyring_for_a_new_house()
    assert read_keyring(tmp_path / "data.keyring") == first


def test_data_without_its_keyring_gets_no_new_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KLANKBORD_DATA", str(tmp_path))
    monkeypatch.setenv("KLANKBORD_KEYRING", str(tmp_path.with_name("gone.keyring")))
    (tmp_path / "klankbord.sqlite3").touch()
    with pytest.raises(SettingRefused, match="^KLANKBORD_KEYRING is not there"):
        keyring_for_a_new_house()


def test_the_keyring_never_lies_in_the_data_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KLANKBORD_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("KLANKBORD_KEYRING", str(tmp_path / "data" / "keyring"))
    with pytest.raises(SettingRefused, match="^KLANKBORD_KEYRING must lie outside"):
        keyring_for_a_new_house()
