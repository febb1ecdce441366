"""Asking a colleague for advice, without a case: sealed to both, and each may erase their own copy.

Nothing goes along by itself: no case, no reference, no name of a reporter.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from klankbord.agenda.queries import Card, cards
from klankbord.cases.errors import NotCertified, NotYours, TextEmpty, TextTooLong
from klankbord.handling.models import Conferred
from klankbord.kit.clock import HOME, day_number
from klankbord.kit.outbox.services import queue
from klankbord.kit.tokens.services import AlreadySpent, spend
from klankbord.kit.vault.entries import HEAD0, Header, check_entry, open_entry, seal_entry
from klankbord.kit.vault.errors import TooLong, VaultError
from klankbord.kit.vault.secret import new_key
from klankbord.kit.vault.wraps import unwrap_key, wrap_key
from klankbord.organisations.members import Member, MembershipLine
from klankbord.organisations.models import Organisation
from klankbord.organisations.queries import (
    addresses_of,
    membership_of,
    names_of,
    profile_of,
    readers_keys,
    signers_keys,
)
from klankbord.rules.forms.answers import clean

__all__ = [
    "Colleague", "NotCertified", "NotYours", "Said", "TextEmpty", "TextTooLong", "colleagues_of",
    "confer", "forget", "something_new", "talk",
]  # fmt: skip

KIND = "conferred"  # no kind of entry: it can never stand in a case
SHOWN = 50


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who can be asked, and in which organisation."""

    card: Card
    organisation: str


@dataclass(frozen=True, slots=True)
class Said:
    """A message between two colleagues. `sure` is whether the signature could be checked."""

    id: UUID
    mine: bool
    who: str  # the other one
    organisation: str
    at: datetime
    text: str = field(repr=False)
    new: bool
    sure: bool


def colleagues_of(member: Member, *, at: datetime, language: str) -> tuple[Colleague, ...]:
    """Who can be asked: whoever reads in an organisation of one's own and can be sealed to."""
    on = at.astimezone(HOME).date()
    found = []
    for line in member.reads:
        house = membership_of(line.id).organisation
        for card in cards(house, on, language):
            if card.reads and card.membership != line.id:
                found.append(Colleague(card, line.organisation_name))
    return tuple(found)


def confer(member: Member, *, to: UUID, text: str, token: bytes, at: datetime) -> None:
    """Tell a colleague something. The same form sent twice is one message.

    Raises `TextEmpty`, `TextTooLong`, `NotYours` for somebody of no organisation of one's own,
    `NotCertified`.
    """
    text = clean(text).strip()
    if not text:
        raise TextEmpty
    line, house = _line_beside(member, to)
    keys = readers_keys(house)
    reads = {card.membership for card in cards(house, at.astimezone(HOME).date(), "nl")}
    if to not in keys or to not in reads or line.id not in keys:
        raise NotCertified
    body = _written(line.id, to, text, at)
    copies = [
        _copy(member, line, holder, keys[holder].box, body, at, seen=holder == line.id)
        for holder in (line.id, to)
    ]
    try:
        with transaction.atomic():
            spend(token, at)
            Conferred.objects.bulk_create(copies)
            for address in addresses_of([to]):
                queue(address=address, hours=profile_of(house, "nl").mail_hours, now=at)
    except AlreadySpent:
        return


def _line_beside(member: Member, to: UUID) -> tuple[MembershipLine, Organisation]:
    """One's own membership in the organisation of a colleague."""
    for line in member.reads:
        house = membership_of(line.id).organisation
        if to != line.id and house.memberships.filter(id=to).exists():
            return line, house
    raise NotYours


def _written(by: UUID, to: UUID, text: str, at: datetime) -> bytes:
    said = {"kind": KIND, "by": by.hex, "to": to.hex, "at": at.isoformat(), "text": text}
    return json.dumps(said, sort_keys=True, ensure_ascii=False).encode()


def _copy(
    member: Member, line: MembershipLine, holder: UUID, box: bytes, body: bytes, at: datetime,
    *, seen: bool,
) -> Conferred:  # fmt: skip
    row, key, day = uuid4(), new_key(), day_number(at.astimezone(HOME).date())
    pair = member.pair(line.id)
    try:
        sealed = seal_entry(
            _header(line.organisation, row, day), key=key, signer=line.id, seed=pair.sign, body=body
        )
    except TooLong:
        raise TextTooLong from None
    wrapped = wrap_key(
        key, to=box, organisation=line.organisation, case=row, compartment=row, epoch=0,
        holder=holder,
    )  # fmt: skip
    return Conferred(
        id=row, holder_id=holder, day=day, seen=seen, wrapped=wrapped, nonce=sealed.nonce,
        sealed=sealed.sealed,
    )  # fmt: skip


def _header(organisation: UUID, row: UUID, day: int) -> Header:
    """The place of a copy: its own id stands for case and compartment, so it fits nowhere else."""
    return Header(organisation, row, 0, row, 0, day, HEAD0)


def talk(member: Member) -> tuple[Said, ...]:
    """The newest of what was said, to and by this member; looking at it makes it old."""
    lines = {line.id: line for line in member.reads}
    rows = list(Conferred.objects.filter(holder__in=lines).order_by("-day", "id")[:SHOWN])
    opened = [(row, said) for row in rows if (said := _opened(member, lines, row))]
    names = names_of({said["other"] for _, said in opened})
    Conferred.objects.filter(id__in=[row.id for row in rows], seen=False).update(seen=True)
    found = [
        Said(
            row.id, said["mine"], names.get(said["other"], "?"),
            lines[row.holder_id].organisation_name, said["at"], said["text"], not row.seen,
            said["sure"],
        )
        for row, said in opened
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda it: it.at, reverse=True))


def _opened(
    member: Member, lines: dict[UUID, MembershipLine], row: Conferred
) -> dict[str, Any] | None:
    line = lines[row.holder_id]
    header = _header(line.organisation, row.id, row.day)
    try:
        key = unwrap_key(
            bytes(row.wrapped), box_priv=member.pair(line.id).box, organisation=line.organisation,
            case=row.id, compartment=row.id, epoch=0, holder=line.id,
        )  # fmt: skip
        opened = open_entry(header, key=key, nonce=bytes(row.nonce), sealed=bytes(row.sealed))
        said = json.loads(opened.body)
        by, to, at = UUID(said["by"]), UUID(said["to"]), datetime.fromisoformat(said["at"])
        if said["kind"] != KIND or by != opened.signer or line.id not in (by, to):
            return None
    except (VaultError, ValueError, KeyError, TypeError):
        return None  # not what was sealed for this place
    sure = False
    for known in signers_keys(membership_of(line.id).organisation).get(by, ()):
        try:
            check_entry(header, opened, known.sign)
        except VaultError:
            continue
        sure = True
    mine = by == line.id
    return {
        "mine": mine, "other": to if mine else by, "at": at.astimezone(HOME), "sure": sure,
        "text": said["text"] if sure else "",
    }  # fmt: skip


def something_new(memberships: Sequence[UUID]) -> bool:
    """Whether a colleague said something that was not looked at yet."""
    return Conferred.objects.filter(holder__in=memberships, seen=False).exists()


def forget(member: Member, message: UUID) -> None:
    """Erase one's own copy; the colleague keeps theirs. Raises `NotYours`."""
    gone, _ = Conferred.objects.filter(
        id=message, holder__in=[line.id for line in member.reads]
    ).delete()
    if not gone:
        raise NotYours
