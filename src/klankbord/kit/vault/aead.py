"""Sealing under a shared key (XChaCha20-Poly1305) and to a public key (sealed boxes)."""

import secrets
from typing import Final

from nacl.bindings import (
    crypto_aead_xchacha20poly1305_ietf_decrypt,
    crypto_aead_xchacha20poly1305_ietf_encrypt,
    crypto_box_seal,
    crypto_box_seal_open,
    crypto_scalarmult_base,
)

from klankbord.kit.vault.errors import VaultError, fails_as_one
from klankbord.kit.vault.layout import exactly
from klankbord.kit.vault.magics import MAGIC_SIZE, Magic
from klankbord.kit.vault.secret import KEY_SIZE

NONCE_SIZE: Final = 24


@fails_as_one
def encrypt(key: bytes, nonce: bytes, plain: bytes, *, ad: bytes) -> bytes:
    """Ciphertext and tag under a key of 32 and a nonce of 24 bytes, bound to `ad`.

    `ad` may not be empty: libsodium does not tell an empty one from none at all, and then a
    sealed thing fits in any other place with the same key.
    """
    if not ad:
        raise VaultError
    return crypto_aead_xchacha20poly1305_ietf_encrypt(plain, ad, nonce, key)


@fails_as_one
def decrypt(key: bytes, nonce: bytes, sealed: bytes, *, ad: bytes) -> bytes:
    """What `encrypt` sealed. VaultError if a bit, the key, the nonce or the place differs."""
    if not ad:
        raise VaultError
    return crypto_aead_xchacha20poly1305_ietf_decrypt(sealed, ad, nonce, key)


def new_nonce() -> bytes:
    """24 random bytes: long enough to be drawn at random for every seal."""
    return secrets.token_bytes(NONCE_SIZE)


def seal(key: bytes, plain: bytes, *, ad: bytes) -> bytes:
    """Nonce 24 and ciphertext of `plain` under `key` (32 bytes), bound to a non-empty `ad`."""
    nonce = new_nonce()
    return nonce + encrypt(key, nonce, plain, ad=ad)


def unseal(key: bytes, sealed: bytes, *, ad: bytes) -> bytes:
    """The plain bytes `seal` was given. VaultError if anything differs."""
    return decrypt(key, sealed[:NONCE_SIZE], sealed[NONCE_SIZE:], ad=ad)


def seal_marked(magic: Magic, key: bytes, plain: bytes, *, ad: bytes) -> bytes:
    """Like `seal`, with the magic in front and in the associated data."""
    if not ad:
        raise VaultError
    return magic.value + seal(key, plain, ad=magic.value + ad)


def unseal_marked(magic: Magic, key: bytes, sealed: bytes, *, ad: bytes) -> bytes:
    """The plain bytes `seal_marked` was given; another magic or suite is a VaultError."""
    if not ad or sealed[:MAGIC_SIZE] != magic.value:
        raise VaultError
    return unseal(key, sealed[MAGIC_SIZE:], ad=magic.value + ad)


@fails_as_one
def box_seal(pub: bytes, plain: bytes) -> bytes:
    """Seal to a public key of 32 bytes; a key of low order is refused.

    A sealed box has neither sender nor associated data: put what it is bound to inside.
    """
    return crypto_box_seal(plain, pub)


@fails_as_one
def box_open(priv: bytes, sealed: bytes) -> bytes:
    """Open a sealed box with a private key of 32 bytes."""
    return crypto_box_seal_open(sealed, crypto_scalarmult_base(exactly(KEY_SIZE, priv)), priv)
