"""Searching in one's own cases: what one can open, and nothing else (vault §2.10)."""

from typing import Any

import pytest

from klankbord.handling import casework, channel, searching
from klankbord.handling.searching import SearchTooShort, search
from klankbord.rules.entries import MessageSent
from tests import given
from tests.cases import writer
from tests.given import NOON, House

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_procedure")]


def found(house: House, asked: str, who: str = "noor", **more: str) -> list[str]:
    rows = search(house[who].member(), asked, language="nl", **more).rows
    return [row.reference for row in rows]


def test_a_word_of_the_story_is_found_with_what_stands_around_it(house: House) -> None:
    told = given.a_report(house, reader="noor", answers={"happened": "Bij de blauwe tent."})
    given.a_report(house, reader="noor")
    [row] = search(house["noor"].member(), "BLAUWE tent", language="nl").rows
    assert row.reference == told.reference
    assert (row.piece.before, row.piece.found) == ("Bij de ", "blauwe")


def test_messages_notes_reasons_and_choices_in_words_are_looked_through(house: House) -> None:
    told, noor = given.a_report(house, reader="noor"), house["noor"].member()
    casework.answer(noor, told.reference, text="Zullen we bellen?", token=given.a_token(), at=NOON)
    casework.note(noor, told.reference, text="Lijkt bezorgd.", token=given.a_token(), at=NOON)
    channel.write(told.seat, told.case.id, text="Liever 's avonds", token=given.a_token(), at=NOON)
    casework.close(noor, told.reference, reason="settled", text="Afgerond.", at=NOON)
    for word in ("bellen", "bezorgd", "avonds", "afgerond", "pesten", told.reference):
        assert found(house, word) == [told.reference], word


def test_a_case_of_a_colleague_is_not_found(house: House) -> None:
    """vault §4, row 31"""
    given.a_report(house, reader="noor", must_not=["tarik"])
    assert found(house, "gelachen") != []
    assert found(house, "gelachen", "tarik") == []


def test_the_notes_of_a_colleague_are_not_looked_through(house: House) -> None:
    told = given.a_report(house, choice="team")
    casework.note(
        house["noor"].member(),
        told.reference,
        text="Lijkt bezorgd.",
        token=given.a_token(),
        at=NOON,
    )
    assert found(house, "bezorgd") == [told.reference]
    assert found(house, "bezorgd", "tarik") == []


def test_who_reporters_are_is_found_only_by_whoever_holds_it(house: House) -> None:
    answers = {"happened": given.STORY, "known": "known", "name": "Sam Peeters"}
    told = given.a_report(house, reader="noor", answers=answers)
    casework.give_access(
        house["noor"].member(), told.reference, membership=house["tarik"].membership,
        identity=False, why="samen", at=NOON,
    )  # fmt: skip
    assert found(house, "peeters") == [told.reference]
    assert found(house, "peeters", "tarik") == []
    assert found(house, "gelachen", "tarik") == [told.reference]


def test_nothing_is_found_any_more_when_access_has_ended(house: House) -> None:
    told, noor = given.a_report(house, choice="team"), house["noor"].member()
    casework.end_access(
        noor, told.reference, membership=house["tarik"].membership, why="klaar", at=NOON
    )
    assert found(house, "gelachen", "tarik") == []


def test_the_neighbour_finds_nothing_of_this_house(house: House, neighbour: House) -> None:
    given.a_report(house, reader="noor")
    assert found(neighbour, "gelachen", "nadia") == []


def test_a_page_ends_and_the_next_one_goes_on(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching, "CASES_AT_ONCE", 2)
    monkeypatch.setattr(searching, "MOST_FOUND", 3)
    told = {given.a_report(house, reader="noor").reference for _ in range(5)}
    first = search(house["noor"].member(), "gelachen", language="nl")
    second = search(house["noor"].member(), "gelachen", after=first.next, language="nl")
    pages = [[row.reference for row in page.rows] for page in (first, second)]
    assert [len(page) for page in pages] == [3, 2]
    assert {*pages[0], *pages[1]} == told
    assert second.next == ""


def test_it_stops_after_so_many_cases_and_says_where_to_go_on(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching, "CASES_AT_ONCE", 2)
    monkeypatch.setattr(searching, "MOST_CASES", 2)
    for _ in range(3):
        given.a_report(house, reader="noor")
    page = search(house["noor"].member(), "nergens", language="nl")
    assert (page.rows, page.looked_in) == ((), 2)
    assert search(house["noor"].member(), "nergens", after=page.next, language="nl").looked_in == 1


def test_a_place_that_was_made_up_begins_at_the_beginning(house: House) -> None:
    told = given.a_report(house, reader="noor")
    for place in ("x", "1-2", "9999999-zz", "-"):
        assert found(house, "gelachen", after=place) == [told.reference]


def test_one_letter_is_too_little(house: House) -> None:
    with pytest.raises(SearchTooShort):
        search(house["noor"].member(), "a", language="nl")


def test_what_was_signed_by_nobody_who_might_is_not_found(house: House) -> None:
    """vault §2.3: under a stolen key, or in the place of what was told."""
    told, other = given.a_report(house, reader="noor"), given.a_report(house, reader="noor")
    bert = writer.hand_of(house["bert"])
    writer.append(told, bert, MessageSent("Verzonnen."), key=writer.file_key(told))
    writer.rewrite(other, 1, lambda body: body.replace(b"gelachen", b"gedanst!"))
    assert found(house, "verzonnen") == found(house, "gedanst") == []
    assert found(house, "gelachen") == [told.reference]


def test_words_are_found_across_lines_quotes_and_the_signs_between(house: House) -> None:
    story = 'Hij zei "kom\nmee", of: C:\\kamp. Élodie zag het, ’s avonds.'
    told = given.a_report(house, reader="noor", answers={"happened": story})
    for words in ("mee", '"kom', 'mee"', "of:", "c:\\kamp", "elodie", "het,", "zei avonds"):
        assert found(house, words) == [told.reference], words
    assert found(house, "kommee") == []


def test_a_choice_is_found_in_the_language_in_which_one_reads(house: House) -> None:
    told = given.a_report(house, reader="noor", answers={"kind": ["bullying"]})
    for language, word in (("nl", "pesten"), ("en", "bullying"), ("fr", "harcèlement")):
        rows = search(house["noor"].member(), word, language=language).rows
        assert [row.reference for row in rows] == [told.reference], word


def test_many_cases_cost_no_more_questions_than_one(
    house: House, django_assert_num_queries: Any
) -> None:
    noor = house["noor"].member()
    for number in (1, 4):
        for _ in range(number):
            given.a_report(house, reader="noor")
        with django_assert_num_queries(4):  # the cases, the keys, what is sealed, the units
            assert search(noor, "nergens", language="nl").rows == ()
