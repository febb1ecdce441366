"""A procedure played through: each step on its last day, by the ordinary way or by other choices.

The timing chart with real dates (R-004-218), and the forecast for a case that is under way.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from klankbord.rules.procedures.events import ConsentGiven, Recorded, SeatTaken, Started, StepDone
from klankbord.rules.procedures.progress import progress
from klankbord.rules.procedures.shape import Outcome, Procedure, Step, Subject
from klankbord.rules.procedures.standing import ConsentState, Due, Progress, Standing, State
from klankbord.rules.terms import Calendar

#: More steps than any course has: a choice that goes round in circles stops here.
MOST_STEPS = 100

#: Outcomes to choose instead of the ordinary one, by step: one for each round, the last repeated.
Choices = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Moment:
    """One line of a timeline: a step, who may do it, its last day, and the outcome chosen.

    `on` is the day on which it is done here: the last day if it has one, or else the day on which
    it could be done.
    """

    step: str
    by: tuple[str, ...]
    opened: date
    on: date
    due: Due
    outcome: str
    lasting: bool = False


@dataclass(frozen=True, slots=True)
class Timeline:
    """The moments in the order in which they fall, and how it ends."""

    moments: tuple[Moment, ...]
    last: Progress
    ending: str = ""
    converted_to: str = ""


def simulate(
    procedure: Procedure,
    start: date,
    calendar: Calendar,
    *,
    choices: Choices | None = None,
    recorded: Sequence[Recorded] = (),
    not_before: date | None = None,
) -> Timeline:
    """The course from `start`, or on from what happened already in `recorded`.

    What is still to be done is not done on a day before `not_before`, however late it is.
    Optional steps are left out, unless `choices` names them. Consent is given. After the end the
    next round of each lasting step is told once.
    """
    course = _Course(procedure, calendar, choices or {}, list(recorded), not_before)
    if not recorded:
        course.begin(start)
    while (now := course.progress(start)) and not now.over and len(course.moments) < MOST_STEPS:
        if not course.go_on(now):
            break
    return course.told(now)


class _Course:
    def __init__(
        self,
        procedure: Procedure,
        calendar: Calendar,
        choices: Choices,
        recorded: list[Recorded],
        not_before: date | None,
    ) -> None:
        self.procedure = procedure
        self.calendar = calendar
        self.choices = choices
        self.recorded = recorded
        self.not_before = not_before or date.min
        self.moments: list[Moment] = []

    def record(self, event: Started | SeatTaken | StepDone | ConsentGiven) -> None:
        seq = self.recorded[-1].seq + 1 if self.recorded else 1
        self.recorded.append(Recorded(seq, event))

    def begin(self, start: date) -> None:
        self.record(Started(start, self.procedure.key, self.procedure.version))
        for key, seat in self.procedure.seats.items():
            self.record(SeatTaken(start, key, seat.succession[0], seat.succession[0]))

    def progress(self, today: date) -> Progress:
        return progress(self.procedure, self.recorded, self.calendar, today)

    def go_on(self, now: Progress) -> bool:
        """Take the next step: of those that can be taken, the one whose day comes first.

        A step that would end the case but for others that are still open lets those go first.
        """
        able = [
            (_too_early(standing), self._day(standing), place, standing)
            for place, standing in enumerate(now.standings.values())
            if self._can_be_taken(standing)
        ]
        if not able:
            return False
        _, day, _, standing = min(able, key=lambda one: one[:3])
        step = self.procedure.step(standing.step)
        if standing.consent in (ConsentState.TO_ASK, ConsentState.ASKED):
            self.record(ConsentGiven(day, step.key))
        outcome = self._outcome(step, standing, now)
        self.moments.append(
            Moment(step.key, step.by, standing.opened or day, day, standing.due, outcome.key)
        )
        self.record(self._deed(step, outcome, day))
        return True

    def _can_be_taken(self, standing: Standing) -> bool:
        step = self.procedure.step(standing.step)
        wanted = len(standing.done) < len(self.choices.get(step.key, ()))
        if not wanted and (step.optional or (step.lasting and self._is_case())):
            return False
        if standing.state is State.POSSIBLE:
            return wanted
        return standing.to_do and not standing.waits_for and bool(self._available(step, standing))

    def _is_case(self) -> bool:
        return self.procedure.subject is Subject.CASE

    def _day(self, standing: Standing) -> date:
        """Its last day, but not before the last thing that happened."""
        so_far = self.moments[-1].on if self.moments else self._opened(standing)
        return max(standing.due.day or so_far, self._opened(standing), self.not_before)

    def _opened(self, standing: Standing) -> date:
        return standing.opened or self.recorded[-1].event.day

    def _available(self, step: Step, standing: Standing) -> tuple[Outcome, ...]:
        return tuple(outcome for outcome in step.outcomes if outcome.key in standing.outcomes)

    def _outcome(self, step: Step, standing: Standing, now: Progress) -> Outcome:
        able = self._available(step, standing)
        wanted = self.choices.get(step.key, ())
        if wanted:
            word = wanted[min(len(standing.done), len(wanted) - 1)]
            return next((outcome for outcome in able if outcome.key == word), able[0])
        if standing.done:
            # The ordinary way may be to come back once ("again"); it is not to come back for ever.
            done = {key for key, other in now.standings.items() if other.done}
            return next((o for o in able if not done.intersection(o.leads_to)), able[0])
        return able[0]

    def _deed(self, step: Step, outcome: Outcome, day: date) -> StepDone:
        days = {name: self._written(name, day) for name in step.records + outcome.records}
        return StepDone(
            day, step.key, outcome.key, days=days, reason="simulated", referred_to="simulated"
        )

    def _written(self, name: str, day: date) -> date:
        proposed = self.procedure.days[name].proposed
        return proposed.after(day, self.calendar) if proposed else day

    def told(self, now: Progress) -> Timeline:
        lasting = [
            Moment(key, self.procedure.step(key).by, it.opened, it.due.day, it.due, "", True)
            for key, it in now.standings.items()
            if it.to_do and self.procedure.step(key).lasting and it.opened and it.due.day
        ]
        ending = now.ended.ending if now.ended else ""
        return Timeline((*self.moments, *lasting), now, ending, now.converted_to)


def _too_early(standing: Standing) -> bool:
    return any(withheld.holding_up for withheld in standing.withheld)
