"""The reporter's own channel: come back with the code, read, write, choose, withdraw.

A reporter's visits are recorded nowhere.
"""

import base64
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import cast
from uuid import UUID

from django.contrib.sessions.backends.base import SessionBase

from klankbord.agenda.promises import first_answer_by
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
from klankbord.cases.models import FILE, Case, Reporter
from klankbord.cases.opening import OpenCase
from klankbord.cases.services import open_for, readers_wait, take_files, tell_readers
from klankbord.cases.writing import keep_bookmark, writing
from klankbord.handling.access import admit, candidates, dismiss
from klankbord.handling.own_steps import stop_in
from klankbord.handling.pages import FileLine, Item, Page, Reader, page_of
from klankbord.handling.twice import same_again
from klankbord.kit.budgets import For, within
from klankbord.kit.clock import HOME, day_number
from klankbord.kit.files.handler import SealedUpload
from klankbord.kit.sessions.store import SessionStore
from klankbord.kit.throttle import kdf_slot
from klankbord.kit.tokens.services import AlreadySpent, spend
from klankbord.kit.vault.codes import reporter_keys
from klankbord.kit.vault.pairs import KeyPair
from klankbord.organisations import pins
from klankbord.organisations.models import Organisation
from klankbord.rules.codes import read_code
from klankbord.rules.entries import KeptFile, MessageSent, ReportResumed, ReportWithdrawn
from klankbord.rules.forms.answers import clean
from klankbord.rules.readers import stands

__all__ = [
    "AlreadyDone",
    "AlreadyReads",
    "CaseLine",
    "CodeUnknown",
    "Excluded",
    "ExclusionOpen",
    "FileLine",
    "FileRefused",
    "IdentityNeeded",
    "Item",
    "LastReader",
    "NotCertified",
    "NotYours",
    "Page",
    "Reader",
    "Seat",
    "TextEmpty",
    "TextTooLong",
    "TroubleInCase",
    "cases_of",
    "choices",
    "choose",
    "enter",
    "forget_files",
    "go_on",
    "keep_file",
    "keep_seat",
    "keeping",
    "leave",
    "open_file",
    "read",
    "seat_in",
    "view",
    "withdraw",
    "write",
]  # fmt: skip

KIND = "channel"


class CodeUnknown(LookupError):
    """No channel here opens with this code: unknown, destroyed or another organisation's."""


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody who typed a code: the reporter and the keys that the code gave."""

    reporter: UUID
    organisation: UUID
    pair: KeyPair = field(repr=False)

    @property
    def hand(self) -> Hand:
        """The reporter as a holder of keys."""
        return Hand(self.reporter, self.pair)


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A case that a reporter can open."""

    id: UUID
    reference: str


def enter(organisation: Organisation, typed: str) -> Seat:
    """The seat that a code opens in this organisation.

    Raises `rules.codes.CodeMistyped` before any work is done, `CodeUnknown` after the same work for
    every code, and `kit.throttle.Busy`.
    """
    code = read_code(typed)
    with kdf_slot("code" if within(organisation.id, For.CODES) else "code_beyond"):
        keys = reporter_keys(code[:-1], pepper=pins.pepper(), salt=pins.code_salt())
    row = Reporter.objects.filter(lookup=keys.lookup, organisation=organisation).first()
    if row is None:
        raise CodeUnknown
    return Seat(row.id, organisation.id, keys.pair)


def keep_seat(session: SessionBase, seat: Seat, kind: str = KIND) -> None:
    """Let the reporter in with a fresh cookie: whatever session there was is gone.

    A seat of another kind opens no channel: `start` is for making a code of one's own.
    """
    cast(SessionStore, session).start(kind=kind)
    session[kind] = {
        "reporter": seat.reporter.hex,
        "organisation": seat.organisation.hex,
        "box": base64.b64encode(seat.pair.box).decode(),
        "sign": base64.b64encode(seat.pair.sign).decode(),
    }


def seat_in(session: SessionBase, organisation: Organisation, kind: str = KIND) -> Seat | None:
    """Who came in here with a code of this organisation."""
    kept = session.get(kind)
    if session.get("kind") != kind or not kept or kept["organisation"] != organisation.id.hex:
        return None
    return Seat(
        UUID(hex=kept["reporter"]),
        organisation.id,
        KeyPair(base64.b64decode(kept["box"]), base64.b64decode(kept["sign"])),
    )


def leave(session: SessionBase) -> None:
    """Log out: the key in the session is gone."""
    session.flush()


def cases_of(seat: Seat) -> tuple[CaseLine, ...]:
    """The cases that this code opens, the newest first."""
    rows = (
        Case.objects.filter(compartments__name=FILE, compartments__holders__holder=seat.reporter)
        .distinct()
        .order_by("-opened_day", "reference")
    )
    return tuple(CaseLine(row.id, row.reference) for row in rows)


def view(seat: Seat, case_id: UUID, *, at: datetime, language: str) -> Page:
    """The reporter's page of a case. Raises `NotYours`."""
    return page_of(read(seat, case_id, at=at), on=at.astimezone(HOME).date(), language=language)


def read(seat: Seat, case_id: UUID, *, at: datetime) -> OpenCase:
    """Open a case to read it, and remember for the reporter how far. Raises `NotYours`."""
    opened = _opened(seat, case_id, at=at)
    if not opened.trouble and opened.seen < opened.row.count:
        keep_bookmark(opened.row, seat.hand, opened.row.count - 1, bytes(opened.row.head))
    return opened


def _opened(seat: Seat, case_id: UUID, *, at: datetime) -> OpenCase:
    row = (
        Case.objects.filter(id=case_id, organisation=seat.organisation)
        .select_related("organisation")
        .first()
    )
    if row is None:
        raise NotYours
    return open_for(row, seat.hand, at=at)


def keep_file(
    seat: Seat, upload: SealedUpload, *, on: date, want: Keeping = Keeping.PROPOSED
) -> KeptFile:
    """Keep a file that comes with a message. Raises `FileRefused`."""
    return keep_upload(upload, already=0, on=on, want=want, budget=seat.organisation)


def write(
    seat: Seat, case_id: UUID, *, text: str, files: Sequence[KeptFile] = (), token: bytes,
    at: datetime,
) -> None:  # fmt: skip
    """Send a message to the readers. The same form sent twice is one message.

    Raises `AlreadyDone`, `TextEmpty`, `TextTooLong`, `TroubleInCase`, `NotYours`.
    """
    text = clean(text).strip()
    if not text and not files:
        raise TextEmpty
    try:
        with writing(case_id, seat.hand, at=at) as pen:
            _same_organisation(seat, pen.opened)
            spend(token, at)
            pen.write(MessageSent(text=text, files=tuple(files)))
            take_files(pen.opened.row, files)
            readers_wait(pen.opened.row, due_day=answer_day(pen.opened, at))
            tell_readers(pen.opened.row, but=None, at=at)
    except AlreadySpent:
        same_again(case_id, seat.hand, text=text, kind=MessageSent)


def _same_organisation(seat: Seat, opened: OpenCase) -> None:
    if opened.row.organisation_id != seat.organisation:
        raise NotYours


def answer_day(opened: OpenCase, at: datetime, readers: Collection[UUID] = ()) -> int:
    """By when somebody answers; it adapts when those who read are away (K20)."""
    on, organisation = at.astimezone(HOME).date(), opened.row.organisation
    reading = readers or opened.listed(FILE)
    people = [it for it in colleagues(organisation, on, "nl") if it.membership in reading]
    return day_number(first_answer_by(organisation, on, people))


def choices(seat: Seat, case_id: UUID, *, at: datetime, language: str) -> tuple[Card, ...]:
    """The people whom the reporter can choose besides or instead of who reads now."""
    return candidates(_opened(seat, case_id, at=at), at=at, language=language)


def choose(seat: Seat, case_id: UUID, *, membership: UUID, keep: bool, at: datetime) -> None:
    """Let somebody else read, with the reporter's own key; `keep` says who else stays.

    Raises `ExclusionOpen`, `AlreadyReads`, `Excluded`, `NotCertified`, `TroubleInCase`, `NotYours`.
    """
    with writing(case_id, seat.hand, at=at) as pen:
        _same_organisation(seat, pen.opened)
        present = [
            holder
            for holder in pen.opened.listed(FILE)
            if holder not in {seat.reporter, membership}
        ]
        due = answer_day(pen.opened, at, [membership, *(present if keep else ())])
        admit(pen, membership, identity=True, why="reporter", due_day=due, at=at)
        if not keep:
            dismiss(pen, present, why="reporter")
        tell_readers(pen.opened.row, but=None, at=at)


def withdraw(seat: Seat, case_id: UUID, *, text: str, at: datetime) -> None:
    """Ask to stop. The readers are told; nothing disappears (R-000-04).

    Where the procedure has a step for it, such as withdrawing a complaint, it is taken too (K5).
    """
    with writing(case_id, seat.hand, at=at) as pen:
        _same_organisation(seat, pen.opened)
        if stands(pen.opened.happened, ReportWithdrawn, ReportResumed):
            return
        pen.write(ReportWithdrawn(text=clean(text).strip()))
        stop_in(pen, seat.reporter)
        readers_wait(pen.opened.row, due_day=answer_day(pen.opened, at))
        tell_readers(pen.opened.row, but=None, at=at)


def go_on(seat: Seat, case_id: UUID, *, at: datetime) -> None:
    """Take the withdrawal back."""
    with writing(case_id, seat.hand, at=at) as pen:
        _same_organisation(seat, pen.opened)
        if not stands(pen.opened.happened, ReportWithdrawn, ReportResumed):
            return
        pen.write(ReportResumed())
        readers_wait(pen.opened.row, due_day=answer_day(pen.opened, at))
        tell_readers(pen.opened.row, but=None, at=at)


def open_file(seat: Seat, case_id: UUID, *, file: UUID, clean: bool, at: datetime) -> OpenFile:
    """Read an attachment. Raises `NotYours`."""
    return open_attachment(_opened(seat, case_id, at=at), file, clean=clean)
