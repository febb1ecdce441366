"""Which organisations there are, how they are built and who works in them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from klankbord.kit.clock import day_number
from klankbord.organisations.certification import CertifiedKeys, certified, ever_certified
from klankbord.organisations.models import Engagement, Membership, Organisation, Role, Unit
from klankbord.organisations.own import profile_in_own_words
from klankbord.rules.profiles.reading import load_profile
from klankbord.rules.profiles.shape import Profile
from klankbord.rules.terms import Calendar

DAYS_SHOWN = 365  # how long a page says that somebody else listens now


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit in the order of the tree; `depth` counts from 0."""

    id: UUID
    name: str
    depth: int
    parent: UUID | None


@dataclass(frozen=True, slots=True)
class Engaged:
    """Somebody who works in an organisation today, with their roles."""

    membership: Membership
    roles: tuple[str, ...]


def listed() -> list[Organisation]:
    """Every organisation, by name."""
    return list(Organisation.objects.order_by("name"))


def named(slug: str) -> Organisation | None:
    """The organisation with this name in the address, if there is one."""
    return Organisation.objects.filter(slug=slug).first()


def profile_of(organisation: Organisation, language: str) -> Profile:
    """The kind of organisation it is: its words, roles and choices, in one language.

    With the organisation's own words over those that we ship (P12), as far as they are published.
    """
    if organisation.edition is None and not organisation.drafted:
        return load_profile(organisation.profile, organisation.profile_version, language)
    return profile_in_own_words(organisation, language)


def calendar_of(organisation: Organisation) -> Calendar:
    """The working days of this organisation."""
    closures = frozenset(date.fromisoformat(text) for text in organisation.closures)
    meetings = {
        body: tuple(date.fromisoformat(text) for text in days)
        for body, days in organisation.meetings.items()
    }
    return Calendar(organisation.country, closures, organisation.region, meetings)


def units_of(organisation: Organisation) -> tuple[UnitLine, ...]:
    """The units that can be chosen today, each directly below its parent."""
    return _in_order(Unit.objects.filter(organisation=organisation, ended_day=None))


def every_unit_of(organisation: Organisation) -> tuple[UnitLine, ...]:
    """Also those that were taken away: what was told about them still names them."""
    return _in_order(Unit.objects.filter(organisation=organisation))


def ended_units_of(organisation: Organisation) -> list[Unit]:
    """Those that were taken away, by name."""
    return list(
        Unit.objects.filter(organisation=organisation).exclude(ended_day=None).order_by("name")
    )


def _in_order(units: QuerySet[Unit]) -> tuple[UnitLine, ...]:
    below: dict[UUID | None, list[Unit]] = {}
    for unit in units.order_by("name"):
        below.setdefault(unit.parent_id, []).append(unit)

    def walk(parent: UUID | None, depth: int) -> Iterable[UnitLine]:
        for unit in below.get(parent, ()):
            yield UnitLine(unit.id, unit.name, depth, parent)
            yield from walk(unit.id, depth + 1)

    return tuple(walk(None, 0))


def upwards(units: Iterable[UnitLine], unit: UUID | None) -> tuple[UUID, ...]:
    """A unit and all above it, nearest first."""
    parents = {line.id: line.parent for line in units}
    path: list[UUID] = []
    while unit is not None and unit in parents:
        path.append(unit)
        unit = parents[unit]
    return tuple(path)


def employers_of(bureau: Organisation, on: date) -> list[Organisation]:
    """The employers a bureau works for on this day, by name (R-002-01)."""
    return list(
        Organisation.objects.filter(
            id__in=_running(on).filter(bureau=bureau).values("employer")
        ).order_by("name")
    )


def bureau_of(employer: Organisation, on: date) -> Organisation | None:
    """The bureau that an employer has engaged on this day (R-002-02)."""
    running = _running(on).filter(employer=employer).select_related("bureau").first()
    return running.bureau if running else None


def engagements_of(organisation: Organisation) -> list[Engagement]:
    """Every engagement of an employer or a bureau, the newest first."""
    rows = Engagement.objects.filter(Q(employer=organisation) | Q(bureau=organisation))
    return list(rows.select_related("employer", "bureau").order_by("-from_day"))


def engagement_that_ended(employer: Organisation, on: date) -> Engagement | None:
    """The bureau that stopped working for an employer, for a year after its last day (R-002-02)."""
    day = day_number(on)
    ended = Engagement.objects.filter(
        employer=employer, until_day__lt=day, until_day__gte=day - DAYS_SHOWN
    )
    last = ended.select_related("bureau").order_by("-until_day").first()
    now = bureau_of(employer, on)
    return None if last and now and last.bureau_id == now.id else last


def _running(on: date) -> QuerySet[Engagement]:
    day = day_number(on)
    return Engagement.objects.filter(from_day__lte=day).filter(
        Q(until_day=None) | Q(until_day__gte=day)
    )


def engaged(organisation: UUID, on: date) -> list[Engaged]:
    """Everybody with a role in the organisation on this day, in the order of the cards."""
    keys = ("salt", "master", "recovery", "profile")
    held = (
        running_roles(on)
        .filter(membership__organisation=organisation)
        .select_related("membership__account", "membership__unit")
        .defer(*(f"membership__account__{name}" for name in keys))
        .order_by("membership__order", "membership__account__name", "pk")
    )
    people: dict[UUID, Membership] = {}
    roles: dict[UUID, list[str]] = {}
    for role in held:
        people.setdefault(role.membership_id, role.membership)
        roles.setdefault(role.membership_id, []).append(role.word)
    return [Engaged(people[it], tuple(words)) for it, words in roles.items()]


def running_roles(on: date) -> QuerySet[Role]:
    """The roles that are held on this day."""
    day = day_number(on)
    return Role.objects.filter(from_day__lte=day).filter(Q(until_day=None) | Q(until_day__gte=day))


def readers_keys(organisation: Organisation) -> dict[UUID, CertifiedKeys]:
    """The certified keys of an organisation, by membership."""
    return certified(organisation.id, needed=profile_of(organisation, "nl").certifiers)


def signers_keys(organisation: Organisation) -> dict[UUID, tuple[CertifiedKeys, ...]]:
    """Every key that was ever certified in an organisation, by membership."""
    return ever_certified(organisation.id, needed=profile_of(organisation, "nl").certifiers)


def names_of(memberships: Iterable[UUID]) -> dict[UUID, str]:
    """The names of these people, by membership."""
    rows = Membership.objects.filter(id__in=set(memberships)).select_related("account")
    return {row.id: row.account.name for row in rows}


def membership_of(membership: UUID) -> Membership:
    """The row of a membership that is known to be there."""
    return Membership.objects.select_related("organisation", "account").get(id=membership)


def addresses_of(memberships: Iterable[UUID]) -> list[str]:
    """The mail addresses at which these people get their notices."""
    rows = Membership.objects.filter(id__in=set(memberships))
    return list(rows.order_by("order", "id").values_list("account__mail", flat=True))
