"""Plain functions that tell a case, so that a test names only what matters to it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from klankbord.rules.procedures.events import (
    Corrected,
    Event,
    Found,
    PersonBarred,
    Recorded,
    SeatTaken,
    Started,
    StepDone,
)
from klankbord.rules.procedures.progress import progress
from klankbord.rules.procedures.shape import Procedure
from klankbord.rules.procedures.standing import Odd, Progress
from klankbord.rules.terms import Calendar

CLOSURE = frozenset(date(2026, 12, 24) + timedelta(days=days) for days in range(11))
MEETINGS: Mapping[str, tuple[date, ...]] = {
    "daily_board": (
        date(2026, 12, 15),
        date(2027, 1, 19),
        date(2027, 2, 16),
        date(2027, 3, 16),
        date(2027, 4, 20),
    ),
    "board": (date(2026, 12, 10), date(2027, 3, 11), date(2027, 6, 10)),
}
BE = Calendar("BE", meetings=MEETINGS)
BE_CLOSED = Calendar("BE", CLOSURE, meetings=MEETINGS)
NL = Calendar("NL", meetings=MEETINGS)


@dataclass
class Story:
    """A case that is being told, one event after the other."""

    procedure: Procedure
    calendar: Calendar = BE
    events: list[Recorded] = field(default_factory=list)

    def tell(self, *events: Event, by: str = "") -> "Story":
        for event in events:
            self.events.append(Recorded(len(self.events) + 1, event, by))
        return self

    def start(self, day: date) -> "Story":
        return self.tell(Started(day, self.procedure.key, self.procedure.version))

    def do(self, day: date, step: str, outcome: str = "", *, by: str = "", **more: object) -> int:
        """A step is done; returns the number of the event."""
        self.tell(StepDone(day, step, outcome, **more), by=by)  # type: ignore[arg-type]
        return len(self.events)

    def seat(self, day: date, seat: str, role: str, member: str) -> "Story":
        return self.tell(SeatTaken(day, seat, role, member))

    def bar(self, day: date, *members: str, relation: str = "accused") -> "Story":
        return self.tell(*(PersonBarred(day, member, relation) for member in members))

    def correct(self, day: date, of: int, instead: Event | None) -> "Story":
        return self.tell(Corrected(day, of, instead, "It was noted wrongly"))

    def event(self, number: int) -> Event:
        return self.events[number - 1].event

    def at(self, today: date) -> Progress:
        return progress(self.procedure, self.events, self.calendar, today)

    def copy(self) -> "Story":
        return replace(self, events=list(self.events))


def open_steps(now: Progress) -> set[str]:
    return {key for key, standing in now.standings.items() if standing.to_do}


def odd(now: Progress) -> list[tuple[Odd, str]]:
    return [(problem.kind, problem.about) for problem in now.problems]


def due(now: Progress, step: str) -> date | None:
    return now.standings[step].due.day


def signed_complaint(
    procedure: Procedure, signed: date, *, told: date | None = None, calendar: Calendar = BE
) -> Story:
    """A service complaint up to and with the signature, by people who took their seats."""
    first = told or signed
    story = Story(procedure, calendar).start(first)
    story.seat(first, "responsible", "complaint_delegate", "Dora")
    story.do(first, "receive", "service")
    story.do(first, "direct_attempt", "not_enough")
    story.do(signed, "part1")
    story.do(signed, "sign", "signed", days={"signed": signed})
    story.do(signed, "give_copy")
    return story


def days(story: Story, today: date, steps: Sequence[str]) -> list[date | None]:
    now = story.at(today)
    return [due(now, step) for step in steps]


# Cases of which a great deal was written down


def long_complaint(entries: int) -> list[Recorded]:
    """A complaint that goes back to the form, time after time."""
    day = date(2026, 12, 1)
    events: list[Event] = [Started(day, "complaint", 1), StepDone(day, "receive", "service")]
    events += [StepDone(day, "direct_attempt", "official"), StepDone(day, "part1")]
    while len(events) < entries:
        day += timedelta(days=1)
        events.append(StepDone(day, "sign", "not_right"))
        events.append(StepDone(day, "part1", days={"facts": day}))
        events.append(Found(day, {"channel": "oral" if day.day % 2 else "phone"}))
    return [Recorded(n, event, "Dora") for n, event in enumerate(events[:entries], 1)]


def long_report(entries: int) -> list[Recorded]:
    """A report in which facts keep changing and aftercare comes back, with all its notices open."""
    day = date(2026, 12, 1)
    events: list[Event] = [
        Started(day, "transgressive", 2),
        StepDone(day, "report", "inside", findings={"scenario": "chronic"}),
    ]
    while len(events) < entries:
        day += timedelta(days=1)
        events.append(StepDone(day, "aftercare", "again", days={"next_contact": day}))
        events.append(Found(day, {"severity": "red" if day.day % 2 else "yellow"}))
        events.append(Found(day, days={"facts": day}))
    return [Recorded(n, event, "Dora") for n, event in enumerate(events[:entries], 1)]
