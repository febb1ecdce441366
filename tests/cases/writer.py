"""Somebody who can write in the database: what they know and what they do to a case."""

from collections.abc import Callable
from uuid import UUID

from klankbord.cases.hands import Hand
from klankbord.cases.models import FILE, Case, Compartment, Entry, KeyHolder
from klankbord.cases.opening import OpenCase, open_case
from klankbord.cases.writing import Pen
from klankbord.kit.vault.aead import encrypt
from klankbord.kit.vault.entries import Header, entry_hash, open_entry
from klankbord.kit.vault.padding import pad
from klankbord.kit.vault.wraps import wrap_key
from klankbord.rules.entries import Entry as Event
from tests.given import NOON, Person, Told


def hand_of(person: Person) -> Hand:
    """The keys of a member, in hand."""
    return Hand(person.membership, person.joined.pair)


def opened_by(told: Told, hand: Hand) -> OpenCase:
    """The case as this holder finds it."""
    row = Case.objects.select_related("organisation").get(id=told.case.id)
    opened = open_case(row, hand)
    assert opened is not None
    return opened


def compartment(told: Told, name: str = FILE) -> Compartment:
    return Compartment.objects.get(case=told.case, name=name)


def file_key(told: Told, epoch: int = 0) -> bytes:
    """The key of an epoch of the file, in the hands of somebody who should not have it."""
    return opened_by(told, told.seat.hand).file.keys[epoch]


def wrap(told: Told, holder: UUID, box: bytes, *, key: bytes, epoch: int, name: str) -> KeyHolder:
    """A key that somebody seals to a holder. Anybody can: public keys are public."""
    place = compartment(told, name)
    return KeyHolder(
        compartment=place, epoch=epoch, holder=holder,
        wrapped=wrap_key(
            key, to=box, organisation=told.case.organisation_id, case=told.case.id,
            compartment=place.id, epoch=epoch, holder=holder,
        ),
    )  # fmt: skip


def append(told: Told, hand: Hand, event: Event, *, key: bytes, epoch: int = 0) -> None:
    """Write an entry by hand: signed by `hand`, sealed under a key that was stolen, chained."""
    pen = Pen(Case.objects.get(id=told.case.id), hand, at=NOON)
    pen.write(compartment(told), epoch, key, event)
    pen.finish()


def header_of(told: Told, entry: Entry, *, prev: bytes | None = None) -> Header:
    return Header(
        told.case.organisation_id, told.case.id, entry.seq, entry.compartment_id, entry.epoch,
        entry.day, bytes(entry.prev) if prev is None else prev,
    )  # fmt: skip


def cut(told: Told, last: int) -> None:
    """Delete the last entries and make count and head fit what is left."""
    Entry.objects.filter(case=told.case, seq__gte=told.case.count - last).delete()
    left = Entry.objects.filter(case=told.case).order_by("-seq").first()
    Case.objects.filter(id=told.case.id).update(
        count=left.seq + 1 if left else 0, head=bytes(left.hash) if left else bytes(32)
    )


def rewrite(told: Told, seq: int, edit: Callable[[bytes], bytes]) -> None:
    """Alter one entry, knowing every key, and chain it and all that follow anew."""
    places = opened_by(told, told.seat.hand).compartments.values()
    keys = {place.row.id: place.keys[0] for place in places}
    head = None
    for entry in Entry.objects.filter(case=told.case, seq__gte=seq).order_by("seq"):
        key, nonce = keys[entry.compartment_id], bytes(entry.nonce)
        was = open_entry(header_of(told, entry), key=key, nonce=nonce, sealed=bytes(entry.sealed))
        header = header_of(told, entry, prev=head)
        body = edit(was.body) if entry.seq == seq else was.body
        plain = pad(was.signer.bytes + was.signature + body)
        sealed = encrypt(key, nonce, plain, ad=header.pack())
        head = entry_hash(header, nonce, sealed)
        Entry.objects.filter(id=entry.id).update(prev=header.prev, sealed=sealed, hash=head)
    Case.objects.filter(id=told.case.id).update(head=head)
