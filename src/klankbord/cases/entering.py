"""The end of the beginning, when a member wrote down what was told: how, a place, and out again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from klankbord.cases.hands import Hand, PublicHand
from klankbord.cases.models import FILE, IDENTITY, Case
from klankbord.cases.opening import OpenCase, OpenCompartment
from klankbord.cases.seats import give_place
from klankbord.cases.writing import OpenPen
from klankbord.kit.vault.codes import ReporterKeys as CodeKeys
from klankbord.rules.entries import ReportEntered
from klankbord.rules.seats import Whose


@dataclass(frozen=True, slots=True)
class Entered:
    """What a member adds to a report: how it came in, whether they read along (else they hold no
    key of it), and the start code for whoever told it, if one is given.
    """

    how: ReportEntered
    reads: bool
    whose: Whose
    code: CodeKeys | None = field(default=None, repr=False)


def open_at_birth(row: Case, hand: Hand, compartments: Mapping[str, OpenCompartment]) -> OpenCase:
    """A case that was begun a moment ago, in the hands of whoever wrote it: nothing to unwrap."""
    return OpenCase(row, hand, dict(compartments), (), frozenset(), 0, {})


def close_entered(
    opened: OpenCase, entered: Entered, readers: Sequence[PublicHand], *, at: datetime
) -> None:
    """Write how it came in, give a place, and end the writer's part if they only pass it on."""
    pen = OpenPen(opened, at=at)
    pen.write(entered.how)
    staying = list(readers)
    if entered.code:
        staying.append(give_place(pen, entered.code, whose=entered.whose))
    if entered.reads:
        pen.finish()
        return
    # A new key for both parts: whoever wrote it down knew the first for a moment.
    for name in (IDENTITY, FILE):  # a list of the identity is copied in the file, while one can
        listed = opened.compartments[name].listed
        reading = {holder.id for holder in listed.holders} if listed else set()
        pen.new_epoch(name, [it for it in staying if it.id in reading], why="passed_on")
    pen.pen.finish()  # without a bookmark: nothing in the tables says who was here
