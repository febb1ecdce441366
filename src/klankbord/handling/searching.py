"""Searching in one's own cases: opened one page of cases at a time, and nothing kept of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import Q

from klankbord.cases.models import Entry, InboxRow, KeyHolder
from klankbord.handling.pages import headline_of
from klankbord.kit.clock import day_of
from klankbord.kit.vault.entries import Header, open_entry
from klankbord.kit.vault.errors import VaultError
from klankbord.kit.vault.wraps import unwrap_key
from klankbord.organisations.members import Member
from klankbord.organisations.models import Organisation
from klankbord.organisations.queries import every_unit_of, profile_of
from klankbord.rules.entries import (
    Answers,
    EntryNotUnderstood,
    IdentityGiven,
    ReportReceived,
    read_entry,
)
from klankbord.rules.entries import Entry as Event
from klankbord.rules.forms.answers import summary
from klankbord.rules.forms.reading import load_form
from klankbord.rules.forms.shape import Form, Option, with_options
from klankbord.rules.searching import SearchTooShort, Snippet, folded, said_in, snippet, words_in

__all__ = ["Found", "FoundPage", "SearchTooShort", "search"]

CASES_AT_ONCE = 100  # opened together
MOST_CASES = 1000  # looked through for one page
MOST_FOUND = 25  # shown on one page


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

    What is found is sealed under the member's keys but its signatures are not checked here; opening
    the case does that. Raises `SearchTooShort`.
    """
    words, found, looked_in = words_in(asked), list[Found](), 0
    place = after
    while True:
        rows = _rows(member, place)
        rows, more = rows[:CASES_AT_ONCE], rows[CASES_AT_ONCE:]
        opened = _Opened(member, rows, language)
        for row in rows:
            looked_in += 1
            piece = snippet(opened.said(row, words), words)
            if piece:
                found.append(_found(row, opened, piece))
            if len(found) == MOST_FOUND:
                last = row is rows[-1] and not more
                return FoundPage(tuple(found), looked_in, "" if last else _place(row))
        if not more:
            return FoundPage(tuple(found), looked_in, "")
        place = _place(rows[-1])
        if looked_in >= MOST_CASES:
            return FoundPage(tuple(found), looked_in, place)


def _found(row: InboxRow, opened: "_Opened", piece: Snippet) -> Found:
    case = row.case
    return Found(
        case.reference, case.organisation.name, opened.headlines.get(row.case_id, ""),
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


class _Opened:
    """Some cases as one member can read them, with what was said in each."""

    def __init__(self, member: Member, rows: Sequence[InboxRow], language: str) -> None:
        self.language = language
        self.organisations = {row.case_id: row.case.organisation for row in rows}
        self.headlines: dict[UUID, str] = {}
        self.forms: dict[tuple[UUID, str, int], Form] = {}
        self.keys = _keys(member, rows)
        self.entries: dict[UUID, list[Entry]] = {}
        held = {compartment for compartment, _ in self.keys}
        for entry in Entry.objects.filter(case__in=self.organisations, compartment__in=held):
            self.entries.setdefault(entry.case_id, []).append(entry)

    def said(self, row: InboxRow, words: Sequence[str]) -> list[str]:
        """What was said in a case: only what can hold one of the words is taken apart."""
        texts = [row.case.reference]
        answers: dict[str, object] = {}
        for entry in sorted(self.entries.get(row.case_id, ()), key=lambda it: it.seq):
            for event in self._event(entry, words):
                texts += [text for text in said_in(event) if text]
                if isinstance(event, ReportReceived | IdentityGiven):
                    answers |= event.form.answers
                    texts += self._answers(row, event.form, answers)
                if isinstance(event, ReportReceived):
                    self._headline(row, event)
        return texts

    def _event(self, entry: Entry, words: Sequence[str]) -> Iterator[Event]:
        key = self.keys.get((entry.compartment_id, entry.epoch))
        organisation = self.organisations[entry.case_id].id
        header = Header(
            organisation, entry.case_id, entry.seq, entry.compartment_id, entry.epoch, entry.day,
            bytes(entry.prev),
        )  # fmt: skip
        try:
            if key is None:
                return
            opened = open_entry(
                header, key=key, nonce=bytes(entry.nonce), sealed=bytes(entry.sealed)
            )
            if _could_hold(opened.body, words):
                yield read_entry(opened.body)[0]
        except (VaultError, EntryNotUnderstood, UnicodeDecodeError):
            return  # opening the case says what does not fit

    def _answers(self, row: InboxRow, form: Answers, answers: dict[str, object]) -> list[str]:
        shaped = self._form(self.organisations[row.case_id], form)
        return [it.text for it in summary(shaped, answers) if it.text]

    def _form(self, organisation: Organisation, form: Answers) -> Form:
        place = (organisation.id, form.form, form.version)
        if place not in self.forms:
            units = tuple(Option(it.id.hex, it.name) for it in every_unit_of(organisation))
            own = profile_of(organisation, self.language).options(units)
            self.forms[place] = with_options(load_form(form.form, form.version, self.language), own)
        return self.forms[place]

    def _headline(self, row: InboxRow, report: ReportReceived) -> None:
        organisation = self.organisations[row.case_id]
        self.headlines[row.case_id] = headline_of(report, organisation, self.language)


def _could_hold(body: bytes, words: Sequence[str]) -> bool:
    """Whether an entry is worth taking apart: in a form a word may stand for its text."""
    if b'"form"' in body:
        return True
    plain = folded(body.decode())
    return any(word in plain or '"' in word or "\\" in word for word in words)


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
