"""Can a house carry a procedure through with the roles that it knows?

A youth movement does not run a welfare organisation's procedure (P6): a case that went there would
wait for somebody who cannot exist.
"""

from collections.abc import Collection

from klankbord.rules.procedures.shape import OWN_SEATS, Outcome, Procedure, Step


def carried_through(procedure: Procedure, roles: Collection[str], country: str) -> bool:
    """Whether its law holds in this country (ISO 3166), and the roles suffice for each way out.

    For every step by which a case may end, one of these roles can take it.
    """
    if procedure.countries and country not in procedure.countries:
        return False
    ending = (step for step in procedure.steps if any(it.ends for it in step.outcomes))
    return all(can_be_taken(step, procedure, roles) for step in ending)


def can_be_taken(step: Step, procedure: Procedure, roles: Collection[str]) -> bool:
    """Whether one of the seats of a step can be held by somebody with one of these roles."""
    return any(
        seat in OWN_SEATS or not frozenset(procedure.seats[seat].succession).isdisjoint(roles)
        for seat in step.by
    )


def leads_beyond(outcome: Outcome, beyond: Collection[str]) -> bool:
    """Whether an outcome sends a case, or a second one, to a procedure that is not run here."""
    return outcome.converts_to in beyond or outcome.starts in beyond
