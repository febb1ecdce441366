"""Giving and ending access: the same rules whether a reader or the reporter does it."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from klankbord.agenda.queries import Card, cards, colleagues
from klankbord.cases.errors import (
    AlreadyReads,
    Excluded,
    ExclusionOpen,
    LastReader,
    NotCertified,
    TroubleInCase,
)
from klankbord.cases.hands import PublicHand
from klankbord.cases.models import FILE, IDENTITY, Bookmark
from klankbord.cases.opening import OpenCase, fingerprint_of
from klankbord.cases.services import public_hand, seat_reader, unseat_readers
from klankbord.cases.writing import OpenPen
from klankbord.handling.pages import excluded_from
from klankbord.kit.clock import HOME
from klankbord.organisations.queries import readers_keys
from klankbord.rules.readers import exclusion_open


def candidates(opened: OpenCase, *, at: datetime, language: str) -> tuple[Card, ...]:
    """Who could get access now: certified readers who are not excluded and do not read yet."""
    on, organisation = at.astimezone(HOME).date(), opened.row.organisation
    barred = excluded_from(opened, colleagues(organisation, on, language))
    reading = set(opened.listed(FILE))
    return tuple(
        card
        for card in cards(organisation, on, language)
        if card.reads and card.membership not in barred | reading
    )


def admit(
    pen: OpenPen, membership: UUID, *, identity: bool, why: str, due_day: int | None, at: datetime
) -> None:
    """Give somebody the keys of the file, and of the identity if asked.

    Raises `ExclusionOpen`, `AlreadyReads`, `Excluded`, `NotCertified`.
    """
    opened = pen.opened
    if exclusion_open(opened.happened):
        raise ExclusionOpen
    if membership in opened.listed(FILE):
        raise AlreadyReads
    everybody = colleagues(opened.row.organisation, at.astimezone(HOME).date(), "nl")
    if membership in excluded_from(opened, everybody):
        raise Excluded
    if not any(card.membership == membership and card.reads for card in everybody):
        raise NotCertified
    holder = public_hand(readers_keys(opened.row.organisation)[membership])
    pen.add_holder(FILE, holder, why=why)
    if identity and IDENTITY in opened.compartments:
        pen.add_holder(IDENTITY, holder, why=why)
    seat_reader(opened.row, membership, day=pen.pen.day, due_day=due_day)


def dismiss(pen: OpenPen, memberships: Sequence[UUID], *, why: str) -> None:
    """End the access of these people: a new key for everybody else, from here on.

    The reporter always stays. Raises `LastReader` when no member would be left, `TroubleInCase`
    when a remaining holder's key is not the one that was listed.
    """
    opened = pen.opened
    reporter = opened.reporter.id if opened.reporter else None
    leaving = {it for it in memberships if it != reporter}
    now = opened.file.listed
    if now and all(holder.id in {*leaving, reporter} for holder in now.holders):
        raise LastReader
    # The identity's list is copied in the file, under its new key; who leaves cannot sign there.
    for name in (IDENTITY, FILE) if opened.hand.id in leaving else (FILE, IDENTITY):
        place = opened.compartments.get(name)
        if place is None or place.listed is None:
            continue
        staying = [holder for holder in place.listed.holders if holder.id not in leaving]
        if len(staying) == len(place.listed.holders):
            continue
        known = _public_hands(opened)
        hands = [known.get(holder.id) for holder in staying]
        if any(
            hand is None or hand.fingerprint.hex() != holder.fingerprint
            for hand, holder in zip(hands, staying, strict=True)
        ):
            raise TroubleInCase
        pen.new_epoch(name, [hand for hand in hands if hand], why=why)
    unseat_readers(opened.row, leaving)
    Bookmark.objects.filter(case=opened.row, holder__in=leaving).delete()


def _public_hands(opened: OpenCase) -> dict[UUID, PublicHand]:
    hands = {
        keys.holder: public_hand(keys) for keys in readers_keys(opened.row.organisation).values()
    }
    if opened.reporter:
        hands[opened.reporter.id] = PublicHand(
            opened.reporter.id, bytes.fromhex(opened.reporter.box), fingerprint_of(opened.reporter)
        )
    return hands
