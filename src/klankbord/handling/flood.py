"""Many reports that look alike: looked at together, closed with one reason, never dropped.

Somebody may flood a reporting point, or a class may try the form out. Whoever reads such cases sees
them grouped, with their own key, and closes those they tick with one reason that each reporter can
read (vault §3.5). Every case keeps its entry, and can be taken up again one by one or together.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from klankbord.cases.errors import NotYours, TroubleInCase
from klankbord.cases.models import InboxRow
from klankbord.handling.casework import NotByItsSteps, ReasonMissing, close, reopen
from klankbord.handling.inbox import opened_reports
from klankbord.handling.pages import headline_of
from klankbord.kit.clock import day_of
from klankbord.organisations.members import Member
from klankbord.rules.entries import ReportReceived

__all__ = ["Alike", "Group", "ReasonMissing", "alike", "close_together", "reopen_together"]

LOOKED_AT = 300  # new cases at most, the newest first
ALIKE = 3  # so many with the same words are a group
ON_ONE_DAY = 20  # and so many on one day, whatever they say
AT_ONCE = 50  # closed in one go
BEGINNING = 120  # signs of what was told
NO_WORD = re.compile(r"\W+")


@dataclass(frozen=True, slots=True)
class Alike:
    """One of a group. `danger` says that it is never to be closed unseen."""

    reference: str
    headline: str = field(repr=False)
    beginning: str = field(repr=False)
    danger: bool


@dataclass(frozen=True, slots=True)
class Group:
    """New cases of one organisation and one day. `same` when they say the same words."""

    organisation: str
    day: date
    same: bool
    rows: tuple[Alike, ...]


def alike(member: Member, *, language: str) -> tuple[Group, ...]:
    """The groups among the new cases of this reader that nobody answered yet, the newest first."""
    rows = list(
        InboxRow.objects.filter(
            membership__in=[line.id for line in member.reads], closed=False, waiting=True
        )
        .select_related("case", "case__organisation")
        .order_by("-case__opened_day", "-id")[:LOOKED_AT]
    )
    reports = opened_reports(member, rows)
    told = {row: reports[row.case_id] for row in rows if row.case_id in reports}
    return (*_with_same_words(told, language), *_of_one_day(told, language))


def _with_same_words(told: Mapping[InboxRow, ReportReceived], language: str) -> Iterable[Group]:
    words = {row: _words(report) for row, report in told.items()}
    heads = {row: (row.case.organisation_id, row.case.opened_day, words[row]) for row in told}
    for head, number in Counter(heads.values()).items():
        if number >= ALIKE:
            yield _group([row for row in told if heads[row] == head], told, language, same=True)


def _of_one_day(told: Mapping[InboxRow, ReportReceived], language: str) -> Iterable[Group]:
    heads = {row: (row.case.organisation_id, row.case.opened_day) for row in told}
    for head, number in Counter(heads.values()).items():
        if number >= ON_ONE_DAY:
            yield _group([row for row in told if heads[row] == head], told, language, same=False)


def _group(
    rows: list[InboxRow], told: Mapping[InboxRow, ReportReceived], language: str, *, same: bool
) -> Group:
    first = rows[0].case
    return Group(
        organisation=first.organisation.name,
        day=day_of(first.opened_day),
        same=same,
        rows=tuple(
            Alike(
                row.case.reference,
                headline_of(told[row], row.case.organisation, language),
                _text(told[row])[:BEGINNING],
                told[row].danger,
            )
            for row in rows[:AT_ONCE]
        ),
    )


def _text(report: ReportReceived) -> str:
    """Somebody's own words: a choice has no spaces. Those who told nothing are alike too."""
    texts = (it for it in report.form.answers.values() if isinstance(it, str))
    return " ".join(it for it in texts if " " in it.strip())


def _words(report: ReportReceived) -> str:
    """What was told without what is easily varied: capitals, accents, signs, spaces."""
    plain = unicodedata.normalize("NFKD", _text(report).casefold())
    return NO_WORD.sub("", plain)


def close_together(
    member: Member, references: Iterable[str], *, reason: str, text: str, at: datetime
) -> tuple[str, ...]:
    """Close each of these cases with one reason; which were closed.

    One that cannot be written in, is not theirs, or ends by its own steps stays as it is. Raises
    `ReasonMissing`.
    """
    done = []
    for reference in list(dict.fromkeys(references))[:AT_ONCE]:
        try:
            close(member, reference, reason=reason, text=text, at=at)
        except (NotByItsSteps, NotYours, TroubleInCase):
            continue
        done.append(reference)
    return tuple(done)


def reopen_together(
    member: Member, references: Iterable[str], *, text: str, at: datetime
) -> tuple[str, ...]:
    """Take up again what was closed together; which were. Raises `ReasonMissing`."""
    done = []
    for reference in list(dict.fromkeys(references))[:AT_ONCE]:
        try:
            reopen(member, reference, text=text, at=at)
        except (NotYours, TroubleInCase):
            continue
        done.append(reference)
    return tuple(done)
