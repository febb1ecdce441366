"""Turning a case: another procedure, a longer term, a correction, taking it up again."""

from datetime import date, datetime

from klankbord.handling.course import started_in
from klankbord.handling.found import reason_in
from klankbord.handling.happening import (
    StepRefused,
    acting,
    happen,
    start,
    today_of,
)
from klankbord.organisations.members import Member
from klankbord.rules.course import (
    ConsentSpoken,
    FactsFound,
    ProcedureReopened,
    SeatTaken,
    SeverityAssessed,
    StepCorrected,
    StepDelegated,
    StepDone,
    StepSkipped,
    TermExtended,
)
from klankbord.rules.procedures.standing import Odd

CORRECTABLE = (
    StepDone
    | StepSkipped
    | StepDelegated
    | SeatTaken
    | FactsFound
    | SeverityAssessed
    | ConsentSpoken
    | TermExtended
)


def start_procedure(member: Member, reference: str, *, key: str, reason: str, at: datetime) -> None:
    """Let the case go by a procedure, or by another one: what was found out carries over.

    Raises `ReasonMissing` when it goes by one already, `NotYours`, `TroubleInCase` and
    `rules.library.NotInLibrary`.
    """
    with acting(member, reference, at=at) as pen:
        if started_in(pen.happened) is not None:
            reason = reason_in(reason)
        start(pen, key, on=today_of(at), reason=reason)
        happen(pen, None, at=at)


def extend_term(
    member: Member, reference: str, *, step: str, until: date, reason: str, at: datetime
) -> None:
    """Extend the term of a step, where its procedure allows it. Raises `StepRefused`."""
    reason = reason_in(reason)
    with acting(member, reference, at=at) as pen:
        happen(pen, TermExtended(step, until, today_of(at), reason), at=at)


def correct(
    member: Member,
    reference: str,
    *,
    of: int,
    instead: StepDone | None,
    reason: str,
    at: datetime,
) -> None:
    """Put something in the place of what was noted wrongly, or nothing. Both stay readable.

    What was done since stays; if it no longer lies on the path the page says so, and people decide.
    What the reporter signed nobody puts right in their place: a withdrawn consent stays withdrawn.
    Raises `ReasonMissing`, `StepRefused`, `DayToCome`.
    """
    reason = reason_in(reason)
    with acting(member, reference, at=at) as pen:
        wrong = next((it for it in pen.opened.happened if it.seq == of), None)
        if (
            wrong is None
            or not isinstance(wrong.entry, CORRECTABLE)
            or wrong.by in pen.opened.seats
        ):
            raise StepRefused(Odd.CORRECTS_NOTHING)
        happen(pen, StepCorrected(of, instead, today_of(at), reason), at=at)


def reopen_at(member: Member, reference: str, *, step: str, reason: str, at: datetime) -> None:
    """Take an ended case up again, at one of the steps that its ending allows (R-004-192)."""
    reason = reason_in(reason)
    with acting(member, reference, at=at) as pen:
        happen(pen, ProcedureReopened(step, today_of(at), reason), at=at)
