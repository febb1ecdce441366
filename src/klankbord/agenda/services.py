"""Saying when somebody cannot be reached."""

from datetime import date

from klankbord.agenda.models import Absence
from klankbord.kit.clock import day_number
from klankbord.organisations.models import Membership


class DaysReversed(ValueError):
    """The last day of the absence comes before the first."""


def note_absence(
    membership: Membership, *, from_day: date, until_day: date, substitute: Membership | None = None
) -> Absence:
    """Somebody is away from the first to the last day, both included (R-002-44)."""
    if until_day < from_day:
        raise DaysReversed
    return Absence.objects.create(
        membership=membership, from_day=day_number(from_day), until_day=day_number(until_day),
        substitute=substitute,
    )  # fmt: skip
