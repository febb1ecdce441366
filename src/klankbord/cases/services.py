"""What can be done with a case: begin it, give and end access, tell the others, look at it."""

import secrets
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from klankbord.cases.entering import Entered, close_entered, open_at_birth
from klankbord.cases.errors import NotYours
from klankbord.cases.files import blobs_of
from klankbord.cases.hands import Hand, PublicHand
from klankbord.cases.models import (
    FILE,
    IDENTITY,
    Attachment,
    Case,
    Compartment,
    InboxRow,
    KeyHolder,
    Overseer,
    WorkItem,
)
from klankbord.cases.opening import OpenCase, OpenCompartment, outer_hand
from klankbord.cases.seats import keep_lookup, public_keys
from klankbord.cases.tallies import begin_counting
from klankbord.cases.writing import Pen, arrange_first, day_in_house, reading
from klankbord.kit.clock import HOME
from klankbord.kit.journal.queries import written_on
from klankbord.kit.journal.services import write_down
from klankbord.kit.outbox.services import queue_all, queue_now
from klankbord.organisations.certification import CertifiedKeys
from klankbord.organisations.models import Membership, Organisation
from klankbord.organisations.queries import profile_of, running_roles
from klankbord.rules.codes import reference, references
from klankbord.rules.course import ProcedureStarted
from klankbord.rules.entries import IdentityGiven, KeptFile, ReporterKeys, ReportReceived

ALARM = "case_does_not_fit"
#: A case goes by a procedure whose text is not the one with which it started any more.
TEXT_GONE = "procedure_does_not_fit"


class Clock(StrEnum):
    """The coarse classes of what waits; a finer word would give the story away."""

    ACKNOWLEDGE = "acknowledge"
    ANSWER = "answer"
    ACT = "act"
    DECIDE = "decide"
    NOTIFY = "notify"
    FOLLOW_UP = "follow_up"
    REVIEW = "review"


#: What waits because the reporter said something, and not because of a procedure.
ABOUT_MESSAGES = (Clock.ACKNOWLEDGE, Clock.ANSWER)


@dataclass(frozen=True, slots=True)
class Beginning:
    """All that a new case is made of. `due_day` is the day of the first answer.

    `writer` is the reporter with the `lookup` of a code, or a member (`entered`): then there is no
    reporter's key yet. `known`: the reporter has a code already, by which they find this case too.
    """

    organisation: Organisation
    writer: Hand
    lookup: bytes
    readers: tuple[CertifiedKeys, ...]
    overseers: tuple[UUID, ...]
    report: ReportReceived
    identity: IdentityGiven
    why: str
    due_day: int
    started: ProcedureStarted | None = None
    entered: Entered | None = None
    known: ReporterKeys | None = None


def begin_case(new: Beginning, *, at: datetime) -> Case:
    """Seal a report for its readers. Runs inside the caller's transaction."""
    day = day_in_house(at)
    row = Case(
        reference=_reference(new.organisation),
        organisation=new.organisation,
        procedure=procedure_word(new.started),
        opened_day=day,
    )  # stored with its first entries, by the pen
    if new.entered is None:
        if new.known is None:
            keep_lookup(new.organisation, new.writer.id, new.lookup, new.writer.pair)
        _seal_beginning(row, new, at=at)
    else:
        readers = [public_hand(keys) for keys in new.readers]
        close_entered(_seal_beginning(row, new, at=at), new.entered, readers, at=at)
    _seat(row, new, day=day)
    take_files(row, new.report.files)
    promised = [(keys.holder, new.due_day, Clock.ACKNOWLEDGE) for keys in new.readers]
    begin_counting(new.overseers, opened=day, promised=promised)
    return row


def procedure_word(started: ProcedureStarted | None) -> str:
    """The word in the plain column of a case: which procedure, in which version."""
    return f"{started.procedure}.{started.version}" if started else ""


def _reference(organisation: Organisation) -> str:
    while True:
        candidate = reference(organisation.slug, secrets.randbelow(references()))
        if not Case.objects.filter(reference=candidate).exists():
            return candidate


def _seal_beginning(row: Case, new: Beginning, *, at: datetime) -> OpenCase:
    pinned = new.known or (None if new.entered else public_keys(new.writer))
    holders = tuple(public_hand(keys) for keys in new.readers)
    if new.known and new.known.id != new.writer.id:
        holders = (*holders, outer_hand(new.known))
    if new.writer.id not in {holder.id for holder in holders}:
        holders = (*holders, outer_hand(public_keys(new.writer)))
    file, identity = Compartment(case=row, name=FILE), Compartment(case=row, name=IDENTITY)
    Compartment.objects.bulk_create([file, identity])
    pen = Pen(row, new.writer, at=at)
    file_key, file_listed, file_wraps = arrange_first(
        pen, file, holders=holders, why=new.why, reporter=pinned
    )
    pen.write(file, 0, file_key, new.report)
    identity_key, listed, identity_wraps = arrange_first(
        pen, identity, holders=holders, why=new.why
    )
    pen.write(file, 0, file_key, listed)
    # Always there, also when empty: its absence would tell who stayed unknown.
    pen.write(identity, 0, identity_key, new.identity)
    if new.started:
        pen.write(file, 0, file_key, new.started)
    # Whoever only passes it on signs the first list, and is given no key at any moment.
    passing = new.writer.id if new.entered and not new.entered.reads else None
    KeyHolder.objects.bulk_create(
        wrap for wrap in (*file_wraps, *identity_wraps) if wrap.holder != passing
    )
    pen.finish()
    return open_at_birth(row, new.writer, {
        FILE: OpenCompartment(file, {0: file_key}, file_listed),
        IDENTITY: OpenCompartment(identity, {0: identity_key}, listed),
    })  # fmt: skip


def _seat(row: Case, new: Beginning, *, day: int) -> None:
    InboxRow.objects.bulk_create(
        InboxRow(case=row, membership_id=keys.holder, day=day, waiting=True) for keys in new.readers
    )
    WorkItem.objects.bulk_create(
        WorkItem(case=row, clock=Clock.ACKNOWLEDGE, assignee_id=keys.holder, due_day=new.due_day)
        for keys in new.readers
    )
    Overseer.objects.bulk_create(
        Overseer(case=row, membership_id=member) for member in new.overseers
    )


def take_files(row: Case, files: Iterable[KeptFile]) -> None:
    """Attach files that were kept for a draft or a message to the case."""
    blobs = [blob for file in files for blob in blobs_of(file)]
    if blobs:
        Attachment.objects.filter(id__in=blobs, case=None).update(case=row)


def public_hand(keys: CertifiedKeys) -> PublicHand:
    """A certified member, as somebody to whom a key may be sealed."""
    return PublicHand(keys.holder, keys.box, keys.fingerprint)


def readers_wait(row: Case, *, due_day: int) -> None:
    """The reporter said something: every reader has something to answer."""
    # A closed case comes back to the inbox: what a reporter says must not lie where nobody looks.
    InboxRow.objects.filter(case=row).update(waiting=True, closed=False)
    open_for = set(
        WorkItem.objects.filter(case=row, done_day=None, clock__in=ABOUT_MESSAGES).values_list(
            "assignee_id", flat=True
        )
    )
    readers = InboxRow.objects.filter(case=row).values_list("membership_id", flat=True)
    WorkItem.objects.bulk_create(
        WorkItem(case=row, clock=Clock.ANSWER, assignee_id=reader, due_day=due_day)
        for reader in readers
        if reader not in open_for
    )


def answered(row: Case, *, day: int) -> None:
    """A reader answered: no message waits any more."""
    InboxRow.objects.filter(case=row).update(waiting=False, closed=row.closed_day is not None)
    WorkItem.objects.filter(case=row, done_day=None, clock__in=ABOUT_MESSAGES).update(done_day=day)


def seat_reader(row: Case, membership: UUID, *, day: int, due_day: int | None) -> None:
    """A new reader gets the case in the inbox, and its waiting work if `due_day` is given."""
    InboxRow.objects.update_or_create(
        case=row,
        membership_id=membership,
        defaults={
            "day": day,
            "waiting": due_day is not None,
            "closed": row.closed_day is not None,
        },
    )
    if due_day is not None:
        WorkItem.objects.create(
            case=row, clock=Clock.ANSWER, assignee_id=membership, due_day=due_day
        )


def unseat_readers(row: Case, memberships: Collection[UUID]) -> None:
    """People whose access ended no longer see that there is a case."""
    InboxRow.objects.filter(case=row, membership_id__in=memberships).delete()
    WorkItem.objects.filter(case=row, assignee_id__in=memberships).delete()


def stop_counting(row: Case, memberships: Collection[UUID]) -> None:
    """People who must not read must not count either."""
    Overseer.objects.filter(case=row, membership_id__in=memberships).delete()


def set_closed(row: Case, day: int | None) -> None:
    """Close or reopen: the day is plain, the reason is inside the seal."""
    row.closed_day = day
    row.save(update_fields=["closed_day"])
    InboxRow.objects.filter(case=row).update(closed=day is not None)
    if day is not None:
        answered(row, day=day)


def tell_new_readers(
    row: Case, readers: Iterable[UUID], *, at: datetime, at_once: bool = False
) -> None:
    """Queue a mail without content for the people a new report was sealed to.

    At once when somebody is in danger (P7), else in the organisation's slots.
    """
    people = Membership.objects.filter(id__in=list(readers))
    _queue(row, people.values_list("account__mail", flat=True), at=at, at_once=at_once)


def tell_readers(row: Case, *, but: UUID | None, at: datetime) -> None:
    """Queue a mail without content for every other reader, in the organisation's slots.

    Somebody whose reading role ended is not told any more.
    """
    reading = profile_of(row.organisation, "nl").reading_roles
    listening = running_roles(at.astimezone(HOME).date()).filter(word__in=reading)
    readers = Membership.objects.filter(
        inbox__case=row, id__in=listening.values("membership")
    ).distinct()
    others = readers.exclude(id=but) if but else readers
    _queue(row, others.values_list("account__mail", flat=True), at=at)


def _queue(row: Case, addresses: Iterable[str], *, at: datetime, at_once: bool = False) -> None:
    hours = profile_of(row.organisation, "nl").mail_hours
    if not at_once:
        queue_all(addresses=addresses, hours=hours, now=at)
        return
    for address in addresses:
        queue_now(address=address, now=at)


def open_for(row: Case, hand: Hand, *, at: datetime) -> OpenCase:
    """Open a case for a holder, and raise the alarm when what is stored does not fit.

    Raises `NotYours` for whoever holds no key of it.
    """
    opened = reading(row, hand)
    if opened is None:
        raise NotYours
    if opened.trouble:
        raise_alarm(opened, at=at)
    return opened


def raise_alarm(opened: OpenCase, *, at: datetime, deed: str = ALARM) -> None:
    """What is stored is not what was signed: say so in the journal and to the administrators.

    Once a day, however often the case is opened. `deed` is the word for what does not fit.
    """
    organisation = opened.row.organisation_id
    day = at.astimezone(HOME).date()
    if written_on(deed, organisation=organisation, on=day):
        return
    write_down(deed=deed, on=day, organisation=organisation)
    administrators = running_roles(day).filter(
        word="administrator", membership__organisation=organisation
    )
    hours = profile_of(opened.row.organisation, "nl").mail_hours
    addresses = administrators.values_list("membership__account__mail", flat=True).distinct()
    queue_all(addresses=addresses, hours=hours, now=at)
    tell_readers(opened.row, but=None, at=at)
