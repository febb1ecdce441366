"""The reporter's page of a case: what was said and done, and where the case is in plain words."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from klankbord.agenda.queries import colleagues
from klankbord.cases.opening import OpenCase
from klankbord.handling.channel import Seat, read
from klankbord.handling.course import Course, course_of
from klankbord.handling.happening import today_of
from klankbord.handling.own_steps import OwnStep, own_steps
from klankbord.handling.pages import Page, page_of
from klankbord.handling.procedures import not_run_here
from klankbord.handling.way import Way, way_of
from klankbord.rules.course import ConsentAsked
from klankbord.rules.procedures.standing import ConsentState
from klankbord.rules.seats import Whose, counts, parts_of


@dataclass(frozen=True, slots=True)
class Asked:
    """A consent that waits for an answer, in the words that were asked (R-003-22)."""

    number: int
    title: str
    question: str
    by: str
    day: date


@dataclass(frozen=True, slots=True)
class OwnPage:
    """What somebody from outside sees of their case. No `way`: people look at it first.

    `parts` says as whom they speak: as the reporter, as the person it happened to, or both (P2).
    `given`: the steps, by number, for which somebody noted their consent.
    """

    page: Page
    parts: frozenset[Whose]
    course: Course | None = field(repr=False)
    way: Way | None = field(repr=False)
    asked: tuple[Asked, ...] = field(repr=False)
    given: frozenset[int]
    steps: tuple[OwnStep, ...] = field(repr=False)
    opened: OpenCase = field(repr=False)

    @property
    def asked_steps(self) -> tuple[OwnStep, ...]:
        """The steps that wait for them."""
        return tuple(it for it in self.steps if it.asked)

    @property
    def free_steps(self) -> tuple[OwnStep, ...]:
        """What they may do as well, or leave."""
        return tuple(it for it in self.steps if not it.asked)

    def own_step(self, number: int) -> OwnStep | None:
        """The step at this place, if it is theirs to take now."""
        return next((it for it in self.steps if it.number == number), None)


def own_page(seat: Seat, case_id: UUID, *, at: datetime, language: str) -> OwnPage:
    """Open the reporter's page. Raises `NotYours`."""
    opened = read(seat, case_id, at=at)
    on = today_of(at)
    people = colleagues(opened.row.organisation, on, language)
    parts = parts_of(opened.happened, seat.reporter)
    course = course_of(opened, on=on, language=language, people=people)
    page = page_of(opened, on=on, language=language, people=people)
    return OwnPage(
        page=page,
        parts=parts,
        asked=_asked(page, course, parts) if course else (),
        given=_consents(course, parts, ConsentState.GIVEN) if course else frozenset(),
        course=course,
        steps=_own_steps(opened, course, parts, on=on) if course else (),
        opened=opened,
        way=way_of(course, people, seats=frozenset(parts)) if course else None,
    )


def _own_steps(
    opened: OpenCase, course: Course, parts: frozenset[Whose], *, on: date
) -> tuple[OwnStep, ...]:
    """None while a member may know the code: nothing that is signed with it counts as theirs."""
    if not counts(opened.happened, opened.hand.id):
        return ()
    beyond = not_run_here(opened.row.organisation, course.procedure, on=on)
    return own_steps(course, parts, beyond=beyond)


def _consents(course: Course, parts: frozenset[Whose], state: ConsentState) -> frozenset[int]:
    """The steps whose consent is theirs to give, and stands so."""
    steps = course.procedure.by_key
    return frozenset(
        course.number_of(key)
        for key, standing in course.progress.standings.items()
        if standing.consent is state and (consent := steps[key].consent) and consent.of in parts
    )


def _asked(page: Page, course: Course, parts: frozenset[Whose]) -> tuple[Asked, ...]:
    waiting = _consents(course, parts, ConsentState.ASKED)
    found: dict[int, Asked] = {}
    for item in page.items:  # the newest first
        if isinstance(item.entry, ConsentAsked) and item.told and item.told.step in waiting:
            asked = Asked(
                item.told.step, item.told.title, item.entry.question, item.by, item.entry.on
            )
            found.setdefault(item.told.step, asked)
    return tuple(found.values())
