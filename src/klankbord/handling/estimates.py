"""How serious a case was found to be: who said so, why, and which steps follow from it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from klankbord.handling.pages import Item
from klankbord.handling.todo import Task, ToDo
from klankbord.rules.course import SeverityAssessed, StepCorrected
from klankbord.rules.procedures.shape import Step
from klankbord.rules.severity.judging import by_step, response, weigh
from klankbord.rules.severity.reading import load_scheme
from klankbord.rules.severity.shape import Criterion, Level, Response, Scheme


@dataclass(frozen=True, slots=True)
class Made:
    """An estimate as it was made. `second` decided along; `outside` if of another organisation.

    `set_by` are the criteria that set the floor. `taken_back`: it does not count any more.
    """

    entry: SeverityAssessed = field(repr=False)
    level: Level
    on: date
    by: str
    second: str = ""
    outside: bool = False
    reason: str = field(default="", repr=False)
    set_by: tuple[Criterion, ...] = ()
    taken_back: bool = False


@dataclass(frozen=True, slots=True)
class Follows:
    """A step that a level asks for, and what is to be done in it."""

    task: Task
    response: tuple[Response, ...]


def made_in(items: Iterable[Item], names: Mapping[UUID, str], language: str) -> tuple[Made, ...]:
    """Every estimate in a case, the last one first; with the names of the house."""
    items = tuple(items)
    undone = {
        it.entry.of
        for it in items
        if isinstance(it.entry, StepCorrected) and it.entry.instead is None
    }
    found = [
        _made(it.entry, it.by, it.seq in undone, names, language)
        for it in items
        if isinstance(it.entry, SeverityAssessed)
    ]
    return tuple(sorted(found, key=lambda it: it.on, reverse=True))


def _made(
    entry: SeverityAssessed, by: str, undone: bool, names: Mapping[UUID, str], language: str
) -> Made:
    scheme = load_scheme(entry.scheme, entry.version, language)
    return Made(
        entry=entry,
        level=scheme.level(entry.level),
        on=entry.on,
        by=by,
        second=names.get(entry.second, "") if entry.second else entry.second_outside,
        outside=bool(entry.second_outside) and not entry.second,
        reason=entry.reason,
        set_by=weigh(scheme, entry.marks, entry.factors).set_by,
        taken_back=undone,
    )


def follows(todo: ToDo, scheme: Scheme, finding: str, level: str) -> tuple[Follows, ...]:
    """The steps that can be taken and belong to a level: those that it opens, and in which
    something of its response is done.
    """
    tasks = {task.step.key: task for task in todo.everything}
    todo_in = by_step(response(scheme, level), tasks)
    return tuple(
        Follows(task, todo_in.get(key, ()))
        for key, task in tasks.items()
        if key in todo_in or _looks_at(task.step, finding)
    )


def _looks_at(step: Step, finding: str) -> bool:
    return any(name == finding for alternative in step.when for name, _ in alternative)
