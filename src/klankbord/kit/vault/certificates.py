"""A certificate: a certified member vouches for the public keys of another.

Without it, one changed public key in a table opens everything sealed afterwards.
"""

from dataclasses import dataclass
from uuid import UUID

from klankbord.kit.vault.errors import VaultError
from klankbord.kit.vault.labels import Label, checksum, pad16
from klankbord.kit.vault.layout import exactly, unsigned
from klankbord.kit.vault.pairs import sign, verify
from klankbord.kit.vault.secret import KEY_SIZE


@dataclass(frozen=True, slots=True)
class Certificate:
    """Whose keys, in which organisation, for which reading roles, from which day, which issue."""

    organisation: UUID
    membership: UUID
    box_pub: bytes
    sign_pub: bytes
    roles: tuple[str, ...]
    from_day: int
    serial: int

    def record(self) -> bytes:
        """The 152 bytes that are signed; the order of the roles does not matter."""
        return b"".join(
            (
                pad16(Label.CERTIFICATE),
                self.organisation.bytes,
                self.membership.bytes,
                exactly(KEY_SIZE, self.box_pub),
                exactly(KEY_SIZE, self.sign_pub),
                checksum(_joined(self.roles)),
                unsigned(4, self.from_day),
                unsigned(4, self.serial),
            )
        )


def _joined(roles: tuple[str, ...]) -> bytes:
    """A comma inside a role would make two lists of roles alike."""
    if any("," in role or not role for role in roles):
        raise VaultError
    return ",".join(sorted(roles)).encode()


def sign_certificate(certificate: Certificate, seed: bytes) -> bytes:
    """The signature (64 bytes) of the member who vouches, made with her signing seed."""
    return sign(seed, certificate.record())


def check_certificate(certificate: Certificate, signature: bytes, sign_pub: bytes) -> None:
    """VaultError unless the owner of `sign_pub` vouched for exactly this certificate."""
    verify(sign_pub, certificate.record(), signature)
