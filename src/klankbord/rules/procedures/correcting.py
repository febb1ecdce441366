"""Corrections stand in the place of what was wrong.

A correction is not an appendix: replacing the day of a signature keeps every later step and moves
their terms. What was shown on a day is found by leaving out what came later.
"""

from collections.abc import Sequence

from klankbord.rules.procedures.events import Corrected, Event, Recorded, Started
from klankbord.rules.procedures.standing import Odd, Problem


def corrected(recorded: Sequence[Recorded]) -> tuple[list[Recorded], list[Problem]]:
    """The events with every correction in its place, and the corrections that correct nothing."""
    if not any(isinstance(item.event, Corrected) for item in recorded):
        return list(recorded), []
    standing: dict[int, Recorded | None] = {}
    #: Where a correction put something: taking the correction back puts it there again.
    places: dict[int, tuple[int, Event | None]] = {}
    odd: list[Problem] = []
    for item in recorded:
        if isinstance(item.event, Corrected):
            _correct(item, item.event, standing, places, odd)
        else:
            standing[item.seq] = item
    return [item for item in standing.values() if item], odd


def _correct(
    item: Recorded,
    event: Corrected,
    standing: dict[int, Recorded | None],
    places: dict[int, tuple[int, Event | None]],
    odd: list[Problem],
) -> None:
    place, former = places.get(event.of, (event.of, None))
    instead = former if event.of in places and event.instead is None else event.instead
    now = standing.get(place)
    if place not in standing or isinstance(instead, Corrected) or not _same_start(now, instead):
        odd.append(Problem(item.seq, Odd.CORRECTS_NOTHING, str(event.of)))
        return
    places[item.seq] = (place, now.event if now else None)
    by = now.by if now else item.by
    standing[place] = Recorded(place, instead, by) if instead else None


def _same_start(now: Recorded | None, instead: Event | None) -> bool:
    """The first day under a procedure may be corrected; which procedure it is may not."""
    was = now.event if now else None
    if not isinstance(was, Started):
        return not isinstance(instead, Started)
    return isinstance(instead, Started) and (was.procedure, was.version, was.digest) == (
        instead.procedure,
        instead.version,
        instead.digest,
    )
