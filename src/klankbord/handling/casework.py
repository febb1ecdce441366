"""What a reader does in a case: read, answer, note, bring somebody in, close."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from klankbord.agenda.queries import Card, colleagues
from klankbord.cases.errors import (
    AlreadyDone,
    AlreadyReads,
    Excluded,
    ExclusionOpen,
    IdentityNeeded,
    LastReader,
    NotCertified,
    NotYours,
    ReasonMissing,
    TextEmpty,
    TextTooLong,
    TroubleInCase,
)
from klankbord.cases.files import (
    FileRefused,
    Keeping,
    OpenFile,
    forget_files,
    keep_upload,
    keeping,
    open_attachment,
)
from klankbord.cases.hands import Hand
from klankbord.cases.models import FILE, Case, InboxRow
from klankbord.cases.opening import OpenCase
from klankbord.cases.queries import due_days
from klankbord.cases.services import (
    ABOUT_MESSAGES,
    TEXT_GONE,
    answered,
    open_for,
    raise_alarm,
    set_closed,
    stop_counting,
    take_files,
    tell_readers,
)
from klankbord.cases.writing import keep_bookmark, writing
from klankbord.handling.access import admit, candidates, dismiss
from klankbord.handling.course import Course, course_of, is_lost, started_in
from klankbord.handling.found import found, hand_in, reason_in
from klankbord.handling.happening import catch_up
from klankbord.handling.pages import (
    Item,
    Page,
    headline_of,
    identity_of,
    notes_in,
    page_of,
)
from klankbord.handling.procedures import not_run_here
from klankbord.handling.stepform import answered_before
from klankbord.handling.todo import Seating, ToDo, to_do
from klankbord.handling.twice import same_again
from klankbord.kit.clock import HOME, day_of
from klankbord.kit.files.handler import SealedUpload
from klankbord.kit.tokens.services import AlreadySpent, spend
from klankbord.organisations.members import Member
from klankbord.organisations.queries import profile_of
from klankbord.rules.entries import (
    CaseClosed,
    CaseRead,
    CaseReopened,
    ExclusionSettled,
    KeptFile,
    KeysArranged,
    MessageSent,
    NoteTaken,
    ReportReceived,
)
from klankbord.rules.forms.answers import SummaryRow, clean
from klankbord.rules.readers import exclusion_open, stands

__all__ = [
    "AlreadyDone",
    "AlreadyReads",
    "CasePage",
    "Excluded",
    "ExclusionOpen",
    "FileRefused",
    "IdentityNeeded",
    "Item",
    "LastReader",
    "NotByItsSteps",
    "NotCertified",
    "NotYours",
    "ReasonMissing",
    "TextEmpty",
    "TextTooLong",
    "TroubleInCase",
    "answer",
    "close",
    "end_access",
    "forget_files",
    "give_access",
    "keep_file",
    "keeping",
    "note",
    "open_file",
    "open_page",
    "possible_readers",
    "reopen",
    "settle_exclusion",
]  # fmt: skip

REASONS = ("settled", "referred", "withdrawn", "not_for_us", "abuse")
#: How a case ends when its procedure does not apply. All else is an outcome of one of its steps.
OUTSIDE_A_PROCEDURE = ("not_for_us", "abuse", "withdrawn")


class NotByItsSteps(Exception):
    """The procedure of the case says how it ends."""


@dataclass(frozen=True, slots=True)
class CasePage:
    """A case as a reader sees it."""

    page: Page
    todo: ToDo | None = field(repr=False)
    lost: bool  # it goes by a procedure whose text is not there any more
    answers: Mapping[str, Mapping[str, Any]] = field(repr=False)
    membership: UUID
    identity: tuple[SummaryRow, ...] | None = field(repr=False)
    notes: tuple[Item, ...] = field(repr=False)
    headline: str = field(repr=False)
    due: date | None
    answer_due: date | None
    waiting: bool


def open_page(member: Member, reference: str, *, at: datetime, language: str) -> CasePage:
    """Open a case. The first time on a day is an entry in the case. Raises `NotYours`."""
    row, hand = found(member, reference)
    opened = _noted(row, hand, at=at)
    on, organisation = at.astimezone(HOME).date(), row.organisation
    people = colleagues(organisation, on, language)
    page = page_of(opened, on=on, language=language, people=people)
    course = course_of(opened, on=on, language=language, people=people)
    lost = course is None and is_lost(opened)
    if lost:
        raise_alarm(opened, at=at, deed=TEXT_GONE)
    seat = InboxRow.objects.filter(case=row, membership=hand.id).first()
    due = due_days([hand.id], [row.id])
    waiting = bool(seat and seat.waiting)
    answer = due_days([hand.id], [row.id], clocks=ABOUT_MESSAGES) if waiting else {}
    report = next(
        (it.entry for it in opened.happened if isinstance(it.entry, ReportReceived)), None
    )
    return CasePage(
        page=page,
        todo=_to_do(course, opened, people, language) if course else None,
        lost=lost,
        answers=answered_before(opened.happened),
        membership=hand.id,
        identity=identity_of(opened, language),
        notes=notes_in(page.items),
        headline=headline_of(report, row.organisation, language) if report else "",
        due=day_of(due[row.id]) if row.id in due else None,
        answer_due=day_of(answer[row.id]) if row.id in answer else None,
        waiting=waiting,
    )


def _to_do(course: Course, opened: OpenCase, people: Sequence[Card], language: str) -> ToDo:
    organisation = opened.row.organisation
    seating = Seating(
        course,
        people,
        profile_of(organisation, language),
        readers=_members_reading(opened),
        me=opened.hand.id,
        beyond=not_run_here(organisation, course.procedure, on=course.progress.today),
    )
    return to_do(seating)


def _noted(row: Case, hand: Hand, *, at: datetime) -> OpenCase:
    """Open a case for a reader; that they did so today is written in the case, once."""
    opened = open_for(row, hand, at=at)
    if not opened.trouble and not _read_today(opened, at):
        with writing(row.id, hand, at=at) as pen:
            if not _read_today(pen.opened, at):  # nor in another window, a moment ago
                pen.write(CaseRead())
                catch_up(pen, at=at)
            opened = pen.opened  # what the bookmark now calls seen is what the page shows
        row.refresh_from_db()
    elif not opened.trouble and opened.seen < row.count:
        keep_bookmark(row, hand, row.count - 1, bytes(row.head))
    return opened


def _read_today(opened: OpenCase, at: datetime) -> bool:
    day = at.astimezone(HOME).date()
    return any(
        isinstance(it.entry, CaseRead)
        and it.by == opened.hand.id
        and it.at.astimezone(HOME).date() == day
        for it in opened.happened
    )


def keep_file(upload: SealedUpload, *, on: date, want: Keeping = Keeping.PROPOSED) -> KeptFile:
    """Keep a file that comes with an answer. Raises `FileRefused`."""
    return keep_upload(upload, already=0, on=on, want=want)


def answer(
    member: Member, reference: str, *, text: str, files: Sequence[KeptFile] = (), token: bytes,
    at: datetime,
) -> None:  # fmt: skip
    """Write to the reporter. The same form sent twice is one message.

    Raises `AlreadyDone`, `TextEmpty`, `TextTooLong`, `TroubleInCase`, `NotYours`.
    """
    text = clean(text).strip()
    if not text and not files:
        raise TextEmpty
    case, hand = hand_in(member, reference)
    try:
        with writing(case, hand, at=at) as pen:
            spend(token, at)
            pen.write(MessageSent(text=text, files=tuple(files)))
            take_files(pen.opened.row, files)
            answered(pen.opened.row, day=pen.pen.day)
            tell_readers(pen.opened.row, but=hand.id, at=at)
    except AlreadySpent:
        same_again(case, hand, text=text, kind=MessageSent)


def note(member: Member, reference: str, *, text: str, token: bytes, at: datetime) -> None:
    """Write a note that nobody else can open (R-002-19).

    Raises `AlreadyDone`, `TextEmpty`, `TextTooLong`, `TroubleInCase`, `NotYours`.
    """
    text = clean(text).strip()
    if not text:
        raise TextEmpty
    case, hand = hand_in(member, reference)
    name = f"notes:{hand.id.hex}"
    try:
        with writing(case, hand, at=at) as pen:
            spend(token, at)
            pen.write(NoteTaken(text=text), pen.own_compartment(name))
    except AlreadySpent:
        same_again(case, hand, text=text, kind=NoteTaken)


def possible_readers(
    member: Member, reference: str, *, at: datetime, language: str
) -> tuple[Card, ...]:
    """The colleagues who could get access."""
    row, hand = found(member, reference)
    opened = open_for(row, hand, at=at)
    return candidates(opened, at=at, language=language)


def give_access(
    member: Member, reference: str, *, membership: UUID, identity: bool, why: str, at: datetime
) -> None:
    """Let a colleague read, with a reason that everybody on the case can see (R-000-31).

    Raises `ReasonMissing`, `ExclusionOpen`, `Excluded`, `NotCertified`, `AlreadyReads`.
    """
    case, hand = hand_in(member, reference)
    why = reason_in(why)
    with writing(case, hand, at=at) as pen:
        due = due_days([hand.id], [case]).get(case)
        admit(pen, membership, identity=identity, why=why, due_day=due, at=at)
        tell_readers(pen.opened.row, but=hand.id, at=at)


def end_access(member: Member, reference: str, *, membership: UUID, why: str, at: datetime) -> None:
    """End somebody's access, one's own too, with a reason: a new key from here on.

    Raises `ReasonMissing`, `LastReader`, `TroubleInCase`.
    """
    case, hand = hand_in(member, reference)
    why = reason_in(why)
    with writing(case, hand, at=at) as pen:
        if membership not in _members_reading(pen.opened):
            if membership in _members_once_reading(pen.opened):
                return  # it has ended already: a second click
            raise NotYours
        tell_readers(pen.opened.row, but=hand.id, at=at)
        dismiss(pen, [membership], why=why)


def _members_once_reading(opened: OpenCase) -> frozenset[UUID]:
    lists = [it.entry for it in opened.happened if isinstance(it.entry, KeysArranged)]
    return frozenset(it.id for entry in lists for it in entry.holders) - set(opened.seats)


def _members_reading(opened: OpenCase) -> tuple[UUID, ...]:
    """Who reads of those who work here: the reporter is nobody's to send away."""
    seats = opened.seats
    return tuple(holder for holder in opened.listed(FILE) if holder not in seats)


def settle_exclusion(
    member: Member, reference: str, *, members: tuple[UUID, ...], note: str, at: datetime
) -> None:
    """Say whom the name means that the reporter typed; then access can be given again.

    Whoever is meant and could count or read loses that at once. Raises `ReasonMissing`,
    `LastReader`.
    """
    case, hand = hand_in(member, reference)
    note = reason_in(note)
    with writing(case, hand, at=at) as pen:
        if not exclusion_open(pen.opened.happened):
            return
        pen.write(ExclusionSettled(members=members, note=note))
        stop_counting(pen.opened.row, members)
        meant = [it for it in _members_reading(pen.opened) if it in members]
        if meant:
            dismiss(pen, meant, why="reporter")
        catch_up(pen, at=at)  # nor does anything wait for them any more


def close(
    member: Member, reference: str, *, reason: str, text: str, referred_to: str = "", at: datetime
) -> None:
    """Close a case, with words that the reporter reads. A referral says to whom (P19).

    A case that goes by a procedure is settled or referred by its steps, and not here: these wait
    for what is still to be done (R-000-22). Raises `ReasonMissing`, `NotByItsSteps`.
    """
    case, hand = hand_in(member, reference)
    text, referred_to = reason_in(text), clean(referred_to).strip()
    if reason not in REASONS or (reason == "referred" and not referred_to):
        raise ReasonMissing
    with writing(case, hand, at=at) as pen:
        if stands(pen.opened.happened, CaseClosed, CaseReopened):
            return
        if started_in(pen.opened.happened) and reason not in OUTSIDE_A_PROCEDURE:
            raise NotByItsSteps
        pen.write(CaseClosed(reason=reason, text=text, referred_to=referred_to))
        set_closed(pen.opened.row, pen.pen.day)
        catch_up(pen, at=at)
        tell_readers(pen.opened.row, but=hand.id, at=at)


def reopen(member: Member, reference: str, *, text: str, at: datetime) -> None:
    """Take a case up again. Raises `ReasonMissing`."""
    case, hand = hand_in(member, reference)
    text = reason_in(text)
    with writing(case, hand, at=at) as pen:
        if not stands(pen.opened.happened, CaseClosed, CaseReopened):
            return
        pen.write(CaseReopened(text=text))
        set_closed(pen.opened.row, None)
        catch_up(pen, at=at)
        tell_readers(pen.opened.row, but=hand.id, at=at)


def open_file(member: Member, reference: str, *, file: UUID, clean: bool, at: datetime) -> OpenFile:
    """Read an attachment. Raises `NotYours`."""
    row, hand = found(member, reference)
    opened = _noted(row, hand, at=at)
    return open_attachment(opened, file, clean=clean)
