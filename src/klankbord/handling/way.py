"""Where a case is, in plain words for the person it is about: done, now, and what comes next.

Only steps that have a text for the reporter are told. What somebody found, what is done with the
other side and what is kept apart has none.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from klankbord.agenda.queries import Card
from klankbord.handling.course import Course
from klankbord.rules.procedures.shape import OWN_SEATS, Ending, Step
from klankbord.rules.procedures.simulation import simulate
from klankbord.rules.procedures.standing import ConsentState, Due, Standing, State

#: How many steps are told ahead, and how many of those that run now stand on the first sight.
AHEAD = 3
AT_FIRST_SIGHT = 3
TO_ASK = frozenset({ConsentState.TO_ASK, ConsentState.ASKED})


@dataclass(frozen=True, slots=True)
class Past:
    """Something that was done, and the day of the deed."""

    title: str
    day: date


@dataclass(frozen=True, slots=True)
class Present:
    """Something that is to be done. `names`: who of the house must act, `seats` as what.

    `mine`: whoever reads this may do it; `of_another`: somebody from outside who is not them.
    """

    title: str
    text: str
    names: tuple[str, ...]
    seats: tuple[str, ...]
    mine: bool
    of_another: bool
    due: Due
    overdue: bool
    asks_first: bool
    lasting: bool


@dataclass(frozen=True, slots=True)
class Future:
    """What usually comes next. No day: it depends on what comes before."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Way:
    """The course of a case as the reporter reads it. `ending`: it came to its end."""

    title: str
    done: tuple[Past, ...]
    now: tuple[Present, ...]
    lasting: tuple[Present, ...]
    next: tuple[Future, ...]
    ending: Ending | None

    @property
    def first(self) -> tuple[Present, ...]:
        """What stands on the first sight: the nearest."""
        return self.now[:AT_FIRST_SIGHT]

    @property
    def rest(self) -> tuple[Present, ...]:
        """What is done besides."""
        return self.now[AT_FIRST_SIGHT:]


def way_of(course: Course, people: Iterable[Card], *, seats: frozenset[str]) -> Way:
    """The course in plain words, for whoever sits in these seats (`reporter`, `concerned`)."""
    teller = _Teller(course, {card.membership.hex: card.name for card in people}, seats)
    present = teller.present()
    running = tuple(it for it in present if not it.lasting)
    ended = course.progress.ended
    return Way(
        title=course.procedure.title,
        done=teller.past(),
        now=running,
        lasting=tuple(it for it in present if it.lasting),
        next=teller.future() if not course.progress.over else (),
        ending=course.procedure.endings[ended.ending] if ended else None,
    )


class _Teller:
    def __init__(self, course: Course, names: dict[str, str], seats: frozenset[str]) -> None:
        self.course, self.names, self.seats = course, names, seats
        self.steps = course.procedure.by_key

    def past(self) -> tuple[Past, ...]:
        done = [
            (it.done[-1].day, it.done[-1].seq, self.steps[key].title)
            for key, it in self.course.progress.standings.items()
            if it.done and self.steps[key].reporter
        ]
        return tuple(Past(title, day) for day, _, title in sorted(done))

    def present(self) -> tuple[Present, ...]:
        told = [
            self._present(self.steps[it.step], it)
            for it in self.course.progress.to_do
            if self.steps[it.step].reporter and self._runs(it)
        ]
        return tuple(sorted(told, key=_nearest))

    def _runs(self, standing: Standing) -> bool:
        """What may be done is told once somebody means to; what waits for another comes next."""
        step = self.steps[standing.step]
        waits = standing.state is State.BLOCKED and standing.consent not in TO_ASK
        meant = not step.optional or bool(standing.delegated_to or self.seats & set(step.by))
        return meant and not waits

    def _present(self, step: Step, standing: Standing) -> Present:
        members = (it.hex for it in self.course.must_act(standing))
        outside = OWN_SEATS.intersection(step.by)
        mine = bool(self.seats & outside)
        return Present(
            title=step.title,
            text=step.reporter,
            names=tuple(self.names[it] for it in members if it in self.names),
            seats=self._seat_titles(step.by),
            mine=mine,
            of_another=bool(outside) and not mine,
            due=standing.due,
            overdue=standing.overdue,
            asks_first=standing.consent in TO_ASK,
            lasting=step.lasting,
        )

    def _seat_titles(self, seats: Sequence[str]) -> tuple[str, ...]:
        return tuple(
            self.course.procedure.seats[seat].title for seat in seats if seat not in OWN_SEATS
        )

    def future(self) -> tuple[Future, ...]:
        """The ordinary way from here, of which no day is known yet."""
        progress = self.course.progress
        running = {it.step for it in progress.to_do if self._runs(it)}
        moments = simulate(
            self.course.procedure,
            progress.start or progress.today,
            self.course.calendar,
            recorded=self.course.log,
        ).moments
        ahead = dict.fromkeys(it.step for it in moments if it.step not in running)
        told = (self.steps[key] for key in ahead if self.steps[key].reporter)
        return tuple(Future(step.title, step.reporter) for step in told)[:AHEAD]


def _nearest(told: Present) -> tuple[bool, bool, date]:
    return (not told.mine, not told.due.at_once, told.due.day or date.max)
