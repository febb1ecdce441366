"""The part of a case that only those who handle it can open.

Whoever reports holds the key of the file, so that they read every message. What handlers note at a
step is not theirs to read: it may be about others. It lies in a compartment `work`, held by the
readers of the house. The reporter can send a reader away and cannot make a new key of it: then the
wraps go at once, and the next of the readers makes the key anew before anything is written.
"""

from collections.abc import Collection, Mapping
from uuid import UUID

from klankbord.cases.hands import PublicHand
from klankbord.cases.known import known_hands
from klankbord.cases.models import WORK, Compartment, KeyHolder
from klankbord.cases.opening import OpenCase
from klankbord.cases.writing import OpenPen
from klankbord.rules.entries import ListedHolder

Known = Mapping[tuple[UUID, str], PublicHand]


def is_room(name: str) -> bool:
    """Whether a compartment is such a part; `work:2` follows one that nobody can open any more."""
    return name == WORK or name.startswith(f"{WORK}:")


def rooms(opened: OpenCase) -> tuple[str, ...]:
    """The parts of this kind that whoever opened the case holds a key of."""
    return tuple(name for name in opened.compartments if is_room(name))


def work_room(pen: OpenPen) -> str:
    """The part to note in, shared with every reader of the house: its name.

    A reader whom the reporter let in gets its key here. Where nobody can open the old one any more
    another is begun.
    """
    known, readers = known_hands(pen.opened), _readers(pen.opened)
    there = rooms(pen.opened)
    if not there:
        return _begin(pen, [known[it.id, it.fingerprint] for it in readers])
    place = pen.opened.compartments[there[-1]]
    listed = {it.id for it in place.listed.holders} if place.listed else set()
    for reader in readers:
        if reader.id not in listed:
            pen.add_holder(there[-1], known[reader.id, reader.fingerprint], why="reads_the_case")
    return there[-1]


def _readers(opened: OpenCase) -> tuple[ListedHolder, ...]:
    """The readers of the house, less those who left and whose keys are gone."""
    listed, held = opened.file.listed, opened.holders[opened.file.row.id]
    holders = listed.holders if listed else ()
    return tuple(it for it in holders if it.id not in opened.seats and it.id in held)


def _begin(pen: OpenPen, holders: list[PublicHand]) -> str:
    shut = Compartment.objects.filter(case=pen.opened.row, name__startswith=WORK).count()
    name = f"{WORK}:{shut + 1}" if shut else WORK
    pen.begin_compartment(name, holders, why="reads_the_case")
    return name


def leave_rooms(pen: OpenPen, leaving: Collection[UUID], known: Known, *, why: str) -> None:
    """People whose access ends lose this part too."""
    for name in rooms(pen.opened):
        place = pen.opened.compartments[name]
        holders = place.listed.holders if place.listed else ()
        staying = [it for it in holders if it.id not in leaving]
        if len(staying) != len(holders):
            pen.new_epoch(name, [known[it.id, it.fingerprint] for it in staying], why=why)
    row = pen.opened.row
    shut = row.compartments.filter(name__startswith=WORK).exclude(name__in=rooms(pen.opened))
    gone, _ = KeyHolder.objects.filter(compartment__in=shut, holder__in=leaving).delete()
    if gone:
        row.rekey_due = True
        row.save(update_fields=["rekey_due"])
