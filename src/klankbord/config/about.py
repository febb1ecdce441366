"""`klankbord about`: versions, and the inventory of what seals and derives (ASVS 11.1.3)."""

import platform
from importlib.metadata import version

from django.conf import settings

from klankbord.kit.vault.labels import Label
from klankbord.kit.vault.magics import Magic

PACKAGES = ("klankbord", "django", "pynacl", "granian", "psycopg")
PRIMITIVES = (
    ("XChaCha20-Poly1305", "sealing of entries, files, sessions and drafts"),
    ("X25519 sealed box", "a key for one holder"),
    ("Ed25519", "signatures under entries, certificates and key lists"),
    ("BLAKE2b", "derivation and hashing, one label for each use"),
    ("Argon2id", "reporters' codes (19 MiB, 2) and passphrases (64 MiB, 3)"),
)


def print_about() -> None:
    """Everything on one page; no secret is on it."""
    print(f"Python {platform.python_version()}")
    for package in PACKAGES:
        print(f"{package} {version(package)}")
    print(f"database: {settings.DATABASES['default']['ENGINE'].rsplit('.', 1)[-1]}")
    print("\nPrimitives, all from libsodium")
    for name, use in PRIMITIVES:
        print(f"  {name:<20} {use}")
    print("\nWhat is sealed, and its suite")
    for magic in Magic:
        print(f"  {magic.value[:-1].rstrip(bytes(1)).decode():<20} {magic.value[-1]}")
    print("\nLabels")
    for label in Label:
        print(f"  {label.value.decode():<20} {label.name.lower().replace('_', ' ')}")
