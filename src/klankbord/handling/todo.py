"""What is to be done in a case: who must act, by when, and what it waits for."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from klankbord.agenda.queries import Card
from klankbord.handling.course import Course
from klankbord.rules.procedures.here import leads_beyond
from klankbord.rules.procedures.shape import OWN_SEATS, Ending, Outcome, Step
from klankbord.rules.procedures.standing import Problem, Standing, State
from klankbord.rules.procedures.who import Because
from klankbord.rules.profiles.shape import Profile


@dataclass(frozen=True, slots=True)
class PassedOver:
    """Somebody who comes earlier in the succession and does not act, and why not."""

    role: str
    name: str
    because: Because


@dataclass(frozen=True, slots=True)
class Actor:
    """Who sits in a seat. No member: nobody can, which is an alarm. `own` is no seat of the house:
    the reporter, or the person it happened to."""

    seat: str
    title: str = ""
    own: bool = False
    member: UUID | None = None
    name: str = ""
    role: str = ""
    reads: bool = False
    mine: bool = False
    took_it: bool = False
    passed: tuple[PassedOver, ...] = ()


@dataclass(frozen=True, slots=True)
class Task:
    """A step as it stands today. `number` is its place in the procedure, counted from 1."""

    number: int
    step: Step
    standing: Standing
    actors: tuple[Actor, ...]
    waits_for: tuple[str, ...] = ()
    delegated: str = ""
    mine: bool = False
    beyond: frozenset[str] = frozenset()  # procedures that are not run here (P6)

    @property
    def open(self) -> bool:
        """Whether nothing holds it up."""
        return self.standing.state is State.OPEN

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """How the step may end here: not by going where nobody could go on."""
        return tuple(it for it in self.step.outcomes if not leads_beyond(it, self.beyond))

    @property
    def not_here(self) -> tuple[Outcome, ...]:
        """How it may end elsewhere, and not here."""
        return tuple(it for it in self.step.outcomes if leads_beyond(it, self.beyond))

    @property
    def due(self) -> date | None:
        """The last day; none without a term, or when its start is not known yet."""
        return self.standing.due.day

    @property
    def by_others(self) -> bool:
        """Whether only the reporter, or the person it happened to, can take it."""
        return all(actor.own for actor in self.actors)

    @property
    def unread(self) -> tuple[Actor, ...]:
        """Who must act and cannot read yet: somebody who can has to give them access.

        Nobody, if one of those who may act can read already.
        """
        if any(it.reads for it in self.actors):
            return ()
        return tuple(it for it in self.actors if it.member and not it.reads)


@dataclass(frozen=True, slots=True)
class ToDo:
    """Where a case stands, as a page shows it: what to do first comes first."""

    course: Course = field(repr=False)
    now: tuple[Task, ...]
    waiting: tuple[Task, ...]
    may: tuple[Task, ...]
    anytime: tuple[Task, ...]
    later: tuple[Task, ...]
    seats: tuple[Actor, ...]
    ending: Ending | None
    problems: tuple[Problem, ...]

    @property
    def everything(self) -> tuple[Task, ...]:
        """Every step that can be taken, or waits."""
        return (*self.now, *self.waiting, *self.may, *self.anytime, *self.later)

    @property
    def first(self) -> Task | None:
        """The one thing to do now."""
        return self.now[0] if self.now else None


class Seating:
    """Who acts in a case, with names: worked out once for a page."""

    def __init__(
        self, course: Course, people: Iterable[Card], profile: Profile, *,
        readers: Iterable[UUID], me: UUID, beyond: frozenset[str],
    ) -> None:  # fmt: skip
        self.course, self.me, self.beyond = course, me, beyond
        self.names = {card.membership.hex: card.name for card in people}
        self.roles = {role.key: role.title for role in profile.roles}
        self.readers = {reader.hex for reader in readers}
        self.known: dict[str, Actor] = {}

    def actor(self, seat: str) -> Actor:
        """Who sits in a seat today."""
        if seat not in self.known:
            own = seat in OWN_SEATS
            self.known[seat] = Actor(seat, own=True) if own else self._of_the_house(seat)
        return self.known[seat]

    def _of_the_house(self, seat: str) -> Actor:
        sits = self.course.seated(seat)
        return Actor(
            seat=seat,
            title=self.course.procedure.seats[seat].title,
            member=UUID(hex=sits.member) if sits.member else None,
            name=self.names.get(sits.member, ""),
            role=self.roles.get(sits.role, sits.role),
            reads=sits.member in self.readers,
            mine=sits.member == self.me.hex,
            took_it=sits.took_it,
            passed=tuple(
                PassedOver(
                    self.roles.get(it.role, it.role), self.names.get(it.member, ""), it.because
                )
                for it in sits.passed
            ),
        )

    def task(self, standing: Standing) -> Task:
        """A step with the people and the titles that belong to it."""
        procedure = self.course.procedure
        step = procedure.step(standing.step)
        actors = tuple(self.actor(seat) for seat in step.by)
        to = standing.delegated_to
        mine = to == self.me.hex if to else any(actor.mine for actor in actors)
        return Task(
            number=self.course.number_of(step.key),
            step=step,
            standing=standing,
            actors=actors,
            waits_for=tuple(procedure.step(key).title for key in standing.waits_for),
            delegated=self.names.get(to, ""),
            mine=mine,
            beyond=self.beyond,
        )


def to_do(seating: Seating) -> ToDo:
    """What is to be done in a case: one's own first, then by day."""
    course = seating.course
    tasks = [seating.task(it) for it in course.progress.to_do]
    lasting = [it for it in tasks if it.step.lasting]
    rest = sorted((it for it in tasks if not it.step.lasting), key=_first_things_first)
    procedure, progress = course.procedure, course.progress
    return ToDo(
        course=course,
        now=tuple(it for it in rest if it.open and not it.step.optional),
        waiting=tuple(it for it in rest if not it.open),
        may=tuple(it for it in rest if it.open and it.step.optional),
        anytime=tuple(
            seating.task(it) for it in progress.standings.values() if it.state is State.POSSIBLE
        ),
        later=tuple(lasting),
        seats=tuple(seating.actor(seat) for seat in procedure.seats),
        ending=procedure.endings[progress.ended.ending] if progress.ended else None,
        problems=progress.problems,
    )


def _first_things_first(task: Task) -> tuple[bool, bool, date]:
    return (not task.mine, task.by_others, task.due or date.max)
