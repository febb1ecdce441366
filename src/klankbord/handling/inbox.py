"""The cases of a reader, a page at a time: what each is about is opened for that page only."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from klankbord.cases.models import FILE, Entry, InboxRow, KeyHolder
from klankbord.cases.queries import PAGE, Place, due_days, inbox_rows, place_in
from klankbord.handling.lost_keys import shut_for
from klankbord.handling.pages import headline_of
from klankbord.kit.clock import day_of
from klankbord.kit.vault.entries import Header, open_entry
from klankbord.kit.vault.errors import VaultError
from klankbord.kit.vault.wraps import unwrap_key
from klankbord.organisations.members import Member
from klankbord.rules.entries import EntryNotUnderstood, ReportReceived, read_entry

REPORT_SEQ = 1  # a case begins with the list of who can read, then the report


@dataclass(frozen=True, slots=True)
class InboxLine:
    """A case in the inbox. `headline` is opened for this page and stored nowhere."""

    reference: str
    organisation: str
    opened: date
    day: date
    waiting: bool
    due: date | None
    headline: str = field(repr=False)
    shut: bool = False  # the reader has new keys, that do not open it yet


@dataclass(frozen=True, slots=True)
class InboxPage:
    """A page of the inbox, and where the next one begins."""

    rows: tuple[InboxLine, ...]
    next: str


def inbox_page(
    member: Member, *, closed: bool = False, after: str = "", language: str
) -> InboxPage:
    """The cases of all one's organisations, what is new first (R-002-01)."""
    memberships = [line.id for line in member.reads]
    some = inbox_rows(memberships, closed=closed, after=place_in(after))
    rows, more = some[:PAGE], some[PAGE:]
    due = due_days(memberships, [row.case_id for row in rows])
    about = headlines(member, rows, language)
    shut = shut_for(member, rows)
    last = rows[-1] if more else None
    return InboxPage(
        rows=tuple(
            InboxLine(
                reference=row.case.reference,
                organisation=row.case.organisation.name,
                opened=day_of(row.case.opened_day),
                day=day_of(row.day),
                waiting=row.waiting,
                due=day_of(due[row.case_id]) if row.case_id in due else None,
                headline=about.get(row.case_id, ""),
                shut=row.case_id in shut,
            )
            for row in rows
        ),
        next=Place(last.waiting, last.day, last.id).written() if last else "",
    )


def headlines(member: Member, rows: Sequence[InboxRow], language: str) -> dict[UUID, str]:
    """What each report is about."""
    organisations = {row.case_id: row.case.organisation for row in rows}
    return {
        case: headline_of(report, organisations[case], language)
        for case, report in opened_reports(member, rows).items()
    }


def opened_reports(member: Member, rows: Sequence[InboxRow]) -> dict[UUID, ReportReceived]:
    """The report of each case, by case: opened with the reader's key, for these rows only."""
    hands = {row.case_id: row.membership_id for row in rows}
    wraps = {
        (wrap.compartment.case_id, wrap.epoch): wrap
        for wrap in KeyHolder.objects.filter(
            compartment__case__in=hands, compartment__name=FILE
        ).select_related("compartment")
        if hands[wrap.compartment.case_id] == wrap.holder
    }
    organisations = {row.case_id: row.case.organisation_id for row in rows}
    reports: dict[UUID, ReportReceived] = {}
    for entry in Entry.objects.filter(case__in=hands, seq=REPORT_SEQ):
        wrap = wraps.get((entry.case_id, entry.epoch))
        report = wrap and _report(entry, wrap, member, organisations[entry.case_id])
        if report:
            reports[entry.case_id] = report
    return reports


def _report(
    entry: Entry, wrap: KeyHolder, member: Member, organisation: UUID
) -> ReportReceived | None:
    try:
        key = unwrap_key(
            bytes(wrap.wrapped), box_priv=member.pair(wrap.holder).box, organisation=organisation,
            case=entry.case_id, compartment=entry.compartment_id, epoch=wrap.epoch,
            holder=wrap.holder,
        )  # fmt: skip
        header = Header(
            organisation, entry.case_id, entry.seq, entry.compartment_id, entry.epoch, entry.day,
            bytes(entry.prev),
        )  # fmt: skip
        opened = open_entry(header, key=key, nonce=bytes(entry.nonce), sealed=bytes(entry.sealed))
        found, _ = read_entry(opened.body)
    except (VaultError, EntryNotUnderstood):
        return None
    return found if isinstance(found, ReportReceived) else None
