"""Where a case stands: a fold over what happened, from nothing, every time.

`progress` never raises on a strange history, because people do things out of order and two act at
once: it says what is odd. It does refuse to read a case by another version than its own.
"""

from collections.abc import Sequence
from datetime import date

from klankbord.rules.procedures.correcting import corrected
from klankbord.rules.procedures.events import Recorded, Started
from klankbord.rules.procedures.fold import Fold
from klankbord.rules.procedures.plan import plan_of
from klankbord.rules.procedures.shape import Procedure
from klankbord.rules.procedures.standing import Odd, Progress
from klankbord.rules.procedures.telling import told
from klankbord.rules.terms import Calendar


class AnotherProcedure(ValueError):
    """The case went through another procedure or version than the one given."""


def progress(
    procedure: Procedure, recorded: Sequence[Recorded], calendar: Calendar, today: date
) -> Progress:
    """Where a case stands on a day, by the version with which it started.

    `recorded` is in the order of the log. Raises AnotherProcedure if the last `Started` names
    another key, version or digest. The people are not asked for: a leave or a new director changes
    who must act (`who`), never where the case stands.
    """
    events, odd = corrected(recorded)
    fold = Fold(plan_of(procedure), calendar, today)
    fold.problems += odd
    start = _first_under(procedure, events)
    for item in events[:start]:
        fold.now = (item.event.day, item.seq)
        fold.carry(item)
    for item in events[start:]:
        fold.happen(item)
    if fold.clock.first is None:
        fold.odd(Odd.NOT_STARTED, procedure.key)
    return told(fold)


def _first_under(procedure: Procedure, events: Sequence[Recorded]) -> int:
    """Where the last unbroken run under this procedure begins."""
    started = [(n, item.event) for n, item in enumerate(events) if isinstance(item.event, Started)]
    if not started:
        return 0
    last = started[-1][1]
    if (last.procedure, last.version) != (procedure.key, procedure.version):
        raise AnotherProcedure(f"{last.procedure} {last.version}")
    if last.digest and last.digest != procedure.digest:
        raise AnotherProcedure(f"{last.procedure} {last.version}: another text")
    first = started[-1][0]
    for place, event in reversed(started):
        if event.procedure != procedure.key:
            break
        first = place
    return first
