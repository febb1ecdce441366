"""Who acts in a case: taking a seat, and keeping out whoever is involved.

A seat is not a key. Who took one and cannot read yet gets access from somebody who can.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from klankbord.cases.models import FILE
from klankbord.cases.services import stop_counting
from klankbord.handling.access import dismiss
from klankbord.handling.found import reason_in
from klankbord.handling.happening import (
    StepRefused,
    acting,
    course_in,
    happen,
    may_hear_of_it,
    today_of,
    works_here,
)
from klankbord.handling.steps import note_work
from klankbord.organisations.members import Member
from klankbord.rules.course import PersonBarred, PersonCleared, SeatTaken
from klankbord.rules.entries import Happened
from klankbord.rules.forms.answers import clean
from klankbord.rules.procedures.standing import Odd
from klankbord.rules.readers import KEEPS_OUT


def take_seat(
    member: Member, reference: str, *, seat: str, who: UUID, why: str, at: datetime
) -> None:
    """Somebody takes a seat, in the first of its roles that they hold, and keeps it while able.

    Raises `StepRefused` for whoever is barred from it or holds none of its roles, `ExclusionOpen`.
    """
    with acting(member, reference, at=at) as pen:
        may_hear_of_it(pen.opened, who)
        course = course_in(pen, at)
        roles = works_here(pen.opened, who, at)
        place = course.procedure.seats.get(seat)
        role = next((it for it in place.succession if it in roles), "") if place else ""
        if not role:
            raise StepRefused(Odd.UNKNOWN_WORD, seat)
        entry = SeatTaken(seat, role, who, today_of(at), clean(why).strip())
        happen(pen, entry, at=at)


def bar(
    member: Member, reference: str, *, who: UUID, relation: str, why: str, at: datetime
) -> None:
    """Somebody may not act in this case. The accused loses the key in the same breath (K9).

    Raises `LastReader` when nobody else would read: bring somebody in first.
    """
    with acting(member, reference, at=at) as pen:
        works_here(pen.opened, who, at)
        if relation in KEEPS_OUT:
            if who in pen.opened.listed(FILE):
                dismiss(pen, [who], why="barred")
            stop_counting(pen.opened.row, [who])
        seq = pen.pen.seq
        happen(pen, PersonBarred(who, relation, today_of(at)), at=at)
        note_work(pen, why, of=seq)


def clear(
    member: Member, reference: str, *, who: UUID, relation: str, why: str, at: datetime
) -> None:
    """That relation does not hold after all. A key does not come back by itself.

    What a colleague said about somebody, that person does not take back: raises `StepRefused`.
    """
    why = reason_in(why)
    with acting(member, reference, at=at) as pen:
        if who == pen.opened.hand.id and _said_by_another(pen.happened, who, relation):
            raise StepRefused(Odd.BARRED)
        happen(pen, PersonCleared(who, relation, today_of(at), why), at=at)


def _said_by_another(happened: Iterable[Happened], who: UUID, relation: str) -> bool:
    return any(
        isinstance(it.entry, PersonBarred)
        and (it.entry.member, it.entry.relation) == (who, relation)
        and it.by != who
        for it in happened
    )
