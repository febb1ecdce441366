"""A procedure as a list that people can follow: numbers with letters, ways on, "only if".

Two drawings of one thing. `rows` is the list of steps, the real thing on every width; `chart` lays
what happened and what is ahead on one scale of days (R-004-218).
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from klankbord.rules.procedures.sentences import Sentence
from klankbord.rules.procedures.shape import (
    OPENING,
    SEAT,
    START,
    UNKNOWN,
    Outcome,
    Procedure,
    Step,
    When,
)
from klankbord.rules.procedures.simulation import Moment, Timeline
from klankbord.rules.procedures.standing import Progress, Standing
from klankbord.rules.terms import Calendar, days_off

LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Place:
    """A step as others speak of it: `6b`, or only its title where the source gives no number."""

    step: str
    label: str
    title: str


@dataclass(frozen=True, slots=True)
class Way:
    """How a step may end, and where that leads. `ends` is the title of an ending; `converts_to`
    and `starts` are the keys of other procedures.
    """

    title: str
    leads_to: tuple[Place, ...] = ()
    ends: str = ""
    converts_to: str = ""
    starts: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that must hold. `seat`: the words are roles. `unknown`: also while nobody knows.

    `step`: the place of the step whose outcome it is.
    """

    title: str
    words: tuple[str, ...]
    unknown: bool = False
    seat: bool = False
    step: Place | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """From what a term counts: a step, a written day, the start or the opening of the step."""

    word: str
    title: str = ""
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A step in the list. `only_if` holds alternatives: any of them, each with all its facts."""

    place: Place
    step: Step
    ways: tuple[Way, ...]
    only_if: tuple[tuple[Fact, ...], ...]
    terms: tuple[tuple[Sentence, Counts], ...]


class Bar(StrEnum):
    """What a bar of the chart shows."""

    DONE = "done"
    NOW = "now"
    AHEAD = "ahead"


@dataclass(frozen=True, slots=True)
class Span:
    """A step on the scale of days: from the day it opened to the day it was or will be done.

    `late`: the last day has passed. `at_once`: it has no length to speak of.
    """

    place: Place
    kind: Bar
    first: date
    last: date
    late: bool = False
    at_once: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """All spans on one scale, the days on which nobody works, and what outlives the end."""

    first: date
    last: date
    spans: tuple[Span, ...]
    closed: tuple[tuple[date, date], ...]
    later: tuple[Span, ...] = ()

    @property
    def days(self) -> int:
        """How many days the scale is long; at least one."""
        return max((self.last - self.first).days, 1)


def places(procedure: Procedure) -> Mapping[str, Place]:
    """Every step by the name under which others speak of it: letters where a number stands twice.

    What is possible at any time lies on no path and gets no letter.
    """
    on_path = [step for step in procedure.steps if not step.anytime]
    often = Counter(step.number for step in on_path)
    so_far: Counter[str] = Counter()
    found = {}
    for step in procedure.steps:
        label = step.number
        if label and not step.anytime and often[label] > 1:
            label += LETTERS[so_far[label] % len(LETTERS)]
            so_far[step.number] += 1
        found[step.key] = Place(step.key, label, step.title)
    return found


def rows(procedure: Procedure) -> tuple[Row, ...]:
    """The steps on the path, in the order of the file."""
    known = places(procedure)
    return tuple(_row(procedure, step, known) for step in procedure.steps if not step.anytime)


def at_any_time(procedure: Procedure) -> tuple[Row, ...]:
    """The steps that are possible as long as the case is open: one line under the list."""
    known = places(procedure)
    return tuple(_row(procedure, step, known) for step in procedure.steps if step.anytime)


def _row(procedure: Procedure, step: Step, known: Mapping[str, Place]) -> Row:
    return Row(
        place=known[step.key],
        step=step,
        ways=tuple(_way(procedure, outcome, known) for outcome in step.outcomes),
        only_if=_only_if(procedure, step.when, known),
        terms=tuple(
            (sentence, _counts(procedure, sentence.start, known))
            for sentence in (step.term.sentences if step.term else ())
        ),
    )


def _way(procedure: Procedure, outcome: Outcome, known: Mapping[str, Place]) -> Way:
    ends = procedure.endings[outcome.ends].title if outcome.ends else ""
    to = tuple(known[key] for key in outcome.leads_to)
    return Way(outcome.title, to, ends, outcome.converts_to, outcome.starts)


def _only_if(
    procedure: Procedure, when: When, known: Mapping[str, Place]
) -> tuple[tuple[Fact, ...], ...]:
    return tuple(
        tuple(_fact(procedure, name, words, known) for name, words in alternative)
        for alternative in when
    )


def _fact(
    procedure: Procedure, name: str, words: Iterable[str], known: Mapping[str, Place]
) -> Fact:
    words = frozenset(words)
    unknown, said = UNKNOWN in words, words - {UNKNOWN}
    if name in procedure.by_key:
        outcomes = procedure.step(name).outcomes
        titles = tuple(it.title for it in outcomes if it.key in said and it.title)
        return Fact(procedure.step(name).title, titles, unknown, step=known[name])
    if name.startswith(SEAT):
        seat = procedure.seats[name.removeprefix(SEAT)]
        return Fact(seat.title, tuple(it for it in seat.succession if it in said), unknown, True)
    finding = procedure.findings[name]
    return Fact(
        finding.title, tuple(text for key, text in finding.options.items() if key in said), unknown
    )


def _counts(procedure: Procedure, start: str, known: Mapping[str, Place]) -> Counts:
    name, _, part = start.partition(".")
    if name in (START, OPENING):
        return Counts(name)
    if name in known:
        return Counts(part or "step", known[name].title, known[name])
    day = procedure.days.get(name)
    return Counts("day", day.title if day else name)


def chart(
    procedure: Procedure, timeline: Timeline, calendar: Calendar, progress: Progress | None = None
) -> Chart | None:
    """What happened (`progress`) and what is ahead (`timeline`) on one scale of days.

    `timeline` begins where `progress` stands. None while there is nothing to lay on a scale.
    """
    known = places(procedure)
    standings = progress.standings if progress else {}
    done = [span for it in standings.values() for span in _done(it, known[it.step])]
    ahead = [_ahead(it, known[it.step], standings.get(it.step)) for it in timeline.moments]
    lasting = {it.step for it in timeline.moments if it.lasting}
    spans = (*done, *(it for it in ahead if it.place.step not in lasting))
    if not spans:
        return None
    order = tuple(sorted(spans, key=lambda it: (it.first, it.last, it.kind is Bar.AHEAD)))
    first, last = min(it.first for it in order), max(it.last for it in order)
    return Chart(
        first, last, order, tuple(closed_between(calendar, first, last)),
        tuple(it for it in ahead if it.place.step in lasting),
    )  # fmt: skip


def _done(standing: Standing, place: Place) -> Iterator[Span]:
    for it in standing.done:
        yield Span(place, Bar.DONE, min(it.opened or it.day, it.day), it.day, it.late)


def _ahead(moment: Moment, place: Place, standing: Standing | None) -> Span:
    now = standing is not None and standing.to_do and not standing.waits_for
    late = standing is not None and standing.overdue
    kind = Bar.NOW if now and standing and standing.opened == moment.opened else Bar.AHEAD
    return Span(
        place, kind, min(moment.opened, moment.on), moment.on, late and kind is Bar.NOW,
        moment.due.at_once,
    )  # fmt: skip


def closed_between(calendar: Calendar, first: date, last: date) -> Iterator[tuple[date, date]]:
    """The holidays and closures from one day to another, those in a row as one; weekends between
    two of them belong to it.
    """
    run: tuple[date, date] | None = None
    for number in range(first.toordinal(), last.toordinal() + 1):
        day = date.fromordinal(number)
        off = day in calendar.closures or day in days_off(
            calendar.country, calendar.region, day.year
        )
        if off:
            run = (run[0] if run else day, day)
        elif run and calendar.is_working_day(day):
            yield run
            run = None
    if run:
        yield run


def share(day: date, chart_: Chart, width: int) -> int:
    """Where a day lies on a scale of so many units."""
    return round((day - chart_.first) / timedelta(days=chart_.days) * width)
