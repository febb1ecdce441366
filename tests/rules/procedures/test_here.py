"""What a house can carry through with the roles it knows (P6)."""

from datetime import date

import pytest

from klankbord.rules.procedures.here import carried_through, leads_beyond
from klankbord.rules.procedures.reading import procedure_in_force, procedure_keys
from klankbord.rules.profiles.reading import load_profile
from klankbord.rules.terms import COUNTRIES
from tests.rules.procedures.test_roles import RUNS

TODAY = date(2026, 11, 28)
LAWS = ("integrity_report_be", "integrity_report_nl")


def not_here(house: str, country: str = "BE") -> set[str]:
    roles = {role.key for role in load_profile(house, 1, "nl").roles}
    every = (procedure_in_force(key, TODAY, "nl") for key in procedure_keys())
    return {it.key for it in every if not carried_through(it, roles, country)}


@pytest.mark.parametrize("house", RUNS)
def test_a_house_carries_through_what_it_begins(house: str) -> None:
    assert not_here(house) & set(RUNS[house]) <= {"integrity_report_nl"}  # it is in Belgium


def test_a_youth_movement_does_not_run_a_welfare_organisations_procedure() -> None:
    """P6."""
    assert {"transgressive", "complaint", "danger_to_integrity"} <= not_here("youth")


def test_advice_that_becomes_more_stays_within_the_house() -> None:
    """P6: of what advice may turn out to be, a youth movement is offered its own way only."""
    beyond = not_here("youth")
    ask = procedure_in_force("advice", TODAY, "nl").step("ask")

    offered = {it.key for it in ask.outcomes if not leads_beyond(it, beyond)}
    assert "youth" in offered
    assert "users" not in offered


@pytest.mark.parametrize("country", COUNTRIES)
def test_a_house_goes_by_the_law_of_its_own_country(country: str) -> None:
    """R-002-36: two laws, two files."""
    here = {it for it in LAWS if it not in not_here("employer", country)}
    assert here == {f"integrity_report_{country.lower()}"}


@pytest.mark.parametrize("country", COUNTRIES)
@pytest.mark.parametrize("house", RUNS)
def test_no_step_is_left_without_any_way_on(house: str, country: str) -> None:
    beyond = not_here(house, country)
    for key in RUNS[house]:
        for step in procedure_in_force(key, TODAY, "nl").steps:
            assert any(not leads_beyond(it, beyond) for it in step.outcomes), (key, step.key)
