"""What comes near its last day, or passed it, is said by the mail that says nothing (promise 5)."""

from datetime import datetime, timedelta

import pytest

from klankbord.cases.models import WorkItem
from klankbord.cases.reminding import remind
from klankbord.handling import casework, channel
from klankbord.handling.mending import start_procedure
from klankbord.kit.clock import day_number
from klankbord.kit.outbox.models import Letter
from klankbord.organisations.models import Role
from tests import given
from tests.given import NOON, House, Told

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def due(told: Told, house: House, days: int) -> datetime:
    """Noon, so many days after the last day that was promised."""
    last = WorkItem.objects.get(case=told.case, assignee=house["noor"].membership).due_day
    assert last is not None
    return NOON + (last - day_number(NOON.date()) + days) * DAY


def told_by_mail(at: datetime) -> list[str]:
    """Who gets a mail because of what the job said at this moment."""
    Letter.objects.all().delete()
    remind(at)
    return sorted(Letter.objects.values_list("address", flat=True))


def test_whoever_must_act_is_reminded_before_and_on_the_day(house: House) -> None:
    told, noor = given.a_report(house, reader="noor"), house["noor"].mail
    said = [told_by_mail(due(told, house, days)) for days in (-4, -3, -2, -1, 0)]
    assert said == [[], [], [noor], [], [noor]]


def test_when_it_is_late_those_who_count_the_case_hear_it_too(house: House) -> None:
    """R-004-204: the coordinator and the board; no administrator and no colleague."""
    told = given.a_report(house, reader="noor")
    everybody = sorted(house[it].mail for it in ("noor", "els", "joris"))
    said = [told_by_mail(due(told, house, days)) for days in range(1, 16)]
    assert said[0] == said[7] == said[14] == everybody
    assert not any(said[1:7] + said[8:14])


def test_whoever_must_not_read_it_hears_nothing_however_late(house: House) -> None:
    """vault §4, row 31."""
    told = given.a_report(house, reader="noor", must_not=["els", "tarik"])
    said = [told_by_mail(due(told, house, days)) for days in range(-2, 30)]
    heard = {address for day in said for address in day}
    assert heard == {house["noor"].mail, house["joris"].mail}


def test_running_twice_is_harmless(house: House) -> None:
    told = given.a_report(house, reader="noor")
    at = due(told, house, 0)
    assert told_by_mail(at)
    assert told_by_mail(at + timedelta(hours=3)) == []


def test_days_on_which_the_machine_was_off_are_caught_up_once(house: House) -> None:
    told = given.a_report(house, reader="noor")
    assert told_by_mail(due(told, house, 5))
    assert told_by_mail(due(told, house, 6)) == []


def test_what_is_done_is_not_reminded(house: House) -> None:
    told = given.a_report(house, reader="noor")
    at = due(told, house, 0)
    noor = house["noor"].member()
    casework.answer(noor, told.reference, text="Dag.", token=given.a_token(), at=NOON)
    assert told_by_mail(at) == []
    channel.write(told.seat, told.case.id, text="En nu?", token=given.a_token(), at=at)
    assert WorkItem.objects.get(done_day=None).told_day is None


def test_whoever_no_longer_works_here_is_not_told(house: House) -> None:
    told = given.a_report(house, reader="noor")
    Role.objects.filter(membership=house["els"].membership).update(
        until_day=day_number(NOON.date())
    )
    said = told_by_mail(due(told, house, 8))
    assert said == sorted([house["joris"].mail, house["noor"].mail])


def test_the_neighbour_hears_nothing(house: House, neighbour: House) -> None:
    told = given.a_report(house, reader="noor")
    heard = told_by_mail(due(told, house, 1))
    assert not {neighbour[it].mail for it in ("nadia", "bas", "cleo")} & set(heard)


def test_several_late_cases_are_one_letter_for_each(house: House) -> None:
    """vault §2.6, row 30: one mail in an hour, whatever it is about."""
    several = [given.a_report(house, reader="noor") for _ in range(3)]
    assert len(told_by_mail(due(several[0], house, 1))) == 3


def test_a_case_that_was_closed_outside_its_procedure_waits_for_nobody(
    trusting: None,
) -> None:
    house = given.de_brug()
    told = given.a_report(house, reader="koen")
    koen = house["koen"].member()
    start_procedure(koen, told.reference, key="complaint", reason="over ons", at=NOON)
    waited = WorkItem.objects.filter(done_day=None).count()
    casework.close(koen, told.reference, reason="not_for_us", text="Dit is een vraag.", at=NOON)
    assert not WorkItem.objects.filter(done_day=None).exists()
    casework.reopen(koen, told.reference, text="Toch niet.", at=NOON)
    assert WorkItem.objects.filter(done_day=None).exists()
    assert waited
