"""Start codes: a member gives somebody a code; its first use makes a code of their own of it.

A member has seen a start code, so nothing that is signed with it counts as a consent. At its first
use the person gets another one. Both open the case until the new one is in use, so that a page that
never arrived costs nobody their place; from then on the start code opens nothing.
"""

from datetime import datetime
from uuid import UUID

from klankbord.cases.errors import IdentityNeeded, LastReader, NotYours, TroubleInCase
from klankbord.cases.hands import Hand
from klankbord.cases.models import Case
from klankbord.cases.opening import OpenCase
from klankbord.cases.queries import case_for
from klankbord.cases.seats import forget_lookups, give_place, renew_place
from klankbord.cases.services import tell_readers
from klankbord.cases.writing import OpenPen, reading, writing
from klankbord.handling.access import dismiss
from klankbord.handling.channel import CaseLine, Seat, cases_of
from klankbord.intake.receipts import Receipt, forget_receipt, keep_receipt
from klankbord.intake.services import AlreadyReceived, again, draw_code
from klankbord.kit.clock import HOME
from klankbord.kit.tokens.services import AlreadySpent, is_spent, spend
from klankbord.organisations.members import Member
from klankbord.organisations.models import Organisation
from klankbord.rules.seats import Standing, Whose, live_seats, replaced_by, standing

__all__ = [
    "AlreadyReceived", "HasCode", "IdentityNeeded", "InUse", "NotYours", "Receipt", "TroubleInCase",
    "forget_receipt", "give_code", "renew", "settle", "starts_in", "withdraw_code",
]  # fmt: skip


class HasCode(Exception):
    """Somebody holds a code of this case already."""


class InUse(Exception):
    """The start code was used: from then on the place is nobody's to take away."""


def give_code(
    member: Member, reference: str, *, whose: Whose, token: bytes, at: datetime, language: str
) -> Receipt:
    """A start code for somebody who has none, to be printed together (P2, P30).

    The same form sent twice is one code. Raises `HasCode`, `AlreadyReceived`, `TroubleInCase`,
    `NotYours`, `Busy`.
    """
    if is_spent(token):
        return again(token, at=at)
    case, hand = _case_and_hand(member, reference)
    code, keys = draw_code()
    try:
        with writing(case, hand, at=at) as pen:
            spend(token, at)
            if standing(pen.opened.happened) is not Standing.NONE:
                raise HasCode
            give_place(pen, keys, whose=whose)
            tell_readers(pen.opened.row, but=hand.id, at=at)
            receipt = _receipt(code, reference, at=at, language=language)
            keep_receipt(token, receipt, at=at)
    except AlreadySpent:
        return again(token, at=at)
    return receipt


def withdraw_code(member: Member, reference: str, *, at: datetime) -> None:
    """End a start code that nobody used: it may have been seen by somebody else.

    Raises `InUse`, `IdentityNeeded`, `TroubleInCase`, `NotYours`. Nothing happens when there is
    none.
    """
    case, hand = _case_and_hand(member, reference)
    with writing(case, hand, at=at) as pen:
        match standing(pen.opened.happened):
            case Standing.OWN:
                raise InUse
            case Standing.WAITING:
                waiting = frozenset(live_seats(pen.opened.happened))
                _end(pen, waiting, why="code_withdrawn")


def starts_in(organisation: Organisation, seat: Seat) -> CaseLine | None:
    """The case that this seat opens with a start code, if that is what it is."""
    for line in cases_of(seat):
        opened = _opened(organisation, seat, line.id)
        mine = opened and live_seats(opened.happened).get(seat.reporter)
        if mine and mine.start:
            return line
    return None


def renew(
    organisation: Organisation, seat: Seat, line: CaseLine, *, token: bytes, at: datetime,
    language: str,
) -> Receipt:  # fmt: skip
    """A code of one's own instead of a start code. Both open the case until `settle`.

    The same form sent twice is one code. Raises `AlreadyReceived`, `TroubleInCase`, `NotYours`,
    `Busy`.
    """
    if is_spent(token):
        return again(token, at=at)
    code, keys = draw_code()
    try:
        with writing(line.id, seat.hand, at=at) as pen:
            mine = live_seats(pen.opened.happened).get(seat.reporter)
            if pen.opened.row.organisation_id != organisation.id or not (mine and mine.start):
                raise NotYours
            spend(token, at)
            renew_place(pen, keys)
            receipt = _receipt(code, line.reference, at=at, language=language)
            keep_receipt(token, receipt, at=at)
    except AlreadySpent:
        return again(token, at=at)
    return receipt


def settle(organisation: Organisation, seat: Seat, *, at: datetime) -> None:
    """The new code is in use: the start code opens nothing any more, nor does any other renewal."""
    for line in cases_of(seat):
        opened = _opened(organisation, seat, line.id)
        if opened is None or opened.trouble or not replaced_by(opened.happened, seat.reporter):
            continue
        try:
            with writing(line.id, seat.hand, at=at) as pen:
                _end(pen, replaced_by(pen.opened.happened, seat.reporter), why="renewed")
        except (TroubleInCase, IdentityNeeded, LastReader, NotYours):
            continue  # it stays as it is: both codes open it, and none of it counts as a consent


def _end(pen: OpenPen, seats: frozenset[UUID], *, why: str) -> None:
    if seats:
        dismiss(pen, tuple(seats), why=why)
        forget_lookups(seats)


def _receipt(code: str, reference: str, *, at: datetime, language: str) -> Receipt:
    return Receipt(code, reference, (), at.astimezone(HOME).date(), language, danger=False)


def _case_and_hand(member: Member, reference: str) -> tuple[UUID, Hand]:
    found = case_for([line.id for line in member.reads], reference)
    if found is None:
        raise NotYours
    row, membership = found
    return row.id, Hand(membership, member.pair(membership))


def _opened(organisation: Organisation, seat: Seat, case_id: UUID) -> OpenCase | None:
    rows = Case.objects.filter(id=case_id, organisation=organisation)
    row = rows.select_related("organisation").first()
    return reading(row, seat.hand) if row else None
