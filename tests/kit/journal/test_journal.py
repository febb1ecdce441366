"""The journal: words of the program, by day, and nothing that anybody told."""

from datetime import date
from uuid import uuid4

import pytest

from klankbord.kit.clock import day_number
from klankbord.kit.journal.models import Line
from klankbord.kit.journal.queries import PER_PAGE, lines
from klankbord.kit.journal.services import NotAJournalWord, write_down

MONDAY, TUESDAY = date(2026, 3, 2), date(2026, 3, 3)
pytestmark = pytest.mark.django_db


def test_a_line_says_who_did_what_to_what_on_which_day() -> None:
    organisation, actor, subject = uuid4(), uuid4(), uuid4()
    write_down(
        deed="member.certified",
        on=MONDAY,
        organisation=organisation,
        actor=actor,
        subject=str(subject),
    )
    line = Line.objects.get()
    assert (line.deed, line.day) == ("member.certified", day_number(MONDAY))
    assert (line.organisation, line.actor, line.subject) == (organisation, actor, str(subject))


@pytest.mark.parametrize(
    ("deed", "subject"),
    [
        ("", ""),
        ("member certified", ""),
        ("member.certified", "Noor Peeters"),
        ("member.certified", "noor@example.org"),
        ("member.certified\n", ""),
        ("x" * 65, ""),
        ("é", ""),
    ],
)
def test_a_sentence_a_name_or_an_address_is_refused(deed: str, subject: str) -> None:
    with pytest.raises(NotAJournalWord) as refused:
        write_down(deed=deed, on=MONDAY, subject=subject)
    assert str(refused.value) == ""
    assert not Line.objects.exists()


def test_an_organisation_reads_its_own_lines_the_newest_day_first() -> None:
    ours, neighbours = uuid4(), uuid4()
    write_down(deed="settings.changed", on=MONDAY, organisation=ours)
    write_down(deed="member.invited", on=TUESDAY, organisation=ours)
    write_down(deed="member.closed", on=TUESDAY, organisation=neighbours)
    write_down(deed="backup.made", on=TUESDAY)
    assert [line.deed for line in lines(ours)] == ["member.invited", "settings.changed"]
    assert [line.deed for line in lines(None)] == ["backup.made"]


def test_the_journal_comes_in_pages() -> None:
    for _ in range(PER_PAGE + 1):
        write_down(deed="settings.changed", on=MONDAY)
    assert len(lines(None)) == PER_PAGE
    assert len(lines(None, 2)) == 1
    assert lines(None, 99).number == 2
