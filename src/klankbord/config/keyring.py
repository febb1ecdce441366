"""The keyring: the one file beside the data folder without which the data says nothing.

It holds Django's secret key, the pepper of every reporter's code and passphrase, and the
fingerprints of each organisation's founder. It is never inside the data folder, so a copy of that
folder does not carry it. Only `klankbord found`, `klankbord founder` and
the demo, which founds, write it.
"""

import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

FORMAT = 1
OWNER_ONLY = 0o600
PEPPER_BYTES = 32


class KeyringUnreadable(Exception):
    """The keyring file is there but is not a keyring."""


@dataclass(frozen=True, slots=True)
class Keyring:
    """What the keyring file holds.

    `founders` maps an organisation's id (text) to the fingerprints (hex) of the members who founded
    it; certificates are believed only when they lead back to one of these.
    """

    secret_key: str = field(repr=False)
    pepper: bytes = field(repr=False)
    founders: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def with_founder(self, organisation: str, fingerprint: str) -> "Keyring":
        """The same keyring with one founder more."""
        known = self.founders.get(organisation, ())
        return replace(self, founders={**self.founders, organisation: (*known, fingerprint)})


def new_keyring() -> Keyring:
    """A fresh keyring: a random secret key and pepper, and nobody founded yet."""
    return Keyring(secret_key=secrets.token_urlsafe(48), pepper=secrets.token_bytes(PEPPER_BYTES))


def read_keyring(path: Path) -> Keyring:
    """The keyring in this file. Raises KeyringUnreadable, FileNotFoundError, PermissionError."""
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
        keyring = Keyring(
            secret_key=str(stored["secret_key"]),
            pepper=bytes.fromhex(stored["pepper"]),
            founders={org: tuple(prints) for org, prints in stored["founders"].items()},
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise KeyringUnreadable(type(error).__name__) from None
    if stored.get("format") != FORMAT or len(keyring.pepper) != PEPPER_BYTES:
        raise KeyringUnreadable("format")
    return keyring


def write_keyring(path: Path, keyring: Keyring) -> None:
    """Put the keyring in this file, for its owner's eyes only, whole or not at all."""
    stored = {
        "format": FORMAT,
        "secret_key": keyring.secret_key,
        "pepper": keyring.pepper.hex(),
        "founders": {org: list(prints) for org, prints in keyring.founders.items()},
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(f".{path.name}.{os.getpid()}")
    with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, OWNER_ONLY), "w") as file:
        json.dump(stored, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    half.replace(path)
