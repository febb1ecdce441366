"""By which procedure a case begins: it follows from who listens, and is sealed with the report."""

import pytest

from klankbord.cases.hands import Hand
from klankbord.cases.services import open_for
from klankbord.handling.casework import NotYours, open_page
from klankbord.organisations.queries import profile_of
from klankbord.rules.course import ProcedureStarted
from klankbord.rules.profiles.shape import Regime
from tests import given
from tests.given import NOON, House, Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def welfare(house: House) -> House:
    return given.a_house(
        "de-brug", "Buurtwerk De Brug", profile="welfare",
        people={"amina": ["counsellor"], "koen": ["responsible"], "dirk": ["director"]},
        founder="amina",
    )  # fmt: skip


def hand_of(person: Person) -> Hand:
    return Hand(person.membership, person.member().pair(person.membership))


def started(house: House, reader: str) -> list[tuple[str, int, str]]:
    """What the case says of its procedure, inside the seal and in the plain column."""
    told = given.a_report(house, reader=reader)
    opened = open_for(told.case, hand_of(house[reader]), at=NOON)
    return [
        (it.entry.procedure, it.entry.version, told.case.procedure)
        for it in opened.happened
        if isinstance(it.entry, ProcedureStarted)
    ]


def test_told_to_a_counsellor_it_is_listening_and_told_to_a_responsible_it_has_duties(
    welfare: House,
) -> None:
    """P4: two doors, and the choice of the person decides which."""
    assert started(welfare, "amina") == [("listening", 1, "listening.1")]
    assert started(welfare, "koen") == [("transgressive", 2, "transgressive.2")]


def test_a_youth_movement_never_runs_the_procedure_of_a_welfare_organisation(house: House) -> None:
    """P6."""
    assert started(house, "noor") == [("youth_contact", 1, "youth_contact.1")]
    assert "transgressive" not in profile_of(house.organisation, "nl").procedures


def test_a_director_reads_only_what_was_handed_over_and_listens_to_nobody(welfare: House) -> None:
    """Who may act in a procedure is no choice for a reporter (R-004-155)."""
    profile = profile_of(welfare.organisation, "nl")
    director = profile.role("director")
    assert director.reads
    assert not director.listens
    assert profile.procedure_for("report", Regime.DUTIES) == "transgressive"


def test_the_neighbour_finds_no_case_and_so_no_procedure(house: House, neighbour: House) -> None:
    told = given.a_report(house, reader="noor")
    with pytest.raises(NotYours):
        open_page(neighbour["nadia"].member(), told.reference, at=NOON, language="nl")
