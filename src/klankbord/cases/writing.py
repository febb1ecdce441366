"""Writing in a case: everything under one lock, read first, signed, sealed and chained.

The case is opened again inside the transaction that writes, so two who write at once each see what
the other did, and a key list that was changed by hand is noticed before anything is sealed by it.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from klankbord.cases.errors import NotYours, TextTooLong, TroubleInCase
from klankbord.cases.hands import Hand, PublicHand
from klankbord.cases.known import departed, known_hands
from klankbord.cases.models import (
    FILE,
    IDENTITY,
    WORK,
    Bookmark,
    Case,
    Compartment,
    Entry,
    InboxRow,
    KeyHolder,
)
from klankbord.cases.opening import OpenCase, OpenCompartment, newest_list_of, open_case
from klankbord.cases.tallies import counted
from klankbord.kit.clock import HOME, day_number
from klankbord.kit.vault.bookmarks import seal_bookmark
from klankbord.kit.vault.entries import Header, seal_entry
from klankbord.kit.vault.errors import TooLong
from klankbord.kit.vault.pairs import fingerprint
from klankbord.kit.vault.secret import new_key
from klankbord.kit.vault.wraps import commitment, wrap_key
from klankbord.rules.entries import (
    OWN_NOTES,
    CaseRead,
    Happened,
    KeysArranged,
    ListedHolder,
    ReporterKeys,
    write_entry,
)
from klankbord.rules.entries import Entry as Event

LEFT = "left"  # why a list was made anew


def day_in_house(at: datetime) -> int:
    """The number of the calendar day on which something happens here."""
    return day_number(at.astimezone(HOME).date())


class Pen:
    """Appends entries to one case, as one holder, inside a transaction that holds its lock."""

    def __init__(self, row: Case, hand: Hand, *, at: datetime) -> None:
        self.row, self.hand, self.at = row, hand, at
        self.day = day_in_house(at)
        self.seq, self.head = row.count, bytes(row.head)
        self.rows: list[Entry] = []

    def write(self, compartment: Compartment, epoch: int, key: bytes, event: Event) -> None:
        """Sign, seal and chain one entry. Raises `TextTooLong`."""
        header = Header(
            self.row.organisation_id, self.row.id, self.seq, compartment.id, epoch, self.day,
            self.head,
        )  # fmt: skip
        try:
            sealed = seal_entry(
                header,
                key=key,
                signer=self.hand.id,
                seed=self.hand.pair.sign,
                body=write_entry(event, at=self.at),
            )
        except TooLong:
            raise TextTooLong from None
        self.rows.append(
            Entry(
                case=self.row,
                seq=self.seq,
                compartment=compartment,
                epoch=epoch,
                day=self.day,
                nonce=sealed.nonce,
                sealed=sealed.sealed,
                prev=self.head,
                hash=sealed.hash,
            )
        )
        self.seq, self.head = self.seq + 1, sealed.hash

    def finish(self) -> None:
        """Store what was written and move the head of the case."""
        self.row.count, self.row.head = self.seq, self.head
        if self.row._state.adding:  # a case that begins is stored once, with its head
            self.row.save(force_insert=True)
        else:
            self.row.save(update_fields=["count", "head"])
        Entry.objects.bulk_create(self.rows)
        self.rows = []

    def bookmark(self) -> None:
        """Remember, for the writer alone, how far the case goes now."""
        keep_bookmark(self.row, self.hand, self.seq - 1, self.head)


class OpenPen:
    """A pen in an opened case: knows the keys and the lists of each compartment."""

    def __init__(self, opened: OpenCase, *, at: datetime) -> None:
        self.opened = opened
        self.pen = Pen(opened.row, opened.hand, at=at)
        self.written: list[Happened] = []
        self.news = False

    @property
    def happened(self) -> tuple[Happened, ...]:
        """What happened in the case, with what was written just now."""
        return (*self.opened.happened, *self.written)

    def write(self, event: Event, compartment: str = FILE) -> None:
        """Append to a compartment, under its newest listed epoch. Raises `TroubleInCase`."""
        place = self.opened.compartments[compartment]
        if place.listed is None or place.listed.epoch not in place.keys:
            raise TroubleInCase
        self.news |= not isinstance(event, (CaseRead, *OWN_NOTES))
        seq, epoch = self.pen.seq, place.listed.epoch
        self.pen.write(place.row, epoch, place.keys[epoch], event)
        by = self.opened.hand.id
        self.written.append(Happened(seq, compartment, epoch, self.pen.at, by, event))

    def add_holder(self, compartment: str, holder: PublicHand, *, why: str) -> None:
        """Give somebody the keys of a compartment, of all the epochs the writer holds."""
        place = self.opened.compartments[compartment]
        if place.listed is None:
            raise TroubleInCase
        KeyHolder.objects.bulk_create(
            _wrap(self.opened.row, place.row, epoch, key, holder)
            for epoch, key in sorted(place.keys.items())
        )
        listed = (*place.listed.holders, ListedHolder(holder.id, holder.fingerprint.hex()))
        self._arrange(place, place.listed.epoch, listed, why)

    def new_epoch(self, compartment: str, remaining: Sequence[PublicHand], *, why: str) -> None:
        """End the access of everybody who is not among `remaining`: a new key from here on."""
        place = self.opened.compartments[compartment]
        if place.listed is None:
            raise TroubleInCase
        epoch, key = place.listed.epoch + 1, new_key()
        keep = [holder.id for holder in remaining]
        KeyHolder.objects.filter(compartment=place.row).exclude(holder__in=keep).delete()
        KeyHolder.objects.bulk_create(
            _wrap(self.opened.row, place.row, epoch, key, holder) for holder in remaining
        )
        place.keys[epoch] = key
        place.row.epoch = epoch
        place.row.save(update_fields=["epoch"])
        listed = tuple(ListedHolder(it.id, it.fingerprint.hex()) for it in remaining)
        self._arrange(place, epoch, listed, why)

    def wrap_again(self, compartment: str, holder: PublicHand) -> None:
        """All keys of before, for new keys of the writer, who still holds the old ones."""
        place = self.opened.compartments[compartment]
        KeyHolder.objects.filter(compartment=place.row, holder=holder.id).delete()
        KeyHolder.objects.bulk_create(
            _wrap(self.opened.row, place.row, epoch, key, holder)
            for epoch, key in sorted(place.keys.items())
        )

    def give_again(self, compartment: str, holder: PublicHand, *, why: str) -> None:
        """Put new keys of somebody in the place of the old ones, which were lost."""
        place = self.opened.compartments[compartment]
        if place.listed is None:
            raise TroubleInCase
        KeyHolder.objects.filter(compartment=place.row, holder=holder.id).delete()
        Bookmark.objects.filter(case=self.opened.row, holder=holder.id).delete()
        KeyHolder.objects.bulk_create(
            _wrap(self.opened.row, place.row, epoch, key, holder)
            for epoch, key in sorted(place.keys.items())
        )
        others = tuple(it for it in place.listed.holders if it.id != holder.id)
        listed = (*others, ListedHolder(holder.id, holder.fingerprint.hex()))
        self._arrange(place, place.listed.epoch, listed, why)

    def end_departed(self) -> None:
        """Whoever closed their account lost their keys at once; everybody else gets a new one."""
        known, still_due = known_hands(self.opened), False
        shared = Q(name__in=(FILE, IDENTITY)) | Q(name__startswith=WORK)
        for row in list(self.opened.row.compartments.filter(shared)):
            if row.name not in self.opened.compartments and row.name.startswith(WORK):
                # Its list is sealed too: one of those who hold it will do it, if any is left.
                still_due |= bool(self.opened.holders[row.id])
                continue
            newest = newest_list_of(self.opened.happened, row.name)
            if newest is None or not departed(self.opened, row.id, newest.holders):
                continue
            place = self.opened.compartments.get(row.name)
            if place is None:
                still_due = True  # somebody who holds the identity's key will do it
                continue
            staying = [it for it in newest.holders if it.id in self.opened.holders[row.id]]
            hands = [known[it.id, it.fingerprint] for it in staying]
            self.new_epoch(row.name, hands, why=LEFT)
        self.opened.row.rekey_due = still_due
        self.opened.row.save(update_fields=["rekey_due"])

    def own_compartment(self, name: str) -> str:
        """A compartment of the writer alone, such as their notes: its name.

        One that only lost keys open is left as it is, and another one begun.
        """
        for there in self.opened.compartments:
            if there == name or there.startswith(f"{name}:"):
                return there
        shut = Compartment.objects.filter(case=self.opened.row, name__startswith=name).count()
        name = f"{name}:{shut + 1}" if shut else name
        pair = self.opened.hand.pair
        mine = PublicHand(
            self.opened.hand.id, pair.box_pub, fingerprint(pair.box_pub, pair.sign_pub)
        )
        self.begin_compartment(name, [mine], why="own")
        return name

    def begin_compartment(self, name: str, holders: Sequence[PublicHand], *, why: str) -> None:
        """A new part of the case, with a key of its own for these people."""
        row = Compartment.objects.create(case=self.opened.row, name=name)
        key = new_key()
        KeyHolder.objects.bulk_create(_wrap(self.opened.row, row, 0, key, it) for it in holders)
        place = OpenCompartment(row, {0: key})
        self.opened.compartments[name] = place
        listed = tuple(ListedHolder(it.id, it.fingerprint.hex()) for it in holders)
        self._arrange(place, 0, listed, why)

    def _arrange(
        self, place: OpenCompartment, epoch: int, holders: tuple[ListedHolder, ...], why: str
    ) -> None:
        commit = commitment(place.keys[epoch]).hex()
        place.listed = KeysArranged(
            of=place.row.name, epoch=epoch, commit=commit, holders=holders, why=why
        )
        self.pen.write(place.row, epoch, place.keys[epoch], place.listed)
        if place.row.name == IDENTITY:  # who reads the file sees who reads the identity
            self.write(place.listed)

    def finish(self) -> None:
        """Store it all, and let the readers' lists know the day when there is news."""
        self.pen.finish()
        if self.news:
            InboxRow.objects.filter(case=self.opened.row).update(day=self.pen.day)
        self.pen.bookmark()


def _wrap(row: Case, compartment: Compartment, epoch: int, key: bytes, to: PublicHand) -> KeyHolder:
    return KeyHolder(
        compartment=compartment,
        epoch=epoch,
        holder=to.id,
        wrapped=wrap_key(
            key,
            to=to.box,
            organisation=row.organisation_id,
            case=row.id,
            compartment=compartment.id,
            epoch=epoch,
            holder=to.id,
        ),
    )


def reading(row: Case, hand: Hand) -> OpenCase | None:
    """Open a case to read it; None when there is no wrap for this holder.

    What does not fit is looked at once more under the lock: somebody may have been writing between
    the case and its entries, and that is no reason for an alarm.
    """
    opened = open_case(row, hand)
    if opened is None or not opened.trouble:
        return opened
    with transaction.atomic():
        return open_case(_locked(row.id), hand)


def _locked(case: UUID) -> Case:
    rows = Case.objects.select_for_update(of=("self",)).select_related("organisation")
    try:
        return rows.get(id=case)
    except Case.DoesNotExist:
        raise NotYours from None


@contextmanager
def writing(case: UUID, hand: Hand, *, at: datetime) -> Iterator[OpenPen]:
    """Lock a case, open it, give a pen, store what was written.

    Raises `NotYours` for whoever holds no key, `TroubleInCase` when what is stored does not fit.
    """
    with transaction.atomic():
        opened = open_case(_locked(case), hand)
        if opened is None:
            raise NotYours
        if opened.trouble:
            raise TroubleInCase
        pen = OpenPen(opened, at=at)
        if opened.row.rekey_due:
            pen.end_departed()
        with counted(case):
            yield pen
        if pen.pen.rows:
            pen.finish()


def keep_bookmark(row: Case, hand: Hand, seq: int, head: bytes) -> None:
    """Remember for a holder how far they have read."""
    sealed = seal_bookmark(
        to=hand.pair.box_pub, organisation=row.organisation_id, case=row.id, holder=hand.id,
        seq=seq, head=head,
    )  # fmt: skip
    Bookmark.objects.update_or_create(case=row, holder=hand.id, defaults={"sealed": sealed})


def arrange_first(
    pen: Pen,
    compartment: Compartment,
    *,
    holders: Sequence[PublicHand],
    why: str,
    reporter: ReporterKeys | None = None,
) -> tuple[bytes, KeysArranged, list[KeyHolder]]:
    """The key, the signed list and the wraps with which a compartment begins (epoch 0)."""
    key = new_key()
    listed = KeysArranged(
        of=compartment.name,
        epoch=0,
        commit=commitment(key).hex(),
        holders=tuple(ListedHolder(it.id, it.fingerprint.hex()) for it in holders),
        why=why,
        reporter=reporter,
    )
    pen.write(compartment, 0, key, listed)
    return key, listed, [_wrap(pen.row, compartment, 0, key, holder) for holder in holders]
