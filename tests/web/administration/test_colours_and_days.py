"""Colours that everybody can read, and days off that move a promise (P12)."""

import pytest
from django.test import Client

from klankbord.organisations.models import Edition, Organisation
from klankbord.organisations.queries import calendar_of
from tests.given import House
from tests.web.administration.writing import (
    DAYS,
    PAGES,
    page,
    public,
    publish_all,
)

pytestmark = pytest.mark.django_db

OURS = {"brand": "#0e5a61", "on_brand": "#ffffff", "brand_tint": "#e3efee", "paper": "#faf7f2"}


def test_a_colour_that_cannot_be_read_is_refused_with_one_that_can(
    bert: Client, house: House
) -> None:
    """R-001-40"""
    answer = bert.post(f"{PAGES}kleuren/", {**OURS, "brand": "#FFCC00"})
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "Text on a button on main colour is hard to read: the contrast is 1.5" in shown
    assert 'name="brand" value="#826800"' in shown
    assert 'id="brand-error"' in shown  # the colour that was changed, not the other of the pair
    assert Edition.objects.count() == 0
    assert bert.post(f"{PAGES}kleuren/", {**OURS, "brand": "#826800"}).status_code == 302
    publish_all(bert, "theme.")
    assert "/ravelijn/s/" in public(bert)


def test_looking_first_keeps_nothing_and_what_is_no_colour_is_said(
    bert: Client, house: House
) -> None:
    shown = bert.post(f"{PAGES}kleuren/", {**OURS, "brand": "#5a2ca0", "look": "1"})
    assert shown.status_code == 200
    assert 'fill="#5a2ca0"' in shown.content.decode()
    wrong = bert.post(f"{PAGES}kleuren/", {**OURS, "paper": "red;}body{display:none"})
    assert wrong.status_code == 422
    assert "Choose a colour" in wrong.content.decode()
    assert Edition.objects.count() == 0


def test_days_off_are_added_as_periods_and_taken_out(bert: Client, house: House) -> None:
    bert.post(DAYS, {"first": "2026-12-24", "last": "2027-01-02", "add": "1"})
    assert "24 December 2026 to 2 January 2027" in page(bert, DAYS)
    bert.post(DAYS, {"first": "5/5/2027", "region": "flemish", "opening-nl": "Van 9 tot 17"})
    shown = page(bert, DAYS)
    assert "5 May 2027" in shown
    publish_all(bert, "calendar.")
    row = Organisation.objects.get(id=house.organisation.id)
    assert len(row.closures) == 11
    assert calendar_of(row).region == "flemish"
    assert "Van 9 tot 17" in public(bert)
    bert.post(DAYS, {"out": "2026-12-24:2027-01-02", "region": "flemish"})
    assert "24 December 2026" not in page(bert, DAYS)


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("", "", "Fill in the first day"),
        ("morgen", "", "Fill in the first day"),
        ("2026-12-24", "soon", "Fill in the last day"),
        ("2026-12-24", "2026-12-20", "The last day comes before the first"),
        ("2020-12-24", "2020-12-25", "These days are over"),
        ("2026-12-24", "2028-01-02", "longer than two months"),
        ("2062-12-24", "2062-12-25", "more than three years"),
    ],
)
def test_days_that_cannot_be_meant_come_back(
    bert: Client, house: House, first: str, last: str, said: str
) -> None:
    answer = bert.post(DAYS, {"first": first, "last": last, "add": "1"})
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert said in shown
    assert not first or f'value="{first}"' in shown
    assert Edition.objects.count() == 0
