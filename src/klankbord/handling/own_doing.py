"""What somebody from outside does in a procedure: their own steps, by their own keys."""

from datetime import datetime
from uuid import UUID

from klankbord.cases.errors import AlreadyDone, NotYours
from klankbord.cases.services import readers_wait, tell_readers
from klankbord.cases.writing import OpenPen, writing
from klankbord.handling.channel import Seat, answer_day, enter
from klankbord.handling.happening import StepRefused, course_in, course_now
from klankbord.handling.own_steps import OwnStep, own_step_in, speaking
from klankbord.handling.signing import text_to_sign
from klankbord.handling.steps import Doing, done_before, take_step
from klankbord.kit.tokens.services import AlreadySpent, spend
from klankbord.organisations.models import Organisation
from klankbord.rules.entries import MessageSent
from klankbord.rules.forms.answers import clean
from klankbord.rules.procedures.standing import Odd


class TextChanged(Exception):
    """What was to be signed is no longer what was read."""


class NotTheirCode(Exception):
    """The code that was typed opens another place, or none."""


def prove_code(organisation: Organisation, seat: Seat, typed: str) -> None:
    """Whether somebody has the code in hand, and not only an open screen (P27).

    Raises `rules.codes.CodeMistyped`, `CodeUnknown`, `NotTheirCode` and `kit.throttle.Busy`.
    """
    if enter(organisation, typed).reporter != seat.reporter:
        raise NotTheirCode


def take_own_step(
    seat: Seat, case_id: UUID, *, number: int, doing: Doing, text: str = "", read: int = -1,
    token: bytes, at: datetime,
) -> None:  # fmt: skip
    """Take a step in the channel; the readers are told and their work follows.

    `text` goes along as a message. `read` is the place of the text that was read before signing it.
    The same page sent twice is one step. Raises `AlreadyDone`, `StepRefused` (somebody was first,
    or it is not theirs to take), `TextChanged`, `ReasonMissing`, `DayToCome`, `TextTooLong`,
    `TroubleInCase`, `NotYours`.
    """
    try:
        with writing(case_id, seat.hand, at=at) as pen:
            if pen.opened.row.organisation_id != seat.organisation:
                raise NotYours
            spend(token, at)
            own = own_step_in(course_now(pen, at), speaking(pen, seat.reporter), number)
            outcome = own.outcome(doing.outcome) if own else None
            if own is None or outcome is None:
                raise StepRefused(Odd.NOT_ON_PATH)
            if own.signs_by(outcome):
                _still_the_same(pen, own, read)
            take_step(pen, own.step.key, doing, at=at)
            if text := clean(text).strip():
                pen.write(MessageSent(text=text))
            readers_wait(pen.opened.row, due_day=answer_day(pen.opened, at))
            tell_readers(pen.opened.row, but=None, at=at)
    except AlreadySpent:
        _same_again(seat, case_id, number, doing, at=at)


def _still_the_same(pen: OpenPen, own: OwnStep, read: int) -> None:
    course = course_now(pen, pen.pen.at)
    found = text_to_sign(pen.happened, course.procedure, own.step) if course else None
    if found is None or found.seq != read:
        raise TextChanged


def _same_again(seat: Seat, case_id: UUID, number: int, doing: Doing, *, at: datetime) -> None:
    """Return quietly when this is what was sent before. Raises `AlreadyDone` for another text."""
    with writing(case_id, seat.hand, at=at) as pen:
        steps = course_in(pen, at).procedure.steps
        if not done_before(pen, steps[number - 1].key, doing, at=at):
            raise AlreadyDone
