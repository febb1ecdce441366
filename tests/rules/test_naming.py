"""Whom a typed name could mean: a first name, a last name, without capitals and accents."""

from uuid import UUID

import pytest

from klankbord.rules.naming import could_mean

NOOR, ELS, JOSE = UUID(int=1), UUID(int=2), UUID(int=3)
NAMES = {NOOR: "Noor van den Bracke", ELS: "Els Verbeke", JOSE: "José Maes"}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("", set()),
        ("noor", {NOOR}),
        ("Mevrouw VERBEKE of haar man", {ELS}),
        ("jose en els", {JOSE, ELS}),
        ("iemand van den Elzenhof", set()),
        ("de groepsleidster van vorig jaar", set()),
        ("Noortje", set()),
    ],
)
def test_a_name_could_mean_whoever_is_called_so(typed: str, meant: set[UUID]) -> None:
    """R-000-31"""
    assert could_mean(typed, NAMES) == meant
