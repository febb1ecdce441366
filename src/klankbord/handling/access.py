"""Giving and ending access: the same rules whether a reader or the reporter does it."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from klankbord.agenda.queries import Card, colleagues
from klankbord.cases.errors import (
    AlreadyReads,
    Excluded,
    ExclusionOpen,
    IdentityNeeded,
    LastReader,
    NotCertified,
)
from klankbord.cases.hands import PublicHand
from klankbord.cases.known import known_hands
from klankbord.cases.models import FILE, IDENTITY, Bookmark
from klankbord.cases.opening import OpenCase
from klankbord.cases.services import public_hand, seat_reader, unseat_readers
from klankbord.cases.workrooms import leave_rooms, rooms
from klankbord.cases.writing import OpenPen
from klankbord.handling.pages import excluded_from
from klankbord.kit.clock import HOME
from klankbord.organisations.queries import readers_keys
from klankbord.rules.readers import exclusion_open


def candidates(opened: OpenCase, *, at: datetime, language: str) -> tuple[Card, ...]:
    """Who could get access now: certified readers who are not excluded and do not read it all yet.

    Only a reader who holds the identity can give it, also to somebody who has the file already.
    """
    on, organisation = at.astimezone(HOME).date(), opened.row.organisation
    everybody = colleagues(organisation, on, language)
    barred = excluded_from(opened, everybody)
    reading = set(opened.listed(FILE))
    if IDENTITY in opened.compartments:
        reading &= set(opened.listed(IDENTITY))
    reading -= with_new_keys(opened)
    # A reporter chooses among those who listen; a reader may also bring in who must act.
    return tuple(
        card
        for card in everybody
        if card.reads
        and (card.listens or not is_reporter(opened))
        and card.membership not in barred | reading
    )


def admit(
    pen: OpenPen, membership: UUID, *, identity: bool, why: str, due_day: int | None, at: datetime
) -> None:
    """Give somebody the keys of the file, and of the identity if asked.

    Whoever reads the file already can be given the identity later. The reporter knows whom they
    meant by a name that nobody settled yet. Raises `ExclusionOpen`, `AlreadyReads`, `Excluded`,
    `NotCertified`.
    """
    opened = pen.opened
    if exclusion_open(opened.happened) and not is_reporter(opened):
        raise ExclusionOpen
    identity = identity and IDENTITY in opened.compartments
    renewed = membership in with_new_keys(opened)
    reads = membership in opened.listed(FILE) and not renewed
    if reads and (not identity or membership in opened.listed(IDENTITY)):
        raise AlreadyReads
    everybody = colleagues(opened.row.organisation, at.astimezone(HOME).date(), "nl")
    if membership in excluded_from(opened, everybody):
        raise Excluded
    if not any(card.membership == membership and card.reads for card in everybody):
        raise NotCertified
    holder = public_hand(readers_keys(opened.row.organisation)[membership])
    if renewed:
        give_again(pen, holder, identity=identity, why=why)
        return
    if not reads:
        pen.add_holder(FILE, holder, why=why)
        seat_reader(opened.row, membership, day=pen.pen.day, due_day=due_day)
        for room in rooms(opened):
            pen.add_holder(room, holder, why=why)
    if identity:
        pen.add_holder(IDENTITY, holder, why=why)


def with_new_keys(opened: OpenCase) -> frozenset[UUID]:
    """Who is on the list with keys that are lost, and has others that were vouched for since."""
    listed = opened.file.listed
    keys = readers_keys(opened.row.organisation)
    return frozenset(
        it.id
        for it in (listed.holders if listed else ())
        if it.id in keys and keys[it.id].fingerprint.hex() != it.fingerprint
    )


def give_again(pen: OpenPen, holder: PublicHand, *, identity: bool, why: str) -> None:
    """Open a case for the new keys of somebody who read it; the old wraps go.

    The identity only if it is asked; else the lost keys leave that list.
    """
    pen.give_again(FILE, holder, why=why)
    for room in rooms(pen.opened):
        pen.give_again(room, holder, why=why)
    place = pen.opened.compartments.get(IDENTITY)
    if place is None or holder.id not in pen.opened.listed(IDENTITY):
        if identity:
            pen.add_holder(IDENTITY, holder, why=why)
        return
    if identity:
        pen.give_again(IDENTITY, holder, why=why)
    elif place.listed:
        known = known_hands(pen.opened)
        staying = [it for it in place.listed.holders if it.id != holder.id]
        pen.new_epoch(IDENTITY, [known[it.id, it.fingerprint] for it in staying], why=why)


def is_reporter(opened: OpenCase) -> bool:
    """Whether the reporter is the one who opened the case."""
    return opened.hand.id in opened.seats


def dismiss(pen: OpenPen, memberships: Sequence[UUID], *, why: str) -> None:
    """End the access of these people: a new key for everybody else, from here on.

    Whoever sends people away leaves the reporter out of them; only a start code that was replaced
    or withdrawn goes this way. A holder whose key nobody vouches for goes as well: nothing new is
    sealed to it. Raises `LastReader` when no member would be left, `IdentityNeeded`.
    """
    opened = pen.opened
    known = known_hands(opened)
    now = opened.file.listed
    holders = now.holders if now else ()
    strangers = [it.id for it in holders if (it.id, it.fingerprint) not in known]
    leaving = {*memberships, *strangers}
    if all(holder.id in {*leaving, *opened.seats} for holder in holders):
        raise LastReader
    # Whoever does not hold the identity cannot start its new epoch: the wrap would stay behind.
    if IDENTITY not in opened.compartments and leaving & set(opened.listed(IDENTITY)):
        raise IdentityNeeded
    # The identity's list is copied in the file, under its new key; who leaves cannot sign there.
    for name in (IDENTITY, FILE) if opened.hand.id in leaving else (FILE, IDENTITY):
        place = opened.compartments.get(name)
        if place is None or place.listed is None:
            continue
        staying = [holder for holder in place.listed.holders if holder.id not in leaving]
        if len(staying) == len(place.listed.holders):
            continue
        pen.new_epoch(name, [known[it.id, it.fingerprint] for it in staying], why=why)
    leave_rooms(pen, leaving, known, why=why)
    unseat_readers(opened.row, leaving)
    Bookmark.objects.filter(case=opened.row, holder__in=leaving).delete()
