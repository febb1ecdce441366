"""Somebody who is signed in: their organisations, their roles, and the keys that were opened."""

from dataclasses import dataclass, field
from uuid import UUID

from klankbord.kit.vault.pairs import KeyPair
from klankbord.rules.profiles.shape import Profile


class NotAMember(LookupError):
    """The person has no keys in this organisation."""


@dataclass(frozen=True, slots=True)
class MembershipLine:
    """One organisation of a member, with the roles held today."""

    id: UUID
    organisation: UUID
    organisation_name: str
    slug: str
    country: str
    profile: str
    profile_version: int
    roles: tuple[str, ...]
    reads: bool
    oversees: bool
    administers: bool
    takes_reports: bool  # somebody may tell something there (P11)


@dataclass(frozen=True, slots=True)
class Member:
    """A person who opened their sealed profile. Holds keys: never printed, never stored."""

    account: UUID
    name: str
    mail: str
    serial: int
    memberships: tuple[MembershipLine, ...]
    one_time_code: bool
    pairs: dict[UUID, KeyPair] = field(repr=False)
    master: bytes = field(repr=False)
    #: Pairs that were replaced and still open something, by membership.
    old_pairs: dict[UUID, tuple[KeyPair, ...]] = field(repr=False, default_factory=dict)

    @property
    def reads(self) -> tuple[MembershipLine, ...]:
        """Where this person may be chosen as a reader."""
        return tuple(line for line in self.memberships if line.reads)

    @property
    def oversees(self) -> tuple[MembershipLine, ...]:
        """Where this person watches terms and counts, never content."""
        return tuple(line for line in self.memberships if line.oversees)

    @property
    def administers(self) -> tuple[MembershipLine, ...]:
        """Where this person keeps the settings."""
        return tuple(line for line in self.memberships if line.administers)

    @property
    def writes_down(self) -> tuple[MembershipLine, ...]:
        """Where this person may write down what somebody told them."""
        return tuple(line for line in self.memberships if line.takes_reports)

    def pair(self, membership: UUID) -> KeyPair:
        """The key pair of one membership. Raises `NotAMember`."""
        try:
            return self.pairs[membership]
        except KeyError:
            raise NotAMember from None


def line_of(
    membership: UUID,
    *,
    organisation: UUID,
    name: str,
    slug: str,
    country: str,
    profile: Profile,
    roles: tuple[str, ...],
) -> MembershipLine:
    """A membership with what its roles mean in the organisation's profile."""
    held = [role for role in profile.roles if role.key in roles]
    return MembershipLine(
        id=membership,
        organisation=organisation,
        organisation_name=name,
        slug=slug,
        country=country,
        profile=profile.key,
        profile_version=profile.version,
        roles=tuple(role.key for role in held),
        reads=any(role.reads for role in held),
        oversees=any(role.oversees for role in held),
        administers="administrator" in roles,
        takes_reports=profile.reports_from_public,
    )
