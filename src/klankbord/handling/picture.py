"""The course of a case as a list and as a chart: every step, and where this case stands in it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from klankbord.agenda.queries import Card
from klankbord.handling.course import Course
from klankbord.handling.todo import Actor, ToDo
from klankbord.organisations.models import Organisation
from klankbord.organisations.queries import calendar_of
from klankbord.rules.procedures import drawing
from klankbord.rules.procedures.drawing import Chart, Place, Row
from klankbord.rules.procedures.shape import Procedure
from klankbord.rules.procedures.simulation import simulate
from klankbord.rules.procedures.standing import Problem, Standing


@dataclass(frozen=True, slots=True)
class TimeDone:
    """One time that a step was done: when, by whom, how it ended."""

    day: date
    by: str
    outcome: str
    late: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A step of the list. Without `standing` it is a procedure to read, and no case."""

    row: Row
    standing: Standing | None = None
    done: tuple[TimeDone, ...] = ()
    waits_for: tuple[Place, ...] = ()
    actors: tuple[Actor, ...] = ()
    number: int = 0


@dataclass(frozen=True, slots=True)
class Odd:
    """Something that people did otherwise than the procedure says, and about which step."""

    problem: Problem
    title: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A procedure drawn: the list, what is possible at any time, the chart, what is odd."""

    procedure: Procedure
    lines: tuple[Line, ...]
    anytime: tuple[Row, ...]
    chart: Chart | None
    odd: tuple[Odd, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Mark:
    """A step on the short track beside a case. `day`: when it was done, or its last day."""

    title: str
    state: str
    day: date | None = None
    by: str = ""


#: How much of the track stands beside a case: the whole of it is a page of its own.
DONE_SHOWN, WAITING_SHOWN = 3, 3


def track_of(todo: ToDo, names: Mapping[str, str]) -> tuple[Mark, ...]:
    """The last things done, what is to be done now, and what waits for it."""
    procedure = todo.course.procedure
    rounds = sorted(
        ((it.seq, key, it) for key, stands in todo.course.progress.standings.items()
         for it in stands.done),
        key=lambda one: one[0],
    )  # fmt: skip
    done = tuple(
        Mark(procedure.step(key).title, "done", it.day, names.get(it.by, ""))
        for _, key, it in rounds[-DONE_SHOWN:]
    )
    now = tuple(Mark(it.step.title, "now", it.due) for it in todo.now)
    ahead = tuple(Mark(it.step.title, "ahead", it.due) for it in todo.waiting[:WAITING_SHOWN])
    return (*done, *now, *ahead)


def picture_of(procedure: Procedure, organisation: Organisation, on: date) -> Picture:
    """A procedure as it would go if it began on a day, each step on its last day."""
    calendar = calendar_of(organisation)
    timeline = simulate(procedure, on, calendar)
    return Picture(
        procedure,
        tuple(Line(row) for row in drawing.rows(procedure)),
        drawing.at_any_time(procedure),
        drawing.chart(procedure, timeline, calendar),
    )


def picture_of_case(
    todo: ToDo, organisation: Organisation, people: tuple[Card, ...], on: date
) -> Picture:
    """A case on its way: what happened, where it stands, and the ordinary way on from here."""
    course, calendar = todo.course, calendar_of(organisation)
    names = {card.membership.hex: card.name for card in people}
    procedure, progress = course.procedure, course.progress
    timeline = simulate(procedure, on, calendar, recorded=course.log, not_before=on)
    places = drawing.places(procedure)
    seats = {actor.seat: actor for actor in todo.seats}
    lines = (_line(course, row, places, names, seats) for row in drawing.rows(procedure))
    return Picture(
        procedure,
        tuple(lines),
        drawing.at_any_time(procedure),
        drawing.chart(procedure, timeline, calendar, progress),
        tuple(
            Odd(it, places[it.about].title if it.about in places else "")
            for it in progress.problems
        ),
    )


def _line(
    course: Course, row: Row, places: Mapping[str, Place], names: Mapping[str, str],
    seats: Mapping[str, Actor],
) -> Line:  # fmt: skip
    step, standing = row.step, course.progress.standings[row.step.key]
    done = []
    for it in standing.done:
        outcome = step.outcome(it.outcome)
        title = outcome.title if outcome and len(step.outcomes) > 1 else ""
        done.append(TimeDone(it.day, names.get(it.by, ""), title, it.late))
    return Line(
        row=row,
        standing=standing,
        done=tuple(done),
        waits_for=tuple(places[key] for key in standing.waits_for),
        actors=_each_once(seats[seat] for seat in step.by if seat in seats),
        number=course.number_of(step.key),
    )


def _each_once(actors: Iterable[Actor]) -> tuple[Actor, ...]:
    """The people who may act, each once however many seats they have."""
    return tuple({actor.member: actor for actor in actors if actor.member}.values())
