"""Searching in one's own cases: opened one page of cases at a time, and nothing kept of it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q

from klankbord.cases.hands import Hand
from klankbord.cases.models import Case, Entry, InboxRow, KeyHolder
from klankbord.cases.writing import reading
from klankbord.handling.pages import headline_of
from klankbord.kit.clock import day_of
from klankbord.kit.vault.entries import Header, open_entry
from klankbord.kit.vault.errors import VaultError
from klankbord.kit.vault.wraps import unwrap_key
from klankbord.organisations.members import Member
from klankbord.organisations.models import Organisation
from klankbord.organisations.queries import every_unit_of, profile_of
from klankbord.rules.entries import Entry as Event
from klankbord.rules.entries import (
    EntryNotUnderstood,
    IdentityGiven,
    ReportReceived,
    Unchecked,
    read_entry,
)
from klankbord.rules.forms.answers import labels_in, summary
from klankbord.rules.forms.reading import load_form
from klankbord.rules.forms.shape import Form, Option, with_options
from klankbord.rules.searching import SearchTooShort, Snippet, folded, said_in, snippet, words_in

__all__ = ["Found", "FoundPage", "SearchTooShort", "search"]

CASES_AT_ONCE = 100  # opened together
MOST_CASES = 1000  # looked through for one page
MOST_FOUND = 25  # shown on one page
SEALED = ("case", "seq", "compartment", "epoch", "day", "nonce", "sealed", "prev")
#: Where the bytes of an entry name its form; in a text of somebody the quotes stand otherwise.
FORM = re.compile(rb'"form": "(\w+)", "language": "\w+", "version": (\d+)')
#: Signs that stand otherwise in the bytes than in what is read, or only there.
ESCAPED = frozenset('"\\,:')


class _Sealed(NamedTuple):
    seq: int
    compartment: UUID
    epoch: int
    day: int
    nonce: bytes
    sealed: bytes
    prev: bytes


@dataclass(frozen=True, slots=True)
class Found:
    """A case in which every word occurs."""

    reference: str
    organisation: str
    headline: str = field(repr=False)
    day: date
    closed: bool
    piece: Snippet = field(repr=False)


@dataclass(frozen=True, slots=True)
class FoundPage:
    """What was found, in how many cases it was looked for, and where to look on."""

    rows: tuple[Found, ...]
    looked_in: int
    next: str


def search(member: Member, asked: str, *, after: str = "", language: str) -> FoundPage:
    """Look for words in what the member can open, what changed last first.

    A case in which they seem to stand is opened as its own page opens it, and only what can be
    checked counts: what opens but was signed by nobody is not found. Raises `SearchTooShort`.
    """
    words, found, looked_in = words_in(asked), list[Found](), 0
    place, telling = after, _Telling(language)
    while True:
        rows = _rows(member, place)
        rows, more = rows[:CASES_AT_ONCE], rows[CASES_AT_ONCE:]
        unsealed = _Unsealed(member, rows, telling)
        for row in rows:
            looked_in += 1
            if unsealed.may_say(row, words) and (it := _found(member, row, words, telling)):
                found.append(it)
            if len(found) == MOST_FOUND:
                last = row is rows[-1] and not more
                return FoundPage(tuple(found), looked_in, "" if last else _place(row))
        if not more:
            return FoundPage(tuple(found), looked_in, "")
        place = _place(rows[-1])
        if looked_in >= MOST_CASES:
            return FoundPage(tuple(found), looked_in, place)


def _found(
    member: Member, row: InboxRow, words: Sequence[str], telling: "_Telling"
) -> Found | None:
    """The case, with every signature checked; None when the words stand in nothing that holds."""
    case, seat = row.case, row.membership_id
    opened = reading(case, Hand(seat, member.pair(seat)))
    events = [it.entry for it in opened.happened] if opened else []
    piece = snippet(telling.said(case, events), words)
    if piece is None:
        return None
    return Found(
        case.reference, case.organisation.name, telling.headline(case, events),
        day_of(row.day), row.closed, piece,
    )  # fmt: skip


def _rows(member: Member, after: str) -> list[InboxRow]:
    rows = InboxRow.objects.filter(membership__in=[line.id for line in member.reads])
    day, _, row = after.partition("-")
    try:
        here, last = int(day), UUID(hex=row)
    except ValueError:
        pass  # no place, or one that was made up: from the beginning
    else:
        rows = rows.filter(Q(day__lt=here) | Q(day=here, id__gt=last))
    ordered = rows.select_related("case__organisation").order_by("-day", "id")
    return list(ordered[: CASES_AT_ONCE + 1])


def _place(row: InboxRow) -> str:
    return f"{row.day}-{row.id.hex}"


class _Telling:
    """Everything that was said in a case, and what a form may say in the words of its options."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.forms: dict[tuple[UUID, str, int], Form] = {}
        self.labels: dict[tuple[UUID, str, int], str] = {}

    def said(self, case: Case, events: Iterable[Event | Unchecked]) -> list[str]:
        """The texts of a case, in the order in which they were told."""
        texts = [case.reference]
        answers: dict[str, object] = {}
        for event in events:
            if isinstance(event, Unchecked):
                continue
            texts += [text for text in said_in(event) if text]
            if isinstance(event, ReportReceived | IdentityGiven):
                answers |= event.form.answers
                form = self.form(case.organisation, event.form.form, event.form.version)
                texts += [it.text for it in summary(form, answers) if it.text]
        return texts

    def headline(self, case: Case, events: Iterable[Event | Unchecked]) -> str:
        """What the case is about."""
        report = next((it for it in events if isinstance(it, ReportReceived)), None)
        return headline_of(report, case.organisation, self.language) if report else ""

    def form(self, organisation: Organisation, key: str, version: int) -> Form:
        """A form with the organisation's own options."""
        place = (organisation.id, key, version)
        if place not in self.forms:
            units = tuple(Option(it.id.hex, it.name) for it in every_unit_of(organisation))
            own = profile_of(organisation, self.language).options(units)
            self.forms[place] = with_options(load_form(key, version, self.language), own)
        return self.forms[place]

    def stands_for(self, organisation: Organisation, key: str, version: int) -> str:
        """All that stored words of a form may stand for, folded."""
        place = (organisation.id, key, version)
        if place not in self.labels:
            labels = labels_in(self.form(organisation, key, version))
            self.labels[place] = folded("\n".join(labels))
        return self.labels[place]


class _Unsealed:
    """Some cases as one member can read them, not yet checked: enough to leave most of them out."""

    def __init__(self, member: Member, rows: Sequence[InboxRow], telling: _Telling) -> None:
        self.telling = telling
        self.organisations = {row.case_id: row.case.organisation_id for row in rows}
        self.keys = _keys(member, rows)
        self.sealed: dict[UUID, list[_Sealed]] = {}
        held = {compartment for compartment, _ in self.keys}
        stored = Entry.objects.filter(case__in=self.organisations, compartment__in=held)
        for case, *entry in stored.values_list(*SEALED).order_by("case", "seq"):
            self.sealed.setdefault(case, []).append(_Sealed(*entry))

    def may_say(self, row: InboxRow, words: Sequence[str]) -> bool:
        """Whether all words may stand in a case: looked for in the bytes, and only then read."""
        bodies = list(self._bodies(row.case_id))
        if not self._could_hold(row.case, bodies, words):
            return False
        events = []
        for body in bodies:
            with suppress(EntryNotUnderstood):  # opening the case says what does not fit
                events.append(read_entry(body)[0])
        return snippet(self.telling.said(row.case, events), words) is not None

    def _bodies(self, case: UUID) -> Iterator[bytes]:
        for entry in self.sealed.get(case, ()):
            key = self.keys.get((entry.compartment, entry.epoch))
            header = Header(
                self.organisations[case], case, entry.seq, entry.compartment, entry.epoch,
                entry.day, bytes(entry.prev),
            )  # fmt: skip
            if key is None:
                continue
            with suppress(VaultError):
                yield open_entry(
                    header, key=key, nonce=bytes(entry.nonce), sealed=bytes(entry.sealed)
                ).body

    def _could_hold(self, case: Case, bodies: Sequence[bytes], words: Sequence[str]) -> bool:
        missing = [word for word in words if not ESCAPED & set(word)]
        for text in self._texts(case, bodies):
            missing = [word for word in missing if word not in text]
            if not missing:
                return True
        return not missing

    def _texts(self, case: Case, bodies: Sequence[bytes]) -> Iterator[str]:
        yield folded(case.reference)
        for body in bodies:
            yield folded(body.decode(errors="replace"))
        for body in bodies:
            for key, version in FORM.findall(body):
                yield self.telling.stands_for(case.organisation, key.decode(), int(version))


def _keys(member: Member, rows: Sequence[InboxRow]) -> dict[tuple[UUID, int], bytes]:
    """The keys of all these cases that the member holds, by compartment and epoch."""
    holder_of = {row.case_id: row.membership_id for row in rows}
    organisation_of = {row.case_id: row.case.organisation_id for row in rows}
    wraps = KeyHolder.objects.filter(
        compartment__case__in=holder_of, holder__in=set(holder_of.values())
    ).values_list("compartment", "compartment__case", "epoch", "holder", "wrapped")
    keys = {}
    for compartment, case, epoch, holder, wrapped in wraps:
        if holder_of[case] != holder:
            continue
        try:
            keys[compartment, epoch] = unwrap_key(
                bytes(wrapped), box_priv=member.pair(holder).box,
                organisation=organisation_of[case], case=case, compartment=compartment,
                epoch=epoch, holder=holder,
            )  # fmt: skip
        except VaultError:
            continue  # not ours; opening the case says so
    return keys
