"""From the signed entries of a case to the events that the engine reads."""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any, cast

from klankbord.rules import course
from klankbord.rules.entries import Entry, Happened
from klankbord.rules.procedures import events
from klankbord.rules.procedures.events import Event, Recorded


def recorded(happened: Iterable[Happened], compartment: str) -> tuple[Recorded, ...]:
    """The events of a case in the order of its log, from the entries of one compartment.

    Members appear by the hex of their membership's id. Entries that are no part of a procedure are
    left out.
    """
    return tuple(
        Recorded(it.seq, event, it.by.hex)
        for it in happened
        if it.compartment == compartment and (event := event_of(cast(Entry, it.entry))) is not None
    )


def event_of(entry: Entry) -> Event | None:
    """What the engine reads of an entry; nothing if it is no part of a procedure."""
    translate = _EVENTS.get(type(entry))
    return translate(entry) if translate else None


def _started(it: course.ProcedureStarted) -> Event:
    return events.Started(it.on, it.procedure, it.version, it.reason, it.digest)


def _done(it: course.StepDone) -> events.StepDone:
    return events.StepDone(
        it.on, it.step, it.outcome, it.round, it.seat, it.findings, it.days,
        {judged.key: judged.holds for judged in it.conditions}, it.reason, it.referred_to,
    )  # fmt: skip


def _spoken(it: course.ConsentSpoken) -> Event | None:
    match it.answer:
        case course.Spoken.YES:
            return events.ConsentGiven(it.on, it.step, it.round, oral=True)
        case course.Spoken.NO:
            return events.ConsentRefused(it.on, it.step, it.round)
        case course.Spoken.WITHDRAWN:
            return events.ConsentWithdrawn(it.on, it.step, it.round)
    return None  # a word that nobody could have signed by our pages


def _corrected(it: course.StepCorrected) -> Event:
    return events.Corrected(it.on, it.of, _done(it.instead) if it.instead else None, it.reason)


_EVENTS: Mapping[type, Callable[[Any], Event | None]] = MappingProxyType(
    {
        course.ProcedureStarted: _started,
        course.StepDone: _done,
        course.StepSkipped: lambda it: events.StepSkipped(it.on, it.step, it.reason),
        course.StepDelegated: lambda it: events.StepDelegated(it.on, it.step, it.to.hex, it.reason),
        course.SeatTaken: lambda it: events.SeatTaken(
            it.on, it.seat, it.role, it.member.hex, it.why
        ),
        course.PersonBarred: lambda it: events.PersonBarred(it.on, it.member.hex, it.relation),
        course.PersonCleared: lambda it: events.PersonCleared(it.on, it.member.hex, it.relation),
        course.TermExtended: lambda it: events.TermExtended(it.on, it.step, it.until, it.reason),
        course.FactsFound: lambda it: events.Found(it.on, it.findings, it.days),
        course.SeverityAssessed: lambda it: events.Found(it.on, {it.finding: it.level}),
        course.ConsentAsked: lambda it: events.ConsentAsked(it.on, it.step, it.round),
        course.ConsentSpoken: _spoken,
        course.StepCorrected: _corrected,
        course.ProcedureReopened: lambda it: events.CaseReopened(it.on, it.at_step, it.reason),
    }
)
