"""Places for people from outside: give one, renew it, and what of it stands in the tables."""

from uuid import UUID, uuid4

from klankbord.cases.hands import Hand, PublicHand
from klankbord.cases.models import FILE, IDENTITY, Reporter
from klankbord.cases.opening import outer_hand
from klankbord.cases.writing import OpenPen
from klankbord.kit.vault.codes import ReporterKeys as CodeKeys
from klankbord.kit.vault.pairs import KeyPair
from klankbord.organisations.models import Organisation
from klankbord.rules.entries import ReporterJoined, ReporterKeys, ReporterRenewed
from klankbord.rules.seats import Whose


def public_keys(hand: Hand) -> ReporterKeys:
    """The public side of somebody's keys, as an entry names it."""
    return ReporterKeys(hand.id, hand.pair.box_pub.hex(), hand.pair.sign_pub.hex())


def keep_lookup(organisation: Organisation, seat: UUID, lookup: bytes, pair: KeyPair) -> None:
    """From here on a code finds its place. The code itself is stored nowhere."""
    Reporter.objects.create(
        id=seat, organisation=organisation, lookup=lookup, box_pub=pair.box_pub,
        sign_pub=pair.sign_pub,
    )  # fmt: skip


def forget_lookups(seats: frozenset[UUID]) -> None:
    """These codes find nothing any more."""
    Reporter.objects.filter(id__in=seats).delete()


def give_place(pen: OpenPen, code: CodeKeys, *, whose: Whose) -> PublicHand:
    """Let in whoever will hold a start code.

    Who told it stands apart: the person it happened to is given that key by nobody but the
    reporter, so a place of theirs opens the file alone (P2).
    """
    hand = Hand(uuid4(), code.pair)
    pen.write(ReporterJoined(keys=public_keys(hand), whose=whose))
    names = (FILE, IDENTITY) if whose is Whose.REPORTER else (FILE,)
    _let_in(pen, hand, code, names, why="start_code")
    return outer_hand(public_keys(hand))


def renew_place(pen: OpenPen, code: CodeKeys) -> Hand:
    """Add the keys of a new code, signed by those of the start code; both open from here on."""
    hand = Hand(uuid4(), code.pair)
    pen.write(ReporterRenewed(keys=public_keys(hand)))
    _let_in(pen, hand, code, (FILE, IDENTITY), why="renewed")
    return hand


def _let_in(pen: OpenPen, hand: Hand, code: CodeKeys, names: tuple[str, ...], *, why: str) -> None:
    row = pen.opened.row
    keep_lookup(row.organisation, hand.id, code.lookup, code.pair)
    for name in names:
        if name in pen.opened.compartments:
            pen.add_holder(name, outer_hand(public_keys(hand)), why=why)
