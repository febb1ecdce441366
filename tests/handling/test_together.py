"""Two people at once: both are stored, once each, and nobody's haste looks like tampering."""

from collections.abc import Callable, Sequence
from threading import Barrier, Thread

import pytest
from django.db import connections

from klankbord.cases.models import Case, Entry
from klankbord.cases.services import ALARM
from klankbord.handling import channel
from klankbord.handling.casework import NotYours, answer, end_access, open_page
from klankbord.kit.journal.models import Line
from klankbord.rules.entries import MessageSent
from tests import given
from tests.cases.writer import opened_by
from tests.given import NOON, House, Told

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(deeds: Sequence[Callable[[], object]]) -> list[Exception]:
    """Do all of it at the same moment, each on a connection of its own; what went wrong."""
    wrong: list[Exception] = []
    start = Barrier(len(deeds))

    def do(deed: Callable[[], object]) -> None:
        start.wait()
        try:
            deed()
        except Exception as error:
            wrong.append(error)
        finally:
            connections.close_all()

    threads = [Thread(target=do, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return wrong


def texts(told: Told) -> list[str]:
    opened = opened_by(told, told.seat.hand)
    assert not opened.trouble
    return [it.entry.text for it in opened.happened if isinstance(it.entry, MessageSent)]


def test_two_who_write_at_once_are_both_stored(house: House) -> None:
    told = given.a_report(house, choice="team")
    noor, tarik = house["noor"].member(), house["tarik"].member()
    wrong = at_once(
        [
            *(
                lambda member=member, n=n: answer(
                    member, told.reference, text=f"{member.name} {n}", token=given.a_token(),
                    at=NOON,
                )
                for member in (noor, tarik) for n in range(4)
            ),
            *(
                lambda n=n: channel.write(
                    told.seat, told.case.id, text=f"melder {n}", token=given.a_token(), at=NOON
                )
                for n in range(4)
            ),
        ]
    )  # fmt: skip
    assert wrong == []
    assert sorted(texts(told)) == sorted(
        f"{name} {n}" for name in ("Noor Ravelijn", "Tarik Ravelijn", "melder") for n in range(4)
    )
    case = Case.objects.get(id=told.case.id)
    assert list(Entry.objects.filter(case=case).order_by("seq").values_list("seq", flat=True)) == [
        *range(case.count)
    ]


def test_one_form_sent_eight_times_at_once_is_one_message(house: House) -> None:
    told, token = given.a_report(house, reader="noor"), given.a_token()
    wrong = at_once(
        [lambda: channel.write(told.seat, told.case.id, text="Hallo?", token=token, at=NOON)] * 8
    )
    assert wrong == []
    assert texts(told) == ["Hallo?"]


def test_a_case_opened_in_several_windows_at_once_was_read_once(house: House) -> None:
    told = given.a_report(house, reader="noor")
    noor = house["noor"].member()
    wrong = at_once([lambda: open_page(noor, told.reference, at=NOON, language="nl")] * 6)
    assert wrong == []
    kinds = [it.entry.kind for it in opened_by(told, told.seat.hand).happened]
    assert kinds.count("case_read") == 1


def test_whoever_reads_while_others_write_sees_no_trouble(house: House) -> None:
    told = given.a_report(house, choice="team")
    noor, tarik = house["noor"].member(), house["tarik"].member()
    open_page(noor, told.reference, at=NOON, language="nl")
    pages = []

    def read() -> None:
        pages.extend(open_page(noor, told.reference, at=NOON, language="nl").page for _ in range(8))
        pages.extend(channel.view(told.seat, told.case.id, at=NOON, language="nl") for _ in "12")

    def write(n: int) -> None:
        for _ in range(4):
            answer(tarik, told.reference, text=f"{n}", token=given.a_token(), at=NOON)

    assert at_once([read, lambda: write(1), read, lambda: write(2)]) == []
    assert [page.trouble for page in pages] == [()] * 20
    assert not Line.objects.filter(deed=ALARM).exists()


def test_who_writes_while_their_access_ends_is_in_or_out_and_nothing_between(
    house: House,
) -> None:
    told = given.a_report(house, choice="team")
    noor, tarik = house["noor"].member(), house["tarik"].member()
    wrong = at_once(
        [
            lambda: end_access(
                noor, told.reference, membership=house["tarik"].membership, why="klaar", at=NOON
            ),
            lambda: answer(
                tarik, told.reference, text="nog iets", token=given.a_token(), at=NOON
            ),
        ]
    )  # fmt: skip
    assert {type(error) for error in wrong} <= {NotYours}
    assert texts(told) == ([] if wrong else ["nog iets"])
    with pytest.raises(NotYours):
        open_page(tarik, told.reference, at=NOON, language="nl")
