"""The reporter's page of a case: what was said and done, and where the case is in plain words."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from klankbord.agenda.queries import colleagues
from klankbord.handling.channel import Seat, read
from klankbord.handling.course import Course, course_of
from klankbord.handling.happening import today_of
from klankbord.handling.pages import Page, page_of
from klankbord.handling.way import Way, way_of
from klankbord.rules.course import ConsentAsked
from klankbord.rules.procedures.standing import ConsentState
from klankbord.rules.seats import Whose, parts_of


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
    given: frozenset[int] = frozenset()


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
        way=way_of(course, people, seats=frozenset(parts)) if course else None,
    )


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
