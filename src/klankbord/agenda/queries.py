"""The people of an organisation as a reporter sees them: who they are and when they are there."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from klankbord.agenda.models import Absence
from klankbord.agenda.times import absences_of, presences, turns_kept
from klankbord.kit.clock import day_number
from klankbord.organisations.certification import CertifiedKeys
from klankbord.organisations.models import Organisation
from klankbord.organisations.queries import (
    Engaged,
    calendar_of,
    engaged,
    profile_of,
    readers_keys,
)
from klankbord.rules.presence import Presence, first_day_there, on_call
from klankbord.rules.profiles.shape import Profile, Regime
from klankbord.rules.readers import Candidate
from klankbord.rules.terms import after_working_days


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
    substitute_id: UUID | None
    presence: Presence
    on_call: bool  # has duty today, and is there
    soon: bool  # is there on one of the days within which an answer is promised
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
            substitute=self.substitute_id,
            on_call=self.on_call,
            soon=self.soon,
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

    @property
    def on_call(self) -> tuple[Card, ...]:
        """Who has duty and is there (R-001-10)."""
        return tuple(card for card in self.everybody if card.on_call)


def roster(organisation: Organisation, on: date, language: str) -> Roster:
    """The people of an organisation, read once for whoever needs several views of them."""
    profile = profile_of(organisation, language)
    people = engaged(organisation.id, on)
    keys = readers_keys(organisation)
    times = _times(organisation, people, on, profile)
    away = {it for it, when in times.items() if when.away_until}
    return Roster(
        tuple(_card(it, profile, times[it.membership.id], keys.get(it.membership.id), away)
              for it in people),
        keys,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Times:
    presence: Presence
    absence: Absence | None
    away_until: date | None
    on_call: bool
    soon: bool


def _times(
    organisation: Organisation, people: Iterable[Engaged], on: date, profile: Profile
) -> dict[UUID, _Times]:
    ids = [it.membership.id for it in people]
    absences = absences_of(ids, on)
    there, day = presences(ids, on, absences), day_number(on)
    # Of two absences on one day, the one that lasts.
    now = {
        row.membership_id: row
        for row in sorted(absences, key=lambda row: row.until_day)
        if row.from_day <= day
    }
    calendar = calendar_of(organisation)
    having = on_call(turns_kept(organisation.id, on), on, there)
    last = after_working_days(on, profile.first_answer_working_days, calendar)
    found = {}
    for it in ids:
        first = first_day_there([there[it]], on, calendar)
        found[it] = _Times(
            there[it], now.get(it), there[it].away_until(on), it in having,
            soon=first is not None and first <= last,
        )  # fmt: skip
    return found


def cards(organisation: Organisation, on: date, language: str) -> tuple[Card, ...]:
    """Everybody who can be chosen as a reader, in the order of the organisation (R-000-02)."""
    return roster(organisation, on, language).readers


def colleagues(organisation: Organisation, on: date, language: str) -> tuple[Card, ...]:
    """Everybody who works with the system: somebody may want to keep any of them out."""
    return roster(organisation, on, language).everybody


def _card(
    it: Engaged, profile: Profile, times: _Times, keys: CertifiedKeys | None, away: Container[UUID]
) -> Card:
    row = it.membership
    substitute = times.absence.substitute if times.absence else None
    if substitute and substitute.id in away:  # then nobody takes over, and nobody is told so
        substitute = None
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
        away_until=times.away_until,
        substitute=str(substitute) if substitute else "",
        substitute_id=substitute.id if substitute else None,
        presence=times.presence,
        on_call=times.on_call,
        soon=times.soon,
        listens=any(role.listens for role in known),
        handles=any(role.reads for role in known),
        reads=bool(vouched),
    )


def initials(name: str) -> str:
    """The first letters of the first and the last word of a name."""
    words = name.split()
    return (words[0][:1] + (words[-1][:1] if len(words) > 1 else "")).upper() if words else "?"
