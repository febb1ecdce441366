"""The people on the page: who they are, when they are there, and whether they can be written to."""

from datetime import timedelta

import pytest

from klankbord.agenda.queries import cards, colleagues, initials
from klankbord.agenda.services import DaysReversed, note_absence
from klankbord.intake.services import who_will_read
from klankbord.organisations.models import Countersignature
from klankbord.rules.profiles.shape import Regime
from tests import given
from tests.given import NOON, House

pytestmark = pytest.mark.django_db

TODAY = NOON.date()
DAY = timedelta(days=1)


def card_of(house: House, name: str, on: object = TODAY) -> object:
    found = cards(house.organisation, on, "nl")  # type: ignore[arg-type]
    return next(card for card in found if card.membership == house[name].membership)


def test_an_absence_stands_on_the_card_with_its_last_day_and_who_takes_over(house: House) -> None:
    """R-002-44"""
    note_absence(
        given.membership(house["noor"]), from_day=TODAY, until_day=TODAY + 3 * DAY,
        substitute=given.membership(house["tarik"]),
    )  # fmt: skip
    card = card_of(house, "noor")
    assert card.away_until == TODAY + 3 * DAY
    assert card.substitute == "Tarik Ravelijn"
    assert card_of(house, "tarik").away_until is None


def test_both_the_first_and_the_last_day_count(house: House) -> None:
    note_absence(given.membership(house["noor"]), from_day=TODAY, until_day=TODAY + DAY)
    away = [
        card_of(house, "noor", TODAY + later * DAY).away_until is not None
        for later in (-1, 0, 1, 2)
    ]
    assert away == [False, True, True, False]


def test_an_absence_of_one_day_is_an_absence(house: House) -> None:
    note_absence(given.membership(house["noor"]), from_day=TODAY, until_day=TODAY)
    assert card_of(house, "noor").away_until == TODAY


def test_of_two_absences_that_overlap_the_longer_one_is_shown(house: House) -> None:
    row = given.membership(house["noor"])
    for days in (2, 9, 4):
        note_absence(row, from_day=TODAY - DAY, until_day=TODAY + days * DAY)
    assert card_of(house, "noor").away_until == TODAY + 9 * DAY


def test_an_absence_that_ends_before_it_begins_is_refused(house: House) -> None:
    with pytest.raises(DaysReversed):
        note_absence(given.membership(house["noor"]), from_day=TODAY, until_day=TODAY - DAY)


def test_a_substitute_without_a_name_is_no_substitute(house: House) -> None:
    note_absence(given.membership(house["noor"]), from_day=TODAY, until_day=TODAY)
    assert card_of(house, "noor").substitute == ""


def test_who_is_away_is_not_on_duty_but_can_still_be_chosen(house: House) -> None:
    note_absence(given.membership(house["noor"]), from_day=TODAY, until_day=TODAY)
    anyone = who_will_read(house.organisation, given.a_draft(house), on=TODAY, language="nl")
    assert [card.name for card in anyone.readers] == ["Tarik Ravelijn"]
    draft = given.a_draft(house, reader="noor")
    chosen = who_will_read(house.organisation, draft, on=TODAY, language="nl")
    assert [card.name for card in chosen.readers] == ["Noor Ravelijn"]


def test_somebody_whose_key_nobody_vouched_for_stands_on_the_page_and_cannot_be_written_to(
    house: House,
) -> None:
    Countersignature.objects.filter(certificate__membership=house["tarik"].membership).delete()
    assert not card_of(house, "tarik").reads
    assert card_of(house, "noor").reads


def test_only_who_reads_by_role_can_be_chosen(house: House) -> None:
    """R-000-02"""
    names = {card.name for card in cards(house.organisation, TODAY, "nl")}
    assert names == {"Noor Ravelijn", "Tarik Ravelijn"}


def test_anybody_who_works_here_can_be_kept_out(house: House) -> None:
    """R-000-31"""
    found = {card.membership for card in colleagues(house.organisation, TODAY, "nl")}
    assert found == {person.membership for person in house.people.values()}


def test_a_card_shows_the_role_by_which_somebody_reads() -> None:
    house = given.a_house(people={"noor": ["leader", "contact_person"]}, founder="noor")
    card = card_of(house, "noor")
    assert card.role == "contact_person"
    assert card.regime is Regime.DISCRETION
    assert set(card.roles) == {"leader", "contact_person"}


def test_nobody_of_the_neighbour_stands_on_the_page(house: House, neighbour: House) -> None:
    found = {card.membership for card in colleagues(house.organisation, TODAY, "nl")}
    assert not found & {person.membership for person in neighbour.people.values()}


@pytest.mark.parametrize(
    ("name", "shown"),
    [("Noor Ravelijn", "NR"), ("Noor van der Elst", "NE"), ("noor", "N"), ("", "?"), ("é à", "ÉÀ")],
)
def test_initials_are_those_of_the_first_and_the_last_word(name: str, shown: str) -> None:
    assert initials(name) == shown
