"""What a sentence of a source comes to in a file: small claims that a table can be made of.

Each claim names the part of the procedure that it is about, and that part must itself cite the
sentence: a table of claims proves both that it is there and that one can find it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import pytest

from klankbord.rules.procedures.shape import Procedure, Step

#: `receive` is a step; `letter.x`, `who.x`, `finding.x`, `ending.x` are those; `head` is the whole.
Holds = Callable[[Procedure], bool]
Table = Mapping[str, Sequence["Claim"]]


@dataclass(frozen=True, slots=True)
class Claim:
    """That something stands in one part of a procedure."""

    part: str
    says: str
    holds: Holds


def rows(table: Table) -> list[object]:
    """One parameter per sentence and claim."""
    return [
        pytest.param(name, claim, id=f"{name} {claim.part} {number}")
        for name, claims in table.items()
        for number, claim in enumerate(claims, 1)
    ]


def stands(procedure: Procedure, name: str, claim: Claim) -> None:
    """The part cites the sentence, and what the claim says of it is so."""
    assert name in cited(procedure, claim.part), f"{claim.part} does not cite {name}"
    assert claim.holds(procedure), f"{name}: {claim.part} does not say it: {claim.says}"


def cited(procedure: Procedure, part: str) -> tuple[str, ...]:
    """What a part of a procedure answers to, without the mark of what is derived."""
    kind, _, key = part.partition(".")
    found = {
        "head": lambda: procedure.answers,
        "letter": lambda: procedure.letters[key].source,
        "who": lambda: procedure.seats[key].source,
        "finding": lambda: procedure.findings[key].source,
        "ending": lambda: procedure.endings[key].source,
    }.get(kind, lambda: _of_step(procedure.step(kind), key))
    return tuple(name.removesuffix("·D") for name in found())


def _of_step(step: Step, check: str) -> tuple[str, ...]:
    if not check:
        return step.source
    return next(condition.source for condition in step.check if condition.key == check)


def has(part: str, says: str, holds: Holds) -> Claim:
    """Anything else, in words of its own."""
    return Claim(part, says, holds)


def _spoken(part: str, where: str, words: tuple[str, ...], text: Callable[[Step], str]) -> Claim:
    def holds(procedure: Procedure) -> bool:
        return all(word in text(procedure.step(part)) for word in words)

    return Claim(part, f"{where}: {' … '.join(words)}", holds)


def guides(part: str, *words: str) -> Claim:
    """The handler reads these words beside the step."""
    return _spoken(part, "guidance", words, lambda step: "\n".join(step.guidance))


def tells(part: str, *words: str) -> Claim:
    """The reporter reads these words."""
    return _spoken(part, "the reporter", words, lambda step: step.reporter)


def says(*words: str) -> Claim:
    """The introduction says these words."""
    return Claim(
        "head",
        f"introduction: {' … '.join(words)}",
        lambda procedure: all(word in "\n".join(procedure.intro) for word in words),
    )


def titled(part: str, *words: str) -> Claim:
    """The step, or the condition, is called so."""
    kind, _, key = part.partition(".")

    def holds(procedure: Procedure) -> bool:
        step = procedure.step(kind)
        title = next((c.title for c in step.check if c.key == key), "") if key else step.title
        return all(word in title for word in words)

    return Claim(part, f"called: {' … '.join(words)}", holds)


def by(part: str, *seats: str) -> Claim:
    """These seats take the step, the first accountable."""
    return Claim(part, f"by {', '.join(seats)}", lambda p: p.step(part).by == seats)


def term(part: str, *sentences: str) -> Claim:
    """The step has this term."""

    def holds(procedure: Procedure) -> bool:
        found = procedure.step(part).term
        return found is not None and set(sentences) <= {s.text for s in found.sentences}

    return Claim(part, f"term: {', '.join(sentences)}", holds)


def when(part: str, **findings: str) -> Claim:
    """The step is needed in these circumstances (one of its alternatives says exactly this)."""

    def holds(procedure: Procedure) -> bool:
        return any(
            {name for name, _ in alternative} == findings.keys()
            and all(findings[name] in words for name, words in alternative)
            for alternative in procedure.step(part).when
        )

    return Claim(part, f"when {findings}", holds)


def waits(part: str, *steps: str) -> Claim:
    """The step is held up by these."""
    return Claim(
        part,
        f"waits for {', '.join(steps)}",
        lambda procedure: set(steps) <= set(procedure.step(part).waits_for),
    )


def leads(part: str, outcome: str, *steps: str) -> Claim:
    """That outcome of the step reaches these steps."""

    def holds(procedure: Procedure) -> bool:
        found = procedure.step(part).outcome(outcome)
        return found is not None and set(steps) <= set(found.leads_to)

    return Claim(part, f"{outcome} → {', '.join(steps)}", holds)


def goes(part: str, outcome: str, **where: object) -> Claim:
    """That outcome of the step has these fields: `ends`, `converts_to`, `needs`, `records`, …"""

    def holds(procedure: Procedure) -> bool:
        found = procedure.step(part).outcome(outcome)
        return found is not None and all(getattr(found, k) == v for k, v in where.items())

    return Claim(part, f"{outcome}: {where}", holds)


def marked(part: str, **fields: object) -> Claim:
    """The step has these fields: `duty`, `form`, `registers`, `notifies`, `optional`, …"""
    return Claim(
        part,
        f"{fields}",
        lambda procedure: all(getattr(procedure.step(part), k) == v for k, v in fields.items()),
    )


def chooses(part: str, *outcomes: str) -> Claim:
    """The step may end in each of these ways."""
    return Claim(
        part,
        f"may end: {', '.join(outcomes)}",
        lambda procedure: set(outcomes) <= {o.key for o in procedure.step(part).outcomes},
    )


def asks(part: str, *findings: str) -> Claim:
    """The step settles these facts."""
    return Claim(
        part,
        f"asks {', '.join(findings)}",
        lambda procedure: set(findings) <= set(procedure.step(part).asks),
    )


def options(key: str, *words: str) -> Claim:
    """The finding knows these words."""
    return Claim(
        f"finding.{key}",
        f"knows {', '.join(words)}",
        lambda procedure: set(words) <= set(procedure.findings[key].options),
    )


def explains(key: str, option: str, *words: str) -> Claim:
    """The option of a finding is put in these words."""
    return Claim(
        f"finding.{key}",
        f"{option}: {' … '.join(words)}",
        lambda procedure: all(w in procedure.findings[key].options[option] for w in words),
    )


def letter(key: str, *parts: str) -> Claim:
    """The letter may not lack these parts."""
    return Claim(
        f"letter.{key}",
        f"parts {', '.join(parts)}",
        lambda procedure: set(parts) <= set(procedure.letters[key].parts),
    )


def seat(key: str, *succession: str) -> Claim:
    """The seat is taken in this order (others may come between)."""

    def holds(procedure: Procedure) -> bool:
        order = iter(procedure.seats[key].succession)
        return all(role in order for role in succession)

    return Claim(f"who.{key}", f"{' then '.join(succession)}", holds)


def never_without(key: str, *steps: str) -> Claim:
    """The ending is not possible before these steps were taken."""
    return Claim(
        f"ending.{key}",
        f"never without {', '.join(steps)}",
        lambda procedure: set(steps) <= set(procedure.endings[key].never_without),
    )


def ends(key: str, **fields: object) -> Claim:
    """The ending has these fields: `counts`, `registers`, `even_if_open`."""
    return Claim(
        f"ending.{key}",
        f"{fields}",
        lambda procedure: all(getattr(procedure.endings[key], k) == v for k, v in fields.items()),
    )
