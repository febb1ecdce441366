"""Weighing: the worst criterion sets the floor, people decide, and two of them for the worst.

Never a sum and never a number: `colours` of six criteria that are each a little yellow are yellow.
A level below the floor needs a written reason, and so does a level for which nothing was weighed;
red and black need a second person; what nobody knows is not green, it is a question still to ask.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from klankbord.rules.severity.shape import (
    UNKNOWN,
    Addressee,
    Criterion,
    Danger,
    Level,
    Response,
    Scheme,
)

#: Answers to a danger question that make it come first: a doubt counts as a yes.
COMES_FIRST = frozenset({"yes", UNKNOWN})


@dataclass(frozen=True, slots=True)
class Weighed:
    """What the marks say: the floor, which criteria set it, and what nobody knows yet.

    No floor: nothing is marked yet. `raised` are the levels that aggravating factors propose.
    """

    floor: Level | None
    set_by: tuple[Criterion, ...]
    missing: tuple[Criterion, ...]
    raised: tuple[Level, ...] = ()

    @property
    def asks_for(self) -> tuple[str, ...]:
        """What still has to be found out."""
        return tuple(text for criterion in self.missing for text in criterion.asks_for)


class Objection(StrEnum):
    """Why a judgement does not stand yet."""

    UNKNOWN_LEVEL = "unknown_level"
    DANGER_FIRST = "danger_first"
    BELOW_THE_FLOOR = "below_the_floor"
    SOMETHING_UNKNOWN = "something_unknown"
    SECOND_PERSON = "second_person"
    REASON_MISSING = "reason_missing"


@dataclass(frozen=True, slots=True)
class Judgement:
    """What people decided, and why. `outside`: the second person is of another organisation.

    P23: who has only one contact asks a neighbouring province, the bureau or the sector, and the
    reporter is told. `dangers` are the danger questions to which something was done.
    """

    level: str
    reason: str = ""
    by: str = ""
    second: str = ""
    outside: bool = False
    dangers: Mapping[str, str] | None = None
    acted_on: tuple[str, ...] = ()

    @property
    def tell_reporter(self) -> bool:
        """Whether the reporter must be told that somebody from outside decided along."""
        return self.outside and bool(self.second)


def first(scheme: Scheme, answers: Mapping[str, str]) -> tuple[Danger, ...]:
    """The danger questions that come before any level: answered yes, doubtful or not yet asked."""
    return tuple(
        danger for danger in scheme.dangers if answers.get(danger.key, UNKNOWN) in COMES_FIRST
    )


def weigh(scheme: Scheme, marks: Mapping[str, str], factors: tuple[str, ...] = ()) -> Weighed:
    """What the marks (criterion → level or `unknown`) say. Words the scheme does not know count
    as unknown. `factors` are those that apply."""
    levels = {level.key: level for level in scheme.levels}
    known = {c.key: levels[marks[c.key]] for c in scheme.criteria if marks.get(c.key) in levels}
    floor = max(known.values(), key=lambda level: level.rank, default=None)
    return Weighed(
        floor=floor,
        set_by=tuple(c for c in scheme.criteria if floor and known.get(c.key) is floor),
        missing=tuple(c for c in scheme.criteria if c.key not in known),
        raised=tuple(
            levels[factor.higher]
            for factor in scheme.factors
            if factor.key in factors and floor is not None and floor.key == factor.lower
        ),
    )


def objections(scheme: Scheme, weighed: Weighed, judgement: Judgement) -> tuple[Objection, ...]:
    """Why the judgement does not stand yet; empty if it does."""
    level = next((level for level in scheme.levels if level.key == judgement.level), None)
    if level is None:
        return (Objection.UNKNOWN_LEVEL,)
    found = []
    dangers = {danger.key for danger in first(scheme, judgement.dangers or {})}
    if dangers - set(judgement.acted_on):
        found.append(Objection.DANGER_FIRST)
    floor = weighed.floor
    if floor and level.rank < floor.rank and not judgement.reason.strip():
        found.append(Objection.BELOW_THE_FLOOR)
    if weighed.missing and level.rank == 0:
        found.append(Objection.SOMETHING_UNKNOWN)
    # A second pair of eyes for the worst, also to leave the worst behind.
    two_people = level.two_people or bool(floor and floor.two_people)
    if two_people and judgement.second.strip() in ("", judgement.by):
        found.append(Objection.SECOND_PERSON)
    # Nothing weighed: the reason is all there is.
    if floor is None and not judgement.reason.strip():
        found.append(Objection.REASON_MISSING)
    return tuple(found)


def response(
    scheme: Scheme, level: str, *, registers_everything: bool = False
) -> tuple[Response, ...]:
    """What belongs to a level, for this organisation. KeyError if there is no such level."""
    return tuple(
        item
        for item in scheme.level(level).response
        if registers_everything or not item.if_all_registered
    )


def by_step(items: Iterable[Response], needed: Collection[str]) -> dict[str, tuple[Response, ...]]:
    """The response as steps: what is to be done in each step that a case needs (its keys).

    What no needed step does is found under the empty word: advice that stands by itself.
    """
    found: dict[str, tuple[Response, ...]] = {}
    for item in items:
        step = next((step for step in item.steps if step in needed), "")
        found[step] = (*found.get(step, ()), item)
    return found


def by_addressee(items: Iterable[Response]) -> tuple[tuple[Addressee, tuple[Response, ...]], ...]:
    """The response by whom it is for; nobody is listed for whom there is nothing to do."""
    items = tuple(items)
    groups = ((who, tuple(item for item in items if item.to is who)) for who in Addressee)
    return tuple((who, theirs) for who, theirs in groups if theirs)
