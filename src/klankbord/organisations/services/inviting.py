"""Asking somebody to come and work here. The administrator invites, and never makes a reader."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from klankbord.kit.clock import HOME, day_number
from klankbord.kit.journal.services import write_down
from klankbord.kit.outbox.services import queue_invitation
from klankbord.kit.tokens.invitations import invitation_in
from klankbord.kit.tokens.services import TokenRefused
from klankbord.organisations.members import Member
from klankbord.organisations.models import Account, Invitation, Membership, Organisation, Unit
from klankbord.organisations.queries import profile_of, running_roles

LIFE = timedelta(hours=72)


class NotYourHouse(LookupError):
    """Only who administers this organisation may do this."""


class NoRoleChosen(ValueError):
    """Nobody works here without a role, and a role is one of the organisation's own."""


class WorksHereAlready(ValueError):
    """Somebody with this address holds a role here today."""


class InvitedAlready(ValueError):
    """An invitation to this address is still open."""


class InvitationGone(LookupError):
    """The link was used, withdrawn, is older than three days, or never was one."""


def administration_of(member: Member, organisation: Organisation) -> UUID:
    """The membership under which somebody administers this organisation. Raises `NotYourHouse`."""
    for line in member.administers:
        if line.organisation == organisation.id:
            return line.id
    raise NotYourHouse


@transaction.atomic
def invite(
    member: Member, organisation: Organisation, *, name: str, mail: str, roles: Sequence[str],
    unit: Unit | None = None, outside: str = "", at: datetime,
) -> Invitation:  # fmt: skip
    """Ask somebody to work here, by a mail with a link that lives 72 hours and works once.

    Raises `NotYourHouse`, `NoRoleChosen`, `WorksHereAlready`, `InvitedAlready`.
    """
    actor = administration_of(member, organisation)
    known = {role.key for role in profile_of(organisation, "nl").roles}
    if not roles or set(roles) - known:
        raise NoRoleChosen
    mail = mail.strip().lower()
    on = at.astimezone(HOME).date()
    if running_roles(on).filter(
        membership__organisation=organisation, membership__account__mail=mail
    ):
        raise WorksHereAlready
    if open_invitations(organisation, at=at).filter(mail=mail).exists():
        raise InvitedAlready
    return _sent(
        Invitation(
            organisation=organisation, name=name.strip(), mail=mail, roles=sorted(set(roles)),
            unit=unit, outside=outside, invited_by=actor,
        ),
        at=at,
    )  # fmt: skip


@transaction.atomic
def invite_for_new_keys(member: Member, membership: Membership, *, at: datetime) -> Invitation:
    """Ask somebody who lost both passphrase and recovery code to make new keys.

    What the old keys opened stays closed for the new ones until somebody who reads a case gives
    access again. Raises `NotYourHouse`, `InvitedAlready`.
    """
    actor = administration_of(member, membership.organisation)
    if open_invitations(membership.organisation, at=at).filter(membership=membership).exists():
        raise InvitedAlready
    account = Account.objects.get(id=membership.account_id)
    on = at.astimezone(HOME).date()
    roles = running_roles(on).filter(membership=membership).values_list("word", flat=True)
    return _sent(
        Invitation(
            organisation=membership.organisation, name=account.name, mail=account.mail,
            roles=sorted(set(roles)), unit=membership.unit, outside=membership.outside,
            membership=membership, renews=True, invited_by=actor,
        ),
        at=at,
    )  # fmt: skip


@transaction.atomic
def invite_again(member: Member, invitation: Invitation, *, at: datetime) -> Invitation:
    """A fresh link; the one of before stops working. Raises `NotYourHouse`, `InvitationGone`."""
    withdraw(member, invitation, at=at)
    fresh = Invitation.objects.get(id=invitation.id)
    fresh.pk, fresh.withdrawn_day = None, None
    fresh._state.adding = True
    fresh.id = Invitation._meta.get_field("id").get_default()
    fresh.invited_by = administration_of(member, invitation.organisation)
    return _sent(fresh, at=at)


@transaction.atomic
def withdraw(member: Member, invitation: Invitation, *, at: datetime) -> None:
    """Take an invitation back: the link opens nothing. Raises `NotYourHouse`, `InvitationGone`."""
    actor = administration_of(member, invitation.organisation)
    on = at.astimezone(HOME).date()
    gone = Invitation.objects.filter(
        id=invitation.id, accepted_day=None, withdrawn_day=None
    ).update(withdrawn_day=day_number(on))
    if not gone:
        raise InvitationGone
    write_down(
        deed="invitation_withdrawn", on=on, organisation=invitation.organisation_id, actor=actor
    )


def _sent(row: Invitation, *, at: datetime) -> Invitation:
    on = at.astimezone(HOME).date()
    row.made_day, row.expires_hour = day_number(on), hour_of(at + LIFE)
    row.save(force_insert=True)
    deed = "asked_for_new_keys" if row.renews else "invited"
    write_down(deed=deed, on=on, organisation=row.organisation_id, actor=row.invited_by)
    queue_invitation(address=row.mail, invitation=row.id, now=at)
    return row


def hour_of(moment: datetime) -> int:
    """Hours since 1970."""
    return int(moment.timestamp()) // 3600


def unanswered(organisation: Organisation) -> QuerySet[Invitation]:
    """Every invitation that was neither accepted nor withdrawn, also when its link is too old."""
    return Invitation.objects.filter(
        organisation=organisation, accepted_day=None, withdrawn_day=None
    ).order_by("name")


def open_invitations(organisation: Organisation, *, at: datetime) -> QuerySet[Invitation]:
    """Those whose link works now."""
    return unanswered(organisation).filter(expires_hour__gt=hour_of(at))


def invitation_behind(token: str, *, at: datetime) -> Invitation:
    """The invitation of a link. Raises `InvitationGone`."""
    try:
        which = invitation_in(token)
    except TokenRefused:
        raise InvitationGone from None
    row = (
        Invitation.objects.filter(
            id=which, accepted_day=None, withdrawn_day=None, expires_hour__gt=hour_of(at)
        )
        .select_related("organisation", "unit", "membership__account")
        .first()
    )
    if row is None or not _leads_to_its_own_place(row):
        raise InvitationGone
    return row


def _leads_to_its_own_place(row: Invitation) -> bool:
    """One that was accepted says whose it became; one for new keys is of somebody of this house."""
    if row.membership is None:
        return not row.renews
    return row.renews and row.membership.organisation_id == row.organisation_id
