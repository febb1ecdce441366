"""Where a case stands, without days: what is open, what blocks, what a step leads to.

The one set of moves that both the fold over a real case (`progress`) and the proof that walks
through every choice (`walk`) make, so that what is proven is what runs.
"""

from collections.abc import Mapping
from datetime import date

from klankbord.rules.procedures.plan import Plan, holds
from klankbord.rules.procedures.shape import UNKNOWN, Ending, Outcome, Step

#: The day of something, and its place in the log.
Moment = tuple[date, int]
NO_MOMENT: Moment = (date.min, -1)


class Position:
    """Reached steps whose condition holds are open; the others rest until it does."""

    __slots__ = (
        "dropped",
        "ended",
        "findings",
        "left",
        "now",
        "opened",
        "plan",
        "reached",
        "taken",
    )

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.now: Moment = NO_MOMENT
        self.findings: dict[str, str] = {}
        self.reached: set[str] = set()
        #: The open steps, and since when. A step that waits or lacks consent is open too.
        self.opened: dict[str, Moment] = {}
        #: How often each step was taken.
        self.taken: dict[str, int] = {}
        self.dropped: set[str] = set()
        self.ended = ""
        self.left = ""

    @property
    def over(self) -> bool:
        """Whether the case ended, or goes on under another procedure."""
        return bool(self.ended or self.left)

    def reach(self, key: str) -> None:
        """A step is reached; one that is open already stays as it is."""
        if key in self.reached or (self.over and not self.plan.steps[key].lasting):
            return
        self.reached.add(key)
        self.dropped.discard(key)
        self._judge(key)

    def tell(self, finding: str, word: str) -> None:
        """A fact becomes known: every reached step that depends on it is judged again."""
        if self.findings.get(finding, UNKNOWN) == word:
            return
        self.findings[finding] = word
        for key in self.plan.watchers.get(finding, ()):
            if key in self.reached:
                self._judge(key)

    def _judge(self, key: str) -> None:
        if not holds(self.plan.steps[key].when, self.findings):
            self.opened.pop(key, None)
        elif key not in self.opened:
            self.opened[key] = self.now

    def live(self, step: Step) -> bool:
        """Whether the step can be taken at all: it is open, or possible at any time."""
        if step.key in self.opened:
            return True
        return step.anytime and not self.over and holds(step.when, self.findings)

    def required(self) -> tuple[str, ...]:
        """The open steps that must be done before the case can end."""
        obliged = self.plan.obliged
        return tuple(key for key in self.opened if key in obliged)

    def waits(self, step: Step) -> tuple[str, ...]:
        """The steps for which this one waits: open, or able to come from a required open one."""
        if not step.waits_for:
            return ()
        opened, roads, key = self.opened, self.plan.comes_from, step.key
        return tuple(
            other
            for other in step.waits_for
            if other in opened or not roads[key, other].isdisjoint(opened)
        )

    def missing(self, ending: Ending, taking: str = "") -> tuple[str, ...]:
        """The steps that this ending may not lack and that were never taken."""
        return tuple(
            key for key in ending.never_without if key != taking and not self.taken.get(key)
        )

    def holding_up(self, ending: Ending, taking: str = "") -> tuple[str, ...]:
        """The open steps that must be done before this ending."""
        if ending.even_if_open:
            return ()
        return tuple(key for key in self.required() if key != taking)

    def possible(self, step: Step, outcome: Outcome, findings: Mapping[str, str]) -> bool:
        """Whether a step that is live may end this way, given these findings."""
        if outcome.when and not holds(outcome.when, findings):
            return False
        if not outcome.ends:
            return True
        ending = self.plan.procedure.endings[outcome.ends]
        return not self.missing(ending, step.key) and not self.holding_up(ending, step.key)

    def take(self, step: Step, outcome: Outcome) -> None:
        """A step is done: its round closes, and its outcome leads on."""
        key = step.key
        self.close(key)
        self.taken[key] = self.taken.get(key, 0) + 1
        self.tell(key, outcome.key)
        for dropped in outcome.drops:
            self.drop(dropped)
        if outcome.ends:
            self.end(outcome.ends)
        elif outcome.converts_to:
            self.leave(outcome.converts_to)
        for after in outcome.leads_to:
            self.reach(after)

    def copy(self) -> "Position":
        """The same position, to try something on."""
        after = Position(self.plan)
        after.now, after.ended, after.left = self.now, self.ended, self.left
        after.findings = self.findings.copy()
        after.reached = self.reached.copy()
        after.opened = self.opened.copy()
        after.taken = self.taken.copy()
        after.dropped = self.dropped.copy()
        return after

    def close(self, key: str) -> None:
        """The step is no longer open."""
        self.reached.discard(key)
        self.opened.pop(key, None)

    def drop(self, key: str) -> None:
        """The step falls away, if it was reached."""
        if key in self.reached:
            self.close(key)
            self.dropped.add(key)

    def end(self, ending: str) -> None:
        """The case ends: only what lasts stays open."""
        self.ended = ending
        for key in [key for key in self.reached if not self.plan.steps[key].lasting]:
            self.close(key)

    def leave(self, procedure: str) -> None:
        """The case goes on under another procedure: nothing of this one stays open."""
        self.left = procedure
        for key in tuple(self.reached):
            self.close(key)

    def resume(self, key: str) -> None:
        """An ended case is taken up again at a step."""
        self.ended = ""
        self.reach(key)
