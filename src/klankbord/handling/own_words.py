"""What a reporter says about what was noted in their name."""

from datetime import datetime
from uuid import UUID

from klankbord.cases.errors import NotYours
from klankbord.cases.services import readers_wait, tell_readers
from klankbord.cases.writing import writing
from klankbord.handling.channel import Seat, answer_day
from klankbord.handling.happening import course_in, happen, today_of
from klankbord.rules.course import ConsentSpoken, Spoken
from klankbord.rules.entries import MessageSent
from klankbord.rules.forms.answers import clean
from klankbord.rules.procedures.standing import ConsentState
from klankbord.rules.seats import parts_of


def take_consent_back(seat: Seat, case_id: UUID, *, number: int, text: str, at: datetime) -> None:
    """Say that a consent was not given, or not any more: from now on it does not stand.

    Only the person themselves can sign this. `number` is the step's place; `text` may be empty.
    What was noted stays readable beside it, and what was done is not undone. The same page sent
    twice says it once. Raises `NotYours`, `StepRefused`, `NoProcedure`, `TextTooLong`,
    `TroubleInCase`.
    """
    text = clean(text).strip()
    with writing(case_id, seat.hand, at=at) as pen:
        parts = parts_of(pen.opened.happened, seat.reporter)
        if pen.opened.row.organisation_id != seat.organisation:
            raise NotYours
        course = course_in(pen, at)
        if not 0 < number <= len(course.procedure.steps):
            raise NotYours
        step = course.step(number)
        if step.consent is None or step.consent.of not in parts:
            raise NotYours
        standing = course.progress.standings[step.key]
        if standing.consent is not ConsentState.GIVEN:
            return
        said = ConsentSpoken(step.key, standing.round, Spoken.WITHDRAWN, "", today_of(at))
        happen(pen, said, at=at)
        if text:
            pen.write(MessageSent(text=text, files=()))
        readers_wait(pen.opened.row, due_day=answer_day(pen.opened, at))
        tell_readers(pen.opened.row, but=None, at=at)
