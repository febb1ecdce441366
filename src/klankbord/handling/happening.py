"""Writing what belongs to a procedure: the engine reads it first, and the rest follows from it.

Nothing here decides whether a step may be taken: the engine reads the case as it would be then,
and what it finds odd is refused with the word for it. What people may do out of order they do with
a reason.
"""

from collections.abc import Container, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from uuid import UUID

from klankbord.cases.errors import ExclusionOpen, NotYours, ReasonMissing
from klankbord.cases.models import FILE
from klankbord.cases.opening import OpenCase
from klankbord.cases.services import procedure_word, set_closed, tell_readers
from klankbord.cases.writing import OpenPen, writing
from klankbord.handling.course import Course, course_of
from klankbord.handling.found import hand_in
from klankbord.handling.procedures import start_of
from klankbord.handling.work import project
from klankbord.kit.clock import HOME
from klankbord.organisations.members import Member
from klankbord.organisations.queries import engaged
from klankbord.rules import course as said
from klankbord.rules.entries import CaseClosed, CaseReopened
from klankbord.rules.procedures.standing import Odd
from klankbord.rules.readers import exclusion_open, stands

#: What counts and yet may not be: people agree first, and who is involved stays out.
NEVER = frozenset({Odd.WITHOUT_CONSENT, Odd.BARRED})
#: What may be done out of order, with a reason.
WITH_A_REASON = frozenset({Odd.BEFORE_ANOTHER, Odd.WITHOUT_THE_USUAL})

DEED_YEARS_BACK, YEARS_AHEAD, OLDEST_YEAR = 30, 10, 1900


class StepRefused(Exception):
    """The engine finds it odd. `why` is its word; `about` the step or word that it concerns."""

    def __init__(self, why: Odd, about: str = "") -> None:
        super().__init__(why)
        self.why, self.about = why, about


class NotRunHere(StepRefused):
    """The case would go to a procedure that nobody of this house could carry through (P6)."""

    def __init__(self, procedure: str) -> None:
        super().__init__(Odd.NOT_POSSIBLE, procedure)


class NoProcedure(Exception):
    """The case goes by no procedure yet."""


class DayToCome(ValueError):
    """What happened cannot have happened on a day that is still to come. `name`: which day."""

    def __init__(self, name: str = "on") -> None:
        super().__init__(name)
        self.name = name


class DayImpossible(DayToCome):
    """Too far away to be meant, or something promised for before the promise."""


def happen(pen: OpenPen, entry: said.Course | None, *, at: datetime) -> Course | None:
    """Write something that belongs to the course, unless it is odd, and let the rest follow.

    The rest: another procedure, the end or the reopening of the case, and what waits for whom.
    """
    if entry is not None:
        _refuse_impossible_days(pen, entry, at)
        _refuse_who_is_barred(pen, entry, at)
        pen.write(entry)
        _refuse_what_is_odd(course_in(pen, at), _places(pen, entry), entry)
    course = course_now(pen, at)
    if course and course.progress.converted_to and entry is not None:
        why = getattr(entry, "reason", "")
        start(pen, course.progress.converted_to, on=entry.on, reason=why)
        course = course_now(pen, at)
    _end_or_reopen(pen, course)
    project(pen.opened.row, course, readers_in(pen), day=pen.pen.day)
    return course


def catch_up(pen: OpenPen, *, at: datetime) -> None:
    """What waits may have moved without anybody writing: a closure, an absence, a new director."""
    project(pen.opened.row, course_now(pen, at), readers_in(pen), day=pen.pen.day)


def _refuse_who_is_barred(pen: OpenPen, entry: said.Course, at: datetime) -> None:
    """Who may not take a step does not leave it out, give it away, extend or correct it either."""
    step, course = step_in(entry, pen), course_now(pen, at)
    relations = course.progress.barred.get(pen.opened.hand.id.hex) if course else None
    known = course.procedure.by_key.get(step) if course else None
    if not (course and relations and known):
        return
    seats = (course.procedure.seats[seat] for seat in known.by if seat in course.procedure.seats)
    if any(relations & seat.barred for seat in seats):
        raise StepRefused(Odd.BARRED, step)


def _refuse_impossible_days(pen: OpenPen, entry: said.Course, at: datetime) -> None:
    """A mistyped year would move a term by a year, and nobody would see why."""
    done = entry.instead if isinstance(entry, said.StepCorrected) else entry
    if not isinstance(done, said.StepDone):
        return
    today, known = today_of(at), course_in(pen, at).procedure.days
    for name, day in (("on", done.on), *done.days.items()):
        what = known.get(name)
        if day > today and (name == "on" or (what and what.past)):
            raise DayToCome(name)
        oldest = today.year - DEED_YEARS_BACK if name == "on" else OLDEST_YEAR
        if not oldest <= day.year <= today.year + YEARS_AHEAD:
            raise DayImpossible(name)
        if what and what.proposed and day < done.on:
            raise DayImpossible(name)


def step_in(entry: said.Course, pen: OpenPen) -> str:
    """The step that an entry is about, also when it corrects another one; empty for none."""
    if isinstance(entry, said.StepCorrected):
        return next((_step(it.entry) for it in pen.happened if it.seq == entry.of), "")
    return _step(entry)


def _step(entry: object) -> str:
    return str(getattr(entry, "step", ""))


def _places(pen: OpenPen, entry: said.Course) -> set[int]:
    """Where the engine says what is odd about an entry: a correction stands where the wrong was."""
    places = {pen.written[-1].seq}
    corrects = {
        it.seq: it.entry.of for it in pen.happened if isinstance(it.entry, said.StepCorrected)
    }
    of = entry.of if isinstance(entry, said.StepCorrected) and entry.instead else None
    while of is not None:
        places.add(of)
        of = corrects.get(of)
    return places


def _refuse_what_is_odd(course: Course, places: Container[int], entry: said.Course) -> None:
    for problem in course.progress.problems:
        if problem.seq not in places:
            continue
        if problem.kind in WITH_A_REASON:
            if not getattr(entry, "reason", ""):
                raise ReasonMissing
        elif not problem.counted or problem.kind in NEVER:
            raise StepRefused(problem.kind, problem.about)


def _end_or_reopen(pen: OpenPen, course: Course | None) -> None:
    row = pen.opened.row
    over = bool(course and course.progress.ended) or stands(pen.happened, CaseClosed, CaseReopened)
    if over != (row.closed_day is not None):
        set_closed(row, pen.pen.day if over else None)


def start(pen: OpenPen, key: str, *, on: date, reason: str) -> None:
    started = start_of(pen.opened.row.organisation, key, on=on, reason=reason)
    pen.write(started)
    pen.opened.row.procedure = procedure_word(started)
    pen.opened.row.save(update_fields=["procedure"])


def readers_in(pen: OpenPen) -> tuple[UUID, ...]:
    """The members who hold the key of the file, with the changes of this very moment."""
    listed, outside = pen.opened.file.listed, pen.opened.seats
    return tuple(it.id for it in listed.holders if it.id not in outside) if listed else ()


@contextmanager
def acting(member: Member, reference: str, *, at: datetime) -> Iterator[OpenPen]:
    """A pen for a reader; the others are told that there is news."""
    case, hand = hand_in(member, reference)
    with writing(case, hand, at=at) as pen:
        yield pen
        if pen.written:
            tell_readers(pen.opened.row, but=hand.id, at=at)


def course_now(pen: OpenPen, at: datetime, language: str = "nl") -> Course | None:
    return course_of(pen.opened, on=today_of(at), language=language, happened=pen.happened)


def course_in(pen: OpenPen, at: datetime, language: str = "nl") -> Course:
    course = course_now(pen, at, language)
    if course is None:
        raise NoProcedure
    return course


def works_here(opened: OpenCase, who: UUID, at: datetime) -> tuple[str, ...]:
    """The roles that somebody holds here today. Raises `NotYours` for who is not of the house."""
    for it in engaged(opened.row.organisation_id, today_of(at)):
        if it.membership.id == who:
            return it.roles
    raise NotYours


def may_hear_of_it(opened: OpenCase, who: UUID) -> None:
    """Who acts hears that there is a case, also without a key. Raises `ExclusionOpen` as long as a
    name that the reporter typed may be theirs (R-000-31).
    """
    if exclusion_open(opened.happened) and who not in opened.listed(FILE):
        raise ExclusionOpen


def today_of(at: datetime) -> date:
    return at.astimezone(HOME).date()
