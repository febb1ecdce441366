"""On which days a board meets: the terms that wait for its next meeting count from these."""

from datetime import date, timedelta
from uuid import UUID

from django.db import transaction

from klankbord.kit.journal.services import write_down
from klankbord.organisations.models import Organisation

FURTHEST = timedelta(days=3 * 366)
MOST = 200  # planned days of one body


class MeetingOver(ValueError):
    """The day is past. Terms may have counted with it, so it stays as it was."""


class MeetingTooFar(ValueError):
    """The day lies more than three years ahead: probably a slip in the year."""


class TooManyMeetings(ValueError):
    """More planned days than anybody meets."""


def plan_meeting(organisation: Organisation, *, body: str, day: date, by: UUID, on: date) -> None:
    """Write down that a body meets on a day; saying it twice is saying it once.

    Raises `MeetingOver`, `MeetingTooFar`, `TooManyMeetings`.
    """
    if day < on:
        raise MeetingOver
    if day - on > FURTHEST:
        raise MeetingTooFar
    with transaction.atomic():
        row, planned = _planned(organisation, body)
        if len([it for it in planned if it >= on.isoformat()]) >= MOST:
            raise TooManyMeetings
        _keep(row, body, planned | {day.isoformat()}, planned, by=by, on=on)


def cancel_meeting(organisation: Organisation, *, body: str, day: date, by: UUID, on: date) -> None:
    """A meeting that is still to come does not take place. Raises `MeetingOver`."""
    if day < on:
        raise MeetingOver
    with transaction.atomic():
        row, planned = _planned(organisation, body)
        _keep(row, body, planned - {day.isoformat()}, planned, by=by, on=on)


def _planned(organisation: Organisation, body: str) -> tuple[Organisation, set[str]]:
    row = Organisation.objects.select_for_update().get(id=organisation.id)
    return row, set(row.meetings.get(body, ()))


def _keep(
    row: Organisation, body: str, days: set[str], before: set[str], *, by: UUID, on: date
) -> None:
    if days == before:
        return
    row.meetings = {**row.meetings, body: sorted(days)}
    row.save(update_fields=["meetings"])
    write_down(deed="meetings_changed", on=on, organisation=row.id, actor=by)
