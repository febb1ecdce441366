"""Activities with a link of their own: made, ended, and found again by the word in the address.

A link works from the day it is made until some weeks after the activity: a child may need time to
tell (R-001-41, R-001-42).
"""

import secrets
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from django.db import transaction

from klankbord.intake.models import Activity
from klankbord.kit.clock import day_number, day_of
from klankbord.kit.journal.services import write_down
from klankbord.organisations.models import Organisation, Unit
from klankbord.rules import entries
from klankbord.rules.codes import activity_word, activity_words

GRACE = timedelta(days=60)  # after the last day of the activity
LONGEST = timedelta(days=400)  # a whole year of weekly evenings
LONGEST_NAME = 120


class Wrong(StrEnum):
    """What cannot stay as it is in an activity that somebody makes."""

    NO_NAME = "no_name"
    NAME_TOO_LONG = "name_too_long"
    NO_DAYS = "no_days"
    BACKWARDS = "backwards"
    TOO_LONG = "too_long"
    OVER = "over"


class ActivityRefused(ValueError):
    """The activity cannot be made like this; `wrong` says what to look at."""

    def __init__(self, wrong: Wrong) -> None:
        super().__init__(wrong)
        self.wrong = wrong


def make_activity(
    organisation: Organisation,
    *,
    name: str,
    from_day: date | None,
    until_day: date | None,
    unit: UUID | None = None,
    by: UUID,
    on: date,
) -> Activity:
    """An activity with a link that works at once. `by` is the membership that makes it.

    A unit of another organisation counts as none. Raises `ActivityRefused`.
    """
    wrong = _wrong(name, from_day, until_day, on)
    if wrong or from_day is None or until_day is None:
        raise ActivityRefused(wrong or Wrong.NO_DAYS)
    with transaction.atomic():
        row = Activity.objects.create(
            organisation=organisation, word=_word(), name=name, from_day=day_number(from_day),
            until_day=day_number(until_day),
            unit=Unit.objects.filter(id=unit, organisation=organisation, ended_day=None).first()
            if unit
            else None,
        )  # fmt: skip
        write_down(deed="activity_made", on=on, organisation=organisation.id, actor=by)
    return row


def end_activity(row: Activity, *, by: UUID, on: date) -> None:
    """Its link leads to the ordinary page from now on; what was told stays what it is."""
    with transaction.atomic():
        Activity.objects.filter(id=row.id, ended_day=None).update(ended_day=day_number(on))
        write_down(deed="activity_ended", on=on, organisation=row.organisation_id, actor=by)


def resume_activity(row: Activity, *, by: UUID, on: date) -> None:
    """The link works again, until its own time is over."""
    with transaction.atomic():
        Activity.objects.filter(id=row.id).update(ended_day=None)
        write_down(deed="activity_resumed", on=on, organisation=row.organisation_id, actor=by)


def activities_of(organisation: Organisation) -> list[Activity]:
    """All activities of an organisation, the newest first."""
    rows = Activity.objects.filter(organisation=organisation).select_related("unit")
    return list(rows.order_by("-from_day", "name"))


def activity_named(organisation: Organisation, word: str) -> Activity | None:
    """The activity with this word in its address, whether it is over or not."""
    return Activity.objects.filter(organisation=organisation, word=word).first()


def activity_numbered(organisation: Organisation, number: UUID) -> Activity | None:
    """The activity with this id."""
    return Activity.objects.filter(organisation=organisation, id=number).first()


def last_day(row: Activity) -> date:
    """The last day on which the link works by itself."""
    return day_of(row.until_day) + GRACE


def is_open(row: Activity, on: date) -> bool:
    """Whether somebody who comes by the link tells it as part of this activity."""
    return row.ended_day is None and on <= last_day(row)


def as_told(row: Activity) -> entries.Activity:
    """The activity as it goes inside the seal."""
    return entries.Activity(
        row.id, row.name, day_of(row.from_day), day_of(row.until_day), row.unit_id
    )


def _wrong(name: str, from_day: date | None, until_day: date | None, on: date) -> Wrong | None:
    if not name:
        return Wrong.NO_NAME
    if len(name) > LONGEST_NAME:
        return Wrong.NAME_TOO_LONG
    if from_day is None or until_day is None:
        return Wrong.NO_DAYS
    if until_day < from_day:
        return Wrong.BACKWARDS
    if until_day - from_day > LONGEST:
        return Wrong.TOO_LONG
    return Wrong.OVER if until_day + GRACE < on else None


def _word() -> str:
    while True:
        word = activity_word(secrets.randbelow(activity_words()))
        if not Activity.objects.filter(word=word).exists():
            return word
