"""Colours that everybody can read: the formula of WCAG, and the nearest that pass (R-001-40)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klankbord.rules.contrast import LEAST, PAIRS, Theme, contrast, nearest, unreadable

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#ffffff", 1.0),
        ("#777777", "#ffffff", 4.48),  # the grey that just fails, as every textbook has it
        ("#767676", "#ffffff", 4.54),
        ("#ff0000", "#ffffff", 4.0),
        ("#0000ff", "#ffffff", 8.59),
    ],
)
def test_contrast_is_that_of_wcag(one: str, other: str, expected: float) -> None:
    assert contrast(one, other) == pytest.approx(expected, abs=0.005)
    assert contrast(other, one) == contrast(one, other)


def test_our_own_colours_can_be_read() -> None:
    assert unreadable(Theme()) == ()


def test_the_three_pairs_of_the_kit_are_among_what_is_measured() -> None:
    assert {("on_brand", "brand"), ("brand", "paper"), ("brand", "brand_tint")} <= set(PAIRS)


def test_a_light_yellow_is_refused_by_the_names_of_the_pair() -> None:
    found = unreadable(Theme(brand="#ffcc00"))
    assert (found[0].text, found[0].ground) == ("on_brand", "brand")
    assert found[0].contrast < LEAST


def test_a_dark_paper_is_refused_too() -> None:
    assert ("ink", "paper") in {
        (pair.text, pair.ground) for pair in unreadable(Theme(paper="#222222"))
    }


def test_the_nearest_colour_keeps_its_hue_and_changes_as_little_as_it_can() -> None:
    found = nearest(Theme(brand="#4a90d9"))
    assert found == Theme(brand="#266db7")
    assert unreadable(found) == ()
    red, green, blue = (int(found.brand[at : at + 2], 16) for at in (1, 3, 5))
    assert red < green < blue


def test_a_theme_that_can_be_read_is_its_own_nearest() -> None:
    own = Theme(brand="#5a2ca0")
    assert nearest(own) == own


@given(COLOURS, COLOURS, COLOURS, COLOURS)
def test_whatever_is_chosen_the_proposal_can_be_read(
    brand: str, on_brand: str, tint: str, paper: str
) -> None:
    assert unreadable(nearest(Theme(brand, on_brand, tint, paper))) == ()
