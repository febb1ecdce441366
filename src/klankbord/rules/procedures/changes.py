"""What differs between two versions of a procedure, for people who have to say yes to it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any

from klankbord.rules.procedures.shape import Procedure, Step


class What(StrEnum):
    """What of a procedure differs."""

    TITLE = "title"
    INTRO = "intro"
    HANDBOOK = "handbook"
    SUCCESSION = "succession"
    STEP_ADDED = "step_added"
    STEP_GONE = "step_gone"
    NAME = "name"
    GUIDANCE = "guidance"
    REPORTER = "reporter"
    WHO = "who"
    TERM = "term"
    MUST = "must"
    MAY = "may"
    OUTCOME = "outcome"
    COURSE = "course"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: `where` is the title of a step or a seat, or nothing for the whole.

    `old` and `new` hold texts, roles of a seat, seats of a step or the sentences of a term.
    """

    what: What
    where: str = ""
    old: tuple[str, ...] = ()
    new: tuple[str, ...] = ()


def procedure_changes(old: Procedure, new: Procedure) -> tuple[Change, ...]:
    """Every difference between two procedures in one language, in the order of the new one."""
    return (*_of_the_whole(old, new), *_of_seats(old, new), *_of_steps(old, new))


def _of_the_whole(old: Procedure, new: Procedure) -> Iterator[Change]:
    yield from _differs(What.TITLE, "", (old.title,), (new.title,))
    yield from _differs(What.INTRO, "", old.intro, new.intro)
    yield from _differs(What.HANDBOOK, "", _standing(old), _standing(new))
    whole = ("start", "findings", "days", "letters", "endings", "without_consent", "subject",
             "countries")  # fmt: skip
    if any(_same(getattr(old, it)) != _same(getattr(new, it)) for it in whole):
        yield Change(What.COURSE)


def _standing(procedure: Procedure) -> tuple[str, ...]:
    days = (procedure.changed, procedure.approved)
    return (procedure.number, *(day.isoformat() if day else "" for day in days))


def _of_seats(old: Procedure, new: Procedure) -> Iterator[Change]:
    for key, seat in new.seats.items():
        was = old.seats.get(key)
        before = was.succession if was else ()
        yield from _differs(What.SUCCESSION, seat.title, before, seat.succession)
        if was and (was.barred, was.not_also) != (seat.barred, seat.not_also):
            yield Change(What.COURSE, seat.title)


def _of_steps(old: Procedure, new: Procedure) -> Iterator[Change]:
    for key, step in new.by_key.items():
        if key in old.by_key:
            yield from _of_step(old.by_key[key], step, old, new)
        else:
            yield Change(What.STEP_ADDED, step.title)
    for key, step in old.by_key.items():
        if key not in new.by_key:
            yield Change(What.STEP_GONE, step.title)


def _of_step(was: Step, now: Step, old: Procedure, new: Procedure) -> Iterator[Change]:
    yield from _differs(What.NAME, now.title, (was.title,), (now.title,))
    yield from _differs(What.GUIDANCE, now.title, was.guidance, now.guidance)
    yield from _differs(What.REPORTER, now.title, (was.reporter,), (now.reporter,))
    yield from _differs(What.WHO, now.title, _seats(was, old), _seats(now, new))
    yield from _differs(What.TERM, now.title, _term(was), _term(now))
    if was.optional != now.optional:
        yield Change(What.MAY if now.optional else What.MUST, now.title)
    yield from _differs(What.OUTCOME, now.title, _outcomes(was), _outcomes(now))
    if _course(was) != _course(now):
        yield Change(What.COURSE, now.title)


def _differs(
    what: What, where: str, old: tuple[str, ...], new: tuple[str, ...]
) -> Iterator[Change]:
    if old != new:
        yield Change(what, where, old, new)


def _seats(step: Step, procedure: Procedure) -> tuple[str, ...]:
    return tuple(procedure.seats[it].title if it in procedure.seats else it for it in step.by)


def _term(step: Step) -> tuple[str, ...]:
    return tuple(sentence.text for sentence in step.term.sentences) if step.term else ()


def _outcomes(step: Step) -> tuple[str, ...]:
    return tuple(it.title for it in step.outcomes if it.title)


#: Of a step: told by themselves above, or of no consequence for a case.
_TOLD = frozenset(
    {"title", "guidance", "reporter", "by", "term", "optional", "outcomes", "source", "number"}
)


def _course(step: Step) -> tuple[Any, ...]:
    rest = (getattr(step, it.name) for it in fields(step) if it.name not in _TOLD)
    ways = (
        tuple(_same(getattr(way, it.name)) for it in fields(way) if it.name != "title")
        for way in step.outcomes
    )
    return (*rest, *ways)


def _same(value: Any) -> Any:
    """Tables compared by what they hold."""
    return dict(value) if isinstance(value, Mapping) else value
