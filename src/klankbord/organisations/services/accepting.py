"""Coming to work somewhere: an own passphrase, own keys, and nobody who vouches for them yet."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from klankbord.kit.clock import HOME, day_number
from klankbord.kit.journal.services import write_down
from klankbord.kit.outbox.services import queue
from klankbord.kit.vault.pairs import KeyPair, new_pair
from klankbord.organisations.members import Member
from klankbord.organisations.models import Account, Invitation, Membership, Organisation
from klankbord.organisations.queries import profile_of
from klankbord.organisations.services.entrance import (
    confirm_passphrase,
    entered,
    make_account,
    stretched,
)
from klankbord.organisations.services.founding import OpenAccount, claim_keys, give_role, join
from klankbord.organisations.services.inviting import InvitationGone, invitation_behind
from klankbord.organisations.services.passphrases import check_passphrase
from klankbord.organisations.services.roles import claim_again, roles_of
from klankbord.organisations.services.sealed_profiles import add_pairs, has_pair
from klankbord.organisations.waiting import waiting_in


class AddressTaken(ValueError):
    """An account with this mail address exists: sign in with it, or give another address."""


def accept(
    token: str, *, name: str, mail: str, passphrase: str, at: datetime
) -> tuple[Member, str]:
    """Make an account and take the place that was offered: who came in, and the recovery code.

    For somebody who lost all keys the account of before is replaced; `mail` is the address to sign
    in with. Raises `InvitationGone`, `AddressTaken`, `PassphraseTooWeak`, `Busy`.
    """
    invitation_behind(token, at=at)
    check_passphrase(passphrase)
    lock = stretched(passphrase)
    on = at.astimezone(HOME).date()
    with transaction.atomic():
        row = _taken(token, at=at)
        if row.renews and row.membership:
            free_the_address(row.membership)
        if Account.objects.filter(mail=mail.strip().lower()).exists():
            raise AddressTaken
        account = OpenAccount(*make_account(mail=mail, name=name.strip(), lock=lock, pairs={}))
        _seat(row, account, on=on)
        tell_who_vouches(row.organisation, at=at)
    return entered(account.row, account.master, on=on), account.recovery


def accept_as(member: Member, token: str, *, passphrase: str, at: datetime) -> None:
    """Take the place with the account that is signed in: one more organisation.

    Raises `InvitationGone`, `SignInRefused`, `Busy`.
    """
    if invitation_behind(token, at=at).renews:
        raise InvitationGone
    confirm_passphrase(member, passphrase=passphrase)
    with transaction.atomic():
        row = _taken(token, at=at)
        account = OpenAccount(Account.objects.get(id=member.account), member.master, "")
        _seat(row, account, on=at.astimezone(HOME).date())
        tell_who_vouches(row.organisation, at=at)


def _taken(token: str, *, at: datetime) -> Invitation:
    """The invitation, used up. Raises `InvitationGone` for the second who comes with it."""
    row = invitation_behind(token, at=at)
    used = Invitation.objects.filter(id=row.id, accepted_day=None, withdrawn_day=None).update(
        accepted_day=day_number(at.astimezone(HOME).date())
    )
    if not used:
        raise InvitationGone
    return row


def free_the_address(membership: Membership) -> None:
    """The account whose keys are lost goes, unless it is somebody's in another organisation too.

    One organisation's administrator must not be able to destroy what opens another's cases.
    """
    if not works_elsewhere(membership):
        Account.objects.filter(id=membership.account_id).update(
            mail=f"{membership.account_id}@replaced.invalid"
        )


def works_elsewhere(membership: Membership) -> bool:
    """Whether this person's account is used in another organisation too."""
    others = Membership.objects.filter(account=membership.account_id).exclude(id=membership.id)
    return others.exists()


def _seat(row: Invitation, account: OpenAccount, *, on: date) -> None:
    membership = (
        row.membership
        or Membership.objects.filter(account=account.row, organisation=row.organisation).first()
    )
    if membership is None:
        membership = join(
            account, row.organisation, roles=row.roles, on=on, unit=row.unit, outside=row.outside
        ).row
    elif row.renews:
        with_new_keys(membership, account, row.roles, on=on)
    else:
        _back_here(membership, account, row.roles, on=on)
    Invitation.objects.filter(id=row.id).update(membership=membership)
    deed = "keys_renewed" if row.renews else "invitation_accepted"
    write_down(deed=deed, on=on, organisation=row.organisation_id, actor=membership.id)


def _back_here(membership: Membership, account: OpenAccount, roles: list[str], *, on: date) -> None:
    """Somebody who works or worked here already. Keys that may open running cases stay."""
    held = {role.word for role in roles_of(membership, on=on)}
    for word in sorted(set(roles) - held):
        give_role(membership, word, on=on)
    left = membership.left_day is not None  # then no running case opens with the pair of before
    Membership.objects.filter(id=membership.id).update(left_day=None)
    if not left and has_pair(account.row.id, account.master, membership.id):
        claim_again(membership, on=on)
    else:
        with_new_keys(membership, account, roles, on=on)


def with_new_keys(
    membership: Membership, account: OpenAccount, roles: list[str], *, on: date
) -> KeyPair:
    """Another account and pair for a place that is there, with a claim that nobody signed yet."""
    before, pair = membership.account_id, new_pair()
    Membership.objects.filter(id=membership.id).update(account=account.row)
    add_pairs(account.row.id, account.master, {membership.id: pair})
    claim_keys(membership, box_pub=pair.box_pub, sign_pub=pair.sign_pub, roles=roles, on=on)
    if before != account.row.id:
        Account.objects.filter(id=before, memberships=None).delete()
    return pair


def tell_who_vouches(organisation: Organisation, *, at: datetime) -> None:
    """A mail without content for whoever can compare the fingerprint."""
    on = at.astimezone(HOME).date()
    able: set[UUID] = set().union(*(it.able for it in waiting_in(organisation, on=on)), set())
    addresses = Membership.objects.filter(id__in=able).values_list("account__mail", flat=True)
    for address in addresses:
        queue(address=address, hours=profile_of(organisation, "nl").mail_hours, now=at)
