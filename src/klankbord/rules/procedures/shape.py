"""What a procedure is: steps in seats, with terms, outcomes that lead on, and endings."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

from klankbord.rules.procedures.sentences import Length, Sentence

UNKNOWN = "unknown"
#: Seats that every procedure knows: who told it, and the person it happened to (P2).
REPORTER = "reporter"
CONCERNED = "concerned"
OWN_SEATS = frozenset({REPORTER, CONCERNED})
#: What a step with one way calls that way.
DONE = "done"
#: The first day of this procedure in this case; the day on which a step opened.
START = "start"
OPENING = "opening"
#: A finding `seat_<seat>` is the role that sits in the seat.
SEAT = "seat_"

#: One way in which a condition holds: each of these findings has one of these words.
Alternative = tuple[tuple[str, frozenset[str]], ...]
#: Any of the alternatives; none at all means always.
When = tuple[Alternative, ...]


class Subject(StrEnum):
    """What goes through the procedure."""

    CASE = "case"
    ORGANISATION = "organisation"


class Relation(StrEnum):
    """Why somebody may not act in a case. The reporter's own exclusions always bar."""

    ACCUSED = "accused"
    CLOSE_TO_ACCUSED = "close_to_accused"
    IN_POWER_RELATION = "in_power_relation"
    EXCLUDED = "excluded"


class Reveals(StrEnum):
    """What somebody else learns when the consent is given."""

    NOTHING = "nothing"
    CONTENT = "content"
    IDENTITY = "identity"


@dataclass(frozen=True, slots=True)
class Seat:
    """A place in the procedure, and the roles that may sit in it, in order of succession."""

    key: str
    title: str
    succession: tuple[str, ...]
    barred: frozenset[str] = frozenset()
    not_also: tuple[str, ...] = ()
    source: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """A fact that the branches depend on; `unknown` until somebody says otherwise."""

    key: str
    title: str
    options: Mapping[str, str]
    source: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Day:
    """A day that is written down: when it was signed, when we promised to call again.

    `proposed` is what the screen proposes, counted from the day of the step. `past`: it happened,
    so it is not to come.
    """

    key: str
    title: str
    proposed: Length | None = None
    past: bool = False


@dataclass(frozen=True, slots=True)
class Letter:
    """What is sent in writing, and the parts that it may not lack.

    `to_reporter`: the reporter reads it in the channel. Any other letter is for somebody else.
    """

    key: str
    title: str
    parts: Mapping[str, str]
    source: tuple[str, ...] = ()
    to_reporter: bool = False


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition that a person judges: yes or no, with a note.

    `holds_day` no later than `holds_by` proposes a yes; a human decides (K7).
    """

    key: str
    title: str
    source: tuple[str, ...] = ()
    holds_day: str = ""
    holds_by: Sentence | None = None


@dataclass(frozen=True, slots=True)
class Consent:
    """What must be asked before the step. `refused` is the step to go to, or `nothing`."""

    question: str = ""
    of: str = REPORTER
    reveals: Reveals = Reveals.NOTHING
    refused: str = "nothing"
    same_as: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """By when. The strictest sentence binds, or the latest if `latest` (K8, K18)."""

    sentences: tuple[Sentence, ...]
    latest: bool = False


@dataclass(frozen=True, slots=True)
class Extension:
    """How a term may be extended: at most so much after the original day, so many times."""

    most: Length
    times: int = 1
    letter: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a step may end, and where that leads."""

    key: str
    title: str
    leads_to: tuple[str, ...] = ()
    when: When = ()
    records: tuple[str, ...] = ()
    needs: frozenset[str] = frozenset()
    drops: tuple[str, ...] = ()
    letter: str = ""
    starts: str = ""
    converts_to: str = ""
    ends: str = ""

    @property
    def leaves(self) -> bool:
        """Whether the case leaves this procedure by this outcome."""
        return bool(self.ends or self.converts_to)


@dataclass(frozen=True, slots=True)
class Step:
    """Something that somebody does.

    `stops`: what it comes to when somebody from outside says that they want to stop.
    """

    key: str
    title: str
    by: tuple[str, ...]
    number: str = ""
    source: tuple[str, ...] = ()
    guidance: tuple[str, ...] = ()
    reporter: str = ""
    when: When = ()
    waits_for: tuple[str, ...] = ()
    expects: tuple[str, ...] = ()
    optional: bool = False
    anytime: bool = False
    stops: bool = False
    lasting: bool = False
    duty: bool = False
    term: Term | None = None
    extension: Extension | None = None
    asks: tuple[str, ...] = ()
    records: tuple[str, ...] = ()
    may_record: tuple[str, ...] = ()
    check: tuple[Condition, ...] = ()
    form: str = ""
    letter: str = ""
    registers: str = ""
    notifies: str = ""
    directory: str = ""
    consent: Consent | None = None
    outcomes: tuple[Outcome, ...] = ()

    def outcome(self, key: str) -> Outcome | None:
        """The outcome with this key; the only one if no key is given; else none."""
        if not key and len(self.outcomes) == 1:
            return self.outcomes[0]
        return next((outcome for outcome in self.outcomes if outcome.key == key), None)


@dataclass(frozen=True, slots=True)
class Ending:
    """How a case may end under this procedure."""

    key: str
    title: str
    source: tuple[str, ...] = ()
    never_without: tuple[str, ...] = ()
    reopens_at: tuple[str, ...] = ()
    registers: str = ""
    counts: bool = False
    even_if_open: bool = False
    reporter: str = ""


@dataclass(frozen=True, slots=True)
class WithoutConsent:
    """Acting without consent: who must agree, and which step tells the reporter (K19)."""

    second: str
    leads_to: str


@dataclass(frozen=True, eq=False)
class Procedure:
    """A procedure in one language, as it stood in one version.

    `digest` is the BLAKE2b-256 (hex) of the main file: a case keeps what it started with.
    `number`, `changed` and `approved`: its place in the organisation's handbook, and when it was
    last changed and approved (R-004-001). `answers`: what the whole of it answers to.
    `countries` (ISO 3166): where its law holds; none means everywhere.
    """

    key: str
    version: int
    language: str
    digest: str
    title: str
    intro: tuple[str, ...]
    source: str
    valid_from: date
    valid_until: date | None
    derived: bool
    subject: Subject
    start: tuple[str, ...]
    seats: Mapping[str, Seat]
    findings: Mapping[str, Finding]
    days: Mapping[str, Day]
    letters: Mapping[str, Letter]
    endings: Mapping[str, Ending]
    steps: tuple[Step, ...]
    without_consent: WithoutConsent | None = None
    number: str = ""
    changed: date | None = None
    approved: date | None = None
    answers: tuple[str, ...] = ()
    countries: frozenset[str] = frozenset()

    @cached_property
    def by_key(self) -> Mapping[str, Step]:
        """Every step by its key, in the order of the file."""
        return {step.key: step for step in self.steps}

    def letter_of(self, step: str, outcome: str) -> Letter | None:
        """The letter that goes with a step that ends this way; none if nothing is written."""
        known = self.by_key.get(step)
        way = known.outcome(outcome) if known else None
        return self.letters.get((way.letter if way else "") or (known.letter if known else ""))

    def step(self, key: str) -> Step:
        """The step with this key; KeyError if there is none."""
        return self.by_key[key]
