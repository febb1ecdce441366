"""All that waits for somebody, over all their organisations, by day.

The rows are plain and say next to nothing. What there is to do, and what the case is about, is
opened with the reader's own key, for the rows of this page only, and stored nowhere.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from klankbord.agenda.queries import Card, colleagues
from klankbord.cases.hands import Hand
from klankbord.cases.models import FILE, InboxRow, WorkItem
from klankbord.cases.queries import PAGE
from klankbord.cases.services import ABOUT_MESSAGES
from klankbord.cases.waiting import (
    WorkPlace,
    readers_of,
    seats_of,
    work_place_in,
    work_rows,
)
from klankbord.cases.writing import reading
from klankbord.handling.course import course_of
from klankbord.handling.inbox import headlines
from klankbord.handling.lost_keys import shut_for
from klankbord.handling.work import Wanted, steps_that_wait
from klankbord.kit.clock import day_of
from klankbord.organisations.members import Member
from klankbord.organisations.models import Organisation
from klankbord.organisations.queries import names_of

Seat = tuple[UUID, UUID]  # a case, and the membership under which somebody reads it


@dataclass(frozen=True, slots=True)
class WorkLine:
    """Something that waits. `clock` is the coarse word; `step` what it is, opened for this page.

    Without a reference it is a case that this person cannot read yet: `ask` are the people who can
    give them access.
    """

    organisation: str
    clock: str
    due: date | None
    reference: str = ""
    headline: str = field(default="", repr=False)
    step: str = field(default="", repr=False)
    ask: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WorkPage:
    """A page of the work list, and where the next one begins."""

    rows: tuple[WorkLine, ...]
    next: str


def work_list(member: Member, *, on: date, after: str = "", language: str) -> WorkPage:
    """What waits for this person everywhere, the earliest last day first."""
    memberships = [line.id for line in member.memberships]
    some = work_rows(memberships, after=work_place_in(after))
    rows, more = some[:PAGE], some[PAGE:]
    pages = _Pages(member, rows, on=on, language=language)
    last = rows[-1] if more else None
    return WorkPage(
        rows=tuple(pages.line(item) for item in rows),
        next=WorkPlace(last.due_day, last.id).written() if last else "",
    )


class _Pages:
    """The cases behind the rows of one page, each opened at most once."""

    def __init__(
        self, member: Member, rows: Sequence[WorkItem], *, on: date, language: str
    ) -> None:
        self.member, self.on, self.language = member, on, language
        cases = [item.case_id for item in rows]
        mine = {item.assignee_id for item in rows}
        seats = seats_of(list(mine), cases)
        shut = shut_for(member, seats)  # sealed to keys that this person lost
        seats = [it for it in seats if it.case_id not in shut]
        self.seats: dict[Seat, InboxRow] = {(it.case_id, it.membership_id): it for it in seats}
        self.headlines = headlines(member, seats, language)
        closed_to_me = [it.case_id for it in rows if (it.case_id, it.assignee_id) not in self.seats]
        self.readers = readers_of(closed_to_me)
        self.names = names_of(who for several in self.readers.values() for who in several)
        self.people: dict[UUID, Sequence[Card]] = {}
        self.steps: dict[Seat, list[tuple[str, Wanted]]] = {}

    def line(self, item: WorkItem) -> WorkLine:
        """The row as its reader sees it."""
        organisation = item.case.organisation.name
        due = day_of(item.due_day) if item.due_day is not None else None
        if (item.case_id, item.assignee_id) not in self.seats:
            others = (it for it in self.readers.get(item.case_id, ()) if it != item.assignee_id)
            ask = tuple(self.names[it] for it in others if it in self.names)
            return WorkLine(organisation, item.clock, due, ask=ask)
        return WorkLine(
            organisation, item.clock, due,
            reference=item.case.reference,
            headline=self.headlines.get(item.case_id, ""),
            step=self._step(item),
        )  # fmt: skip

    def _step(self, item: WorkItem) -> str:
        """The title of the step; empty when it is a message, or the case went on since."""
        if item.clock in ABOUT_MESSAGES:
            return ""
        seat = (item.case_id, item.assignee_id)
        if seat not in self.steps:
            self.steps[seat] = self._waiting(self.seats[seat])
        known = self.steps[seat]
        wanted = (item.assignee_id, item.clock, item.due_day)
        place = next((n for n, (_, what) in enumerate(known) if what == wanted), None)
        return known.pop(place)[0] if place is not None else ""

    def _waiting(self, seat: InboxRow) -> list[tuple[str, Wanted]]:
        hand = Hand(seat.membership_id, self.member.pair(seat.membership_id))
        opened = reading(seat.case, hand)
        if opened is None:
            return []
        people = self._people(seat.case.organisation)
        course = course_of(opened, on=self.on, language=self.language, people=people)
        if course is None:
            return []
        readers = tuple(it for it in opened.listed(FILE) if it not in opened.seats)
        return [(step.title, what) for step, what in steps_that_wait(course, readers)]

    def _people(self, organisation: Organisation) -> Sequence[Card]:
        if organisation.id not in self.people:
            self.people[organisation.id] = colleagues(organisation, self.on, self.language)
        return self.people[organisation.id]
