"""By which procedure a case begins, and the procedure that a case keeps.

A new case begins by the organisation's own version where one is switched on, and by ours elsewhere.
"""

from collections.abc import Mapping
from datetime import date

from klankbord.handling.own import FIRST_OWN, own_in_force, own_procedure
from klankbord.organisations.models import Organisation
from klankbord.organisations.queries import profile_of
from klankbord.rules.course import ProcedureStarted
from klankbord.rules.library import NotInLibrary, Refused
from klankbord.rules.procedures.here import carried_through
from klankbord.rules.procedures.progress import AnotherProcedure
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
    procedure = procedure_for_new(organisation, key, on=on, language="nl")
    return ProcedureStarted(key, procedure.version, procedure.digest, on, reason)


def procedure_for_new(
    organisation: Organisation, key: str, *, on: date, language: str
) -> Procedure:
    """The version by which a new case begins on a day. NotInLibrary if there is none."""
    return _for_new(organisation, key, own_in_force(organisation, on=on), on, language)


def procedures_here(
    organisation: Organisation, *, on: date, language: str
) -> tuple[Procedure, ...]:
    """Every procedure that a case may go by in this organisation, and where these may lead.

    Only those that somebody of the house can carry through (P6).
    """
    own = own_in_force(organisation, on=on)
    roles = _roles(organisation)
    found: dict[str, Procedure] = {}
    edge = set(profile_of(organisation, "nl").procedures)
    while edge:
        key = edge.pop()
        found[key] = _for_new(organisation, key, own, on, language)
        if carried_through(found[key], roles, organisation.country):
            edge |= _led_to(found[key], linked=False) - found.keys()
    here = (it for it in found.values() if carried_through(it, roles, organisation.country))
    return tuple(sorted(here, key=lambda it: it.title))


def not_run_here(organisation: Organisation, procedure: Procedure, *, on: date) -> frozenset[str]:
    """Where a procedure could send a case, and nobody here could carry that through (P6)."""
    led = _led_to(procedure, linked=True)
    if not led:
        return frozenset()
    own, roles = own_in_force(organisation, on=on), _roles(organisation)
    there = {key: _for_new(organisation, key, own, on, "nl") for key in led}
    return frozenset(
        key for key, it in there.items() if not carried_through(it, roles, organisation.country)
    )


def _led_to(procedure: Procedure, *, linked: bool) -> set[str]:
    ways = [it for step in procedure.steps for it in step.outcomes]
    keys = {it.converts_to for it in ways} | ({it.starts for it in ways} if linked else set())
    return keys - {""}


def _roles(organisation: Organisation) -> frozenset[str]:
    return frozenset(role.key for role in profile_of(organisation, "nl").roles)


def _for_new(
    organisation: Organisation, key: str, own: Mapping[str, int], on: date, language: str
) -> Procedure:
    """Ours where an own version cannot be read any more: a new case never waits for that."""
    try:
        if key in own:
            return own_procedure(organisation, key, own[key], language)
    except (NotInLibrary, Refused):
        pass
    return procedure_in_force(key, on, language)


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
    """The procedure by which a case goes, in the version and with the text it started with.

    Raises AnotherProcedure when that text is not there any more.
    """
    key, version = started.procedure, started.version
    try:
        if version >= FIRST_OWN:
            procedure = own_procedure(organisation, key, version, language)
        else:
            procedure = load_procedure(key, version, language)
    except (NotInLibrary, Refused) as gone:
        raise AnotherProcedure(f"{key} {version}") from gone
    if started.digest and started.digest != procedure.digest:
        raise AnotherProcedure(f"{key} {version}: another text")
    return procedure
