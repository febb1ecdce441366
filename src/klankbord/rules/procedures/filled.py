"""What a form fills in a procedure (`finding`): do the words of both agree?"""

from collections.abc import Iterator, Mapping

from klankbord.rules.forms.shape import Field, Form
from klankbord.rules.procedures.shape import Procedure


def form_findings(procedure: Procedure, forms: Mapping[str, Form]) -> Iterator[str]:
    """One sentence for each question of a step's form that fills what is not there, or in words
    that the procedure does not know. A finding and its question offer the same words; a question
    may offer fewer outcomes than its step has.
    """
    for step in procedure.steps:
        for field in forms[step.form].fields if step.form in forms else ():
            if field.finding:
                name = f"{step.key}.form: {step.form}.{field.key}"
                yield from _one(name, field, procedure)


def _one(name: str, field: Field, procedure: Procedure) -> Iterator[str]:
    words = [option.word for option in field.own_options]
    if field.finding in procedure.findings:
        known = set(procedure.findings[field.finding].options)
        for word in sorted(known.difference(words)):
            yield f"{name} does not offer {word}, which {field.finding} can be."
    elif field.finding in procedure.by_key:
        known = {outcome.key for outcome in procedure.step(field.finding).outcomes}
    else:
        yield f"{name} fills {field.finding}, which is no finding and no step."
        return
    for word in words:
        if word not in known:
            yield f"{name} offers {word}, which {field.finding} cannot be."
