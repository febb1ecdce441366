"""What a form fills or tells in a procedure (`finding`, `tells`): do the words of both agree?"""

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
            name = f"{step.key}.form: {step.form}.{field.key}"
            if field.finding:
                yield from _filled(name, field, procedure)
            if field.tells:
                yield from _told(name, field, procedure)


def _filled(name: str, field: Field, procedure: Procedure) -> Iterator[str]:
    if field.finding not in procedure.findings:
        yield f"{name} fills {field.finding}, which is no finding."
        return
    known = procedure.findings[field.finding].options
    words = [option.word for option in field.own_options]
    for word in known:
        if word not in words:
            yield f"{name} does not offer {word}, which {field.finding} can be."
    for word in words:
        if word not in known:
            yield f"{name} offers {word}, which {field.finding} cannot be."


def _told(name: str, field: Field, procedure: Procedure) -> Iterator[str]:
    if field.tells in procedure.findings:
        known = set(procedure.findings[field.tells].options)
    elif field.tells in procedure.by_key:
        known = {outcome.key for outcome in procedure.step(field.tells).outcomes}
    else:
        yield f"{name} tells {field.tells}, which is no finding and no step."
        return
    for option in field.own_options:
        if option.word not in known:
            yield f"{name} offers {option.word}, which {field.tells} cannot be."
