"""What the engine reads of a case: the things that happened, in the order of the log.

The engine's own input. A case's signed entries are turned into these by whoever opens them; the
engine knows no keys, no clock and no Django. `day` is the day on which something happened, which
may lie before the day on which it was written down (paper arrives late): the order is that of
`Recorded.seq`, the terms follow `day`. Members are known by any stable text (the hex of a
membership's id); nothing here is shown to people.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Started:
    """The case goes through this procedure from here on.

    Under another key this is a conversion: findings, written days and barred people carry over by
    name, days of steps and consents do not. Under the same key it is a newer version, and finished
    steps count. `digest`, if given, must be that of the procedure.
    """

    day: date
    procedure: str
    version: int
    reason: str = ""
    digest: str = ""


@dataclass(frozen=True, slots=True)
class StepDone:
    """Somebody did a step. An outcome that ends *is* the closing of the case.

    `round` (from 1) tells two people who finish the same step at once from one who does it twice;
    0 does not say. `seat` says as whom, if the step may be done from several seats.
    """

    day: date
    step: str
    outcome: str = ""
    round: int = 0
    seat: str = ""
    findings: Mapping[str, str] = field(default_factory=dict)
    days: Mapping[str, date] = field(default_factory=dict)
    checks: Mapping[str, bool] = field(default_factory=dict)
    reason: str = ""
    referred_to: str = ""


@dataclass(frozen=True, slots=True)
class StepSkipped:
    """An optional step will not be done, and why."""

    day: date
    step: str
    reason: str


@dataclass(frozen=True, slots=True)
class StepDelegated:
    """Whoever sits in the seat gave this step to somebody else (R-004-141)."""

    day: date
    step: str
    to: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """Facts that became known outside a step: a severity, an age, a day."""

    day: date
    findings: Mapping[str, str] = field(default_factory=dict)
    days: Mapping[str, date] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ConsentAsked:
    """Consent was asked. `question` is the hash of the words that were shown."""

    day: date
    step: str
    round: int = 0
    question: str = ""


@dataclass(frozen=True, slots=True)
class ConsentGiven:
    """Consent was given. `oral`: said to the member who wrote it down (P22)."""

    day: date
    step: str
    round: int = 0
    question: str = ""
    oral: bool = False


@dataclass(frozen=True, slots=True)
class ConsentRefused:
    """Consent was refused: the step falls away."""

    day: date
    step: str
    round: int = 0


@dataclass(frozen=True, slots=True)
class ConsentWithdrawn:
    """Consent was taken back. Before the step it falls away; after it nothing is undone."""

    day: date
    step: str
    round: int = 0


@dataclass(frozen=True, slots=True)
class ActedWithoutConsent:
    """Danger or a legal duty: two people agreed to act, and the reporter must be told (K19).

    `second` may be somebody of another organisation, named in words (P23).
    """

    day: date
    step: str
    reason: str
    first: str
    second: str


@dataclass(frozen=True, slots=True)
class TermExtended:
    """The term of a step was extended, where the procedure allows it."""

    day: date
    step: str
    until: date
    reason: str


@dataclass(frozen=True, slots=True)
class SeatTaken:
    """Somebody takes a seat, and keeps it while able."""

    day: date
    seat: str
    role: str
    member: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class PersonBarred:
    """Somebody may not act in this case. `relation` is a word of `shape.Relation`."""

    day: date
    member: str
    relation: str


@dataclass(frozen=True, slots=True)
class PersonCleared:
    """That relation does not hold after all."""

    day: date
    member: str
    relation: str


@dataclass(frozen=True, slots=True)
class CaseReopened:
    """The case is taken up again, at one of the steps that its ending allows."""

    day: date
    at: str
    reason: str


@dataclass(frozen=True, slots=True)
class Corrected:
    """The event with number `of` was wrong: `instead` stands in its place, or nothing does."""

    day: date
    of: int
    instead: "Event | None"
    reason: str = ""


Event = (
    Started
    | StepDone
    | StepSkipped
    | StepDelegated
    | Found
    | ConsentAsked
    | ConsentGiven
    | ConsentRefused
    | ConsentWithdrawn
    | ActedWithoutConsent
    | TermExtended
    | SeatTaken
    | PersonBarred
    | PersonCleared
    | CaseReopened
    | Corrected
)


@dataclass(frozen=True, slots=True)
class Recorded:
    """An event at its place in the log of the case, and the member who wrote it."""

    seq: int
    event: Event
    by: str = ""
