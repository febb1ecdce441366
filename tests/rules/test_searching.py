"""Finding words: accents, capitals, pieces of text; nothing of the system's own words."""

from datetime import date
from uuid import UUID

import pytest

from klankbord.rules.entries import (
    Answers,
    CaseClosed,
    KeysArranged,
    ListedHolder,
    MessageSent,
    NoteTaken,
    ReportReceived,
)
from klankbord.rules.searching import SearchTooShort, folded, said_in, snippet, words_in

STORY = "Op kamp zei Élodie dat het café straks dichtging. Daarna liep iedereen naar de tent."


def test_capitals_and_accents_make_no_difference() -> None:
    assert folded("Élodie STRASSE straße") == "elodie strasse strasse"
    piece = snippet([STORY], words_in("elodie CAFE"))
    assert piece is not None
    assert piece.found == "Élodie"


def test_every_word_must_occur_but_not_in_the_same_text() -> None:
    assert snippet([STORY, "Een briefje."], words_in("kamp briefje")) is not None
    assert snippet([STORY], words_in("kamp briefje")) is None


def test_a_piece_is_cut_around_the_word_and_says_so() -> None:
    piece = snippet(["x" * 200 + " tent " + "y" * 200], words_in("tent"))
    assert piece is not None
    assert piece.before.startswith("…")
    assert piece.after.endswith("…")
    assert len(piece.before) + len(piece.after) < 130


def test_a_sign_that_folds_to_two_does_not_shift_the_piece() -> None:
    piece = snippet(["ßßß In de Straße stond een tent."], words_in("tent"))
    assert piece is not None
    assert (piece.before, piece.found) == ("ßßß In de Straße stond een ", "tent")


@pytest.mark.parametrize("asked", ["", "  ", "a b", "é"])
def test_less_than_a_word_is_refused(asked: str) -> None:
    with pytest.raises(SearchTooShort):
        words_in(asked)


def test_what_people_said_is_looked_through_and_words_of_the_system_are_not() -> None:
    holder = UUID(int=7)
    assert list(said_in(NoteTaken("Bel maandag."))) == ["Bel maandag."]
    assert list(said_in(MessageSent("Dag."))) == ["Dag."]
    assert "settled" not in list(said_in(CaseClosed("settled", "Klaar.", "de huisarts")))
    listed = KeysArranged("file", 0, "ab", (ListedHolder(holder, "ff"),), "vakantie")
    assert list(said_in(listed)) == ["vakantie"]
    report = ReportReceived(
        Answers("report", 1, "nl", {"happened": STORY}), excluded_words="die van de band",
        first_answer_by=date(2026, 11, 25),
    )  # fmt: skip
    assert list(said_in(report)) == ["die van de band"]
