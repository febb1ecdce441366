"""What follows from a procedure alone, worked out once: who watches what, what can still come."""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from klankbord.rules.procedures.shape import UNKNOWN, Procedure, Step, When


class Plan:
    """The graph of a procedure."""

    def __init__(self, procedure: Procedure) -> None:
        self.procedure = procedure
        self.steps: Mapping[str, Step] = procedure.by_key
        self.leads = {step.key: _next(step) for step in procedure.steps}
        self.watchers = self._watchers()
        #: The steps that, once open, must be done before a case can end.
        self.obliged = frozenset(
            step.key for step in procedure.steps if not step.optional and not step.lasting
        )
        #: From which of those a step can still come that another one waits for.
        self.comes_from = {
            (step.key, other): self._roads(other, without=step.key) & self.obliged
            for step in procedure.steps
            for other in step.waits_for
        }

    def _watchers(self) -> Mapping[str, tuple[str, ...]]:
        watchers: dict[str, tuple[str, ...]] = {}
        for step in self.steps.values():
            for finding in sorted({name for way in step.when for name, _ in way}):
                watchers[finding] = (*watchers.get(finding, ()), step.key)
        return watchers

    def _roads(self, target: str, *, without: str) -> frozenset[str]:
        """The steps from which `target` can be reached without passing through `without`."""
        found: set[str] = set()
        edge = {target}
        while edge:
            edge = {
                key
                for key, leads in self.leads.items()
                if key != without and key not in found and leads & edge
            }
            found |= edge
        return frozenset(found)

    def ends_after(self, key: str) -> bool:
        """Whether a case can come to an end by this step and those that can come after it."""
        after = (self.steps[it] for it in self.reachable([key]))
        return any(outcome.leaves for step in after for outcome in step.outcomes)

    def reachable(self, start: Iterable[str]) -> frozenset[str]:
        """These steps and everything that can come after them."""
        found: set[str] = set()
        edge = set(start)
        while edge:
            found |= edge
            edge = {after for key in edge for after in self.leads[key]} - found
        return frozenset(found)


@lru_cache(maxsize=128)
def plan_of(procedure: Procedure) -> Plan:
    """The plan of a procedure."""
    return Plan(procedure)


def _next(step: Step) -> frozenset[str]:
    leads = {key for outcome in step.outcomes for key in outcome.leads_to}
    if step.consent and step.consent.refused != "nothing":
        leads.add(step.consent.refused)
    return frozenset(leads)


def holds(when: When, findings: Mapping[str, str]) -> bool:
    """Whether a condition holds; no condition always does."""
    if not when:
        return True
    for way in when:
        for finding, words in way:
            if findings.get(finding, UNKNOWN) not in words:
                break
        else:
            return True
    return False
