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


def procedure_of(organisation: Organisation, started: ProcedureStarted, language: str) -> Procedure:
    """The procedure by which a case goes, in the version with which it started."""
    return load_procedure(started.procedure, started.version, language)
