"""By when: from which days a term counts, which of them are used up, and the day that binds."""

from collections.abc import Iterable
from datetime import date

from klankbord.rules.procedures.position import Moment, Position
from klankbord.rules.procedures.sentences import Kind, Sentence
from klankbord.rules.procedures.shape import OPENING, START, Step
from klankbord.rules.procedures.standing import NO_TERM, Due, Round
from klankbord.rules.terms import Calendar


class Clock:
    """The days of a case, kept while it is folded."""

    def __init__(self, position: Position, calendar: Calendar) -> None:
        self.position = position
        self.calendar = calendar
        self.first: Moment | None = None
        self.days: dict[str, Moment] = {}
        self.rounds: dict[str, list[Round]] = {}
        #: The moment of each step's last round, of that round's opening, and of its consent.
        self.done_at: dict[str, Moment] = {}
        self.opened_at: dict[str, Moment] = {}
        self.consented: dict[str, Moment] = {}
        #: Starts of terms that served an earlier round of a step.
        self.used: dict[str, set[tuple[str, int]]] = {}

    def close_round(self, step: Step, outcome: str, by: str) -> None:
        """A round of a step is done: its last day is kept, and its starts are used up.

        Judged by what was known before the step, or it would swallow the start of its next round.
        """
        key = step.key
        opened = self.position.opened.get(key)
        rounds = self.rounds.setdefault(key, [])
        number = self.position.taken.get(key, 0) + 1
        day, seq = self.position.now
        if opened and step.term:
            begun = self._counting(step, opened)
            rounds.append(Round(number, day, outcome, seq, by, self._due(step, begun), opened[0]))
            self.used.setdefault(key, set()).update(
                (sentence.start, moment[1])
                for sentence, moment in begun
                if sentence.kind is not Kind.EVERY
            )
            self.opened_at[key] = opened
        else:
            since = opened[0] if opened else None
            rounds.append(Round(number, day, outcome, seq, by, NO_TERM, since))
        self.done_at[key] = self.position.now

    def _counting(self, step: Step, opened: Moment | None) -> list[tuple[Sentence, Moment]]:
        """The sentences of a term that count now, and from where: those that served are past."""
        used = self.used.get(step.key, ())
        return [
            (sentence, begun)
            for sentence in (step.term.sentences if step.term else ())
            if (begun := self.begun(sentence.start, step.key, opened))
            and (sentence.start, begun[1]) not in used
        ]

    def begun(self, start: str, key: str, opened: Moment | None) -> Moment | None:
        """The day from which a sentence of the step `key` counts, if it is known."""
        if start == START:
            return self.first
        if start == OPENING:
            return opened
        if start in self.days:
            return self.days[start]
        base, _, part = start.partition(".")
        if part == "due":
            return self._was_due(base, key)
        if part == "consent":
            return self.consented.get(base)
        return self.done_at.get(base)

    def _was_due(self, base: str, asking: str) -> Moment | None:
        opened = self.position.opened.get(base)
        if opened and base != asking:
            day = self.due(self.position.plan.steps[base], opened).day
            return (day, opened[1]) if day else None
        rounds = self.rounds.get(base)
        if not rounds or rounds[-1].due.day is None:
            return None
        return (rounds[-1].due.day, self.opened_at[base][1])

    def due(self, step: Step, opened: Moment | None) -> Due:
        """By when a step must be done in its present round, by what is known now."""
        return self._due(step, self._counting(step, opened)) if step.term else NO_TERM

    def _due(self, step: Step, begun: Iterable[tuple[Sentence, Moment]]) -> Due:
        days: list[tuple[date, bool]] = []
        no_meeting = ""
        for sentence, moment in begun:
            day = self._day_of(sentence, step.key, moment)
            if day:
                days.append((day, sentence.kind is Kind.IMMEDIATELY))
            else:
                no_meeting = sentence.body
        if not days:
            return Due(no_meeting=no_meeting) if no_meeting else NO_TERM
        latest = step.term is not None and step.term.latest
        return Due(*(max(days) if latest else min(days)))

    def _day_of(self, sentence: Sentence, key: str, begun: Moment) -> date | None:
        rounds = 0
        if sentence.kind is Kind.EVERY:
            rounds = sum(done.seq > begun[1] for done in self.rounds.get(key, ()))
        try:
            return sentence.day(begun[0], self.calendar, rounds)
        except (OverflowError, ValueError):  # a day beyond the year 9999 was written down
            return None
