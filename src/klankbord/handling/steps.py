"""What a reader does in a procedure: take a step, leave it out, give it away, note a fact."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from uuid import UUID

from klankbord.cases.errors import AlreadyDone, NotYours
from klankbord.cases.models import IDENTITY
from klankbord.cases.services import answered, take_files, tell_readers
from klankbord.cases.workrooms import work_room
from klankbord.cases.writing import OpenPen, writing
from klankbord.handling.course import Course
from klankbord.handling.found import hand_in, reason_in
from klankbord.handling.happening import (
    NoProcedure,
    NotRunHere,
    acting,
    course_in,
    happen,
    may_hear_of_it,
    today_of,
    works_here,
)
from klankbord.handling.procedures import not_run_here
from klankbord.handling.second_case import begin_linked
from klankbord.kit.tokens.services import AlreadySpent, spend
from klankbord.organisations.members import Member
from klankbord.rules.course import (
    FactsFound,
    Judged,
    SeatTaken,
    StepDelegated,
    StepDone,
    StepSkipped,
    WorkNoted,
)
from klankbord.rules.entries import Answers, IdentityGiven, KeptFile
from klankbord.rules.forms.answers import clean
from klankbord.rules.procedures.here import leads_beyond
from klankbord.rules.procedures.shape import OWN_SEATS


@dataclass(frozen=True, slots=True)
class Doing:
    """What was done in a step. `on` is the day of the deed, `round` the one that was shown."""

    outcome: str
    on: date
    round: int
    seat: str = ""
    findings: Mapping[str, str] = field(default_factory=dict)
    days: Mapping[str, date] = field(default_factory=dict)
    conditions: tuple[Judged, ...] = ()
    form: Answers | None = field(default=None, repr=False)
    identity: Answers | None = field(default=None, repr=False)
    letter: Mapping[str, str] = field(default_factory=dict, repr=False)
    reason: str = field(default="", repr=False)
    note: str = field(default="", repr=False)
    referred_to: str = field(default="", repr=False)
    files: tuple[KeptFile, ...] = ()


def do_step(
    member: Member, reference: str, *, step: str, doing: Doing, token: bytes, at: datetime
) -> None:
    """Take a step. The same page sent twice is one step.

    Raises `AlreadyDone` (another text, or a colleague was first), `StepRefused`, `ReasonMissing`,
    `DayToCome`, `NoProcedure`, `TextTooLong`, `TroubleInCase`, `NotYours`.
    """
    case, hand = hand_in(member, reference)
    try:
        with writing(case, hand, at=at) as pen:
            spend(token, at)
            take_step(pen, step, doing, at=at)
            tell_readers(pen.opened.row, but=hand.id, at=at)
    except AlreadySpent:
        with writing(case, hand, at=at) as pen:
            if not done_before(pen, step, doing, at=at):
                raise AlreadyDone from None


def done_before(pen: OpenPen, step: str, doing: Doing, *, at: datetime) -> bool:
    """Whether exactly this was noted before, with the same notes."""
    done, noted = _entries(pen, step, doing, at=at)
    for it in pen.happened:
        if it.entry == done:
            return noted is None or replace(noted, of=it.seq) in [e.entry for e in pen.happened]
    return False


def take_step(pen: OpenPen, step: str, doing: Doing, *, at: datetime) -> Course:
    """Take a step with an open pen: a reader's, or the reporter's own. Raises as `do_step`."""
    _stays_here(pen, step, doing.outcome, at)
    done, noted = _entries(pen, step, doing, at=at)
    if doing.identity:
        if IDENTITY not in pen.opened.compartments:
            raise NotYours
        pen.write(IdentityGiven(doing.identity), IDENTITY)
    _sit_down(pen, done, at=at)
    seq, starts = pen.pen.seq, _starts(pen, step, doing, at=at)
    course = happen(pen, done, at=at)
    if done.letter and pen.opened.hand.id not in pen.opened.seats:
        answered(pen.opened.row, day=pen.pen.day)  # a letter that the reporter reads is an answer
    if starts:
        begin_linked(pen, starts, at=at)
    if noted:
        pen.write(replace(noted, of=seq), work_room(pen))
    take_files(pen.opened.row, doing.files)
    if course is None:  # for the type: a case with a procedure keeps one
        raise NoProcedure
    return course


def _sit_down(pen: OpenPen, done: StepDone, *, at: datetime) -> None:
    """Who first acts from a seat that conditions look at sits in it from then on.

    Which board must know depends on who handled the complaint (R-004-180, R-004-181).
    """
    course = course_in(pen, at)
    known = course.procedure.by_key.get(done.step)
    seat = done.seat or (known.by[0] if known else "")
    place = course.procedure.seats.get(seat)
    if place is None or seat in course.progress.seats or not course.looked_at(seat):
        return
    of_the_house = pen.opened.hand.id not in pen.opened.seats
    roles = works_here(pen.opened, pen.opened.hand.id, at) if of_the_house else ()
    role = next((it for it in place.succession if it in roles), "")
    if role:
        happen(pen, SeatTaken(seat, role, pen.opened.hand.id, done.on), at=at)
    elif (sits := course.seated(seat)).member:
        happen(pen, SeatTaken(seat, sits.role, UUID(hex=sits.member), done.on), at=at)


def _starts(pen: OpenPen, step: str, doing: Doing, *, at: datetime) -> str:
    """The procedure of a second case that this outcome begins, if any."""
    known = course_in(pen, at).procedure.by_key.get(step)
    outcome = known.outcome(doing.outcome) if known else None
    return outcome.starts if outcome else ""


def _stays_here(pen: OpenPen, step: str, outcome: str, at: datetime) -> None:
    """Raises `NoProcedure`, or `NotRunHere` if nobody could go on where this leads."""
    course = course_in(pen, at)
    taken = course.procedure.by_key.get(step)
    way = taken.outcome(outcome) if taken else None
    organisation = pen.opened.row.organisation
    beyond = not_run_here(organisation, course.procedure, on=today_of(at))
    if way and leads_beyond(way, beyond):
        raise NotRunHere(way.converts_to or way.starts)


def _entries(
    pen: OpenPen, step: str, doing: Doing, *, at: datetime
) -> tuple[StepDone, WorkNoted | None]:
    """What the file says of a step, and what only those who handle the case read of it.

    A step that is the reporter's own has no other side: all of it stands in the file.
    """
    procedure = course_in(pen, at).procedure
    known, letter = procedure.by_key.get(step), procedure.letter_of(step, doing.outcome)
    own = known is not None and bool(OWN_SEATS & set(known.by))
    theirs = letter is not None and letter.to_reporter
    # What stood ready for another ending is not sent along.
    parts = letter.parts if letter else {}
    written = {it: clean(text).strip() for it, text in doing.letter.items() if it in parts}
    noted = WorkNoted(
        of=0,
        note=clean(doing.note).strip(),
        letter={} if theirs else written,
        form=None if own else doing.form,
        conditions=tuple(it for it in doing.conditions if it.note),
        files=() if own else doing.files,
    )
    done = StepDone(
        step=step,
        round=doing.round,
        outcome=doing.outcome,
        on=doing.on,
        seat=doing.seat,
        findings=dict(doing.findings),
        days=dict(doing.days),
        conditions=tuple(Judged(it.key, it.holds) for it in doing.conditions),
        form=doing.form if own else None,
        letter=written if theirs else {},
        reason=clean(doing.reason).strip(),
        referred_to=clean(doing.referred_to).strip(),
        files=doing.files if own else (),
    )
    return done, noted if noted != WorkNoted(of=0) else None


def note_work(pen: OpenPen, text: str, *, of: int) -> None:
    """Note something for those who handle the case, at what happened at this place."""
    if text := clean(text).strip():
        pen.write(WorkNoted(of=of, note=text), work_room(pen))


def skip_step(member: Member, reference: str, *, step: str, reason: str, at: datetime) -> None:
    """Leave out a step that may be left out. Raises `ReasonMissing`, `StepRefused`."""
    reason = reason_in(reason)
    with acting(member, reference, at=at) as pen:
        happen(pen, StepSkipped(step, today_of(at), reason), at=at)


def delegate_step(
    member: Member, reference: str, *, step: str, to: UUID, reason: str, at: datetime
) -> None:
    """Give a step to a colleague (R-004-141). Whether they can read is another matter: a key.

    Raises `ExclusionOpen`, `StepRefused`, `NotYours`.
    """
    with acting(member, reference, at=at) as pen:
        works_here(pen.opened, to, at)
        may_hear_of_it(pen.opened, to)
        entry = StepDelegated(step, to, today_of(at), clean(reason).strip())
        happen(pen, entry, at=at)


def find_out(
    member: Member, reference: str, *, findings: Mapping[str, str], note: str, at: datetime
) -> None:
    """Note facts that became known outside a step; what depends on them is judged anew."""
    with acting(member, reference, at=at) as pen:
        seq = pen.pen.seq
        happen(pen, FactsFound(today_of(at), dict(findings)), at=at)
        note_work(pen, note, of=seq)
