"""Vault §3.5: a page for readers to close a flood at once with one reason, and to take it back."""

import pytest
from django.test import Client

from klankbord.cases.models import Case
from tests.given import House, Told, a_report
from tests.web.desks import signed_in

PAGE = "/en/werk/samen/"


@pytest.fixture
def told(house: House) -> list[Told]:
    return [
        a_report(house, answers={"happened": "Dit is een test."}, reader="noor") for _ in range(3)
    ]


@pytest.fixture
def noor(client: Client, house: House) -> Client:
    return signed_in(client, house["noor"])


def form(told: list[Told], **more: str) -> dict[str, object]:
    return {
        "case": [it.reference for it in told], "reason": "abuse", "text": "Dat was een test.",
        **more,
    }  # fmt: skip


def open_cases() -> int:
    return Case.objects.filter(closed_day=None).count()


def test_a_group_is_shown_ticked_and_closed_after_a_second_look(
    noor: Client, told: list[Told]
) -> None:
    page = noor.get(PAGE).content.decode()
    assert all(it.reference in page for it in told)
    assert page.count(" checked") == 3
    sure = noor.post(PAGE, form(told)).content.decode()
    assert "Close 3 cases?" in sure
    assert open_cases() == 3
    assert noor.post(PAGE, form(told, sure="1")).status_code == 302
    assert open_cases() == 0
    after = noor.get(PAGE).content.decode()
    assert "3 cases were closed." in after
    assert "Nothing looks alike." in after


def test_it_is_taken_back_with_one_click(noor: Client, told: list[Told]) -> None:
    noor.post(PAGE, form(told, sure="1"))
    assert noor.post(f"{PAGE}terug/").status_code == 302
    assert open_cases() == 3
    assert "open again" in noor.get(PAGE).content.decode()
    noor.post(f"{PAGE}terug/")  # a second click does nothing more
    assert open_cases() == 3


def test_what_is_missing_is_said_and_what_was_typed_stays(noor: Client, told: list[Told]) -> None:
    page = noor.post(PAGE, {"text": "Dat was een test."})
    assert page.status_code == 422
    assert "Choose which ones." in page.content.decode()
    assert "Choose a reason." in page.content.decode()
    assert "Dat was een test." in page.content.decode()
    page = noor.post(PAGE, {**form(told), "text": ""})
    assert page.content.decode().count(" checked") == 4
    assert open_cases() == 3


def test_going_back_from_the_second_look_loses_nothing(noor: Client, told: list[Told]) -> None:
    page = noor.post(PAGE, form(told[:2], back="1")).content.decode()
    assert page.count(" checked") == 3
    assert "Dat was een test." in page


def test_a_report_that_speaks_of_danger_is_not_ticked(
    noor: Client, house: House, told: list[Told]
) -> None:
    a_report(house, answers={"happened": "Dit is een test.", "danger": "yes"}, reader="noor")
    assert noor.get(PAGE).content.decode().count(" checked") == 3
