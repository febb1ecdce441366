"""Roles from one day to another: given, ended and changed by the administrator alone."""

from datetime import timedelta

import pytest

from klankbord.agenda.queries import cards
from klankbord.kit.clock import day_number
from klankbord.kit.journal.models import Line
from klankbord.organisations.models import Certificate, Role
from klankbord.organisations.queries import readers_keys, running_roles
from klankbord.organisations.services.inviting import NoRoleChosen, NotYourHouse
from klankbord.organisations.services.roles import (
    DaysReversed,
    HeldAlready,
    LastAdministrator,
    add_role,
    change_card,
    end_role,
    move_to_unit,
)
from klankbord.organisations.services.vouching import own_digits, to_vouch_for, vouch
from tests import given
from tests.given import NOON, House

pytestmark = pytest.mark.django_db

TODAY = NOON.date()
TOMORROW = TODAY + timedelta(days=1)


def give(house: House, who: str, word: str, **days: object) -> None:
    add_role(
        house["bert"].member(), given.membership(house[who]), word=word, on=TODAY,
        **{"from_day": TODAY, "until": None, **days},  # type: ignore[arg-type]
    )  # fmt: skip


def roles(house: House, who: str, later: int = 0) -> set[str]:
    held = running_roles(TODAY + timedelta(days=later))
    return set(held.filter(membership=house[who].membership).values_list("word", flat=True))


def test_a_role_is_held_from_its_first_day_to_its_last(house: House) -> None:
    give(house, "wout", "board", from_day=TOMORROW, until=TOMORROW)
    assert [roles(house, "wout", later) for later in (0, 1, 2)] == [
        {"leader"}, {"leader", "board"}, {"leader"},
    ]  # fmt: skip


def test_only_the_administrator_of_the_house_gives_roles(house: House, neighbour: House) -> None:
    for outsider in (house["noor"], house["els"], neighbour["bas"]):
        with pytest.raises(NotYourHouse):
            add_role(
                outsider.member(), given.membership(house["wout"]), word="board",
                from_day=TODAY, until=None, on=TODAY,
            )  # fmt: skip
    assert roles(house, "wout") == {"leader"}


def test_a_role_must_exist_and_its_days_must_fit(house: House) -> None:
    with pytest.raises(NoRoleChosen):
        give(house, "wout", "king")
    with pytest.raises(DaysReversed):
        give(house, "wout", "board", from_day=TOMORROW, until=TODAY)
    with pytest.raises(HeldAlready):
        give(house, "wout", "leader")


def test_a_reading_role_that_is_given_counts_when_a_colleague_vouched(house: House) -> None:
    """R-000-31, R-002-18: the certificate speaks of the role, and no row in a table does."""
    give(house, "wout", "contact_person")
    wout = house["wout"].membership
    (card,) = [it for it in cards(house.organisation, TODAY, "nl") if it.membership == wout]
    assert not card.reads
    assert [it.membership for it in to_vouch_for(house["noor"].member(), on=TODAY)] == [wout]
    vouch(
        house["noor"].member(), wout, digits=own_digits(house["wout"].member(), wout),
        passphrase=house["noor"].passphrase, on=TODAY,
    )  # fmt: skip
    assert readers_keys(house.organisation)[wout].roles == ("contact_person",)


def test_while_a_second_reading_role_waits_the_first_one_counts(house: House) -> None:
    give(house, "tarik", "outside_counsellor")
    keys = readers_keys(house.organisation)[house["tarik"].membership]
    assert keys.roles == ("contact_person",)
    assert Certificate.objects.filter(membership=house["tarik"].membership).count() == 2


def test_a_role_that_does_not_read_needs_no_certificate(house: House) -> None:
    give(house, "tarik", "board")
    assert Certificate.objects.filter(membership=house["tarik"].membership).count() == 1


def test_a_role_ends_on_the_day_that_is_said(house: House) -> None:
    role = Role.objects.get(membership=house["tarik"].membership)
    end_role(house["bert"].member(), role, until=TODAY, on=TODAY)
    assert [roles(house, "tarik", later) for later in (0, 1)] == [{"contact_person"}, set()]
    assert ("role_ended", "contact_person") in set(Line.objects.values_list("deed", "subject"))


def test_a_day_that_is_over_cannot_become_the_last_one(house: House) -> None:
    role = Role.objects.get(membership=house["tarik"].membership)
    with pytest.raises(DaysReversed):
        end_role(house["bert"].member(), role, until=TODAY - timedelta(days=2), on=TODAY)


def test_a_role_that_has_not_begun_is_simply_gone(house: House) -> None:
    give(house, "wout", "board", from_day=TOMORROW)
    role = Role.objects.get(membership=house["wout"].membership, word="board")
    end_role(house["bert"].member(), role, until=TODAY, on=TODAY)
    assert roles(house, "wout", 1) == {"leader"}


def test_the_last_administrator_stays_until_there_is_another(house: House) -> None:
    role = Role.objects.get(membership=house["bert"].membership)
    with pytest.raises(LastAdministrator):
        end_role(house["bert"].member(), role, until=TODAY, on=TODAY)
    give(house, "els", "administrator")
    end_role(house["bert"].member(), role, until=TODAY, on=TODAY)


def test_what_the_public_page_says_is_changed_by_the_administrator(
    house: House, neighbour: House
) -> None:
    """P8"""
    card = {
        "telephone": "0470 00 09 99", "public_mail": "t@ravelijn.example", "whatsapp": "",
        "speaks": ("nl", "ar"),
    }  # fmt: skip
    row = given.membership(house["tarik"])
    with pytest.raises(NotYourHouse):
        change_card(neighbour["bas"].member(), row, **card, on=TODAY)  # type: ignore[arg-type]
    change_card(house["bert"].member(), row, **card, on=TODAY)  # type: ignore[arg-type]
    (shown,) = [it for it in cards(house.organisation, TODAY, "nl") if it.membership == row.id]
    assert (shown.telephone, shown.speaks) == ("0470 00 09 99", ("nl", "ar"))


def test_somebody_moves_to_another_part(house: House, neighbour: House) -> None:
    row, east = given.membership(house["tarik"]), house.units["Provincie Oost"]
    with pytest.raises(NotYourHouse):
        move_to_unit(neighbour["bas"].member(), row, unit=east, on=TODAY)
    move_to_unit(house["bert"].member(), row, unit=east, on=TODAY)
    assert given.membership(house["tarik"]).unit_id == east.id


def test_days_are_kept_as_numbers(house: House) -> None:
    give(house, "wout", "board", until=TOMORROW)
    role = Role.objects.get(membership=house["wout"].membership, word="board")
    assert (role.from_day, role.until_day) == (day_number(TODAY), day_number(TOMORROW))
