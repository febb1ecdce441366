"""The inbox: all one's organisations, what is new first, page after page without gaps."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from klankbord.cases.models import Entry, InboxRow, KeyHolder
from klankbord.cases.queries import PAGE, place_in
from klankbord.handling import channel
from klankbord.handling.casework import answer, close, end_access, open_page
from klankbord.handling.inbox import InboxLine, inbox_page
from klankbord.kit.clock import day_number
from klankbord.organisations.members import Member
from klankbord.organisations.services import certify, join, open_account, sign_in
from klankbord.organisations.services.founding import OpenAccount
from tests import given
from tests.given import FOUNDED, NOON, House, Told

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
PASSPHRASE = "sam loopt in twee huizen rond"


def every_line(member: Member, *, closed: bool = False) -> list[list[InboxLine]]:
    """Page after page, as somebody who follows the link at the bottom."""

    def walk() -> Iterator[list[InboxLine]]:
        after = ""
        while True:
            page = inbox_page(member, closed=closed, after=after, language="nl")
            yield list(page.rows)
            after = page.next
            if not after:
                return

    return list(walk())


def references(member: Member, *, closed: bool = False) -> list[str]:
    return [row.reference for row in inbox_page(member, closed=closed, language="nl").rows]


def test_the_inbox_is_empty_before_anything_happened(house: House) -> None:
    page = inbox_page(house["noor"].member(), language="nl")
    assert (page.rows, page.next) == ((), "")


def test_a_line_says_what_somebody_needs_to_choose(house: House) -> None:
    told = given.a_report(house, reader="noor", answers={"kind": ["bullying", "other"]})
    (line,) = inbox_page(house["noor"].member(), language="nl").rows
    assert line.reference == told.reference
    assert line.organisation == "Ravelijn"
    assert line.opened == line.day == NOON.date()
    assert line.waiting
    assert line.due == told.receipt.first_answer_by
    assert line.headline == "Pesten of buitensluiten, Iets anders"


def test_a_headline_is_in_the_language_of_who_reads(house: House) -> None:
    given.a_report(house, reader="noor", language="nl")
    member = house["noor"].member()
    headlines = {
        inbox_page(member, language=it).rows[0].headline for it in ("nl", "fr", "en", "de")
    }
    assert len(headlines) == 4


def test_a_report_without_a_kind_has_no_headline(house: House) -> None:
    given.a_report(house, reader="noor", answers={})
    assert inbox_page(house["noor"].member(), language="nl").rows[0].headline == ""


def test_a_headline_is_opened_with_ones_own_key_and_stored_nowhere(house: House) -> None:
    """R-000-31: with a row in the inbox but without a key there are days and no words."""
    told = given.a_report(house, reader="noor")
    InboxRow.objects.create(case=told.case, membership_id=house["tarik"].membership, day=1)
    (line,) = inbox_page(house["tarik"].member(), language="nl").rows
    assert line.headline == ""
    wrap = KeyHolder.objects.filter(holder=house["noor"].membership).first()
    KeyHolder.objects.create(
        compartment=wrap.compartment, epoch=0, holder=house["tarik"].membership,
        wrapped=bytes(wrap.wrapped),
    )  # fmt: skip
    assert inbox_page(house["tarik"].member(), language="nl").rows[0].headline == ""


def test_a_headline_survives_a_new_key(house: House) -> None:
    told = given.a_report(house, choice="team")
    noor = house["noor"].member()
    end_access(noor, told.reference, membership=house["tarik"].membership, why="klaar", at=NOON)
    assert inbox_page(noor, language="nl").rows[0].headline == "Pesten of buitensluiten"


def test_a_report_that_was_tampered_with_has_no_headline_and_breaks_nothing(house: House) -> None:
    told = given.a_report(house, reader="noor")
    Entry.objects.filter(case=told.case, seq=1).update(sealed=b"x" * 1064)
    assert inbox_page(house["noor"].member(), language="nl").rows[0].headline == ""


def test_what_the_reporter_said_last_comes_first(house: House) -> None:
    noor = house["noor"].member()
    cases: list[Told] = [
        given.a_report(house, reader="noor", at=NOON + days * DAY) for days in range(4)
    ]
    for told in cases:
        answer(noor, told.reference, text="Dag.", token=given.a_token(), at=NOON + 5 * DAY)
    answer(noor, cases[2].reference, text="Nog.", token=given.a_token(), at=NOON + 6 * DAY)
    channel.write(
        cases[1].seat, cases[1].case.id, text="Hallo?", token=given.a_token(), at=NOON + 5 * DAY
    )
    found = references(noor)
    assert found[:2] == [cases[1].reference, cases[2].reference]
    assert set(found[2:]) == {cases[0].reference, cases[3].reference}


def test_looking_is_no_news_for_the_others(house: House) -> None:
    old = given.a_report(house, choice="team")
    new = given.a_report(house, choice="team", at=NOON + DAY)
    open_page(house["tarik"].member(), old.reference, at=NOON + 2 * DAY, language="nl")
    assert references(house["noor"].member()) == [new.reference, old.reference]


def sixty(house: House) -> set[str]:
    """Sixty cases, over a few days, some waiting and some not: many have the same place."""
    noor = house["noor"].membership
    told = [given.a_report(house, reader="noor", answers={}) for _ in range(60)]
    for count, it in enumerate(told):
        InboxRow.objects.filter(case=it.case, membership=noor).update(
            day=day_number(NOON.date()) + count % 3, waiting=count % 5 == 0
        )
    return {it.reference for it in told}


def test_page_after_page_shows_each_of_sixty_cases_once(house: House) -> None:
    expected = sixty(house)
    pages = every_line(house["noor"].member())
    shown = [row for page in pages for row in page]
    assert [len(page) for page in pages] == [PAGE, PAGE, 10]
    assert len(shown) == len({row.reference for row in shown}) == 60
    assert {row.reference for row in shown} == expected
    order = [(not row.waiting, -row.day.toordinal()) for row in shown]
    assert order == sorted(order)


def test_a_full_page_with_nothing_behind_it_is_the_last(house: House) -> None:
    for _ in range(PAGE):
        given.a_report(house, reader="noor", answers={})
    assert [len(page) for page in every_line(house["noor"].member())] == [PAGE]


def test_a_case_that_moves_while_somebody_pages_is_lost_from_no_list(house: House) -> None:
    sixty(house)
    noor = house["noor"].member()
    first = inbox_page(noor, language="nl")
    last = first.rows[-1].reference
    InboxRow.objects.filter(case__reference=last).update(waiting=True)  # to the top
    seen = {row.reference for row in first.rows}
    after = first.next
    while after:
        page = inbox_page(noor, after=after, language="nl")
        seen |= {row.reference for row in page.rows}
        after = page.next
    assert len(seen) == 60


@pytest.mark.parametrize(
    "text",
    ["", "x", "1-2", "1-2-3-4", "1-x-" + "0" * 32, "2026-11-23", f"9-{10**40}-{'0' * 32}", "\x00",
     "-1-" + "0" * 32, "१-२-" + "0" * 32],
)  # fmt: skip
def test_a_place_that_was_typed_over_shows_a_page_and_no_mistake(house: House, text: str) -> None:
    given.a_report(house, reader="noor")
    place = place_in(text)
    assert place is None or place.written()
    assert inbox_page(house["noor"].member(), after=text, language="nl") is not None


def test_a_place_is_read_back_from_an_address(house: House) -> None:
    sixty(house)
    text = inbox_page(house["noor"].member(), language="nl").next
    place = place_in(text)
    assert place is not None
    assert place.written() == text


@pytest.mark.usefixtures("no_procedure")
def test_open_and_closed_cases_stand_apart(house: House) -> None:
    noor = house["noor"].member()
    one, other = given.a_report(house, reader="noor"), given.a_report(house, reader="noor")
    close(noor, one.reference, reason="settled", text="Klaar.", at=NOON)
    assert references(noor) == [other.reference]
    assert references(noor, closed=True) == [one.reference]


def in_two_houses(house: House, neighbour: House) -> OpenAccount:
    """Sam reads for both, as a counsellor of a bureau does for its employers."""
    account = open_account(mail="sam@anker.example", name="Sam Anker", passphrase=PASSPHRASE)
    for place, founder in ((house, "noor"), (neighbour, "nadia")):
        joined = join(account, place.organisation, roles=["contact_person"], on=FOUNDED)
        vouching = place[founder].joined
        certify(joined.row, signer=vouching.row.id, pair=vouching.pair, on=FOUNDED)
    return account


def sam() -> Member:
    return sign_in(mail="sam@anker.example", passphrase=PASSPHRASE, code="", at=NOON)


def test_one_inbox_shows_all_ones_organisations(house: House, neighbour: House) -> None:
    """R-002-01"""
    in_two_houses(house, neighbour)
    mine = {line.organisation: line.id for line in sam().memberships}
    told = []
    for days, place in enumerate((house, neighbour, house)):
        draft = given.a_draft(place, choice="person")
        draft.person = mine[place.organisation.id]
        told.append(given.a_report(place, draft=draft, at=NOON + days * DAY))
    rows = inbox_page(sam(), language="nl").rows
    assert [row.reference for row in rows] == [it.reference for it in reversed(told)]
    assert [row.organisation for row in rows] == ["Ravelijn", "Molenbeemd", "Ravelijn"]
    assert all(row.headline == "Pesten of buitensluiten" for row in rows)
    for it in told:
        assert open_page(sam(), it.reference, at=NOON, language="nl").page.trouble == ()


def test_paging_over_two_organisations_shows_each_case_once(house: House, neighbour: House) -> None:
    account = in_two_houses(house, neighbour)
    rows = account.row.memberships.all()
    for count in range(56):
        place = (house, neighbour)[count % 2]
        told = given.a_report(place, reader="noor" if place is house else "nadia", answers={})
        InboxRow.objects.create(
            case=told.case, membership=rows.get(organisation=place.organisation),
            day=day_number(NOON.date()) - count % 2, waiting=count % 3 == 0,
        )  # fmt: skip
    shown = [row.reference for page in every_line(sam()) for row in page]
    assert len(shown) == len(set(shown)) == 56


def test_nobody_has_the_cases_of_another_in_the_inbox(house: House, neighbour: House) -> None:
    given.a_report(house, reader="noor")
    for person in (*house.people.values(), *neighbour.people.values()):
        expected = 1 if person is house["noor"] else 0
        assert len(references(person.member())) == expected


def test_what_the_inbox_asks_does_not_grow_with_the_cases(house: House) -> None:
    """Speed: it costs what is shown, not what is stored."""
    noor = house["noor"].member()
    given.a_report(house, reader="noor")
    counts = []
    for more in (0, 4):
        for _ in range(more):
            given.a_report(house, reader="noor")
        with CaptureQueriesContext(connection) as queries:
            inbox_page(noor, language="nl")
        counts.append(len(queries))
    assert counts[0] == counts[1]
