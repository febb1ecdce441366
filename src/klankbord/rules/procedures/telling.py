"""How a case stands, told from the fold: each step, by when, and what holds it up."""

from klankbord.rules.procedures.fold import MAY_GO_ON, Fold
from klankbord.rules.procedures.shape import Step
from klankbord.rules.procedures.standing import (
    NO_TERM,
    ConsentState,
    Due,
    Progress,
    Round,
    Standing,
    State,
    Withheld,
)


def told(fold: Fold) -> Progress:
    """Everything that is known of the case after its last event."""
    position = fold.position
    return Progress(
        procedure=fold.procedure.key,
        version=fold.procedure.version,
        today=fold.today,
        start=fold.clock.first[0] if fold.clock.first else None,
        standings={key: _standing(fold, step) for key, step in fold.plan.steps.items()},
        findings=position.findings,
        days={name: day for name, (day, _) in fold.clock.days.items()},
        seats=fold.seats,
        barred={who: frozenset(why) for who, why in fold.barred.items() if why},
        acted={seat: frozenset(members) for seat, members in fold.acted.items()},
        ended=fold.ended,
        converted_to=position.left,
        linked=tuple(fold.linked),
        problems=tuple(fold.problems),
    )


def _standing(fold: Fold, step: Step) -> Standing:
    key = step.key
    rounds = fold.clock.rounds.get(key)
    done = tuple(rounds) if rounds else ()
    opened = fold.position.opened.get(key)
    if opened is None:
        return _resting(fold, step, done)
    waits = fold.position.waits(step) if step.waits_for else ()
    consent = fold.consent_of(step) if step.consent else ConsentState.NEEDLESS
    blocked = waits or consent not in MAY_GO_ON
    due = fold.clock.due(step, opened) if step.term else NO_TERM
    extended = key in fold.extended
    if extended:
        due = Due(fold.extended[key][0])
    outcomes, withheld = _outcomes(fold, step)
    return Standing(
        key,
        State.BLOCKED if blocked else State.OPEN,
        fold.position.taken.get(key, 0) + 1,
        opened[0],
        due,
        due.day is not None and due.day < fold.today and not step.optional,
        not step.optional and not step.lasting,
        extended,
        waits,
        consent,
        outcomes,
        withheld,
        fold.delegated.get(key, ""),
        done,
    )


def _resting(fold: Fold, step: Step, done: tuple[Round, ...]) -> Standing:
    key = step.key
    position = fold.position
    state = State.AHEAD
    outcomes: tuple[str, ...] = ()
    withheld: tuple[Withheld, ...] = ()
    consent = ConsentState.NEEDLESS
    if key in position.reached:
        state = State.NOT_NEEDED
    elif step.anytime and not position.over and position.live(step):
        state = State.POSSIBLE
        outcomes, withheld = _outcomes(fold, step)
        consent = fold.consent_of(step)
    elif key in fold.skipped:
        state = State.SKIPPED
    elif key in position.dropped:
        state = State.DROPPED
    elif done:
        state = State.DONE
    return Standing(
        key,
        state,
        len(done),
        consent=consent,
        outcomes=outcomes,
        withheld=withheld,
        done=done,
    )


def _outcomes(fold: Fold, step: Step) -> tuple[tuple[str, ...], tuple[Withheld, ...]]:
    """The outcomes that are possible now, and those that are not with what they lack."""
    position = fold.position
    able, withheld = [], []
    for outcome in step.outcomes:
        if position.possible(step, outcome, position.findings):
            able.append(outcome.key)
        elif outcome.ends:
            ending = fold.procedure.endings[outcome.ends]
            holding_up = position.holding_up(ending, step.key)
            missing = position.missing(ending, step.key)
            withheld.append(Withheld(outcome.key, holding_up, missing))
        else:
            withheld.append(Withheld(outcome.key))
    return tuple(able), tuple(withheld)
