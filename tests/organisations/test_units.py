"""The parts of an organisation change: a name, one that is taken away, one that comes back."""

from dataclasses import asdict

import pytest
from django.test import Client

from klankbord.handling.casework import open_page
from klankbord.intake.services import form_of, who_will_read
from klankbord.kit.journal.models import Line
from klankbord.organisations.models import Unit
from klankbord.organisations.queries import every_unit_of, units_of
from klankbord.organisations.services.inviting import NotYourHouse
from klankbord.organisations.services.units import (
    UnitNameMissing,
    bring_unit_back,
    end_unit,
    rename_unit,
    set_up_unit,
)
from tests import given
from tests.given import NOON, TODAY, House
from tests.web.desks import signed_in

pytestmark = pytest.mark.django_db
PARTS = "/en/beheer/ravelijn/delen/"


def row(house: House, name: str = "Provincie West") -> Unit:
    return Unit.objects.get(organisation=house.organisation, name=name)


def names(house: House) -> set[str]:
    return {line.name for line in units_of(house.organisation)}


def choices(house: House) -> str:
    return str(form_of(house.organisation, given.a_draft(house), "nl"))


def test_an_old_case_names_a_part_that_was_taken_away(house: House) -> None:
    """R-000-26: nobody new is led there, and what was told stays readable."""
    west = row(house)
    told = given.a_report(house, reader="noor", answers={"unit": west.id.hex})
    assert west.id.hex in choices(house)
    end_unit(house["bert"].member(), west, on=TODAY)
    assert west.id.hex not in choices(house)
    page = open_page(house["noor"].member(), told.reference, at=NOON, language="nl").page
    assert "Provincie West" in str([asdict(line) for line in page.report])


def test_a_report_for_a_part_that_is_gone_meanwhile_goes_to_the_whole_house(house: House) -> None:
    """Whoever was telling at that moment is not refused."""
    west = row(house)
    draft = given.a_draft(house, answers={"unit": west.id.hex})
    assert given.membership(house["tarik"]).unit_id == west.id
    end_unit(house["bert"].member(), west, on=TODAY)
    assert given.membership(house["tarik"]).unit_id is None
    assert not who_will_read(house.organisation, draft, on=TODAY, language="nl").nobody


def test_what_is_below_goes_along_and_its_people_work_for_the_part_above(house: House) -> None:
    bert, west = house["bert"].member(), row(house)
    below = set_up_unit(bert, house.organisation, name="Groep", parent=west, on=TODAY)
    lower = set_up_unit(bert, house.organisation, name="Tak", parent=below, on=TODAY)
    given.Membership.objects.filter(id=house["noor"].membership).update(unit=lower)
    end_unit(bert, below, on=TODAY)
    assert names(house) == {"Provincie Oost", "Provincie West"}
    assert given.membership(house["noor"]).unit_id == west.id
    assert {line.name for line in every_unit_of(house.organisation)} >= {"Groep", "Tak"}


def test_a_part_that_comes_back_without_its_parent_stands_below_the_whole(house: House) -> None:
    bert, west = house["bert"].member(), row(house)
    below = set_up_unit(bert, house.organisation, name="Groep", parent=west, on=TODAY)
    end_unit(bert, west, on=TODAY)
    bring_unit_back(bert, Unit.objects.get(id=below.id), on=TODAY)
    assert names(house) == {"Provincie Oost", "Groep"}
    set_up_unit(bert, house.organisation, name="Provincie West", parent=None, on=TODAY)
    with pytest.raises(UnitNameMissing):
        bring_unit_back(bert, Unit.objects.get(id=west.id), on=TODAY)


def test_another_name_is_one_that_is_not_beside_it(house: House) -> None:
    bert, west = house["bert"].member(), row(house)
    for name in ("", "  ", "provincie OOST"):
        with pytest.raises(UnitNameMissing):
            rename_unit(bert, west, name=name, on=TODAY)
    rename_unit(bert, west, name=" Provincie Zuid ", on=TODAY)
    assert names(house) == {"Provincie Oost", "Provincie Zuid"}


def test_only_the_houses_administrator_changes_parts(house: House, neighbour: House) -> None:
    for outsider in (house["noor"], neighbour["bas"]):
        for deed in (end_unit, bring_unit_back):
            with pytest.raises(NotYourHouse):
                deed(outsider.member(), row(house), on=TODAY)
        with pytest.raises(NotYourHouse):
            rename_unit(outsider.member(), row(house), name="Zuid", on=TODAY)


def test_the_pages_change_it_and_the_journal_says_so(client: Client, house: House) -> None:
    signed_in(client, house["bert"])
    here = f"{PARTS}{row(house).id}/"
    wrong = client.post(here, {"deed": "rename", "name": "Provincie Oost"})
    assert wrong.status_code == 422
    assert 'value="Provincie Oost"' in wrong.content.decode()
    client.post(here, {"deed": "rename", "name": "Provincie Zuid"})
    client.post(here, {"deed": "end"})
    page = client.get(PARTS).content.decode()
    assert "Parts that were taken away" in page
    assert here in page
    client.post(here, {"deed": "back"})
    deeds = list(Line.objects.filter(deed__startswith="unit_").values_list("deed", flat=True))
    assert deeds == ["unit_renamed", "unit_ended", "unit_back"]


def test_a_part_of_the_neighbours_is_not_there(
    client: Client, house: House, neighbour: House
) -> None:
    theirs = given.add_unit(neighbour.organisation, name="Groep")
    assert signed_in(client, house["bert"]).get(f"{PARTS}{theirs.id}/").status_code == 404
