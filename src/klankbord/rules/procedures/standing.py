"""How a case stands, as it is told: each step, by when, what holds it up, and what was odd."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class State(StrEnum):
    """Where one step stands."""

    AHEAD = "ahead"
    OPEN = "open"
    BLOCKED = "blocked"
    POSSIBLE = "possible"  # at any time, not asked for
    NOT_NEEDED = "not_needed"
    DONE = "done"
    SKIPPED = "skipped"
    DROPPED = "dropped"


class ConsentState(StrEnum):
    """Where the consent for a step stands."""

    NEEDLESS = "needless"
    TO_ASK = "to_ask"
    ASKED = "asked"
    GIVEN = "given"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    DONE_WITHOUT = "done_without"


class Odd(StrEnum):
    """What is strange in a history. Nothing of it stops the engine; people decide."""

    NOT_STARTED = "not_started"
    UNKNOWN_STEP = "unknown_step"
    UNKNOWN_OUTCOME = "unknown_outcome"
    UNKNOWN_WORD = "unknown_word"
    NOT_ON_PATH = "not_on_path"
    DONE_ALREADY = "done_already"
    NOT_POSSIBLE = "not_possible"
    REASON_MISSING = "reason_missing"
    REFERRAL_MISSING = "referral_missing"
    DAY_MISSING = "day_missing"
    BEFORE_ANOTHER = "before_another"
    WITHOUT_THE_USUAL = "without_the_usual"
    WITHOUT_CONSENT = "without_consent"
    NO_EXCEPTION = "no_exception"
    NOT_TWO_PEOPLE = "not_two_people"
    CANNOT_BE_SKIPPED = "cannot_be_skipped"
    CONSENT_NOT_ASKED_FOR = "consent_not_asked_for"
    CANNOT_BE_EXTENDED = "cannot_be_extended"
    EXTENDED_TOO_LATE = "extended_too_late"
    EXTENDED_TOO_FAR = "extended_too_far"
    CANNOT_REOPEN_THERE = "cannot_reopen_there"
    CORRECTS_NOTHING = "corrects_nothing"
    BARRED = "barred"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something odd, at which event, about which step or word. `counted`: it took effect."""

    seq: int
    kind: Odd
    about: str
    counted: bool = False


@dataclass(frozen=True, slots=True)
class Due:
    """By when. No day and a body: no meeting of that body is planned."""

    day: date | None = None
    at_once: bool = False
    no_meeting: str = ""


NO_TERM = Due()


@dataclass(frozen=True, slots=True)
class Round:
    """One time that a step was done."""

    number: int
    day: date
    outcome: str
    seq: int
    by: str = ""
    due: Due = NO_TERM
    opened: date | None = None

    @property
    def late(self) -> bool:
        """Whether it was done after its last day, by what was known then."""
        return self.due.day is not None and self.day > self.due.day


@dataclass(frozen=True, slots=True)
class Withheld:
    """An outcome that is not possible now, and why: a fact, open steps, or steps never taken."""

    outcome: str
    holding_up: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one step stands. `round` is the one that is open, or was the last."""

    step: str
    state: State
    round: int = 0
    opened: date | None = None
    due: Due = NO_TERM
    overdue: bool = False
    required: bool = False
    extended: bool = False
    waits_for: tuple[str, ...] = ()
    consent: ConsentState = ConsentState.NEEDLESS
    outcomes: tuple[str, ...] = ()
    withheld: tuple[Withheld, ...] = ()
    delegated_to: str = ""
    done: tuple[Round, ...] = ()

    @property
    def to_do(self) -> bool:
        """Whether somebody has this step before them: open, or held up."""
        return self.state in (State.OPEN, State.BLOCKED)


@dataclass(frozen=True, slots=True)
class Taken:
    """Who took a seat, in which role, and since when."""

    member: str
    role: str
    day: date


@dataclass(frozen=True, slots=True)
class Ended:
    """The ending a case came to, by which step."""

    ending: str
    day: date
    step: str


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a case stands on a day. Derived each time, never stored."""

    procedure: str
    version: int
    today: date
    start: date | None
    standings: Mapping[str, Standing]
    findings: Mapping[str, str]
    days: Mapping[str, date]
    seats: Mapping[str, Taken]
    barred: Mapping[str, frozenset[str]]
    acted: Mapping[str, frozenset[str]]
    ended: Ended | None = None
    converted_to: str = ""
    linked: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def over(self) -> bool:
        """Whether the case ended, or goes on under another procedure."""
        return self.ended is not None or bool(self.converted_to)

    @property
    def to_do(self) -> tuple[Standing, ...]:
        """The steps that are open or held up, those with the nearest day first."""
        waiting = [standing for standing in self.standings.values() if standing.to_do]
        return tuple(sorted(waiting, key=lambda standing: standing.due.day or date.max))
