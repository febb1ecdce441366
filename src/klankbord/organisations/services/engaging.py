"""A bureau works for an employer from one day to another (R-002-01, R-002-02).

The employer engages: its administrator says which bureau, from when, and who of it. Nobody can make
keys for somebody else, so each of them gets an invitation and comes in with the account they have.
"""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from klankbord.kit.clock import HOME, day_number
from klankbord.kit.journal.services import write_down
from klankbord.organisations.members import Member
from klankbord.organisations.models import Engagement, Membership, Organisation, Role
from klankbord.organisations.queries import profile_of, running_roles
from klankbord.organisations.services.inviting import (
    InvitedAlready,
    NotYourHouse,
    WorksHereAlready,
    administration_of,
    invite,
)
from klankbord.organisations.services.roles import DaysReversed

BUREAU = "bureau"


class NotABureau(ValueError):
    """Only a bureau of counsellors can be engaged, and nobody engages themselves."""


class EngagedAlready(ValueError):
    """This bureau works here already, or will on that day."""


@transaction.atomic
def engage_bureau(
    member: Member, employer: Organisation, *, bureau: Organisation,
    people: Sequence[Membership], from_day: date, at: datetime,
) -> Engagement:  # fmt: skip
    """Engage a bureau and invite its people. Who works here already is left as they are.

    Raises `NotYourHouse`, `NotABureau`, `EngagedAlready`.
    """
    actor = administration_of(member, employer)
    if bureau.profile != BUREAU or bureau.id == employer.id:
        raise NotABureau
    overlapping = Engagement.objects.filter(bureau=bureau, employer=employer).filter(
        Q(until_day=None) | Q(until_day__gte=day_number(from_day))
    )
    if overlapping.exists():
        raise EngagedAlready
    on = at.astimezone(HOME).date()
    row = Engagement.objects.create(bureau=bureau, employer=employer, from_day=day_number(from_day))
    for house in (employer, bureau):
        write_down(deed="engagement_begun", on=on, organisation=house.id, actor=actor)
    for person in people:
        _ask(member, employer, bureau, person, at=at)
    return row


def _ask(
    member: Member, employer: Organisation, bureau: Organisation, person: Membership, *,
    at: datetime,
) -> None:  # fmt: skip
    role = profile_of(employer, "nl").reading_roles[0]
    try:
        invite(
            member, employer, name=person.account.name, mail=person.account.mail, roles=[role],
            outside=bureau.name, at=at,
        )  # fmt: skip
    except (WorksHereAlready, InvitedAlready):
        return


@transaction.atomic
def end_engagement(member: Member, row: Engagement, *, until: date, on: date) -> None:
    """The last day of a bureau, said by the employer or by the bureau.

    The roles of its people there end on the same day; running cases keep their readers until they
    are handed over. Raises `NotYourHouse`, `DaysReversed`.
    """
    actor = _administrator_of_either(member, row)
    if until < on or day_number(until) < row.from_day:
        raise DaysReversed
    Engagement.objects.filter(id=row.id).update(until_day=day_number(until))
    for role in _roles_of_the_bureau(row, on=until):
        Role.objects.filter(id=role.id).update(until_day=day_number(until))
    for house in (row.employer_id, row.bureau_id):
        write_down(deed="engagement_ended", on=on, organisation=house, actor=actor)


def _administrator_of_either(member: Member, row: Engagement) -> UUID:
    try:
        return administration_of(member, row.employer)
    except NotYourHouse:
        return administration_of(member, row.bureau)


def _roles_of_the_bureau(row: Engagement, *, on: date) -> list[Role]:
    """What those hold at the employer who come from this bureau, after this day."""
    theirs = Membership.objects.filter(organisation=row.bureau).values("account")
    return list(
        running_roles(on).filter(
            membership__organisation=row.employer, membership__account__in=theirs,
            membership__outside=row.bureau.name,
        )
    )  # fmt: skip


def people_of_bureau(bureau: Organisation, *, on: date) -> list[Membership]:
    """Who listens at a bureau today, by name."""
    reading = profile_of(bureau, "nl").reading_roles
    held = running_roles(on).filter(membership__organisation=bureau, word__in=reading)
    return list(
        Membership.objects.filter(id__in=held.values("membership"))
        .select_related("account")
        .order_by("account__name")
    )
