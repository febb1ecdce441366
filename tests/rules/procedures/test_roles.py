"""A procedure that a house begins can be carried through by the people that it may have."""

import pytest

from klankbord.rules.library import versions
from klankbord.rules.procedures.reading import load_procedure
from klankbord.rules.procedures.shape import OWN_SEATS, Procedure, Subject
from klankbord.rules.profiles.reading import load_profile
from klankbord.rules.profiles.shape import Profile

#: What each kind of house runs: what its doors begin, and what that may turn out to be there.
RUNS = {
    "youth": ("youth_contact", "advice", "prevention_visit", "call_back"),
    "welfare": (
        *("complaint", "transgressive", "danger_to_integrity", "listening", "call_back"),
        *("advice", "informal_remark", "conduct_complaint", "integrity_report_be"),
        *("yearly_complaints", "yearly_transgressive"),
    ),
    "employer": (
        *("listening", "call_back", "advice", "conduct_complaint"),
        *("integrity_report_be", "integrity_report_nl"),
    ),
    "bureau": ("listening", "call_back", "advice"),
}
HOUSES = [
    pytest.param(
        load_profile(house, 1, "nl"),
        load_procedure(key, max(number for number, _ in versions("procedures", key)), "nl"),
        id=f"{house} {key}",
    )
    for house, keys in RUNS.items()
    for key in keys
]


def nobody_can_do(procedure: Procedure, roles: frozenset[str]) -> list[str]:
    """The steps that none of these roles has a seat for."""
    return [
        step.key
        for step in procedure.steps
        if not OWN_SEATS.intersection(step.by)
        and not any(roles.intersection(procedure.seats[seat].succession) for seat in step.by)
    ]


@pytest.mark.parametrize(("profile", "procedure"), HOUSES)
def test_every_seat_can_be_taken_by_somebody_of_the_house(
    profile: Profile, procedure: Procedure
) -> None:
    roles = {role.key for role in profile.roles}

    assert [key for key, seat in procedure.seats.items() if not roles & set(seat.succession)] == []


@pytest.mark.parametrize(("profile", "procedure"), HOUSES)
def test_every_step_of_a_case_can_be_written_down_by_somebody_who_may_read_it(
    profile: Profile, procedure: Procedure
) -> None:
    """P18: also when the director, or whoever is responsible, may not act."""
    if procedure.subject is Subject.ORGANISATION:
        return
    reading = frozenset(role.key for role in profile.roles if role.reads)

    assert nobody_can_do(procedure, reading) == []


def test_about_the_director_and_the_chair_there_is_still_somebody_who_reads() -> None:
    """K9, P18, P23: the complaint goes on, whoever it is about."""
    profile, complaint = load_profile("welfare", 1, "nl"), load_procedure("complaint", 1, "nl")
    reading = {role.key for role in profile.roles if role.reads}
    left = frozenset(reading - {"director", "chair", "complaint_delegate", "staff"})

    assert nobody_can_do(complaint, left) == []
