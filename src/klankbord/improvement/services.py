"""Saying that a duty of the year was done, taking that back, and reminding of what waits."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from klankbord.cases.reminding import tell
from klankbord.improvement.models import DutyDone, DutyTold
from klankbord.improvement.yearly import Duty, Year, roles_of_duty, years_of
from klankbord.kit.clock import HOME, day_number, day_of
from klankbord.kit.journal.services import write_down
from klankbord.organisations.models import Organisation
from klankbord.organisations.queries import engaged, listed
from klankbord.rules.reminders import late, to_say


class NotYourDuty(LookupError):
    """There is no such duty, or it is for other roles."""


class OutcomeMissing(ValueError):
    """A duty was done with some outcome, and none of these was chosen."""


class DayToCome(ValueError):
    """What is done was done today or earlier."""


class DayBefore(ValueError):
    """The day lies before this duty, or its last round, began."""


def note_done(
    organisation: Organisation, *, year: int, number: int, round: int, outcome: str, day: date,
    by: UUID, roles: Collection[str], on: date,
) -> None:  # fmt: skip
    """Say that a duty was done on a day. The same round twice is said once.

    Raises `NotYourDuty`, `OutcomeMissing`, `DayToCome`, `DayBefore`.
    """
    found, duty = mine(organisation, year, number, roles=roles, on=on)
    if duty.round != round or not duty.waits:
        return  # a colleague, or another window, was first
    if duty.step.outcome(outcome) is None:
        raise OutcomeMissing
    if day > on:
        raise DayToCome
    if duty.standing.opened and day < duty.standing.opened:
        raise DayBefore
    DutyDone.objects.bulk_create(
        [
            DutyDone(
                organisation=organisation, procedure=found.procedure.key, step=duty.step.key,
                round=round, outcome=outcome, day=day_number(day), by=by, noted_day=day_number(on),
            )
        ],
        ignore_conflicts=True,
    )  # fmt: skip
    write_down(deed="duty_noted", on=on, organisation=organisation.id, actor=by)


def take_back(
    organisation: Organisation, *, year: int, number: int, by: UUID, roles: Collection[str],
    on: date,
) -> None:  # fmt: skip
    """It was not done after all: what was said today is gone. Raises `NotYourDuty`."""
    found, duty = mine(organisation, year, number, roles=roles, on=on)
    gone, _ = DutyDone.objects.filter(
        organisation=organisation, procedure=found.procedure.key, step=duty.step.key,
        round=len(duty.standing.done), noted_day=day_number(on),
    ).delete()  # fmt: skip
    if gone:
        write_down(deed="duty_taken_back", on=on, organisation=organisation.id, actor=by)


def mine(
    organisation: Organisation, year: int, number: int, *, roles: Collection[str], on: date,
    language: str = "nl",
) -> tuple[Year, Duty]:  # fmt: skip
    """A duty that somebody with these roles may say is done. Raises `NotYourDuty`."""
    for it in years_of(organisation, on=on, language=language):
        duty = it.duty(number) if it.number == year else None
        if duty and not roles_of_duty(it.procedure, duty.step).isdisjoint(roles):
            return it, duty
    raise NotYourDuty


def remind_of_duties(now: datetime) -> int:
    """Queue the mail that says nothing for whoever must do something this year; how many duties.

    When it is late, for everybody with a role in that duty. Running twice is harmless.
    """
    on = now.astimezone(HOME).date()
    return sum(_remind(organisation, on, now) for organisation in listed())


def _remind(organisation: Organisation, on: date, now: datetime) -> int:
    told = {
        (row.procedure, row.step): row for row in DutyTold.objects.filter(organisation=organisation)
    }
    said = 0
    for year in years_of(organisation, on=on, language="nl"):
        for duty in (it for it in year.duties if it.waits):
            before = told.get((year.procedure.key, duty.step.key))
            if _says(duty, before, on):
                tell(_whom(organisation, year, duty, on), on=on, now=now)
                _note_told(organisation, year, duty, on)
                said += 1
    return said


def _says(duty: Duty, before: DutyTold | None, on: date) -> bool:
    due = duty.standing.due.day
    if due is None:
        return False
    told = day_of(before.told_day) if before and before.due_day == day_number(due) else None
    return to_say(due, told, on)


def _whom(organisation: Organisation, year: Year, duty: Duty, on: date) -> set[UUID]:
    people = {duty.member} if duty.member else set()
    due = duty.standing.due.day
    if due and (late(due, on) or not people):
        roles = roles_of_duty(year.procedure, duty.step)
        holders = engaged(organisation.id, on)
        people |= {it.membership.id for it in holders if not roles.isdisjoint(it.roles)}
    return people


def _note_told(organisation: Organisation, year: Year, duty: Duty, on: date) -> None:
    due = duty.standing.due.day
    DutyTold.objects.update_or_create(
        organisation=organisation, procedure=year.procedure.key, step=duty.step.key,
        defaults={"due_day": day_number(due) if due else 0, "told_day": day_number(on)},
    )  # fmt: skip
