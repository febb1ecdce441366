"""The steps that somebody from outside takes themselves: choose, sign, say what they think, stop.

Which steps these are the procedure says: those whose `by` names them. What only somebody of the
house can say, such as a reason or to whom somebody is referred, is not asked of them.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from klankbord.cases.writing import OpenPen
from klankbord.handling.course import Course
from klankbord.handling.happening import course_now, today_of
from klankbord.handling.steps import Doing, take_step
from klankbord.rules.procedures.here import leads_beyond
from klankbord.rules.procedures.shape import Outcome, Step
from klankbord.rules.procedures.standing import Standing, State
from klankbord.rules.seats import Whose, counts, parts_of

#: What a procedure calls the fact of how something was signed, and signing it by code (K21, P27).
SIGNING, BY_CODE = "signing", "code"


@dataclass(frozen=True, slots=True)
class OwnStep:
    """A step that is theirs to take now. `number` is its place, counted from 1.

    `outcomes` are those that they may choose; `asked`: whether the course waits for it.
    """

    number: int
    step: Step
    standing: Standing
    outcomes: tuple[Outcome, ...]
    signs: bool

    @property
    def asked(self) -> bool:
        """Whether the course waits for it; any other step is theirs to take or to leave."""
        return self.standing.state is State.OPEN and not self.step.optional

    def outcome(self, key: str) -> Outcome | None:
        """The outcome with this word; the only one where there is one way."""
        if len(self.outcomes) == 1:
            return self.outcomes[0]
        return next((it for it in self.outcomes if it.key == key), None)

    def signs_by(self, outcome: Outcome) -> bool:
        """Whether this outcome puts a signature: the code is asked, and today is the day."""
        return self.signs and bool(outcome.records)

    @property
    def round(self) -> int:
        """Which time it would be that the step is taken."""
        return len(self.standing.done) + 1

    @property
    def by(self) -> str:
        """As whom it is taken by somebody from outside."""
        return next(seat for seat in self.step.by if seat in set(Whose))


def own_steps(
    course: Course, parts: Iterable[str], *, beyond: Collection[str] = ()
) -> tuple[OwnStep, ...]:
    """What somebody in these parts can do now, without what "I want to stop" does.

    `beyond`: procedures that nobody here carries through; nothing that leads there is offered.
    """
    own = _all_own(course, frozenset(parts), beyond)
    return tuple(it for it in own if not it.step.stops)


def stopping_step(course: Course, parts: Iterable[str]) -> OwnStep | None:
    """What "I want to stop" comes to in this procedure, if it knows such a step."""
    return next((it for it in _all_own(course, frozenset(parts)) if it.step.stops), None)


def _all_own(
    course: Course, parts: frozenset[str], beyond: Collection[str] = ()
) -> Iterable[OwnStep]:
    for number, step in enumerate(course.procedure.steps, 1):
        standing = course.progress.standings[step.key]
        able = tuple(it for it in _able(step, standing) if not leads_beyond(it, beyond))
        if able and parts & set(step.by) and standing.state in (State.OPEN, State.POSSIBLE):
            yield OwnStep(number, step, standing, able, _signs(course, step))


def _able(step: Step, standing: Standing) -> tuple[Outcome, ...]:
    return tuple(it for it in step.outcomes if it.key in standing.outcomes and not it.needs)


def _signs(course: Course, step: Step) -> bool:
    known = course.procedure.findings.get(SIGNING)
    return SIGNING in step.asks and known is not None and BY_CODE in known.options


def speaking(pen: OpenPen, who: UUID) -> frozenset[Whose]:
    """In which parts somebody takes steps: in none while a member may know their code."""
    happened = pen.opened.happened
    return parts_of(happened, who) if counts(happened, who) else frozenset()


def own_step_in(course: Course | None, parts: Iterable[str], number: int) -> OwnStep | None:
    """The step at this place, if they can take it now."""
    found = own_steps(course, parts) if course else ()
    return next((it for it in found if it.number == number), None)


def stop_in(pen: OpenPen, who: UUID) -> None:
    """Somebody wants to stop: the procedure takes the step that says so, if it knows one."""
    course = course_now(pen, pen.pen.at)
    own = stopping_step(course, speaking(pen, who)) if course else None
    if own is None:
        return
    on, outcome = today_of(pen.pen.at), own.outcomes[0]
    doing = Doing(
        outcome=outcome.key, on=on, round=own.round, seat=own.by,
        days=dict.fromkeys((*own.step.records, *outcome.records), on),
    )  # fmt: skip
    take_step(pen, own.step.key, doing, at=pen.pen.at)
