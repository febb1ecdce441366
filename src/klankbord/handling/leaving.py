"""Leaving: every key of somebody goes at once, and never while nobody else reads a case."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from klankbord.cases.models import (
    FILE,
    Bookmark,
    Case,
    InboxRow,
    KeyHolder,
    Overseer,
    Tally,
    WorkItem,
)
from klankbord.cases.tallies import counted
from klankbord.kit.clock import HOME
from klankbord.organisations.members import Member
from klankbord.organisations.models import Membership
from klankbord.organisations.queries import profile_of, running_roles
from klankbord.organisations.services.entrance import confirm_passphrase
from klankbord.organisations.services.inviting import administration_of
from klankbord.organisations.services.leaving import end_membership
from klankbord.organisations.services.sealed_profiles import forget_pair


class OnlyReader(Exception):
    """Nobody else here can open some cases: hand them over first."""


class NotYourMembership(LookupError):
    """Somebody leaves an organisation only for themselves."""


@dataclass(frozen=True, slots=True)
class ReadAlone:
    """A case that nobody else of those who work here can open."""

    reference: str
    closed: bool


def read_alone(membership: UUID, *, on: date) -> list[ReadAlone]:
    """The cases, also closed ones, of which somebody is the only reader.

    A colleague without a reading role today, or whose keys do not open the case, is no reader.
    """
    mine = Case.objects.filter(rows__membership=membership).select_related("organisation")
    return [
        ReadAlone(case.reference, case.closed_day is not None)
        for case in mine.order_by("reference")
        if not _others_who_read(case, membership, on)
    ]


def opens_with_a_colleague(membership: UUID, *, on: date) -> list[str]:
    """The references of the cases that somebody reads together with a colleague."""
    alone = {it.reference for it in read_alone(membership, on=on)}
    mine = Case.objects.filter(rows__membership=membership).order_by("reference")
    return [it for it in mine.values_list("reference", flat=True) if it not in alone]


def _others_who_read(case: Case, membership: UUID, on: date) -> bool:
    reading = profile_of(case.organisation, "nl").reading_roles
    listening = running_roles(on).filter(word__in=reading).values("membership")
    holders = KeyHolder.objects.filter(compartment__case=case, compartment__name=FILE)
    return (
        InboxRow.objects.filter(
            case=case, membership__in=listening, membership_id__in=holders.values("holder")
        )
        .exclude(membership=membership)
        .exists()
    )


def leave(member: Member, membership: UUID, *, passphrase: str, at: datetime) -> None:
    """Stop working for one of one's organisations.

    Raises `NotYourMembership`, `OnlyReader`, `LastAdministrator`, `SignInRefused`, `Busy`.
    """
    if membership not in {line.id for line in member.memberships}:
        raise NotYourMembership
    confirm_passphrase(member, passphrase=passphrase)
    with transaction.atomic():
        forget_pair(member, membership)
        _let_go(_locked(membership), actor=membership, on=at.astimezone(HOME).date())


def end_work_of(member: Member, membership: Membership, *, at: datetime) -> None:
    """An administrator ends the account of somebody who left. The same rules.

    Raises `NotYourHouse`, `OnlyReader`, `LastAdministrator`.
    """
    actor = administration_of(member, membership.organisation)
    with transaction.atomic():
        _let_go(_locked(membership.id), actor=actor, on=at.astimezone(HOME).date())


def _locked(membership: UUID) -> Membership:
    rows = Membership.objects.select_for_update(of=("self",)).select_related("organisation")
    return rows.get(id=membership)


def _let_go(row: Membership, *, actor: UUID, on: date) -> None:
    """Wraps, places in lists, work and counts; the next holder of each case makes a new key."""
    if read_alone(row.id, on=on):
        raise OnlyReader
    wraps = KeyHolder.objects.filter(holder=row.id)
    cases = list(wraps.values_list("compartment__case", flat=True).distinct())
    Case.objects.filter(id__in=cases).update(rekey_due=True)
    wraps.delete()
    Bookmark.objects.filter(holder=row.id).delete()
    InboxRow.objects.filter(membership=row).delete()
    Overseer.objects.filter(membership=row).delete()
    Tally.objects.filter(overseer=row).delete()
    _put_work_down(row)
    end_membership(row, actor=actor, on=on)


def _put_work_down(row: Membership) -> None:
    """What waited for somebody waits for the others alone, also where it is counted."""
    work = WorkItem.objects.filter(assignee=row)
    for case in set(work.values_list("case", flat=True)):
        with counted(case):
            work.filter(case=case).delete()
