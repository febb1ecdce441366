"""Who has duty, and handing it over (R-001-10)."""

from datetime import timedelta
from uuid import UUID

import pytest

from klankbord.agenda.models import Duty
from klankbord.agenda.queries import roster
from klankbord.agenda.rota import rota
from klankbord.agenda.services import (
    DaysOver,
    DaysReversed,
    NotAColleague,
    NotThere,
    end_duty,
    give_duty,
    hand_over_duty,
    note_absence,
)
from klankbord.intake.services import who_will_read
from klankbord.kit.clock import day_of
from tests import given
from tests.given import NOON, House

pytestmark = pytest.mark.django_db

TODAY = NOON.date()
DAY = timedelta(days=1)


def turn(house: House, who: str, first: int, last: int) -> Duty:
    row = given.membership(house[who])
    return give_duty(
        row, from_day=TODAY + first * DAY, until_day=TODAY + last * DAY, by=row.id, on=TODAY
    )


def rows(house: House) -> list[tuple[str, int, int]]:
    found = Duty.objects.filter(membership__organisation=house.organisation)
    return [
        (
            row.membership.account.name.split()[0].lower(),
            (day_of(row.from_day) - TODAY).days,
            (day_of(row.until_day) - TODAY).days,
        )
        for row in found.select_related("membership__account").order_by("from_day")
    ]


def readers(house: House, **about: object) -> list[str]:
    draft = given.a_draft(house, **about)  # type: ignore[arg-type]
    found = who_will_read(house.organisation, draft, on=TODAY, language="nl")
    return [card.name.split()[0].lower() for card in found.readers]


def test_who_has_duty_is_on_call_unless_away(house: House) -> None:
    turn(house, "noor", 0, 3)
    assert [it.name for it in roster(house.organisation, TODAY, "nl").on_call] == ["Noor Ravelijn"]
    note_absence(given.membership(house["noor"]), from_day=TODAY, until_day=TODAY)
    assert roster(house.organisation, TODAY, "nl").on_call == ()


def test_a_new_case_for_whoever_is_there_is_sealed_to_whoever_has_duty(house: House) -> None:
    assert readers(house) == ["noor", "tarik"]
    turn(house, "tarik", 0, 3)
    assert readers(house) == ["tarik"]


def test_whoever_must_not_read_gets_nothing_by_having_duty(house: House) -> None:
    """R-000-31"""
    turn(house, "tarik", 0, 3)
    assert readers(house, must_not=["tarik"]) == ["noor"]


def test_the_rota_does_not_pass_over_the_reporters_own_group(house: House) -> None:
    turn(house, "tarik", 0, 3)
    own = house.units["Provincie Oost"].id.hex
    assert readers(house, answers={"unit": own}) == ["noor"]


def test_having_duty_makes_nobody_a_reader(house: House) -> None:
    turn(house, "wout", 0, 3)
    assert readers(house) == ["noor", "tarik"]
    assert [it.name for it in roster(house.organisation, TODAY, "nl").on_call] == ["Wout Ravelijn"]


def test_the_substitute_of_whoever_is_away_answers_for_their_group(house: House) -> None:
    """K20: the substitute is used by itself."""
    extra = given.a_person(house.organisation, "lotte", ["contact_person"])
    noor = house["noor"].joined
    given.certify(extra.joined.row, signer=noor.row.id, pair=noor.pair, on=given.FOUNDED)
    note_absence(
        given.membership(house["noor"]), from_day=TODAY, until_day=TODAY,
        substitute=given.membership(extra),
    )  # fmt: skip
    own = house.units["Provincie Oost"].id.hex
    assert readers(house, answers={"unit": own}) == ["lotte"]
    assert readers(house, answers={"unit": own}, must_not=["noor"]) == ["lotte", "tarik"]


def test_handing_over_cuts_the_turn_in_two(house: House) -> None:
    duty = turn(house, "noor", 0, 6)
    hand_over(house, duty.id, "tarik", 3)
    assert rows(house) == [("noor", 0, 2), ("tarik", 3, 6)]


def hand_over(house: House, duty: UUID, to: str, first: int) -> None:
    hand_over_duty(
        duty, to=given.membership(house[to]), from_day=TODAY + first * DAY,
        by=house["noor"].membership, on=TODAY,
    )  # fmt: skip


def test_handing_over_from_the_first_day_gives_the_whole_turn(house: House) -> None:
    hand_over(house, turn(house, "noor", 0, 6).id, "tarik", -2)
    assert rows(house) == [("tarik", 0, 6)]


def test_a_day_outside_the_turn_cannot_be_handed_over(house: House) -> None:
    duty = turn(house, "noor", 0, 6)
    with pytest.raises(DaysReversed):
        hand_over(house, duty.id, "tarik", 7)
    with pytest.raises(NotAColleague):
        hand_over(house, duty.id, "noor", 3)
    assert rows(house) == [("noor", 0, 6)]


def test_the_neighbour_takes_no_turn_over_and_takes_none_away(
    house: House, neighbour: House
) -> None:
    duty = turn(house, "noor", 0, 6)
    nadia = given.membership(neighbour["nadia"])
    with pytest.raises(NotThere):
        hand_over_duty(duty.id, to=nadia, from_day=TODAY, by=nadia.id, on=TODAY)
    with pytest.raises(NotThere):
        end_duty(neighbour.organisation, duty=duty.id, by=nadia.id, on=TODAY)
    assert rows(house) == [("noor", 0, 6)]
    assert rota(neighbour.organisation, TODAY, "nl").lines == ()


def test_a_turn_that_runs_ends_yesterday_and_one_ahead_is_gone(house: House) -> None:
    running, ahead = turn(house, "noor", 0, 6), turn(house, "tarik", 8, 9)
    for duty in (running, ahead):
        end_duty(house.organisation, duty=duty.id, by=house["bert"].membership, on=TODAY + 2 * DAY)
    assert rows(house) == [("noor", 0, 1)]


def test_a_turn_in_the_past_is_refused(house: House) -> None:
    with pytest.raises(DaysOver):
        turn(house, "noor", -4, -1)


def test_gaps_are_only_pointed_at_where_a_rota_is_kept(house: House) -> None:
    assert not rota(house.organisation, TODAY, "nl").kept
    assert rota(house.organisation, TODAY, "nl").gaps == ()
    turn(house, "noor", 0, 6)
    found = rota(house.organisation, TODAY, "nl")
    assert [(gap.first, gap.last) for gap in found.gaps] == [(TODAY + 7 * DAY, TODAY + 27 * DAY)]


def test_a_turn_of_somebody_who_is_away_is_a_gap_with_their_name(house: House) -> None:
    turn(house, "noor", 0, 40)
    note_absence(
        given.membership(house["noor"]), from_day=TODAY + 2 * DAY, until_day=TODAY + 3 * DAY
    )
    [gap] = rota(house.organisation, TODAY, "nl").gaps
    assert (gap.first, gap.last) == (TODAY + 2 * DAY, TODAY + 3 * DAY)
    assert gap.away == ("Noor Ravelijn",)
