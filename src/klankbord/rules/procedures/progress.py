"""Where a case stands: a fold over what happened, from nothing, every time.

`progress` never raises on a strange history, because people do things out of order and two act at
once: it says what is odd. It does refuse to read a case by another version than its own.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from klankbord.rules.procedures.correcting import corrected
from klankbord.rules.procedures.events import (
    ActedWithoutConsent,
    CaseReopened,
    ConsentAsked,
    ConsentGiven,
    ConsentRefused,
    ConsentWithdrawn,
    Found,
    PersonBarred,
    PersonCleared,
    Recorded,
    SeatTaken,
    Started,
    StepDelegated,
    StepDone,
    StepSkipped,
    TermExtended,
)
from klankbord.rules.procedures.plan import Plan, plan_of
from klankbord.rules.procedures.position import Moment, Position
from klankbord.rules.procedures.sentences import Kind, Sentence
from klankbord.rules.procedures.shape import (
    OPENING,
    SEAT,
    START,
    UNKNOWN,
    Outcome,
    Procedure,
    Relation,
    Step,
)
from klankbord.rules.procedures.standing import (
    NO_TERM,
    ConsentState,
    Due,
    Ended,
    Odd,
    Problem,
    Progress,
    Round,
    Standing,
    State,
    Taken,
    Withheld,
)
from klankbord.rules.terms import Calendar


class AnotherProcedure(ValueError):
    """The case went through another procedure or version than the one given."""


def progress(
    procedure: Procedure, recorded: Sequence[Recorded], calendar: Calendar, today: date
) -> Progress:
    """Where a case stands on a day, by the version with which it started.

    `recorded` is in the order of the log. Raises AnotherProcedure if the last `Started` names
    another key, version or digest. The people are not asked for: a leave or a new director changes
    who must act (`who`), never where the case stands.
    """
    events, odd = corrected(recorded)
    fold = _Fold(plan_of(procedure), calendar, today)
    fold.problems += odd
    start = _first_under(procedure, events)
    for item in events[:start]:
        fold.now = (item.event.day, item.seq)
        fold.carry(item)
    for item in events[start:]:
        fold.happen(item)
    if fold.first is None:
        fold.odd(Odd.NOT_STARTED, procedure.key)
    return fold.told()


def _first_under(procedure: Procedure, events: Sequence[Recorded]) -> int:
    """Where the last unbroken run under this procedure begins."""
    started = [(n, item.event) for n, item in enumerate(events) if isinstance(item.event, Started)]
    if not started:
        return 0
    last = started[-1][1]
    if (last.procedure, last.version) != (procedure.key, procedure.version):
        raise AnotherProcedure(f"{last.procedure} {last.version}")
    if last.digest and last.digest != procedure.digest:
        raise AnotherProcedure(f"{last.procedure} {last.version}: another text")
    first = started[-1][0]
    for place, event in reversed(started):
        if event.procedure != procedure.key:
            break
        first = place
    return first


class _Fold:
    """A position, with the days and the people."""

    def __init__(self, plan: Plan, calendar: Calendar, today: date) -> None:
        self.plan = plan
        self.procedure = plan.procedure
        self.calendar = calendar
        self.today = today
        self.position = Position(plan)
        self.first: Moment | None = None
        self.days: dict[str, Moment] = {}
        self.rounds: dict[str, list[Round]] = {}
        #: The moment of each step's last round and of that round's opening.
        self.done_at: dict[str, Moment] = {}
        self.opened_at: dict[str, Moment] = {}
        #: Starts of terms that served an earlier round of a step.
        self.used: dict[str, set[tuple[str, int]]] = {}
        self.consents: dict[str, ConsentState] = {}
        self.consented: dict[str, Moment] = {}
        self.extended: dict[str, tuple[date, int]] = {}
        self.delegated: dict[str, str] = {}
        self.skipped: set[str] = set()
        self.seats: dict[str, Taken] = {}
        self.barred: dict[str, set[str]] = {}
        self.acted: dict[str, set[str]] = {}
        self.ended: Ended | None = None
        self.linked: list[str] = []
        self.problems: list[Problem] = []

    @property
    def now(self) -> Moment:
        return self.position.now

    @now.setter
    def now(self, moment: Moment) -> None:
        self.position.now = moment

    def odd(self, kind: Odd, about: str, *, counted: bool = False) -> None:
        self.problems.append(Problem(self.now[1], kind, about, counted))

    def happen(self, item: Recorded) -> None:
        event = item.event
        self.position.now = (event.day, item.seq)
        _HANDLERS[type(event)](self, event, item.by)

    # What carries over from an earlier procedure

    def carry(self, item: Recorded) -> None:
        """Facts, written days and barred people carry over; what was done does not."""
        event = item.event
        if isinstance(event, StepDone | Found):
            self._take_over(event.findings, event.days, strict=False)
        elif isinstance(event, PersonBarred | PersonCleared):
            _HANDLERS[type(event)](self, event, item.by)

    def _take_over(
        self, findings: Mapping[str, str], days: Mapping[str, date], *, strict: bool = True
    ) -> None:
        for name, word in findings.items():
            known = self.procedure.findings.get(name)
            if known and (word in known.options or word == UNKNOWN):
                self.position.tell(name, word)
            elif strict:
                self.odd(Odd.UNKNOWN_WORD, name)
        for name, day in days.items():
            if name in self.procedure.days:
                self.days[name] = (day, self.now[1])
            elif strict:
                self.odd(Odd.UNKNOWN_WORD, name)

    # The events

    def started(self, event: Started, _by: str) -> None:
        if self.first is None:
            self.first = self.now
        for key in self.procedure.start:
            if not self.position.taken.get(key):
                self.position.reach(key)

    def step_done(self, event: StepDone, by: str) -> None:
        step = self.plan.steps.get(event.step)
        if step is None:
            self.odd(Odd.UNKNOWN_STEP, event.step)
            return
        outcome = step.outcome(event.outcome)
        if outcome is None:
            self.odd(Odd.UNKNOWN_OUTCOME, step.key)
        elif self._may_be_done(step, outcome, event):
            self._do(step, outcome, event, by)

    def _may_be_done(self, step: Step, outcome: Outcome, event: StepDone) -> bool:
        """Whether it counts. What lacks something it must have stays open: no term is lost."""
        position = self.position
        taken = position.taken.get(step.key, 0)
        if event.round and event.round != taken + 1:
            self.odd(Odd.DONE_ALREADY, step.key)
        elif not position.live(step):
            self.odd(Odd.DONE_ALREADY if taken and not position.over else Odd.NOT_ON_PATH, step.key)
        elif not position.possible(step, outcome, self._as_of(event)):
            self.odd(Odd.NOT_POSSIBLE, step.key)
        elif any(name not in event.days for name in step.records + outcome.records):
            self.odd(Odd.DAY_MISSING, step.key)
        elif "reason" in outcome.needs and not event.reason:
            self.odd(Odd.REASON_MISSING, step.key)
        elif "referral" in outcome.needs and not event.referred_to:
            self.odd(Odd.REFERRAL_MISSING, step.key)
        else:
            return True
        return False

    def _as_of(self, event: StepDone) -> Mapping[str, str]:
        """The findings by which an outcome is judged: those of the step itself included."""
        if event.findings:
            return {**self.position.findings, **event.findings}
        return self.position.findings

    def _do(self, step: Step, outcome: Outcome, event: StepDone, by: str) -> None:
        self._remark(step, event, by)
        self._close_round(step, outcome, by)
        self._take_over(event.findings, event.days)
        if by:
            seat = event.seat if event.seat in step.by else step.by[0]
            self.acted.setdefault(seat, set()).add(by)
        self.skipped.discard(step.key)
        self._take(step, outcome)

    def _remark(self, step: Step, event: StepDone, by: str) -> None:
        """What is odd and happened all the same."""
        key = step.key
        if step.waits_for and self.position.waits(step):
            self.odd(Odd.BEFORE_ANOTHER, key, counted=True)
        if not event.reason and not all(self.position.taken.get(usual) for usual in step.expects):
            self.odd(Odd.WITHOUT_THE_USUAL, key, counted=True)
        if step.consent and self.consent_of(step) not in _MAY_GO_ON:
            self.odd(Odd.WITHOUT_CONSENT, key, counted=True)
        if by and self.barred and any(self.is_barred(by, seat) for seat in step.by):
            self.odd(Odd.BARRED, key, counted=True)

    def is_barred(self, member: str, seat: str) -> bool:
        relations = self.barred.get(member)
        known = self.procedure.seats.get(seat)
        return bool(relations and known and relations & (known.barred | {Relation.EXCLUDED}))

    def _close_round(self, step: Step, outcome: Outcome, by: str) -> None:
        # Judged by what was known before the step, or it would swallow the start of its next round.
        key = step.key
        opened = self.position.opened.get(key)
        due = self.due(step, opened) if step.term and opened else NO_TERM
        rounds = self.rounds.setdefault(key, [])
        number = self.position.taken.get(key, 0) + 1
        day, seq = self.now
        since = opened[0] if opened else None
        rounds.append(Round(number, day, outcome.key, seq, by, due, since))
        if step.term and opened:
            self._use_starts(step, opened)
            self.opened_at[key] = opened
        self.done_at[key] = self.now
        self.extended.pop(key, None)
        self.delegated.pop(key, None)

    def _use_starts(self, step: Step, opened: Moment) -> None:
        used = self.used.setdefault(step.key, set())
        for sentence in step.term.sentences if step.term else ():
            if sentence.kind is not Kind.EVERY:
                begun = self.begun(sentence.start, step.key, opened)
                if begun:
                    used.add((sentence.start, begun[1]))

    def _take(self, step: Step, outcome: Outcome) -> None:
        before = set(self.position.reached) if self.consents else set()
        self.position.take(step, outcome)
        if outcome.starts:
            self.linked.append(outcome.starts)
        if outcome.ends:
            self.ended = Ended(outcome.ends, self.now[0], step.key)
        self._ask_anew(before, step)

    def _ask_anew(self, before: set[str], step: Step) -> None:
        """A new round of a step asks its consent anew."""
        if self.consents:
            if step.anytime and step.key not in self.position.reached:
                self.consents.pop(step.key, None)
            for key in self.position.reached:
                if (key not in before or key == step.key) and key in self.consents:
                    del self.consents[key]

    def step_skipped(self, event: StepSkipped, _by: str) -> None:
        step = self.plan.steps.get(event.step)
        if step is None:
            self.odd(Odd.UNKNOWN_STEP, event.step)
        elif not step.optional or step.key not in self.position.opened:
            self.odd(Odd.CANNOT_BE_SKIPPED, step.key)
        elif not event.reason:
            self.odd(Odd.REASON_MISSING, step.key)
        else:
            self.position.close(step.key)
            self.skipped.add(step.key)

    def step_delegated(self, event: StepDelegated, _by: str) -> None:
        if event.step not in self.position.opened:
            self.odd(Odd.NOT_ON_PATH, event.step)
        elif self.barred.get(event.to):
            self.odd(Odd.BARRED, event.step)
        else:
            self.delegated[event.step] = event.to

    def found(self, event: Found, _by: str) -> None:
        self._take_over(event.findings, event.days)

    # Consent

    def consent_of(self, step: Step) -> ConsentState:
        consent = step.consent
        if consent is None:
            return ConsentState.NEEDLESS
        own = self.consents.get(step.key)
        if own is None and consent.same_as:
            return self.consents.get(consent.same_as, ConsentState.TO_ASK)
        return own or ConsentState.TO_ASK

    def _asking(self, event: Any) -> Step | None:
        """The step whose consent this is about, if it has one and the round is the present one."""
        step = self.plan.steps.get(event.step)
        if step is None:
            self.odd(Odd.UNKNOWN_STEP, event.step)
            return None
        number = self.position.taken.get(step.key, 0) + self.position.live(step)
        if step.consent is None or (event.round and event.round != number):
            self.odd(Odd.CONSENT_NOT_ASKED_FOR, step.key)
            return None
        return step

    def consent_asked(self, event: ConsentAsked, _by: str) -> None:
        step = self._asking(event)
        if step and self.position.live(step):
            self.consents[step.key] = ConsentState.ASKED
        elif step:
            self.odd(Odd.CONSENT_NOT_ASKED_FOR, step.key)

    def consent_given(self, event: ConsentGiven, _by: str) -> None:
        step = self._asking(event)
        if step and self.position.live(step):
            self.consents[step.key] = ConsentState.GIVEN
            self.consented[step.key] = self.now
        elif step:
            self.odd(Odd.CONSENT_NOT_ASKED_FOR, step.key)

    def consent_refused(self, event: ConsentRefused, _by: str) -> None:
        if step := self._asking(event):
            self._without(step, ConsentState.REFUSED)

    def consent_withdrawn(self, event: ConsentWithdrawn, _by: str) -> None:
        if step := self._asking(event):
            self._without(step, ConsentState.WITHDRAWN)

    def _without(self, step: Step, state: ConsentState) -> None:
        """Before the deed the step falls away; after it nothing is undone."""
        if not self.position.live(step):
            if self.position.taken.get(step.key):
                self.consents[step.key] = state
            else:
                self.odd(Odd.CONSENT_NOT_ASKED_FOR, step.key)
            return
        before = set(self.position.reached)
        self.consents[step.key] = state
        self.position.drop(step.key)
        if step.consent and step.consent.refused != "nothing":
            self.position.reach(step.consent.refused)
        self._ask_anew(before, step)

    def acted_without_consent(self, event: ActedWithoutConsent, _by: str) -> None:
        exception = self.procedure.without_consent
        step = self.plan.steps.get(event.step)
        if exception is None or step is None or step.consent is None:
            self.odd(Odd.NO_EXCEPTION, event.step)
        elif not self.position.live(step):
            self.odd(Odd.NOT_ON_PATH, step.key)
        elif not event.reason:
            self.odd(Odd.REASON_MISSING, step.key)
        elif not event.first or not event.second or event.first == event.second:
            self.odd(Odd.NOT_TWO_PEOPLE, step.key)
        else:
            self.consents[step.key] = ConsentState.DONE_WITHOUT
            self.position.reach(exception.leads_to)

    # Terms, seats, people, reopening

    def term_extended(self, event: TermExtended, _by: str) -> None:
        step = self.plan.steps.get(event.step)
        opened = self.position.opened.get(event.step)
        if step is None or opened is None or step.extension is None:
            self.odd(Odd.CANNOT_BE_EXTENDED, event.step)
            return
        original, times = self.due(step, opened).day, self.extended.get(step.key, (None, 0))[1]
        if original is None or times >= step.extension.times:
            self.odd(Odd.CANNOT_BE_EXTENDED, step.key)
        elif not event.reason:
            self.odd(Odd.REASON_MISSING, step.key)
        elif event.day > (self.extended[step.key][0] if times else original):
            self.odd(Odd.EXTENDED_TOO_LATE, step.key)
        elif not original <= event.until <= step.extension.most.after(original, self.calendar):
            self.odd(Odd.EXTENDED_TOO_FAR, step.key)
        else:
            self.extended[step.key] = (event.until, times + 1)

    def seat_taken(self, event: SeatTaken, _by: str) -> None:
        seat = self.procedure.seats.get(event.seat)
        if seat is None:
            self.odd(Odd.UNKNOWN_WORD, event.seat)
        elif self.is_barred(event.member, event.seat):
            self.odd(Odd.BARRED, event.seat)
        else:
            self.seats[event.seat] = Taken(event.member, event.role, event.day)
            role = event.role if event.role in seat.succession else UNKNOWN
            self.position.tell(SEAT + event.seat, role)

    def person_barred(self, event: PersonBarred, _by: str) -> None:
        if event.relation not in set(Relation):
            self.odd(Odd.UNKNOWN_WORD, event.relation)
            return
        self.barred.setdefault(event.member, set()).add(event.relation)
        for seat, taken in tuple(self.seats.items()):
            if taken.member == event.member and self.is_barred(event.member, seat):
                del self.seats[seat]
                self.position.tell(SEAT + seat, UNKNOWN)
        for key, member in tuple(self.delegated.items()):
            if member == event.member:
                del self.delegated[key]

    def person_cleared(self, event: PersonCleared, _by: str) -> None:
        self.barred.get(event.member, set()).discard(event.relation)

    def case_reopened(self, event: CaseReopened, _by: str) -> None:
        ending = self.procedure.endings.get(self.position.ended)
        if ending is None or event.at not in ending.reopens_at:
            self.odd(Odd.CANNOT_REOPEN_THERE, event.at)
        elif not event.reason:
            self.odd(Odd.REASON_MISSING, event.at)
        else:
            before = set(self.position.reached)
            self.position.resume(event.at)
            self.ended = None
            self._ask_anew(before, self.plan.steps[event.at])

    # By when

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
            day = self.due(self.plan.steps[base], opened).day
            return (day, opened[1]) if day else None
        rounds = self.rounds.get(base)
        if not rounds or rounds[-1].due.day is None:
            return None
        return (rounds[-1].due.day, self.opened_at[base][1])

    def due(self, step: Step, opened: Moment | None) -> Due:
        """By when a step must be done in its present round, by what is known now."""
        if step.term is None:
            return NO_TERM
        days: list[tuple[date, bool]] = []
        no_meeting = ""
        used = self.used.get(step.key, ())
        for sentence in step.term.sentences:
            begun = self.begun(sentence.start, step.key, opened)
            if begun is None or (sentence.start, begun[1]) in used:
                continue
            day = self._day_of(sentence, step.key, begun)
            if day:
                days.append((day, sentence.kind is Kind.IMMEDIATELY))
            else:
                no_meeting = sentence.body
        if not days:
            return Due(no_meeting=no_meeting) if no_meeting else NO_TERM
        return Due(*(max(days) if step.term.latest else min(days)))

    def _day_of(self, sentence: Sentence, key: str, begun: Moment) -> date | None:
        rounds = 0
        if sentence.kind is Kind.EVERY:
            rounds = sum(done.seq > begun[1] for done in self.rounds.get(key, ()))
        try:
            return sentence.day(begun[0], self.calendar, rounds)
        except (OverflowError, ValueError):  # a day beyond the year 9999 was written down
            return None

    # How it is told

    def told(self) -> Progress:
        position = self.position
        return Progress(
            procedure=self.procedure.key,
            version=self.procedure.version,
            today=self.today,
            start=self.first[0] if self.first else None,
            standings={key: self._standing(step) for key, step in self.plan.steps.items()},
            findings=position.findings,
            days={name: day for name, (day, _) in self.days.items()},
            seats=self.seats,
            barred={who: frozenset(why) for who, why in self.barred.items() if why},
            acted={seat: frozenset(members) for seat, members in self.acted.items()},
            ended=self.ended,
            converted_to=position.left,
            linked=tuple(self.linked),
            problems=tuple(self.problems),
        )

    def _standing(self, step: Step) -> Standing:
        key = step.key
        rounds = self.rounds.get(key)
        done = tuple(rounds) if rounds else ()
        opened = self.position.opened.get(key)
        if opened is None:
            return self._resting(step, done)
        waits = self.position.waits(step) if step.waits_for else ()
        consent = self.consent_of(step) if step.consent else ConsentState.NEEDLESS
        blocked = waits or consent not in _MAY_GO_ON
        due = self.due(step, opened) if step.term else NO_TERM
        extended = key in self.extended
        if extended:
            due = Due(self.extended[key][0])
        outcomes, withheld = self._outcomes(step)
        return Standing(
            key,
            State.BLOCKED if blocked else State.OPEN,
            self.position.taken.get(key, 0) + 1,
            opened[0],
            due,
            due.day is not None and due.day < self.today and not step.optional,
            not step.optional and not step.lasting,
            extended,
            waits,
            consent,
            outcomes,
            withheld,
            self.delegated.get(key, ""),
            done,
        )

    def _resting(self, step: Step, done: tuple[Round, ...]) -> Standing:
        key = step.key
        position = self.position
        state = State.AHEAD
        outcomes: tuple[str, ...] = ()
        withheld: tuple[Withheld, ...] = ()
        consent = ConsentState.NEEDLESS
        if key in position.reached:
            state = State.NOT_NEEDED
        elif step.anytime and not position.over and position.live(step):
            state = State.POSSIBLE
            outcomes, withheld = self._outcomes(step)
            consent = self.consent_of(step)
        elif key in self.skipped:
            state = State.SKIPPED
        elif key in position.dropped:
            state = State.DROPPED
        elif done:
            state = State.DONE
        return Standing(
            key,
            state,
            len(done),
            consent=consent,
            outcomes=outcomes,
            withheld=withheld,
            done=done,
        )

    def _outcomes(self, step: Step) -> tuple[tuple[str, ...], tuple[Withheld, ...]]:
        """The outcomes that are possible now, and those that are not with what they lack."""
        position = self.position
        able, withheld = [], []
        for outcome in step.outcomes:
            if position.possible(step, outcome, position.findings):
                able.append(outcome.key)
            elif outcome.ends:
                ending = self.procedure.endings[outcome.ends]
                holding_up = position.holding_up(ending, step.key)
                missing = position.missing(ending, step.key)
                withheld.append(Withheld(outcome.key, holding_up, missing))
            else:
                withheld.append(Withheld(outcome.key))
        return tuple(able), tuple(withheld)


_MAY_GO_ON = frozenset({ConsentState.NEEDLESS, ConsentState.GIVEN, ConsentState.DONE_WITHOUT})
_HANDLERS: dict[type, Callable[[_Fold, Any, str], None]] = {
    Started: _Fold.started,
    StepDone: _Fold.step_done,
    StepSkipped: _Fold.step_skipped,
    StepDelegated: _Fold.step_delegated,
    Found: _Fold.found,
    ConsentAsked: _Fold.consent_asked,
    ConsentGiven: _Fold.consent_given,
    ConsentRefused: _Fold.consent_refused,
    ConsentWithdrawn: _Fold.consent_withdrawn,
    ActedWithoutConsent: _Fold.acted_without_consent,
    TermExtended: _Fold.term_extended,
    SeatTaken: _Fold.seat_taken,
    PersonBarred: _Fold.person_barred,
    PersonCleared: _Fold.person_cleared,
    CaseReopened: _Fold.case_reopened,
}
