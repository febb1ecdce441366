"""Founding organisations, and who works in them from when to when."""

from datetime import timedelta

import pytest

from klankbord.config.reserved import RESERVED
from klankbord.kit.clock import day_number
from klankbord.kit.journal.models import Line
from klankbord.organisations.models import Installation, Organisation
from klankbord.organisations.queries import (
    bureau_of,
    employers_of,
    engaged,
    listed,
    named,
    units_of,
    upwards,
)
from klankbord.organisations.services import (
    add_unit,
    engage,
    found_installation,
    found_organisation,
    give_role,
)
from klankbord.organisations.services.founding import NameTaken
from tests import given
from tests.given import FOUNDED, NOON, House

pytestmark = pytest.mark.django_db

TODAY = NOON.date()


def found(slug: str, *, profile: str = "employer", country: str = "NL") -> Organisation:
    return found_organisation(
        slug=slug, name=slug.title(), profile=profile, country=country, on=FOUNDED
    )


@pytest.mark.parametrize("slug", sorted(RESERVED))
def test_the_first_segment_of_an_address_of_ours_is_no_organisations_name(slug: str) -> None:
    with pytest.raises(NameTaken):
        found(slug)
    assert not Organisation.objects.exists()


def test_two_organisations_cannot_have_the_same_name_in_the_address() -> None:
    found("technohal")
    with pytest.raises(NameTaken):
        found("technohal")


def test_an_organisation_is_found_by_its_name_in_the_address() -> None:
    found("zonnedael")
    assert named("zonnedael") == Organisation.objects.get()
    assert named("technohal") is None


def test_organisations_are_listed_by_name() -> None:
    for slug in ("zonnedael", "anker", "ravelijn"):
        found(slug)
    assert [it.slug for it in listed()] == ["anker", "ravelijn", "zonnedael"]


def test_founding_is_written_in_the_journal_of_the_organisation() -> None:
    row = found("technohal")
    assert [it.deed for it in Line.objects.filter(organisation=row.id)] == ["organisation_founded"]


def test_an_installation_is_founded_once() -> None:
    """A second salt would make every reporter's code unknown."""
    first = found_installation()
    again = found_installation()
    assert bytes(first.code_salt) == bytes(again.code_salt)
    assert Installation.objects.count() == 1


def test_units_stand_below_the_unit_they_belong_to() -> None:
    """R-000-26"""
    row = found("ravelijn", profile="youth", country="BE")
    east, west = add_unit(row, name="Oost"), add_unit(row, name="West")
    group = add_unit(row, name="De Meeuwen", parent=west)
    lines = units_of(row)
    assert [(it.name, it.depth) for it in lines] == [("Oost", 0), ("West", 0), ("De Meeuwen", 1)]
    assert upwards(lines, group.id) == (group.id, west.id)
    assert upwards(lines, east.id) == (east.id,)
    assert upwards(lines, row.id) == ()
    assert upwards(lines, None) == ()


def test_a_bureau_works_for_an_employer_while_the_engagement_runs() -> None:
    """R-002-01, R-002-02: before the first day and after the last one, nobody is shown."""
    bureau, employer, other = found("anker", profile="bureau"), found("zonnedael"), found("hal")
    begun = engage(bureau=bureau, employer=employer, from_day=TODAY)
    engage(bureau=bureau, employer=other, from_day=TODAY + timedelta(days=1))
    assert employers_of(bureau, TODAY) == [employer]
    assert bureau_of(employer, TODAY) == bureau
    assert bureau_of(other, TODAY) is None
    assert bureau_of(employer, TODAY - timedelta(days=1)) is None
    begun.until_day = day_number(TODAY)
    begun.save()
    assert bureau_of(employer, TODAY) == bureau
    assert bureau_of(employer, TODAY + timedelta(days=1)) is None


def test_a_role_counts_from_its_first_day_to_its_last() -> None:
    house = given.a_house(people={"noor": ["contact_person"]}, founder="noor")
    role = give_role(given.membership(house["noor"]), "board", on=TODAY)
    role.until_day = day_number(TODAY + timedelta(days=1))
    role.save()

    def roles(later: int) -> tuple[str, ...]:
        (person,) = engaged(house.organisation.id, TODAY + timedelta(days=later))
        return person.roles

    assert roles(-1) == ("contact_person",)
    assert roles(0) == ("contact_person", "board")
    assert roles(1) == ("contact_person", "board")
    assert roles(2) == ("contact_person",)


def test_somebody_without_a_running_role_does_not_work_here(house: House) -> None:
    given.membership(house["tarik"]).roles.update(until_day=day_number(TODAY) - 1)
    assert house["tarik"].membership not in {
        it.membership.id for it in engaged(house.organisation.id, TODAY)
    }
    assert house["tarik"].member().memberships == ()


def test_giving_a_role_is_written_in_the_journal_with_the_role_and_no_name(house: House) -> None:
    Line.objects.all().delete()
    give_role(given.membership(house["wout"]), "board", on=TODAY)
    line = Line.objects.get()
    assert (line.deed, line.subject, line.organisation) == (
        "role_given", "board", house.organisation.id,
    )  # fmt: skip
