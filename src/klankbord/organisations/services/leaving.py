"""Ending somebody's work here: the roles, the keys in the profile, and at last the account."""

from datetime import date, timedelta
from uuid import UUID

from django.db.models import F

from klankbord.kit.clock import day_number
from klankbord.kit.journal.services import write_down
from klankbord.organisations.models import Account, Invitation, Membership, Role
from klankbord.organisations.queries import running_roles
from klankbord.organisations.services.roles import LastAdministrator


def end_membership(membership: Membership, *, actor: UUID, on: date) -> None:
    """Everything of somebody in an organisation but their name. In the caller's transaction.

    The account goes with its last organisation: passphrase and recovery code open nothing any
    more. Raises `LastAdministrator`.
    """
    house, day = membership.organisation, day_number(on)
    running = running_roles(on).filter(membership__organisation=house, word="administrator")
    if (
        running.filter(membership=membership).exists()
        and not running.exclude(membership=membership).exists()
    ):
        raise LastAdministrator
    Role.objects.filter(membership=membership, from_day__gte=day).delete()
    Role.objects.filter(membership=membership).exclude(until_day__lt=day).update(
        until_day=day_number(on - timedelta(days=1))
    )
    Invitation.objects.filter(membership=membership, accepted_day=None).update(withdrawn_day=day)
    Membership.objects.filter(id=membership.id).update(
        telephone="", public_mail="", whatsapp="", speaks=[], left_day=day
    )
    write_down(deed="left", on=on, organisation=house.id, actor=actor)
    if not running_roles(on).filter(membership__account=membership.account_id).exists():
        _destroy(membership.account_id)


def _destroy(account: UUID) -> None:
    """What was sealed is emptied, so that no secret opens it; the name stays in running cases."""
    Account.objects.filter(id=account).update(
        mail=f"{account}@left.invalid", master=b"", recovery=b"", profile=b"",
        serial=F("serial") + 1,
    )  # fmt: skip
