"""One number, that a telephone can call (P7)."""

import pytest

from klankbord.rules.telephone import is_telephone


@pytest.mark.parametrize(
    "text", ["112", "1813", "0470 00 01 12", "+32 (0)3 000 00 00", "03/000.00.00"]
)
def test_a_number_as_people_write_it(text: str) -> None:
    assert is_telephone(text)


@pytest.mark.parametrize(
    "text",
    ["", "12", "0470 00 01 12 of 0471 22 33 44", "0470 00 01 12 / 0471 22 33 44", "112 (Jan)"],
)
def test_two_numbers_are_none_that_can_be_called(text: str) -> None:
    assert not is_telephone(text)
