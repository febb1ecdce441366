"""Reminders of what waits, by the mail that says nothing: before, on the day, and until it is done.

A job without a key: it reads plain rows, and the same mail goes to everybody. When something is
late, those who may count the case are told too; whoever must not read it is not among them.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from uuid import UUID

from django.db import transaction
from django.db.models import F

from klankbord.cases.models import Case, Overseer, WorkItem
from klankbord.kit.clock import HOME, day_number, day_of
from klankbord.kit.outbox.services import queue
from klankbord.organisations.models import Membership
from klankbord.organisations.queries import profile_of, running_roles
from klankbord.rules.reminders import BEFORE, late, to_say

AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Waits:
    """A thing of which something must be said today."""

    item: UUID
    case: UUID
    assignee: UUID
    late: bool


def remind(now: datetime) -> int:
    """Queue a mail for everybody of whom something must be said today; how many things that were.

    Running twice is harmless. First the mail and then the note that it was said: whoever kills us
    in between causes one mail too many, and never one too few.
    """
    on = now.astimezone(HOME).date()
    waiting = list(_waiting(on))
    people = {it.assignee for it in waiting}
    tell(people | _watching({it.case for it in waiting if it.late}, on), on=on, now=now)
    for case, several in groupby(sorted(waiting, key=_case), key=_case):
        _note(case, [it.item for it in several], on)
    return len(waiting)


def _case(it: Waits) -> UUID:
    return it.case


def _waiting(on: date) -> Iterator[Waits]:
    rows = WorkItem.objects.filter(done_day=None, due_day__lte=day_number(on + BEFORE))
    for item, case, who, due, told in rows.values_list(
        "id", "case_id", "assignee_id", "due_day", "told_day"
    ):
        last = day_of(due or 0)
        if to_say(last, None if told is None else day_of(told), on):
            yield Waits(item, case, who, late(last, on))


def _watching(cases: Collection[UUID], on: date) -> set[UUID]:
    """Those who may count these cases and watch over terms today."""
    found: set[UUID] = set()
    chosen = list(cases)
    for start in range(0, len(chosen), AT_ONCE):
        rows = Overseer.objects.filter(case__in=chosen[start : start + AT_ONCE])
        found.update(rows.values_list("membership_id", flat=True))
    roles = running_roles(on).filter(membership__in=found)
    return {
        role.membership_id
        for role in roles.select_related("membership__organisation")
        if role.word in profile_of(role.membership.organisation, "nl").overseeing_roles
    }


@transaction.atomic
def _note(case: UUID, items: Collection[UUID], on: date) -> None:
    """The case is locked first, as by everybody who writes in it: nobody waits in a circle."""
    if Case.objects.select_for_update().filter(id=case).exists():
        WorkItem.objects.filter(id__in=items).update(told_day=day_number(on))


def tell(people: Iterable[UUID], *, on: date, now: datetime) -> None:
    """Queue the mail for these people, as far as they still work there, in their house's slots."""
    working = running_roles(on).filter(membership__in=set(people)).values("membership")
    rows = Membership.objects.filter(id__in=working).select_related("organisation")
    for row in rows.annotate(address=F("account__mail")):
        hours = profile_of(row.organisation, "nl").mail_hours
        queue(address=row.address, hours=hours, now=now)
