"""A walk through every choice: can a case get stuck, is anything out of reach?

Tried with one representative of the words that no condition tells apart, and two states are the
same if they differ only in what can no longer matter; without both, no walk of a real procedure
ends. A walk that passes `MOST_STATES` says which findings to split.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product
from math import prod

from klankbord.rules.procedures.plan import Plan, holds, plan_of
from klankbord.rules.procedures.position import Position
from klankbord.rules.procedures.shape import (
    OPENING,
    SEAT,
    START,
    UNKNOWN,
    Outcome,
    Procedure,
    Step,
    When,
)

MOST_STATES = 50_000

World = Mapping[str, str]
#: What still matters of a position: reached steps, and facts and names that something looks at.
Mark = tuple[frozenset[str], frozenset[str], frozenset[tuple[str, str]], str]


@dataclass
class Walked:
    """What a walk found."""

    states: int = 0
    opened: set[str] = field(default_factory=set)
    outcomes: set[tuple[str, str]] = field(default_factory=set)
    endings: set[str] = field(default_factory=set)
    #: Open steps of a state from which no end can be reached, and the facts there.
    dead_ends: dict[tuple[str, ...], World] = field(default_factory=dict)
    #: Steps that can be open with no outcome possible, and the facts there.
    speechless: dict[str, World] = field(default_factory=dict)
    #: Steps that can be open while nothing is known from which their term counts.
    timeless: dict[str, World] = field(default_factory=dict)
    #: The findings that make too many worlds, if the walk was stopped.
    too_many: tuple[str, ...] = ()


def walk(procedure: Procedure) -> Walked:
    """Every choice in every world."""
    found = Walked()
    plan = plan_of(procedure)
    walker = _Walker(plan, found)
    words = representatives(procedure)
    if prod(map(len, words.values())) > MOST_STATES:
        found.too_many = tuple(sorted(words, key=lambda name: -len(words[name])))
        return found
    for choice in product(*words.values()):
        walker.walk(dict(zip(words, choice, strict=True)))
        if found.states > MOST_STATES:
            found.too_many = tuple(sorted(words, key=lambda name: -len(words[name])))
            break
    return found


def conditions(procedure: Procedure) -> Iterator[When]:
    """Every condition of a procedure."""
    for step in procedure.steps:
        yield step.when
        for outcome in step.outcomes:
            yield outcome.when


def representatives(procedure: Procedure) -> dict[str, tuple[str, ...]]:
    """For each fact that a condition looks at: one word of each class that no condition parts."""
    options = {key: (UNKNOWN, *finding.options) for key, finding in procedure.findings.items()}
    for key, seat in procedure.seats.items():
        options[SEAT + key] = (UNKNOWN, *seat.succession)
    looked: dict[str, list[frozenset[str]]] = {}
    for when in conditions(procedure):
        for name, words in (pair for way in when for pair in way):
            if name in options:
                looked.setdefault(name, []).append(words)
    return {
        name: tuple(
            {tuple(word in words for words in among): word for word in options[name]}.values()
        )
        for name, among in looked.items()
    }


class _Walker:
    def __init__(self, plan: Plan, found: Walked) -> None:
        self.plan = plan
        self.found = found
        procedure = plan.procedure
        self.watched = {name for when in conditions(procedure) for way in when for name, _ in way}
        self.awaited = {other for step in procedure.steps for other in step.waits_for}
        self.dropped = {d for s in procedure.steps for o in s.outcomes for d in o.drops}
        self.counted = {key for end in procedure.endings.values() for key in end.never_without}
        self.starts = {
            sentence.start
            for step in procedure.steps
            for sentence in (step.term.sentences if step.term else ())
        }
        self.inert = {step.key for step in procedure.steps if self._changes_nothing(step)}
        self.alone = {step.key for step in procedure.steps if self._goes_alone(step)}
        self.looked_at: dict[frozenset[str], frozenset[str]] = {}

    def walk(self, world: World) -> None:
        first = Position(self.plan)
        first.findings.update(world)
        known: frozenset[str] = frozenset({START, OPENING})
        for key in self.plan.procedure.start:
            first.reach(key)
        here = self._mark(first, known)
        seen = {here: (first, known)}
        before: dict[Mark, set[Mark]] = {here: set()}
        over: list[Mark] = []
        edge = [here]
        while edge:
            mark = edge.pop()
            position, known = seen[mark]
            self._look(position, known, world)
            if position.over:
                over.append(mark)
                continue
            for after, knows in self._moves(position, known):
                there = self._mark(after, knows)
                if there not in seen:
                    seen[there] = (after, knows)
                    before[there] = set()
                    edge.append(there)
                before[there].add(mark)
            if self.found.states + len(seen) > MOST_STATES:
                break
        self.found.states += len(seen)
        if self.plan.procedure.endings and self.found.states <= MOST_STATES:
            self._dead_ends(seen, before, over, world)

    def _dead_ends(
        self,
        seen: Mapping[Mark, tuple[Position, frozenset[str]]],
        before: Mapping[Mark, set[Mark]],
        over: list[Mark],
        world: World,
    ) -> None:
        alive = set(over)
        edge = list(over)
        while edge:
            for mark in before[edge.pop()]:
                if mark not in alive:
                    alive.add(mark)
                    edge.append(mark)
        for mark, (position, _) in seen.items():
            if mark not in alive:
                self.found.dead_ends.setdefault(tuple(sorted(position.opened)), world)

    def _look(self, position: Position, known: frozenset[str], world: World) -> None:
        self.found.opened |= position.opened.keys()
        if position.ended:
            self.found.endings.add(position.ended)
        for key in position.opened:
            step = self.plan.steps[key]
            if position.waits(step):
                continue
            if not any(holds(outcome.when, position.findings) for outcome in step.outcomes):
                self.found.speechless.setdefault(key, world)
            if step.term and not step.optional and not self._has_start(step, known, position):
                self.found.timeless.setdefault(key, world)

    def _has_start(self, step: Step, known: frozenset[str], position: Position) -> bool:
        """Whether a day is known from which the step's term counts."""
        for sentence in step.term.sentences if step.term else ():
            base, _, part = sentence.start.partition(".")
            if sentence.start in known or (part and (base in known or base in position.opened)):
                return True
        return False

    def _mark(self, position: Position, known: frozenset[str]) -> Mark:
        if position.over:
            return (frozenset(), frozenset(), frozenset(), position.ended or position.left)
        reached = frozenset(position.reached)
        matters = self.looked_at.get(reached)
        if matters is None:
            matters = self.looked_at[reached] = self._looked_at(reached)
        return (
            reached,
            known & self.starts | self.counted.intersection(position.taken),
            frozenset((n, word) for n, word in position.findings.items() if n in matters),
            "",
        )

    def _looked_at(self, reached: frozenset[str]) -> frozenset[str]:
        """The facts at which a step that is reached or can still come looks."""
        names: set[str] = set()
        anytime = (step.key for step in self.plan.steps.values() if step.anytime)
        for key in self.plan.reachable({*reached, *anytime}):
            step = self.plan.steps[key]
            for when in (step.when, *(outcome.when for outcome in step.outcomes)):
                names |= {name for way in when for name, _ in way}
        return frozenset(names)

    # Moves

    def _moves(
        self, position: Position, known: frozenset[str]
    ) -> Iterator[tuple[Position, frozenset[str]]]:
        steps = [step for step in self._possible(position) if not position.waits(step)]
        for step in steps:
            # It must be done anyway and stands in nobody's way: no other order finds more.
            if step.key in self.alone and step.key in position.opened:
                yield from self._ways(step, position, known)
                return
        for step in steps:
            if step.optional and step.key in self.inert:
                self._note(step, position)
            else:
                yield from self._ways(step, position, known)

    def _possible(self, position: Position) -> list[Step]:
        open_steps = [self.plan.steps[key] for key in position.opened]
        anytime = [
            step
            for step in self.plan.steps.values()
            if step.anytime and step.key not in position.opened and position.live(step)
        ]
        for step in anytime:
            self.found.opened.add(step.key)
            self._note(step, position)
        # A way out that is always there would hide every dead end.
        return open_steps + [step for step in anytime if self.plan.leads[step.key]]

    def _changes_nothing(self, step: Step) -> bool:
        """Whether the rest of the case goes the same way with and without it."""
        return not (
            self.plan.leads[step.key] - {step.key}
            or any(o.drops or o.leaves for o in step.outcomes)
            or step.key in self.watched | self.awaited | self.dropped
            or self._starts_a_term(step)
        )

    def _goes_alone(self, step: Step) -> bool:
        """Whether it must be done, and doing it first never takes another course away.

        What it leads to is led to by nothing else and never dropped, so the order does not matter.
        """
        if step.optional or step.anytime or step.lasting or self._starts_a_term(step):
            return False
        if step.key in self.watched | self.dropped or step.key in self.plan.leads[step.key]:
            return False
        if any(o.drops or o.leaves for o in step.outcomes):
            return False
        return all(
            after not in self.dropped
            and after not in self.plan.procedure.start
            and [key for key, leads in self.plan.leads.items() if after in leads] == [step.key]
            for after in self.plan.leads[step.key]
        )

    def _starts_a_term(self, step: Step) -> bool:
        return any(start.partition(".")[0] == step.key for start in self.starts) or any(
            name in self.starts for o in step.outcomes for name in o.records + step.records
        )

    def _note(self, step: Step, position: Position) -> None:
        for outcome in step.outcomes:
            if position.possible(step, outcome, position.findings):
                self.found.outcomes.add((step.key, outcome.key))
                if outcome.ends:
                    self.found.endings.add(outcome.ends)

    def _ways(
        self, step: Step, position: Position, known: frozenset[str]
    ) -> Iterator[tuple[Position, frozenset[str]]]:
        for outcome in step.outcomes:
            if step.anytime and step.key not in position.opened and outcome.leaves:
                continue
            if position.possible(step, outcome, position.findings):
                self.found.outcomes.add((step.key, outcome.key))
                after = position.copy()
                after.take(step, outcome)
                yield after, self._learned(step, outcome, known)
        if step.consent and step.consent.question and step.key in position.opened:
            after = position.copy()
            after.drop(step.key)
            if step.consent.refused != "nothing":
                after.reach(step.consent.refused)
            yield after, known
        if step.optional and step.key in position.opened and step.key in self.awaited:
            after = position.copy()
            after.close(step.key)
            yield after, known

    def _learned(self, step: Step, outcome: Outcome, known: frozenset[str]) -> frozenset[str]:
        return known | {step.key, *step.records, *outcome.records}
