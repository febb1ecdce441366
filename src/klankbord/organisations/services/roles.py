"""What somebody is here, from one day to another. A reading role counts once somebody vouched."""

from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from klankbord.kit.clock import day_number
from klankbord.kit.journal.services import write_down
from klankbord.organisations.members import Member
from klankbord.organisations.models import Certificate, Membership, Organisation, Role, Unit
from klankbord.organisations.queries import profile_of, running_roles
from klankbord.organisations.services.founding import claim_keys, give_role
from klankbord.organisations.services.inviting import NoRoleChosen, administration_of


class DaysReversed(ValueError):
    """The last day comes before the first."""


class HeldAlready(ValueError):
    """The person holds this role on that day already."""


class LastAdministrator(ValueError):
    """Nobody would be left who can invite people or change anything."""


@transaction.atomic
def add_role(
    member: Member, membership: Membership, *, word: str, from_day: date, until: date | None,
    on: date,
) -> None:  # fmt: skip
    """Give somebody a role. One that reads needs a new certificate, that a colleague signs.

    Raises `NotYourHouse`, `NoRoleChosen`, `DaysReversed`, `HeldAlready`.
    """
    actor = administration_of(member, membership.organisation)
    profile = profile_of(membership.organisation, "nl")
    if word not in {role.key for role in profile.roles}:
        raise NoRoleChosen
    if until and until < from_day:
        raise DaysReversed
    if _not_over(membership, on=from_day).filter(word=word).exists():
        raise HeldAlready
    give_role(membership, word, on=from_day, until=until, actor=actor)
    if word in profile.reading_roles:
        claim_again(membership, on=on)


@transaction.atomic
def end_role(member: Member, role: Role, *, until: date, on: date) -> None:
    """Somebody's last day in a role; what was read cannot be taken back, and keys stay.

    A role that has not begun is simply gone. Raises `NotYourHouse`, `DaysReversed`,
    `LastAdministrator`.
    """
    house = role.membership.organisation
    actor = administration_of(member, house)
    if until < on - timedelta(days=1):
        raise DaysReversed
    if role.word == "administrator" and not others_administer(house, role, on=until):
        raise LastAdministrator
    if day_number(until) < role.from_day:
        role.delete()
    else:
        Role.objects.filter(id=role.id).update(until_day=day_number(until))
    write_down(deed="role_ended", on=on, organisation=house.id, subject=role.word, actor=actor)


@transaction.atomic
def move_to_unit(member: Member, membership: Membership, *, unit: Unit | None, on: date) -> None:
    """For which part of the organisation somebody works. Raises `NotYourHouse`."""
    actor = administration_of(member, membership.organisation)
    if unit and unit.organisation_id != membership.organisation_id:
        unit = None
    Membership.objects.filter(id=membership.id).update(unit=unit)
    write_down(deed="unit_changed", on=on, organisation=membership.organisation_id, actor=actor)


@transaction.atomic
def change_card(
    member: Member, membership: Membership, *, telephone: str, public_mail: str, whatsapp: str,
    speaks: tuple[str, ...], on: date,
) -> None:  # fmt: skip
    """What the public page says of somebody (P8). Raises `NotYourHouse`."""
    actor = administration_of(member, membership.organisation)
    Membership.objects.filter(id=membership.id).update(
        telephone=telephone, public_mail=public_mail, whatsapp=whatsapp, speaks=list(speaks)
    )
    write_down(deed="card_changed", on=on, organisation=membership.organisation_id, actor=actor)


def roles_of(membership: Membership, *, on: date) -> list[Role]:
    """The roles that somebody holds, or will hold."""
    return list(_not_over(membership, on=on).order_by("from_day", "word"))


def others_administer(organisation: Organisation, role: Role, *, on: date) -> bool:
    """Whether somebody else still administers on the day after."""
    after = running_roles(on + timedelta(days=1))
    mine = after.filter(membership__organisation=organisation, word="administrator")
    return mine.exclude(membership=role.membership_id).exists()


def _not_over(membership: Membership, *, on: date) -> QuerySet[Role]:
    day = day_number(on)
    return Role.objects.filter(membership=membership).filter(
        Q(until_day=None) | Q(until_day__gte=day)
    )


def claim_again(membership: Membership, *, on: date) -> None:
    """The same keys for a larger set of reading roles, unless they were vouched for already."""
    newest = Certificate.objects.filter(membership=membership).order_by("-serial").first()
    if newest is None:
        return
    held = {role.word for role in roles_of(membership, on=on)}
    reading = held & set(profile_of(membership.organisation, "nl").reading_roles)
    if not reading <= set(newest.roles):
        claim_keys(
            membership, box_pub=bytes(newest.box_pub), sign_pub=bytes(newest.sign_pub),
            roles=reading | set(newest.roles), on=on,
        )  # fmt: skip


def membership_in(organisation: Organisation, membership: UUID) -> Membership | None:
    """Somebody of this organisation."""
    return (
        Membership.objects.filter(organisation=organisation, id=membership)
        .select_related("organisation", "account", "unit")
        .first()
    )
