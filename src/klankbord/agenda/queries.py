"""The people of an organisation as a reporter sees them: who they are and when they are there."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from klankbord.agenda.models import Absence
from klankbord.kit.clock import day_number, day_of
from klankbord.organisations.certification import CertifiedKeys
from klankbord.organisations.models import Organisation
from klankbord.organisations.queries import Engaged, engaged, profile_of, readers_keys
from klankbord.rules.profiles.shape import Profile, Regime
from klankbord.rules.readers import Candidate


@dataclass(frozen=True, slots=True)
class Card:
    """A person on the page (P8)."""

    membership: UUID
    name: str
    initials: str
    role: str
    role_title: str
    roles: tuple[str, ...]
    regime: Regime
    telephone: str
    mail: str
    whatsapp: str
    speaks: tuple[str, ...]
    unit: str
    unit_id: UUID | None
    outside: str
    away_until: date | None
    substitute: str
    listens: bool  # is there for reporters to choose
    handles: bool  # holds a role that may read
    reads: bool  # and has a key that may be sealed to

    @property
    def candidate(self) -> Candidate:
        """The card as the rules see it."""
        return Candidate(
            self.membership,
            self.roles,
            self.unit_id,
            away=self.away_until is not None,
            outside=bool(self.outside),
            bound=self.regime is Regime.DUTIES,
        )


@dataclass(frozen=True, slots=True)
class Roster:
    """Everybody who works in an organisation on a day, and the keys that may be sealed to."""

    everybody: tuple[Card, ...]
    keys: Mapping[UUID, CertifiedKeys]

    @property
    def readers(self) -> tuple[Card, ...]:
        """Everybody who can be chosen to read (R-000-02)."""
        return tuple(card for card in self.everybody if card.listens)


def roster(organisation: Organisation, on: date, language: str) -> Roster:
    """The people of an organisation, read once for whoever needs several views of them."""
    profile = profile_of(organisation, language)
    people = engaged(organisation.id, on)
    away = _absences(people, on)
    keys = readers_keys(organisation)
    return Roster(
        tuple(
            _card(it, profile, away.get(it.membership.id), keys.get(it.membership.id))
            for it in people
        ),
        keys,
    )


def cards(organisation: Organisation, on: date, language: str) -> tuple[Card, ...]:
    """Everybody who can be chosen as a reader, in the order of the organisation (R-000-02)."""
    return roster(organisation, on, language).readers


def colleagues(organisation: Organisation, on: date, language: str) -> tuple[Card, ...]:
    """Everybody who works with the system: somebody may want to keep any of them out."""
    return roster(organisation, on, language).everybody


def _absences(people: Iterable[Engaged], on: date) -> dict[UUID, Absence]:
    day = day_number(on)
    rows = Absence.objects.filter(
        membership__in=[it.membership.id for it in people], from_day__lte=day, until_day__gte=day
    ).select_related("substitute__account")
    # Of two absences that overlap, the one that lasts.
    return {row.membership_id: row for row in rows.order_by("until_day")}


def _card(it: Engaged, profile: Profile, away: Absence | None, keys: CertifiedKeys | None) -> Card:
    row = it.membership
    known = [role for role in profile.roles if role.key in it.roles]
    # A role in a table makes nobody a reader: somebody certified must have vouched for the role.
    vouched = [role for role in known if role.reads and keys and role.key in keys.roles]
    best = sorted(known, key=lambda it: (it not in vouched, not it.listens, not it.reads))
    role = best[0] if best else None
    return Card(
        membership=row.id,
        name=row.account.name,
        initials=initials(row.account.name),
        role=role.key if role else it.roles[0],
        role_title=role.title if role else "",
        roles=it.roles,
        regime=role.regime if role else Regime.NONE,
        telephone=row.telephone,
        mail=row.public_mail,
        whatsapp=row.whatsapp,
        speaks=tuple(row.speaks),
        unit=row.unit.name if row.unit else "",
        unit_id=row.unit_id,
        outside=row.outside,
        away_until=day_of(away.until_day) if away else None,
        substitute=str(away.substitute) if away and away.substitute else "",
        listens=any(role.listens for role in known),
        handles=any(role.reads for role in known),
        reads=bool(vouched),
    )


def initials(name: str) -> str:
    """The first letters of the first and the last word of a name."""
    words = name.split()
    return (words[0][:1] + (words[-1][:1] if len(words) > 1 else "")).upper() if words else "?"
