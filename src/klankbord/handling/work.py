"""What waits for whom because of a procedure: a projection of where the case stands.

Work items are plain, so that lists and reminders need no key. They say as little as they can: a
case, a person, a day and one of a few coarse words. They can be made anew from the case at any
time, and are, each time somebody writes in it or opens it for the first time on a day.
"""

from collections import Counter
from collections.abc import Iterator
from uuid import UUID

from klankbord.cases.models import Case, WorkItem
from klankbord.cases.services import ABOUT_MESSAGES, Clock
from klankbord.handling.course import Course
from klankbord.kit.clock import day_number
from klankbord.rules.procedures.sentences import Kind
from klankbord.rules.procedures.shape import Step
from klankbord.rules.procedures.standing import Standing

Wanted = tuple[UUID, str, int | None]  # for whom, the coarse word, the last day


def clock_of(step: Step) -> Clock:
    """The coarse class of a step: no finer, for the step itself gives the story away."""
    if step.notifies:
        return Clock.NOTIFY
    if step.lasting:
        return Clock.REVIEW
    if step.check:
        return Clock.DECIDE
    if step.term and any(sentence.kind is Kind.ON for sentence in step.term.sentences):
        return Clock.FOLLOW_UP
    return Clock.ACT


def wanted(course: Course, readers: tuple[UUID, ...]) -> Iterator[Wanted]:
    """What should wait for whom. `readers` are the members who hold the key."""
    return (what for _, what in steps_that_wait(course, readers))


def steps_that_wait(course: Course, readers: tuple[UUID, ...]) -> Iterator[tuple[Step, Wanted]]:
    """Each step that is to be done, with what waits for whom because of it.

    Somebody who took a seat or to whom a step was given is reminded even without a key, and so are
    the readers, for only they can give it. Who merely comes next in line hears nothing that way.
    """
    for standing in course.progress.to_do:
        step = course.procedure.step(standing.step)
        if step.optional and not standing.delegated_to:
            continue
        due = day_number(standing.due.day) if standing.due.day else None
        for member in assignees(course, standing, readers):
            yield step, (member, clock_of(step), due)


def assignees(course: Course, standing: Standing, readers: tuple[UUID, ...]) -> tuple[UUID, ...]:
    """Whom a step that is to be done waits for."""
    acting = course.must_act(standing)
    able = tuple(member for member in acting if member in readers)
    if able:
        return able
    asked = tuple(member for member in acting if _was_asked(course, standing, member))
    return tuple(dict.fromkeys((*asked, *readers)))


def _was_asked(course: Course, standing: Standing, member: UUID) -> bool:
    taken = (course.progress.seats.get(seat) for seat in course.procedure.step(standing.step).by)
    return standing.delegated_to == member.hex or any(
        it and it.member == member.hex for it in taken
    )


def project(row: Case, course: Course | None, readers: tuple[UUID, ...], *, day: int) -> None:
    """Make the work items of a case fit where it stands. `day` is today's number.

    Nothing waits in a case that was closed because its procedure does not apply to it.
    """
    if course is None:
        return
    left = row.closed_day is not None and not course.progress.ended
    missing = Counter(() if left else wanted(course, readers))
    stale = []
    for item in WorkItem.objects.filter(case=row, done_day=None).exclude(clock__in=ABOUT_MESSAGES):
        key = (item.assignee_id, item.clock, item.due_day)
        if missing[key]:
            missing[key] -= 1
        else:
            stale.append(item.id)
    if stale:
        WorkItem.objects.filter(id__in=stale).update(done_day=day)
    WorkItem.objects.bulk_create(
        WorkItem(case=row, assignee_id=member, clock=clock, due_day=due)
        for member, clock, due in missing.elements()
    )
