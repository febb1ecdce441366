"""The keyring of a new house: made once, before anything is stored, and never silently again."""

from pathlib import Path

from klankbord.config.environment import SettingRefused, folder
from klankbord.config.keyring import new_keyring, write_keyring


def keyring_for_a_new_house() -> None:
    """Make the keyring file where there is neither keyring nor data. Raises SettingRefused.

    Call before Django reads its settings: they read the keyring.
    """
    data = folder("KLANKBORD_DATA", default=Path(".data"))
    keyring = folder("KLANKBORD_KEYRING", default=data.with_name(f"{data.name}.keyring"))
    if keyring.exists():
        return
    if data.is_dir() and any(data.iterdir()):
        raise SettingRefused(
            "KLANKBORD_KEYRING",
            f"is not there ({keyring}), but {data} holds data that only its own keyring opens.",
        )
    if keyring.is_relative_to(data):
        raise SettingRefused("KLANKBORD_KEYRING", "must lie outside the data folder.")
    try:
        write_keyring(keyring, new_keyring())
    except OSError:
        raise SettingRefused("KLANKBORD_KEYRING", f"cannot be written: {keyring}.") from None
