"""By which procedure a case begins, and the procedure that a case keeps."""

from datetime import date

from klankbord.organisations.models import Organisation
from klankbord.organisations.queries import profile_of
from klankbord.rules.course import ProcedureStarted
from klankbord.rules.procedures.reading import load_procedure, procedure_in_force
from klankbord.rules.procedures.shape import Procedure
from klankbord.rules.profiles.shape import Regime


def first_procedure(
    organisation: Organisation, form: str, regime: Regime, *, on: date
) -> ProcedureStarted | None:
    """The procedure that begins with this form, for who listens under this regime (P4).

    None where people choose it themselves once they read what was told.
    """
    key = profile_of(organisation, "nl").procedure_for(form, regime)
    return start_of(organisation, key, on=on) if key else None


def start_of(
    organisation: Organisation, key: str, *, on: date, reason: str = ""
) -> ProcedureStarted:
    """The entry by which a case begins to go through a procedure, in the version of that day."""
    procedure = procedure_in_force(key, on, "nl")
    return ProcedureStarted(key, procedure.version, procedure.digest, on, reason)


def procedures_here(
    organisation: Organisation, *, on: date, language: str
) -> tuple[Procedure, ...]:
    """Every procedure that a case may go by in this organisation, and where these may lead."""
    found: dict[str, Procedure] = {}
    edge = set(profile_of(organisation, "nl").procedures)
    while edge:
        key = edge.pop()
        found[key] = procedure_in_force(key, on, language)
        ways = (it for step in found[key].steps for it in step.outcomes)
        edge |= {it.converts_to for it in ways if it.converts_to} - found.keys()
    return tuple(sorted(found.values(), key=lambda it: it.title))


def bodies_here(organisation: Organisation, *, on: date, language: str) -> tuple[str, ...]:
    """The boards for whose next meeting some step waits in this organisation."""
    sentences = (
        sentence
        for procedure in procedures_here(organisation, on=on, language=language)
        for step in procedure.steps
        for sentence in (step.term.sentences if step.term else ())
    )
    return tuple(sorted({it.body for it in sentences if it.body}, reverse=True))


def procedure_of(organisation: Organisation, started: ProcedureStarted, language: str) -> Procedure:
    """The procedure by which a case goes, in the version with which it started."""
    return load_procedure(started.procedure, started.version, language)
