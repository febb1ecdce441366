"""Saying when somebody is there, when not and who takes over, and who has duty."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db import transaction

from klankbord.agenda.models import Absence, Duty, Hours, Permanence
from klankbord.kit.clock import day_number, day_of
from klankbord.kit.journal.services import write_down
from klankbord.organisations.models import Membership, Organisation
from klankbord.rules.presence import Away, Slot, around
from klankbord.rules.terms import ONE_DAY

LONGEST = 2 * 366  # days: beyond that a day is mistyped


class DaysReversed(ValueError):
    """The last day of the absence comes before the first."""


class DaysOver(ValueError):
    """All of these days are over."""


class DaysTooFar(ValueError):
    """The last day lies so far ahead that it must be mistyped."""


class NotAColleague(ValueError):
    """The one who should take over does not work in this organisation, or is the same person."""


class NotThere(LookupError):
    """There is no such absence or turn (any more)."""


def note_absence(
    membership: Membership, *, from_day: date, until_day: date, substitute: Membership | None = None
) -> Absence:
    """Somebody is away from the first to the last day, both included (R-002-44).

    Raises `DaysReversed`, `NotAColleague`.
    """
    if until_day < from_day:
        raise DaysReversed
    _colleague(membership, substitute)
    return Absence.objects.create(
        membership=membership, from_day=day_number(from_day), until_day=day_number(until_day),
        substitute=substitute,
    )  # fmt: skip


@transaction.atomic
def plan_absence(
    membership: Membership, *, from_day: date, until_day: date, substitute: Membership | None,
    by: UUID, on: date,
) -> Absence:  # fmt: skip
    """Note an absence from today on: what lies in the past is cut off (R-002-44).

    Of two that overlap the newer counts for the days they share, so that each day has one
    substitute. Raises `DaysReversed`, `DaysOver`, `DaysTooFar`, `NotAColleague`.
    """
    _days(from_day, until_day, on)
    new = Away(max(from_day, on), until_day)
    for row in Absence.objects.select_for_update().filter(membership=membership):
        _make_room(row, new)
    write_down(deed="absence_noted", on=on, organisation=membership.organisation_id, actor=by)
    return note_absence(membership, from_day=new.first, until_day=new.last, substitute=substitute)


def _days(first: date, last: date, on: date) -> None:
    if last < first:
        raise DaysReversed
    if last < on:
        raise DaysOver
    if (last - on).days > LONGEST:
        raise DaysTooFar


def _make_room(row: Absence, new: Away) -> None:
    old = Away(day_of(row.from_day), day_of(row.until_day))
    pieces = around(old, new)
    if pieces == (old,):
        return
    row.delete()
    for piece in pieces:
        Absence.objects.create(
            membership_id=row.membership_id, substitute_id=row.substitute_id,
            from_day=day_number(piece.first), until_day=day_number(piece.last),
        )  # fmt: skip


def _colleague(membership: Membership, other: Membership | None) -> None:
    if other and (other.id == membership.id or other.organisation_id != membership.organisation_id):
        raise NotAColleague


@transaction.atomic
def end_absence(membership: Membership, *, absence: UUID, by: UUID, on: date) -> None:
    """Somebody is back: the absence ends yesterday, or never begins. Raises `NotThere`."""
    row = Absence.objects.select_for_update().filter(id=absence, membership=membership).first()
    if row is None or row.until_day < day_number(on):
        raise NotThere
    if row.from_day >= day_number(on):
        row.delete()
    else:
        Absence.objects.filter(id=row.id).update(until_day=day_number(on - ONE_DAY))
    write_down(deed="absence_ended", on=on, organisation=membership.organisation_id, actor=by)


@transaction.atomic
def set_hours(membership: Membership, hours: Iterable[Slot]) -> None:
    """The weekly hours of somebody, instead of those that were there; none: every day."""
    Hours.objects.filter(membership=membership).delete()
    Hours.objects.bulk_create(
        Hours(membership=membership, weekday=it.weekday, from_minute=it.start, until_minute=it.end)
        for it in hours
    )


@transaction.atomic
def give_duty(
    membership: Membership, *, from_day: date, until_day: date, by: UUID, on: date
) -> Duty:
    """Somebody can be called from the first to the last day (R-001-10).

    Raises `DaysReversed`, `DaysOver`, `DaysTooFar`.
    """
    _days(from_day, until_day, on)
    write_down(
        deed="duty_given", on=on, organisation=membership.organisation_id, actor=by,
        subject=str(membership.id),
    )  # fmt: skip
    return Duty.objects.create(
        membership=membership, from_day=day_number(max(from_day, on)),
        until_day=day_number(until_day),
    )  # fmt: skip


@transaction.atomic
def hand_over_duty(duty: UUID, *, to: Membership, from_day: date, by: UUID, on: date) -> Duty:
    """A colleague takes a turn over, from a day within it; the days before stay as they were.

    Raises `NotThere` for a turn of another organisation or one that is over, `DaysReversed` for a
    day outside it, `NotAColleague`.
    """
    row = _turn(duty, to.organisation_id, on)
    _colleague(row.membership, to)
    first, last = day_number(max(from_day, on)), row.until_day
    if not row.from_day <= first <= last:
        raise DaysReversed
    if first == row.from_day:
        row.delete()
    else:
        Duty.objects.filter(id=row.id).update(until_day=first - 1)
    write_down(
        deed="duty_handed_over", on=on, organisation=to.organisation_id, actor=by,
        subject=str(to.id),
    )  # fmt: skip
    return Duty.objects.create(membership=to, from_day=first, until_day=last)


@transaction.atomic
def end_duty(organisation: Organisation, *, duty: UUID, by: UUID, on: date) -> None:
    """A turn is taken off the rota: from today on, or whole when it lies ahead.

    Raises `NotThere`.
    """
    row = _turn(duty, organisation.id, on)
    if row.from_day >= day_number(on):
        row.delete()
    else:
        Duty.objects.filter(id=row.id).update(until_day=day_number(on - ONE_DAY))
    write_down(
        deed="duty_ended", on=on, organisation=organisation.id, actor=by,
        subject=str(row.membership_id),
    )  # fmt: skip


def _turn(duty: UUID, organisation: UUID, on: date) -> Duty:
    row = (
        Duty.objects.select_for_update(of=("self",))
        .select_related("membership")
        .filter(id=duty, membership__organisation=organisation, until_day__gte=day_number(on))
        .first()
    )
    if row is None:
        raise NotThere
    return row


@transaction.atomic
def set_alerts(organisation: Organisation, *, alerts: bool, by: UUID, on: date) -> None:
    """Whether whoever has duty gets a mail without content at once when there is danger (P7)."""
    Permanence.objects.update_or_create(organisation=organisation, defaults={"alerts": alerts})
    deed = "alerts_on" if alerts else "alerts_off"
    write_down(deed=deed, on=on, organisation=organisation.id, actor=by)
