"""A report that somebody who works here writes down, because it was told to them (R-000-36).

Whoever writes it down signs it. If they read along they hold a key like every reader; if they only
pass it on they hold none at any moment, have no line in an inbox, and nothing in the tables says
that it was they.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction

from klankbord.agenda.queries import Card
from klankbord.cases.entering import Entered
from klankbord.cases.errors import NotCertified
from klankbord.cases.files import Keeping, keep_upload
from klankbord.cases.hands import Hand
from klankbord.cases.services import Beginning, begin_case, tell_new_readers
from klankbord.handling.procedures import first_procedure
from klankbord.intake.drafts import Draft, read_draft, written_draft
from klankbord.intake.receipts import Receipt, keep_receipt
from klankbord.intake.services import (
    AlreadyReceived,
    NobodyLeft,
    Readers,
    again,
    alert,
    draw_code,
    entries_of,
    first_answer_by,
    readers_of,
    unit_of,
)
from klankbord.kit.clock import HOME, day_number
from klankbord.kit.files.handler import SealedUpload
from klankbord.kit.tokens.services import AlreadySpent, is_spent, spend
from klankbord.organisations.members import Member
from klankbord.organisations.models import Organisation
from klankbord.organisations.queries import readers_keys, units_of, upwards
from klankbord.rules.entries import ReportEntered
from klankbord.rules.profiles.shape import Regime
from klankbord.rules.readers import Candidate, named_readers
from klankbord.rules.seats import Whose
from klankbord.rules.telling import How, ToldBy, day_problem

__all__ = [
    "AlreadyReceived", "DayImpossible", "Entering", "NobodyLeft", "NotCertified", "NotEnough",
    "Receipt", "answer_by", "drop_entering", "enter_report", "entering_in", "keep_entering",
    "keep_paper", "who_reads_along",
]  # fmt: skip

KEPT = "entering"


class NotEnough(ValueError):
    """It was not said how it came in, who told it, or on which day."""


class DayImpossible(ValueError):
    """The day on which it was told is still to come, or more than a year ago."""


@dataclass(slots=True)
class Entering:
    """What a member wrote down so far: the draft, and how it reached them.

    `named` are the readers that were ticked, the member too; none means whoever is on duty.
    """

    draft: Draft
    told_on: date
    how: str = ""
    told_by: str = ""
    gone_through: bool = False
    with_code: bool = False
    named: list[UUID] = field(default_factory=list)


def keep_paper(
    entering: Entering, upload: SealedUpload, *, on: date, want: Keeping = Keeping.PROPOSED
) -> None:
    """Add a scanned letter or another file. Raises `FileRefused`.

    A flood at the public desk takes nothing from who works here: no budget.
    """
    draft = entering.draft
    draft.files.append(keep_upload(upload, already=len(draft.files), on=on, want=want))


def keep_entering(session: SessionBase, entering: Entering) -> None:
    """Keep it in the member's own sealed session, one for each organisation."""
    kept = {
        "draft": written_draft(entering.draft),
        "told_on": entering.told_on.isoformat(),
        "how": entering.how,
        "told_by": entering.told_by,
        "gone_through": entering.gone_through,
        "with_code": entering.with_code,
        "named": [member.hex for member in entering.named],
    }
    session[KEPT] = {**session.get(KEPT, {}), entering.draft.organisation.hex: kept}


def entering_in(session: SessionBase, organisation: UUID) -> Entering | None:
    """What this member was writing down for this organisation, if anything."""
    kept: Mapping[str, Any] | None = session.get(KEPT, {}).get(organisation.hex)
    if kept is None:
        return None
    return Entering(
        draft=read_draft(kept["draft"]),
        told_on=date.fromisoformat(kept["told_on"]),
        how=kept["how"],
        told_by=kept["told_by"],
        gone_through=kept["gone_through"],
        with_code=kept["with_code"],
        named=[UUID(hex=member) for member in kept["named"]],
    )


def drop_entering(session: SessionBase, organisation: UUID) -> None:
    """Forget what was being written down for this organisation."""
    session[KEPT] = {
        key: kept for key, kept in session.get(KEPT, {}).items() if key != organisation.hex
    }


def who_reads_along(
    organisation: Organisation, entering: Entering, *, by: UUID, on: date, language: str
) -> Readers:
    """The people to whom it would be sealed now: by the same exclusions as a reporter's own.

    `by` is whoever writes it down; they may read along in a role that no reporter chooses.
    """
    unit = unit_of(entering.draft)
    units = upwards(units_of(organisation), unit) if unit else ()

    def pick(people: Sequence[Candidate], excluded: Collection[UUID]) -> Sequence[Candidate]:
        return named_readers(people, entering.named, units=units, excluded=excluded)

    return readers_of(
        organisation, entering.draft, pick, on=on, language=language, also=by,
        chosen=entering.named,
    )  # fmt: skip


def answer_by(
    organisation: Organisation, entering: Entering, readers: Sequence[Card], *, on: date
) -> date:
    """The last day of the promise: it counts from the day on which it was told (P27)."""
    return max(on, first_answer_by(organisation, entering.told_on, readers))


def enter_report(
    member: Member, membership: UUID, organisation: Organisation, entering: Entering, *,
    token: bytes, at: datetime,
) -> Receipt:  # fmt: skip
    """Seal what a member was told for whoever reads it; the receipt is for the person who told it.

    Its code is a start code, or empty. The same form sent twice is one case and one receipt.
    Raises `NotEnough`, `DayImpossible`, `NotCertified` (nobody vouched for the member's own key, so
    nobody could check the signature), `NobodyLeft`, `AlreadyReceived`, `TextTooLong`, `Busy`.
    """
    if is_spent(token):
        return again(token, at=at)
    on = at.astimezone(HOME).date()
    how = _how(entering, on)
    hand = _certified_hand(member, membership, organisation)
    language = entering.draft.language
    readers = who_reads_along(organisation, entering, by=membership, on=on, language=language)
    if readers.nobody:
        raise NobodyLeft
    code, keys = draw_code() if entering.with_code else ("", None)
    due = answer_by(organisation, entering, readers.readers, on=on)
    report, identity = entries_of(organisation, entering.draft, due)
    new = Beginning(
        organisation=organisation,
        writer=hand,
        lookup=b"",
        readers=readers.keys,
        overseers=tuple(card.membership for card in readers.overseers),
        report=report,
        identity=identity,
        why="entered" if entering.named else "on_duty",
        due_day=day_number(due),
        started=first_procedure(
            organisation, entering.draft.form, _regime(readers.readers, membership), on=on
        ),
        entered=Entered(
            how=how,
            reads=membership in {it.holder for it in readers.keys},
            whose=Whose.REPORTER,  # it is for whoever told it
            code=keys,
        ),
    )
    names = tuple(card.name for card in readers.readers)
    try:
        with transaction.atomic():
            spend(token, at)
            case = begin_case(new, at=at)
            told = [it.holder for it in readers.keys if it.holder != membership]
            tell_new_readers(case, told, at=at, at_once=report.danger)
            told_at_once = alert(organisation, readers, at=at) if report.danger else None
            receipt = Receipt(
                code, case.reference, names, due, language, report.danger,
                alerted=told_at_once,
            )  # fmt: skip
            keep_receipt(token, receipt, at=at)
    except AlreadySpent:
        return again(token, at=at)
    return receipt


def _regime(readers: Sequence[Card], by: UUID) -> Regime:
    """Under which promise it was told: that of whoever heard it, else of who reads it first."""
    heard = next((card for card in readers if card.membership == by), readers[0])
    return heard.regime


def _how(entering: Entering, on: date) -> ReportEntered:
    if entering.how not in set(How) or entering.told_by not in set(ToldBy):
        raise NotEnough
    if day_problem(entering.told_on, today=on):
        raise DayImpossible
    return ReportEntered(
        entering.how, entering.told_by, entering.told_on, gone_through=entering.gone_through
    )


def _certified_hand(member: Member, membership: UUID, organisation: Organisation) -> Hand:
    pair = member.pair(membership)
    known = readers_keys(organisation).get(membership)
    if known is None or known.sign != pair.sign_pub:
        raise NotCertified
    return Hand(membership, pair)
