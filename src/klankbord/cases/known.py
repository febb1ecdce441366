"""Keys that may stay on a list of a case, or come on it again."""

from collections.abc import Iterable
from uuid import UUID

from klankbord.cases.hands import PublicHand
from klankbord.cases.opening import OpenCase, outer_hand
from klankbord.organisations.queries import signers_keys
from klankbord.rules.entries import ListedHolder


def known_hands(opened: OpenCase) -> dict[tuple[UUID, str], PublicHand]:
    """Every key that may stay on a list, by holder and fingerprint: certified once is enough."""
    hands = [
        PublicHand(keys.holder, keys.box, keys.fingerprint)
        for members in signers_keys(opened.row.organisation).values()
        for keys in members
    ]
    hands += [outer_hand(seat.keys) for seat in opened.seats.values()]
    return {(hand.id, hand.fingerprint.hex()): hand for hand in hands}


def departed(
    opened: OpenCase, compartment: UUID, listed: Iterable[ListedHolder]
) -> frozenset[UUID]:
    """Who stands on a list and holds no key any more, because their account was closed."""
    if not opened.row.rekey_due:
        return frozenset()
    return frozenset(it.id for it in listed) - opened.holders[compartment]


def without_key(opened: OpenCase, listed: Iterable[ListedHolder]) -> frozenset[UUID]:
    """Who stands on a list of the file and left since. Where a case does not fit: nobody."""
    if opened.trouble:
        return frozenset()
    return frozenset(it.id for it in listed) - opened.holders[opened.file.row.id]
