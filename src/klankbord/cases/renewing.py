"""New keys of somebody who still holds the old ones: every wrap again, under a key of its own.

The old keys may be known to somebody else. So each part of the case that they open gets a new epoch
as well: what is written from here on opens under a key that was never wrapped for them.
"""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction

from klankbord.cases.hands import Hand, PublicHand
from klankbord.cases.known import known_hands
from klankbord.cases.models import FILE, Bookmark, Case, KeyHolder
from klankbord.cases.services import unseat_readers
from klankbord.cases.writing import OpenPen, keep_bookmark, writing
from klankbord.kit.vault.errors import VaultError
from klankbord.kit.vault.pairs import fingerprint
from klankbord.kit.vault.wraps import unwrap_key

WHY = "new_keys"


def opened_by(hand: Hand, *, but: Collection[UUID] = ()) -> list[UUID]:
    """The cases of which some wrap opens with these keys, those that began first in front."""
    wraps = (
        KeyHolder.objects.filter(holder=hand.id)
        .exclude(compartment__case__in=but)
        .select_related("compartment__case")
        .order_by("compartment__case__opened_day", "compartment__case_id")
    )
    return list(dict.fromkeys(it.compartment.case_id for it in wraps if _opens(hand, it)))


def _opens(hand: Hand, wrap: KeyHolder) -> bool:
    place = wrap.compartment
    try:
        unwrap_key(
            bytes(wrap.wrapped), box_priv=hand.pair.box, organisation=place.case.organisation_id,
            case=place.case_id, compartment=place.id, epoch=wrap.epoch, holder=hand.id,
        )  # fmt: skip
    except VaultError:
        return False
    return True


@transaction.atomic
def renew_wraps(case: UUID, old: Hand, new: Hand, *, at: datetime) -> None:
    """Put the new keys of a holder in the place of the old ones, signed with the old ones.

    All of a case or nothing. Raises `NotYours`, `TroubleInCase`.
    """
    holder = PublicHand(new.id, new.pair.box_pub, fingerprint(new.pair.box_pub, new.pair.sign_pub))
    with writing(case, old, at=at) as pen:
        # The identity's list is copied in the file: under the new key of the file already.
        rest = [name for name in pen.opened.compartments if name != FILE]
        for name in (FILE, *rest):
            _renew(pen, name, holder)
        pen.news = False  # nobody has anything to read
    keep_bookmark(Case.objects.get(id=case), new, pen.pen.seq - 1, pen.pen.head)


def _renew(pen: OpenPen, name: str, holder: PublicHand) -> None:
    place, known = pen.opened.compartments[name], known_hands(pen.opened)
    listed = place.listed.holders if place.listed else ()
    staying = [
        known[it.id, it.fingerprint]
        for it in listed
        if it.id != holder.id and (it.id, it.fingerprint) in known
    ]
    strangers = {it.id for it in listed} - {it.id for it in staying} - {holder.id}
    pen.wrap_again(name, holder)
    pen.new_epoch(name, [*staying, holder], why=WHY)
    if name == FILE and strangers:
        unseat_readers(pen.opened.row, strangers)
        Bookmark.objects.filter(case=pen.opened.row, holder__in=strangers).delete()
