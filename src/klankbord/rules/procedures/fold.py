"""The fold over what happened: each event moves the position, the days and the people."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from klankbord.rules.procedures.clock import Clock
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
from klankbord.rules.procedures.plan import Plan
from klankbord.rules.procedures.position import Moment, Position
from klankbord.rules.procedures.shape import (
    SEAT,
    UNKNOWN,
    Outcome,
    Relation,
    Step,
)
from klankbord.rules.procedures.standing import (
    ConsentState,
    Ended,
    Odd,
    Problem,
    Taken,
)
from klankbord.rules.terms import Calendar


class Fold:
    """A position, with the days and the people."""

    def __init__(self, plan: Plan, calendar: Calendar, today: date) -> None:
        self.plan = plan
        self.procedure = plan.procedure
        self.calendar = calendar
        self.today = today
        self.position = Position(plan)
        self.clock = Clock(self.position, calendar)
        self.consents: dict[str, ConsentState] = {}
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
                self.clock.days[name] = (day, self.now[1])
            elif strict:
                self.odd(Odd.UNKNOWN_WORD, name)

    # The events

    def started(self, event: Started, _by: str) -> None:
        if self.clock.first is None:
            self.clock.first = self.now
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
        self.clock.close_round(step, outcome.key, by)
        self.extended.pop(step.key, None)
        self.delegated.pop(step.key, None)
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
        if step.consent and self.consent_of(step) not in MAY_GO_ON:
            self.odd(Odd.WITHOUT_CONSENT, key, counted=True)
        if by and self.barred and any(self.is_barred(by, seat) for seat in step.by):
            self.odd(Odd.BARRED, key, counted=True)

    def is_barred(self, member: str, seat: str) -> bool:
        relations = self.barred.get(member)
        known = self.procedure.seats.get(seat)
        return bool(relations and known and relations & (known.barred | {Relation.EXCLUDED}))

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
            self.clock.consented[step.key] = self.now
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
        original = self.clock.due(step, opened).day
        times = self.extended.get(step.key, (None, 0))[1]
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
            if self.ended and not self.plan.ends_after(event.at):
                # Nothing that follows would close it again: so does the step that closed it.
                self.position.reach(self.ended.step)
            self.ended = None
            self._ask_anew(before, self.plan.steps[event.at])


MAY_GO_ON = frozenset({ConsentState.NEEDLESS, ConsentState.GIVEN, ConsentState.DONE_WITHOUT})
_HANDLERS: dict[type, Callable[[Fold, Any, str], None]] = {
    Started: Fold.started,
    StepDone: Fold.step_done,
    StepSkipped: Fold.step_skipped,
    StepDelegated: Fold.step_delegated,
    Found: Fold.found,
    ConsentAsked: Fold.consent_asked,
    ConsentGiven: Fold.consent_given,
    ConsentRefused: Fold.consent_refused,
    ConsentWithdrawn: Fold.consent_withdrawn,
    ActedWithoutConsent: Fold.acted_without_consent,
    TermExtended: Fold.term_extended,
    SeatTaken: Fold.seat_taken,
    PersonBarred: Fold.person_barred,
    PersonCleared: Fold.person_cleared,
    CaseReopened: Fold.case_reopened,
}
