"""What is stored of hours, absences and turns, as the rules read it."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from klankbord.agenda.models import Absence, Duty, Hours, Permanence
from klankbord.kit.clock import day_number, day_of
from klankbord.organisations.models import Organisation
from klankbord.rules.presence import Away, Presence, Slot, Turn


def presences(
    memberships: Collection[UUID], on: date, absences: Collection[Absence] | None = None
) -> dict[UUID, Presence]:
    """When these people are there, from a day on: everybody is in it, also without hours.

    `absences` are theirs from that day on, for whoever has read them already.
    """
    hours: dict[UUID, list[Slot]] = {it: [] for it in memberships}
    rows = Hours.objects.filter(membership__in=memberships)
    for who, *slot in rows.values_list("membership", "weekday", "from_minute", "until_minute"):
        hours[who].append(Slot(*slot))
    away: dict[UUID, list[Away]] = {it: [] for it in memberships}
    for absence in absences_of(memberships, on) if absences is None else absences:
        away[absence.membership_id].append(
            Away(day_of(absence.from_day), day_of(absence.until_day))
        )
    return {it: Presence(tuple(sorted(hours[it])), tuple(sorted(away[it]))) for it in memberships}


def absences_of(memberships: Collection[UUID], on: date) -> list[Absence]:
    """The absences of these people that are not over, the first day first."""
    rows = Absence.objects.filter(membership__in=memberships, until_day__gte=day_number(on))
    return list(rows.select_related("membership", "substitute__account").order_by("from_day", "id"))


def turns(organisation: UUID, on: date) -> list[Duty]:
    """The turns of an organisation that are not over, the first day first."""
    rows = _turns(organisation, on).select_related("membership__account")
    return list(rows.order_by("from_day", "until_day", "id"))


def turns_kept(organisation: UUID, on: date) -> list[Turn]:
    """The same turns as the rules read them, in any order."""
    rows = _turns(organisation, on).values_list("membership", "from_day", "until_day")
    return [Turn(who, day_of(first), day_of(last)) for who, first, last in rows]


def _turns(organisation: UUID, on: date) -> QuerySet[Duty]:
    return Duty.objects.filter(membership__organisation=organisation, until_day__gte=day_number(on))


def turn_of(row: Duty) -> Turn:
    """A turn as the rules read it."""
    return Turn(row.membership_id, day_of(row.from_day), day_of(row.until_day))


def keeps_rota(organisation: UUID) -> bool:
    """Whether this organisation ever said who has duty: who never did has no gaps either."""
    return Duty.objects.filter(membership__organisation=organisation).exists()


def alerts(organisation: Organisation) -> bool:
    """Whether whoever has duty gets a mail at once when somebody tells of danger (P7)."""
    return Permanence.objects.filter(organisation=organisation, alerts=True).exists()


def may_be_alerted(memberships: Collection[UUID], on: date) -> bool:
    """Whether one of these has duty today where danger alerts whoever has it (P7)."""
    day = day_number(on)
    return Duty.objects.filter(
        membership__in=memberships, from_day__lte=day, until_day__gte=day,
        membership__organisation__permanence__alerts=True,
    ).exists()  # fmt: skip
