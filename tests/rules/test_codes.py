"""The numbers that people copy by hand: mistakes are noticed, habits of writing are none."""

import random

import pytest

from klankbord.rules.codes import (
    DIGITS,
    REFERENCE_ALPHABET,
    CodeMistyped,
    activity_word,
    activity_words,
    check_digit,
    new_code,
    read_code,
    read_recovery,
    recovery_text,
    reference,
    references,
    spaced,
)

_dice = random.Random(20261123)  # noqa: S311 (the same codes in every run)
CODES = [new_code(_dice.randrange(10**19)) for _ in range(300)]
CODE = new_code(1234567890123456789)


def refused(text: str) -> bool:
    try:
        read_code(text)
    except CodeMistyped:
        return True
    return False


def test_the_word_of_an_activity_is_easy_to_type_and_hard_to_guess() -> None:  # R-001-42
    words = {activity_word(number) for number in range(0, activity_words(), activity_words() // 97)}
    assert len(words) == 98
    assert all(len(word) == 8 and word == word.lower() for word in words)
    assert not set("".join(words)) & set("01ilo8bsu")
    assert activity_words() > 2**38


def test_the_check_digit_is_damms() -> None:
    """The example of the literature, so that a code of today is right in twenty years."""
    assert check_digit("572") == "4"


def test_a_code_has_twenty_digits_also_when_the_number_is_small() -> None:
    assert new_code(0) == "0" * DIGITS
    assert len(new_code(7)) == DIGITS
    assert len(new_code(10**19 - 1)) == DIGITS


def test_every_code_is_read_as_it_was_made() -> None:
    assert [read_code(code) for code in CODES] == CODES


def test_two_neighbouring_digits_that_changed_places_are_always_noticed() -> None:
    missed = [
        (code, place)
        for code in CODES
        for place in range(DIGITS - 1)
        if code[place] != code[place + 1]
        and not refused(code[:place] + code[place + 1] + code[place] + code[place + 2 :])
    ]
    assert missed == []


def test_one_wrong_digit_is_always_noticed() -> None:
    missed = [
        (code, place, digit)
        for code in CODES[:60]
        for place in range(DIGITS)
        for digit in "0123456789"
        if digit != code[place] and not refused(code[:place] + digit + code[place + 1 :])
    ]
    assert missed == []


@pytest.mark.parametrize(
    "typed",
    [
        " ".join(spaced(CODE)),
        "-".join(spaced(CODE)),
        ".".join(spaced(CODE)),
        " – ".join(spaced(CODE)),
        "\u2011".join(spaced(CODE)),  # a hyphen that does not break
        "\u00a0".join(spaced(CODE)),  # a space that does not break
        "\u202f".join(spaced(CODE)),  # a narrow one
        f"\t{CODE}\r\n",
        f"\u200e{CODE}\u200f",  # direction marks, as a telephone copies them
        f"\u2068{CODE}\u2069",
        f"\ufeff{CODE}",
        "\u200b".join(CODE),  # spaces of no width
        "".join(chr(0x0660 + int(digit)) for digit in CODE),  # Arabic-Indic
        "".join(chr(0x06F0 + int(digit)) for digit in CODE),  # Persian
        "".join(chr(0x0966 + int(digit)) for digit in CODE),  # Devanagari
        "".join(chr(0xFF10 + int(digit)) for digit in CODE),  # full width, undone by NFKC
        "".join(chr(0x1D7CE + int(digit)) for digit in CODE),  # mathematical bold
        "_".join(spaced(CODE)),
        ",".join(spaced(CODE)),
        "·".join(spaced(CODE)),
    ],
)
def test_a_code_may_be_typed_in_every_usual_way(typed: str) -> None:
    assert read_code(typed) == CODE


@pytest.mark.parametrize(
    "typed",
    ["", " ", "-", CODE[:-1], CODE + "0", CODE + CODE, CODE[:-1] + "o", f"x{CODE}", f"{CODE}/",
     CODE.replace("0", "O"), "½" * 20, "²" * 19, "१", "\x00" * 20, "١" * 19],
)  # fmt: skip
def test_what_cannot_be_a_code_is_told_at_once(typed: str) -> None:
    with pytest.raises(CodeMistyped):
        read_code(typed)


def test_the_mistake_does_not_repeat_what_was_typed() -> None:
    with pytest.raises(CodeMistyped) as mistake:
        read_code("verkeerd 1234")
    assert str(mistake.value) == ""
    assert mistake.value.__cause__ is None


def test_a_code_stands_on_the_card_in_groups_of_four() -> None:
    assert [len(group) for group in spaced(CODE)] == [4, 4, 4, 4, 4]
    assert "".join(spaced(CODE)) == CODE


def test_a_reference_has_no_signs_that_people_confuse() -> None:
    assert not set("01OIL8BSU") & set(REFERENCE_ALPHABET)
    assert len(set(REFERENCE_ALPHABET)) == len(REFERENCE_ALPHABET)


def test_every_number_is_another_reference() -> None:
    numbers = range(0, references(), 97)
    made = {reference("ravelijn", number) for number in numbers}
    assert len(made) == len(numbers)
    assert all(len(it) == 8 and it.startswith("RAV-") for it in made)
    assert {sign for it in made for sign in it[4:]} <= set(REFERENCE_ALPHABET)


SECRET = bytes(range(16))


def test_a_recovery_code_is_read_as_it_was_written() -> None:
    for _ in range(50):
        secret = _dice.randbytes(16)
        assert read_recovery(recovery_text(secret)) == secret


@pytest.mark.parametrize(
    "how",
    [str.lower, lambda text: text.replace("-", ""), lambda text: text.replace("-", "  "),
     lambda text: text.replace("-", "–"), lambda text: f" {text}\n",
     lambda text: text.replace("O", "0").replace("I", "1").replace("B", "8")],
)  # fmt: skip
def test_a_recovery_code_may_be_typed_in_every_usual_way(how: object) -> None:
    text = recovery_text(b"\x0b" + SECRET[1:])
    assert callable(how)
    assert read_recovery(how(text)) == b"\x0b" + SECRET[1:]


def test_a_sign_of_a_recovery_code_that_is_wrong_is_noticed() -> None:
    """Two check signs' worth: of these 900 mistakes none slips through."""
    text = recovery_text(SECRET)
    for place, sign in enumerate(text[:-1]):  # of the last sign one bit is padding
        for other in "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567":
            if sign in ("-", other):
                continue
            with pytest.raises(CodeMistyped):
                read_recovery(text[:place] + other + text[place + 1 :])


@pytest.mark.parametrize(
    "typed", ["", "-", "A", "é" * 29, "٣" * 29, "A" * 29, "A" * 5000, "9" * 29]
)
def test_what_cannot_be_a_recovery_code_is_refused(typed: str) -> None:
    with pytest.raises(CodeMistyped):
        read_recovery(typed)
