"""What in a question could lead to somebody: names, numbers, addresses, references."""

import time

import pytest

from klankbord.rules.conferring import could_name


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Een jongere vertelt dat er gelachen wordt. Wat doe ik best?", ()),
        ("Jan zei het tegen mij.", ("Jan",)),
        ("Gisteren zei jan-willem van Molenbeek iets.", ("Molenbeek",)),
        ("Ik sprak met Noor Bracke en met Wout.", ("Noor", "Bracke", "Wout")),
        ("Noor belde. Noor belde weer.", ("Noor",)),
        ("Je kan bellen naar 0470 00 02 01 of mailen naar a@b.be", ("0470 00 02 01", "a@b.be")),
        ("Het staat in RAV-7K2M, op 12/8.", ("RAV-7K2M", "12/8")),
        ("Hoe zou jij dit doen?\nIk twijfel.", ()),
        ("Elle m’a parlé d’Élodie.", ("Élodie",)),
        ("", ()),
    ],
)
def test_what_looks_like_a_name_or_a_number_is_listed(text: str, found: tuple[str, ...]) -> None:
    assert could_name(text) == found


def test_a_pasted_file_without_a_space_keeps_nobody_waiting() -> None:
    """A pattern that looks back from every sign would stop the server for all."""
    began = time.monotonic()
    assert could_name("x" * 400_000) == ()
    assert time.monotonic() - began < 2
