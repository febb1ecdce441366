"""What can happen in a case on its way through a procedure, as it is sealed.

`on` is the day of the deed, which may lie before the day on which it was written down: paper
arrives late. Members are known by the id of their membership. Where a case stands is worked out
from these (`rules.procedures`, by way of `rules.procedures.log`) and stored nowhere.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from klankbord.rules.kept import Answers, KeptFile


@dataclass(frozen=True, slots=True)
class ProcedureStarted:
    """From here on the case goes through this procedure, in this version and with this text.

    The first one begins it; a later one is a conversion (R-004-150, K6) or a newer version. What
    an organisation adapted has a digest of its own.
    """

    kind: ClassVar[str] = "procedure_started"
    procedure: str
    version: int
    digest: str
    on: date
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Judged:
    """A condition that somebody judged: it holds or not, with a note (R-004-131)."""

    key: str
    holds: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class StepDone:
    """Somebody did a step. An outcome that ends *is* the closing of the case.

    `round` tells two people who finish a step at once from one who does it twice. `letter` holds
    the parts of what was written to the reporter. `seat` says as whom. Of a step that is the
    reporter's own the form stands here; of all others it is a `WorkNoted`, as are the notes.
    """

    kind: ClassVar[str] = "step_done"
    step: str
    round: int
    outcome: str
    on: date
    seat: str = ""
    findings: Mapping[str, str] = field(default_factory=dict)
    days: Mapping[str, date] = field(default_factory=dict)
    conditions: tuple[Judged, ...] = ()
    form: Answers | None = None
    letter: Mapping[str, str] = field(default_factory=dict)
    reason: str = ""
    referred_to: str = ""
    files: tuple[KeptFile, ...] = ()


@dataclass(frozen=True, slots=True)
class WorkNoted:
    """What those who handle the case noted at something that happened, in a part of their own.

    `of` is the place of what it belongs to, `letter` the parts of what was written to somebody else
    than the reporter. What the other side said, a registration, a doubt:
    whoever reports holds the key of the file, and has no key of this.
    """

    kind: ClassVar[str] = "work_noted"
    of: int
    note: str = ""
    letter: Mapping[str, str] = field(default_factory=dict)
    form: Answers | None = None
    conditions: tuple[Judged, ...] = ()
    files: tuple[KeptFile, ...] = ()


@dataclass(frozen=True, slots=True)
class StepSkipped:
    """A step that may be left out will not be done, and why."""

    kind: ClassVar[str] = "step_skipped"
    step: str
    on: date
    reason: str


@dataclass(frozen=True, slots=True)
class StepDelegated:
    """Whoever sits in the seat gave this step to somebody else (R-004-141)."""

    kind: ClassVar[str] = "step_delegated"
    step: str
    to: UUID
    on: date
    reason: str = ""


@dataclass(frozen=True, slots=True)
class SeatTaken:
    """Somebody takes a seat in a role, and keeps it while able. Only a key opens something."""

    kind: ClassVar[str] = "seat_taken"
    seat: str
    role: str
    member: UUID
    on: date
    why: str = ""


@dataclass(frozen=True, slots=True)
class PersonBarred:
    """Somebody may not act in this case: accused, close to them, in a power relation (K9)."""

    kind: ClassVar[str] = "person_barred"
    member: UUID
    relation: str
    on: date


@dataclass(frozen=True, slots=True)
class PersonCleared:
    """That relation does not hold after all."""

    kind: ClassVar[str] = "person_cleared"
    member: UUID
    relation: str
    on: date
    why: str = ""


@dataclass(frozen=True, slots=True)
class TermExtended:
    """The term of a step was extended with a reason, where the procedure allows it."""

    kind: ClassVar[str] = "term_extended"
    step: str
    until: date
    on: date
    reason: str


@dataclass(frozen=True, slots=True)
class FactsFound:
    """Facts that became known outside a step."""

    kind: ClassVar[str] = "facts_found"
    on: date
    findings: Mapping[str, str] = field(default_factory=dict)
    days: Mapping[str, date] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SeverityAssessed:
    """How serious it is, by a scheme: what was asked, what was seen, and what people decided.

    `finding` is the fact that the procedure's branches look at. `second` decided along;
    `second_outside` names somebody of another organisation (P23).
    """

    kind: ClassVar[str] = "severity_assessed"
    scheme: str
    version: int
    finding: str
    level: str
    on: date
    dangers: Mapping[str, str] = field(default_factory=dict)
    acted_on: tuple[str, ...] = ()
    marks: Mapping[str, str] = field(default_factory=dict)
    factors: tuple[str, ...] = ()
    reason: str = ""
    second: UUID | None = None
    second_outside: str = ""


@dataclass(frozen=True, slots=True)
class ConsentAsked:
    """Consent for a step was asked, in these words; the reporter reads them in the channel."""

    kind: ClassVar[str] = "consent_asked"
    step: str
    round: int
    question: str
    on: date


class Spoken(StrEnum):
    """What somebody said when consent was asked."""

    YES = "yes"
    NO = "no"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class ConsentSpoken:
    """Consent was given, refused or taken back by word of mouth, and a member noted it (P22).

    `answer` is a word of `Spoken`; `how` says where, how and who else was there.
    """

    kind: ClassVar[str] = "consent_spoken"
    step: str
    round: int
    answer: str
    how: str
    on: date


@dataclass(frozen=True, slots=True)
class StepCorrected:
    """The entry at place `of` was wrong: `instead` stands in its place, or nothing does."""

    kind: ClassVar[str] = "step_corrected"
    of: int
    instead: StepDone | None
    on: date
    reason: str


@dataclass(frozen=True, slots=True)
class ProcedureReopened:
    """The case is taken up again, at one of the steps that its ending allows."""

    kind: ClassVar[str] = "procedure_reopened"
    at_step: str
    on: date
    reason: str


Course = (
    ProcedureStarted
    | StepDone
    | StepSkipped
    | StepDelegated
    | SeatTaken
    | PersonBarred
    | PersonCleared
    | TermExtended
    | FactsFound
    | SeverityAssessed
    | ConsentAsked
    | ConsentSpoken
    | StepCorrected
    | ProcedureReopened
)
