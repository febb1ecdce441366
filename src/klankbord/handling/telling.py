"""What happened in the course of a case, with the titles of the procedure it then went by."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from klankbord.handling.procedures import procedure_of
from klankbord.organisations.models import Organisation
from klankbord.rules.course import (
    ConsentAsked,
    ConsentSpoken,
    Course,
    PersonBarred,
    PersonCleared,
    ProcedureReopened,
    ProcedureStarted,
    SeatTaken,
    SeverityAssessed,
    StepCorrected,
    StepDone,
    TermExtended,
)
from klankbord.rules.entries import Happened
from klankbord.rules.procedures.progress import AnotherProcedure
from klankbord.rules.procedures.shape import Procedure
from klankbord.rules.severity.reading import load_scheme


@dataclass(frozen=True, slots=True)
class Told:
    """One thing in words: which step, with which outcome, and what the reporter may read of it.

    `parts` are those of a letter, each with its title; `ends` is the ending that it came to.
    """

    title: str
    outcome: str = ""
    reporter: str = ""
    parts: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    ends: str = ""
    about: str = ""


def told_in(
    happened: Sequence[Happened], organisation: Organisation, language: str
) -> Mapping[int, Told]:
    """By the place of each entry of the course: what it says, in one language."""
    procedure: Procedure | None = None
    found: dict[int, Told] = {}
    for it in happened:
        if not isinstance(it.entry, Course):
            continue
        if isinstance(it.entry, ProcedureStarted):
            procedure = _procedure(organisation, it.entry, language)
        if procedure is not None:
            found[it.seq] = _told(it.entry, procedure, language)
    return found


def _procedure(
    organisation: Organisation, started: ProcedureStarted, language: str
) -> Procedure | None:
    """None when its text is not there any more: better no title than one that never applied."""
    try:
        return procedure_of(organisation, started, language)
    except AnotherProcedure:
        return None


def _told(entry: Course, procedure: Procedure, language: str) -> Told:
    match entry:
        case ProcedureStarted():
            return Told(procedure.title)
        case StepDone():
            return _step(entry, procedure)
        case SeatTaken(seat=seat) if seat in procedure.seats:
            return Told(procedure.seats[seat].title)
        case SeverityAssessed(scheme=key, version=version, level=level):
            title = load_scheme(key, version, language).level(level).title
            # P23: whoever decided along from outside is told to the reporter.
            return Told(title, reporter=title if entry.second_outside else "")
        case ConsentAsked() | ConsentSpoken() | ProcedureReopened() | TermExtended():
            step = entry.at_step if isinstance(entry, ProcedureReopened) else entry.step
            title = _title(step, procedure)
            return Told(title, reporter=title)
        case StepCorrected(instead=instead):
            return _step(instead, procedure) if instead else Told("")
        case PersonBarred() | PersonCleared():
            return Told("", about=entry.relation)
    return Told(_title(getattr(entry, "step", ""), procedure))


def _title(step: str, procedure: Procedure) -> str:
    known = procedure.by_key.get(step)
    return known.title if known else step


def _step(entry: StepDone, procedure: Procedure) -> Told:
    step = procedure.by_key.get(entry.step)
    if step is None:
        return Told(entry.step)
    outcome = step.outcome(entry.outcome)
    letter = procedure.letters.get((outcome and outcome.letter) or step.letter)
    ends = outcome.ends if outcome else ""
    return Told(
        title=step.title,
        outcome=outcome.title if outcome else "",
        reporter=step.reporter,
        parts=tuple(
            (letter.parts.get(part, "") if letter else "", text)
            for part, text in entry.letter.items()
            if text
        ),
        ends=procedure.endings[ends].title if ends else "",
    )
