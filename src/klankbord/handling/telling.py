"""What happened in the course of a case, with the titles of the procedure it then went by."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

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
    WorkNoted,
)
from klankbord.rules.entries import Happened
from klankbord.rules.procedures.progress import AnotherProcedure
from klankbord.rules.procedures.shape import Procedure
from klankbord.rules.severity.reading import load_scheme


@dataclass(frozen=True, slots=True)
class Told:
    """One thing in words: which step, with which outcome, and what the reporter may read of it.

    `parts` are those of a letter, each with its title, and `to_reporter` says whether it is theirs;
    `ends` is the ending that it came to, and `ends_so` what the reporter reads of it. `step` is its
    place in the procedure, counted from 1; `of` says whose consent it is about.
    """

    title: str
    outcome: str = ""
    reporter: str = ""
    letter: str = ""
    parts: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    ends: str = ""
    ends_so: str = ""
    about: str = ""
    to_reporter: bool = False
    step: int = 0
    of: str = ""

    @property
    def for_reporter(self) -> bool:
        """Whether the reporter reads anything of it."""
        return bool(self.reporter or (self.to_reporter and self.parts))


def told_in(
    happened: Sequence[Happened], organisation: Organisation, language: str
) -> Mapping[int, Told]:
    """By the place of each entry of the course: what it says, in one language."""
    procedure: Procedure | None = None
    found: dict[int, Told] = {}
    noted = {it.entry.of: it.entry for it in happened if isinstance(it.entry, WorkNoted)}
    for it in happened:
        if not isinstance(it.entry, Course):
            continue
        if isinstance(it.entry, ProcedureStarted):
            procedure = _procedure(organisation, it.entry, language)
        if procedure is not None:
            found[it.seq] = _told(it.entry, procedure, language, noted.get(it.seq))
        if isinstance(it.entry, StepCorrected) and it.entry.instead is None:
            wrong = found.get(it.entry.of, Told(""))
            found[it.seq] = Told(wrong.title, reporter=wrong.reporter)
    return found


def _procedure(
    organisation: Organisation, started: ProcedureStarted, language: str
) -> Procedure | None:
    """None when its text is not there any more: better no title than one that never applied."""
    try:
        return procedure_of(organisation, started, language)
    except AnotherProcedure:
        return None


def _told(
    entry: Course, procedure: Procedure, language: str, noted: WorkNoted | None = None
) -> Told:
    match entry:
        case ProcedureStarted():
            return Told(procedure.title)
        case StepDone():
            return _step(entry, procedure, noted)
        case SeatTaken(seat=seat) if seat in procedure.seats:
            return Told(procedure.seats[seat].title)
        case SeverityAssessed(scheme=key, version=version, level=level):
            title = load_scheme(key, version, language).level(level).title
            # P23: whoever decided along from outside is told to the reporter.
            return Told(title, reporter=title if entry.second_outside else "")
        case ConsentAsked(step=step) | ConsentSpoken(step=step):
            title = _title(step, procedure)
            return Told(
                title, reporter=title, of=_whose_consent(step, procedure),
                step=_place(step, procedure),
            )  # fmt: skip
        case ProcedureReopened(at_step=step) | TermExtended(step=step):
            title = _title(step, procedure)
            told = procedure.by_key.get(step)
            return Told(title, reporter=title if told and told.reporter else "")
        case StepCorrected(instead=instead):
            # The letter was read as it was sent: putting a day right sends no other one.
            return replace(_step(instead, procedure), parts=()) if instead else Told("")
        case PersonBarred() | PersonCleared():
            return Told("", about=entry.relation)
    return Told(_title(getattr(entry, "step", ""), procedure))


def _whose_consent(step: str, procedure: Procedure) -> str:
    known = procedure.by_key.get(step)
    return known.consent.of if known and known.consent else ""


def _place(step: str, procedure: Procedure) -> int:
    return list(procedure.by_key).index(step) + 1 if step in procedure.by_key else 0


def _title(step: str, procedure: Procedure) -> str:
    known = procedure.by_key.get(step)
    return known.title if known else step


def _step(entry: StepDone, procedure: Procedure, noted: WorkNoted | None = None) -> Told:
    step = procedure.by_key.get(entry.step)
    if step is None:
        return Told(entry.step)
    outcome = step.outcome(entry.outcome)
    letter = procedure.letter_of(entry.step, entry.outcome)
    written = {**entry.letter, **(noted.letter if noted else {})}
    titles = letter.parts if letter else {}
    order = dict.fromkeys((*titles, *written))  # as the letter has them, whatever order is stored
    ends = outcome.ends if outcome else ""
    return Told(
        title=step.title,
        outcome=outcome.title if outcome else "",
        reporter=step.reporter,
        letter=letter.title if letter else "",
        to_reporter=bool(letter and letter.to_reporter),
        parts=tuple((titles.get(part, ""), written[part]) for part in order if written.get(part)),
        ends=procedure.endings[ends].title if ends else "",
        ends_so=procedure.endings[ends].reporter if ends else "",
    )
