"""Is a procedure sound? Every finding is a sentence that names the key it is about.

First the cheap ones on the text and the graph, then a walk through every choice. A finding refuses
the file; a remark does not, but somebody should read it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from klankbord.rules.forms.origins import newest_forms
from klankbord.rules.forms.shape import Form
from klankbord.rules.library import (
    LANGUAGES,
    MAIN_LANGUAGE,
    NotInLibrary,
    Refused,
    file_text,
    keys,
    parse,
)
from klankbord.rules.procedures.filled import form_findings
from klankbord.rules.procedures.plan import Plan, plan_of
from klankbord.rules.procedures.reading import FOLDER, read_procedure
from klankbord.rules.procedures.sentences import Kind
from klankbord.rules.procedures.shape import OPENING, Outcome, Procedure, Step, Subject
from klankbord.rules.procedures.structure import structure_findings
from klankbord.rules.procedures.walk import Walked, World, walk
from klankbord.rules.translation import translation_findings


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a procedure may name that lives elsewhere. None: that is not looked at.

    `filled`: the forms whose questions fill findings, to be held against them.
    """

    procedures: frozenset[str] | None = None
    forms: frozenset[str] | None = None
    roles: frozenset[str] | None = None
    bodies: frozenset[str] | None = None
    filled: Mapping[str, Form] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Proven:
    """What a proof found: findings refuse the file, remarks do not. `states`: how far it walked."""

    findings: tuple[str, ...]
    remarks: tuple[str, ...] = ()
    states: int = 0


def proof(
    key: str,
    version: int,
    languages: Sequence[str] = LANGUAGES,
    *,
    around: Surroundings | None = None,
) -> Proven:
    """The proof of a shipped procedure in all its languages; NotInLibrary if there is none."""
    stem = f"{key}.{version}"
    translations: dict[str, str] = {}
    missing: list[str] = []
    for language in languages:
        if language != MAIN_LANGUAGE:
            try:
                translations[language] = file_text(FOLDER, stem, language)
            except NotInLibrary:
                missing.append(f"the file of {key} {version} in {language} does not exist.")
    proven = text_proof(file_text(FOLDER, stem, MAIN_LANGUAGE), translations, around=around)
    return replace(proven, findings=(*missing, *proven.findings))


def text_findings(
    main: str, translations: Mapping[str, str], *, around: Surroundings | None = None
) -> tuple[str, ...]:
    """What refuses the text of a procedure's files, as for an organisation's own copy."""
    return text_proof(main, translations, around=around).findings


def text_proof(
    main: str, translations: Mapping[str, str], *, around: Surroundings | None = None
) -> Proven:
    """The proof of the text of a procedure's files."""
    try:
        raw = parse(main)
        others = {language: parse(text) for language, text in translations.items()}
    except Refused as refused:
        return Proven(refused.findings)
    if found := structure_findings(raw):
        return Proven(found)
    missing = translation_findings(raw, others)
    if translation_findings(raw, {}):  # a text of ours is empty: nothing can be read of it yet
        return Proven(missing)
    proven = prove(read_procedure(main, {}), around or Surroundings())
    return Proven(missing + proven.findings, proven.remarks, proven.states)


def shipped_surroundings() -> Surroundings:
    """The procedures and forms of the library."""
    forms = newest_forms()
    return Surroundings(frozenset(keys(FOLDER)), frozenset(forms), filled=forms)


def prove(procedure: Procedure, around: Surroundings) -> Proven:
    """The proof of a procedure whose names are right."""
    walked = walk(procedure)
    findings = (
        *_graph_findings(plan_of(procedure)),
        *_around_findings(procedure, around),
        *_walk_findings(procedure, walked),
    )
    remarks = (*_remarks(procedure, around), *_walk_remarks(procedure, walked))
    return Proven(findings, remarks, walked.states)


# What the drawing shows


def _graph_findings(plan: Plan) -> Iterator[str]:
    procedure = plan.procedure
    for step in procedure.steps:
        yield from _circle_findings(step, plan)
        for other in step.waits_for:
            if other not in _reachable_without(plan, step.key):
                yield f"{step.key}.waits_for: {other} can only come after it."
        if step.lasting and procedure.subject is Subject.CASE:
            for after in sorted(plan.leads[step.key]):
                if not plan.steps[after].lasting:
                    yield f"{step.key}: it outlives the end, but {after}, where it leads, does not."
        for outcome in step.outcomes:
            if outcome.converts_to == procedure.key:
                yield f"{step.key}.outcome.{outcome.key}: it goes on as the procedure that it is."
    for ending in procedure.endings.values():
        for key in ending.never_without:
            if plan.steps[key].optional:
                yield f"ending.{ending.key}.never_without: {key} is optional and may be skipped."


def _circle_findings(step: Step, plan: Plan) -> Iterator[str]:
    if step.optional or step.lasting or step.anytime or plan.procedure.subject != Subject.CASE:
        return
    if all(outcome.leads_to == (step.key,) and not outcome.leaves for outcome in step.outcomes):
        yield f"{step.key}: it only leads to itself."


def _reachable_without(plan: Plan, key: str) -> frozenset[str]:
    """What can be reached without passing through a step."""
    exception = plan.procedure.without_consent
    roots = {*plan.procedure.start, *(step.key for step in plan.steps.values() if step.anytime)}
    if exception:
        roots.add(exception.leads_to)
    found: set[str] = set()
    edge = roots - {key}
    while edge:
        found |= edge
        edge = {after for one in edge for after in plan.leads[one]} - found - {key}
    return frozenset(found)


# What lives elsewhere


def _around_findings(procedure: Procedure, around: Surroundings) -> Iterator[str]:
    for step in procedure.steps:
        if around.forms is not None and step.form and step.form not in around.forms:
            yield f"{step.key}.form: the form {step.form} does not exist."
        for outcome in step.outcomes:
            for other in (outcome.starts, outcome.converts_to):
                if around.procedures is not None and other and other not in around.procedures:
                    name = f"{step.key}.outcome.{outcome.key}"
                    yield f"{name}: the procedure {other} does not exist."
        for sentence in step.term.sentences if step.term else ():
            if around.bodies is not None and sentence.body and sentence.body not in around.bodies:
                yield f"{step.key}.term: the body {sentence.body} does not exist."
    yield from form_findings(procedure, around.filled)
    if around.roles is not None:
        for seat in procedure.seats.values():
            if not around.roles.intersection(seat.succession):
                yield f"who.{seat.key}: nobody can hold any of its roles here."


# What the walk met


def _walk_findings(procedure: Procedure, walked: Walked) -> Iterator[str]:
    if walked.too_many:
        names = ", ".join(walked.too_many)
        yield f"finding: there are too many circumstances to try; split one of {names}."
        return
    for open_steps, world in walked.dead_ends.items():
        where = ", ".join(open_steps) or "step"
        yield f"{where}: a case can get stuck here and never end{_in(world)}."
    for key, world in walked.speechless.items():
        yield f"{key}.outcome: none of its outcomes is possible{_in(world)}."
    for key, world in walked.timeless.items():
        yield f"{key}.term: nothing that it counts from may be known yet{_in(world)}."
    exception = procedure.without_consent
    for step in procedure.steps:
        told = exception is not None and exception.leads_to == step.key
        if step.key not in walked.opened and not told:
            yield f"{step.key}: this step is never reached."
    for key in procedure.endings:
        if key not in walked.endings:
            yield f"ending.{key}: this ending is never reached."


def _in(world: World) -> str:
    facts = ", ".join(f"{name} = {word}" for name, word in world.items())
    return f" when {facts}" if facts else ""


# What somebody should read


def _walk_remarks(procedure: Procedure, walked: Walked) -> Iterator[str]:
    if walked.too_many:
        return
    for step in procedure.steps:
        if step.key in walked.opened:
            for outcome in step.outcomes:
                if (step.key, outcome.key) not in walked.outcomes:
                    yield f"{step.key}.outcome.{outcome.key}: this outcome is never possible."


def _remarks(procedure: Procedure, around: Surroundings) -> Iterator[str]:
    for ending in procedure.endings.values():
        if not ending.reopens_at:
            yield f"ending.{ending.key}: a case that ends so cannot be reopened."
    for seat in procedure.seats.values():
        roles = [role for role in seat.succession if around.roles is None or role in around.roles]
        if seat.barred and len(roles) < 2:
            yield f"who.{seat.key}: one person who may not act leaves it empty (K9)."
        for role in seat.succession:
            if around.roles is not None and role not in around.roles:
                yield f"who.{seat.key}.succession: nobody can be {role} here."
    for step in procedure.steps:
        if _comes_again_without_a_term(step, procedure):
            yield f"{step.key}.term: when it comes again it has no new start; add “after opening”."


def _comes_again_without_a_term(step: Step, procedure: Procedure) -> bool:
    """Whether a round can follow a round of the step without renewing any start of its term."""
    if step.term is None:
        return False
    starts = {sentence.start.partition(".")[0] for sentence in step.term.sentences}
    if OPENING in starts or any(s.kind is Kind.EVERY for s in step.term.sentences):
        return False
    found: set[str] = set()
    edge = {step.key}
    while edge:
        edge = {
            after
            for key in edge
            for outcome in procedure.step(key).outcomes
            if not _renews(procedure.step(key), outcome, starts, step.key)
            for after in outcome.leads_to
        } - found
        found |= edge
    return step.key in found


def _renews(step: Step, outcome: Outcome, starts: set[str], asking: str) -> bool:
    if step.key in starts and step.key != asking:
        return True
    return bool(starts.intersection(step.records + outcome.records))
