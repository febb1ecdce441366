"""Opening a case: unwrap, check the chain, check every signature, compare the lists with the keys.

What is stored may have been changed by somebody who can write in the database. So nothing is
believed before it is checked, and whatever does not fit makes the case read-only.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from klankbord.cases.hands import Hand, PublicHand
from klankbord.cases.models import (
    FILE,
    IDENTITY,
    Bookmark,
    Case,
    Compartment,
    Entry,
    KeyHolder,
)
from klankbord.kit.vault.bookmarks import open_bookmark
from klankbord.kit.vault.entries import (
    HEAD0,
    Header,
    Opened,
    check_entry,
    entry_hash,
    open_entry,
)
from klankbord.kit.vault.errors import VaultError
from klankbord.kit.vault.pairs import fingerprint
from klankbord.kit.vault.wraps import commitment, unwrap_key
from klankbord.organisations.queries import signers_keys
from klankbord.rules.entries import Entry as Event
from klankbord.rules.entries import (
    EntryNotUnderstood,
    Happened,
    KeysArranged,
    ReporterJoined,
    ReporterKeys,
    ReporterRenewed,
    Unchecked,
    read_entry,
)
from klankbord.rules.seats import OuterSeat, seats_in


class Trouble(StrEnum):
    """What does not fit. The page says it in words, the journal keeps the word."""

    CHAIN = "chain"
    SIGNATURE = "signature"
    BOOKMARK = "bookmark"
    LISTS = "lists"


@dataclass(slots=True)
class OpenCompartment:
    """A compartment of which the reader holds keys, with its newest signed list."""

    row: Compartment
    keys: dict[int, bytes] = field(repr=False)
    listed: KeysArranged | None = None


@dataclass(slots=True)
class OpenCase:
    """A case as one holder can read it."""

    row: Case
    hand: Hand
    compartments: dict[str, OpenCompartment]
    happened: tuple[Happened, ...] = field(repr=False)
    trouble: frozenset[Trouble]
    seen: int  # entries that were there when the holder last looked
    holders: Mapping[UUID, frozenset[UUID]]  # by compartment: the rows, not the lists

    @property
    def file(self) -> OpenCompartment:
        """The compartment that every reader holds."""
        return self.compartments[FILE]

    @property
    def seats(self) -> Mapping[UUID, OuterSeat]:
        """Everybody from outside who ever had a place in the case: the reporter, by their keys."""
        return seats_in(self.happened)

    def listed(self, name: str = FILE) -> tuple[UUID, ...]:
        """Who can read a compartment, according to its newest signed list."""
        newest = newest_list_of(self.happened, name)
        return tuple(holder.id for holder in newest.holders) if newest else ()


def newest_list_of(happened: Iterable[Happened], name: str) -> KeysArranged | None:
    """The newest signed list of a compartment, from itself or from the copy in the file."""
    newest: KeysArranged | None = None
    for it in happened:
        if isinstance(it.entry, KeysArranged) and it.entry.of == name:
            newest = it.entry
    return newest


def open_case(row: Case, hand: Hand) -> OpenCase | None:
    """Open what this holder can open; None when there is no wrap for them in the file."""
    rows = list(row.compartments.all())
    wraps = list(KeyHolder.objects.filter(compartment__case=row))
    compartments = _unwrapped(row, rows, wraps, hand)
    if FILE not in compartments:
        return None
    entries = list(row.entries.order_by("seq"))
    happened, trouble = _read(row, rows, compartments, entries)
    for name, compartment in compartments.items():
        own = [it for it in happened if it.compartment == name]
        compartment.listed = newest_list_of(own, name)
    holders = {
        it.id: frozenset(wrap.holder for wrap in wraps if wrap.compartment_id == it.id)
        for it in rows
    }
    opened = OpenCase(row, hand, compartments, happened, frozenset(), 0, holders)
    trouble |= _list_trouble(opened, rows, wraps)
    opened.seen, late = _bookmark(row, entries, hand)
    opened.trouble = frozenset(trouble | late)
    return opened


def _unwrapped(
    row: Case, rows: Sequence[Compartment], wraps: Sequence[KeyHolder], hand: Hand
) -> dict[str, OpenCompartment]:
    names = {it.id: it for it in rows}
    opened: dict[str, OpenCompartment] = {}
    for wrap in wraps:
        if wrap.holder != hand.id:
            continue
        try:
            key = unwrap_key(
                bytes(wrap.wrapped),
                box_priv=hand.pair.box,
                organisation=row.organisation_id,
                case=row.id,
                compartment=wrap.compartment_id,
                epoch=wrap.epoch,
                holder=hand.id,
            )
        except VaultError:
            continue  # a wrap that is not ours opens nothing; the lists will miss one
        compartment = names[wrap.compartment_id]
        opened.setdefault(compartment.name, OpenCompartment(compartment, {})).keys[wrap.epoch] = key
    return opened


def _read(
    row: Case,
    rows: Sequence[Compartment],
    compartments: Mapping[str, OpenCompartment],
    entries: Sequence[Entry],
) -> tuple[tuple[Happened, ...], set[Trouble]]:
    names = {it.id: it.name for it in rows}
    reader = _Reader(row)
    trouble: set[Trouble] = set()
    head = HEAD0
    for place, entry in enumerate(entries):
        header = Header(
            row.organisation_id, row.id, entry.seq, entry.compartment_id, entry.epoch, entry.day,
            bytes(entry.prev),
        )  # fmt: skip
        nonce, sealed = bytes(entry.nonce), bytes(entry.sealed)
        if (
            entry.seq != place
            or bytes(entry.prev) != head
            or entry_hash(header, nonce, sealed) != bytes(entry.hash)
        ):
            trouble.add(Trouble.CHAIN)
        head = bytes(entry.hash)
        opened = compartments.get(names[entry.compartment_id])
        key = opened.keys.get(entry.epoch) if opened else None
        if key is not None and not reader.take(
            names[entry.compartment_id], header, key, nonce, sealed
        ):
            trouble.add(Trouble.SIGNATURE)
    if len(entries) != row.count or head != bytes(row.head):
        trouble.add(Trouble.CHAIN)
    return tuple(reader.happened), trouble


class _Reader:
    """Reads entries one after another, knowing who was allowed to write each."""

    def __init__(self, row: Case) -> None:
        self.row = row
        self.members: dict[UUID, tuple[bytes, ...]] | None = None
        self.seats: dict[UUID, bytes] = {}
        self.lists: dict[str, frozenset[UUID]] = {}
        self.happened: list[Happened] = []

    def take(
        self, compartment: str, header: Header, key: bytes, nonce: bytes, sealed: bytes
    ) -> bool:
        """Open one entry. False when it is not what a holder signed for this place.

        What opens but cannot be checked is not shown, but it is said that it is there.
        """
        try:
            opened = open_entry(header, key=key, nonce=nonce, sealed=sealed)
            entry, at = read_entry(opened.body)
        except (VaultError, EntryNotUnderstood):
            return False
        if isinstance(entry, KeysArranged) and entry.reporter and header.seq == 0:
            self._seat(entry.reporter)
        if not self._in_place(compartment, opened.signer, entry):
            return False
        sure = self._signed(header, opened)
        if sure and isinstance(entry, ReporterJoined | ReporterRenewed):
            self._seat(entry.keys)
        if sure and isinstance(entry, KeysArranged) and entry.of == compartment:
            self.lists[compartment] = frozenset(holder.id for holder in entry.holders)
        shown = entry if sure else Unchecked()
        self.happened.append(
            Happened(header.seq, compartment, header.epoch, at, opened.signer, shown)
        )
        return sure

    def _in_place(self, compartment: str, signer: UUID, entry: Event) -> bool:
        """Whether the signer was on the list, and a list stands where it belongs."""
        if isinstance(entry, KeysArranged) and (compartment, entry.of) not in {
            (compartment, compartment),
            (FILE, IDENTITY),
        }:
            return False
        if isinstance(entry, ReporterJoined | ReporterRenewed) and not self._may_seat(
            compartment, signer, entry
        ):
            return False
        allowed = self.lists.get(compartment)
        return allowed is None or signer in allowed

    def _may_seat(
        self, compartment: str, signer: UUID, entry: ReporterJoined | ReporterRenewed
    ) -> bool:
        """A member gives a place, whoever has it renews it, and nobody takes another's name."""
        taken = entry.keys.id in self.seats or entry.keys.id in self._members()
        renews = isinstance(entry, ReporterRenewed)
        return compartment == FILE and not taken and renews == (signer in self.seats)

    def _seat(self, keys: ReporterKeys) -> None:
        self.seats[keys.id] = bytes.fromhex(keys.sign)

    def _signed(self, header: Header, opened: Opened) -> bool:
        for key in self._keys_of(opened.signer):
            try:
                check_entry(header, opened, key)
            except VaultError:
                continue
            return True
        return False

    def _keys_of(self, signer: UUID) -> tuple[bytes, ...]:
        if signer in self.seats:
            return (self.seats[signer],)
        return self._members().get(signer, ())

    def _members(self) -> Mapping[UUID, tuple[bytes, ...]]:
        if self.members is None:
            self.members = {
                member: tuple(it.sign for it in keys)
                for member, keys in signers_keys(self.row.organisation).items()
            }
        return self.members


def _list_trouble(
    opened: OpenCase, rows: Sequence[Compartment], wraps: Sequence[KeyHolder]
) -> set[Trouble]:
    """The list on the page and the keys in the database must be the same list."""
    for compartment in rows:
        mine = opened.compartments.get(compartment.name)
        listed = (mine and mine.listed) or newest_list_of(opened.happened, compartment.name)
        if listed is None:
            if mine:
                return {Trouble.LISTS}
            continue  # somebody's own notes: their list is sealed to them
        held = [wrap for wrap in wraps if wrap.compartment_id == compartment.id]
        names = {holder.id for holder in listed.holders}
        if opened.row.rekey_due:  # the keys of whoever left went at once; the list follows
            names &= {wrap.holder for wrap in held}
        newest = {wrap.holder for wrap in held if wrap.epoch == listed.epoch}
        if (
            {wrap.holder for wrap in held} != names
            or newest != names
            or compartment.epoch != listed.epoch
            or any(wrap.epoch > listed.epoch for wrap in held)
        ):
            return {Trouble.LISTS}
        if mine and commitment_of(mine, listed.epoch) != listed.commit:
            return {Trouble.LISTS}
    return set()


def commitment_of(compartment: OpenCompartment, epoch: int) -> str:
    """What names the key that a holder has for an epoch (hex); empty without one."""
    key = compartment.keys.get(epoch)
    return commitment(key).hex() if key else ""


def _bookmark(row: Case, entries: Sequence[Entry], hand: Hand) -> tuple[int, set[Trouble]]:
    """How many entries the holder saw before, and whether these are still there."""
    kept = Bookmark.objects.filter(case=row, holder=hand.id).first()
    if kept is None:
        return 0, set()
    try:
        seq, head = open_bookmark(
            bytes(kept.sealed),
            box_priv=hand.pair.box,
            organisation=row.organisation_id,
            case=row.id,
            holder=hand.id,
        )
    except VaultError:
        return 0, {Trouble.BOOKMARK}
    if seq >= len(entries) or bytes(entries[seq].hash) != head:
        return 0, {Trouble.BOOKMARK}
    return seq + 1, set()


def outer_hand(keys: ReporterKeys) -> PublicHand:
    """A reporter's keys, as somebody to whom a key may be sealed."""
    box, sign = bytes.fromhex(keys.box), bytes.fromhex(keys.sign)
    return PublicHand(keys.id, box, fingerprint(box, sign))
