"""A form on one page, as a member fills it in during a step: begun with what is known, read whole.

Nothing typed is dropped in silence. What another answer makes idle is asked about once; what may
not stay open, or is no day, is said where it stands, with how to mend it.
"""

from collections.abc import Collection, Mapping
from datetime import date

from klankbord.rules.forms.answers import (
    Answered,
    Answers,
    Posted,
    Problem,
    asked,
    read_answers,
)
from klankbord.rules.forms.shape import (
    CHOOSING,
    UNKNOWN,
    Asks,
    Field,
    FieldKind,
    Form,
    Words,
)

#: What is posted back as `<field>-asked` once somebody was told that an answer is idle.
IDLE = "idle"


def read_page(
    form: Form,
    data: Posted,
    *,
    today: date,
    facts: Answers | None = None,
    elsewhere: Collection[str] = (),
    whole: bool = True,
) -> Answered:
    """The answers of a form that was posted as one page.

    `values` holds all that was typed, to be shown again; seal what `split_compartments` keeps of
    it. `elsewhere`: the findings, conditions and outcome that the page asks itself; what is known
    of them (`facts`) answers the questions that fill them. `whole=False`: what must be filled in
    may stay open, for a step that ends without the form. Never raises on what is posted.
    """
    values: dict[str, object] = {}
    problems: list[Problem] = []
    for section in form.sections:
        answered = read_answers(section, data, today=today)
        values |= answered.values
        problems += answered.problems
    values = {
        key: value for key, value in values.items() if form.field(key).fact not in elsewhere
    } | _told(form, facts or {})
    shown = {field.key for field in asked(form, values)}
    for field in form.fields:
        if field.key not in shown:
            problems += _idle(field, values, data, form.words)
        elif form.asks is Asks.MEMBER and (not field.fact or field.fact not in elsewhere):
            problems += _to_mend(field, values, form.words, whole)
    order = {field.key: place for place, field in enumerate(form.fields)}
    problems.sort(key=lambda problem: order[problem.field.partition(".")[0]])
    return Answered(values, tuple(problems))


def _told(form: Form, facts: Answers) -> dict[str, object]:
    return {
        field.key: facts[field.fact]
        for field in form.fields
        if field.fact in facts and _fits(field, facts[field.fact])
    }


def _idle(field: Field, values: Answers, data: Posted, words: Words) -> list[Problem]:
    told = data.get(f"{field.key}-asked") or [""]
    if field.key not in values or IDLE in told or not words.not_asked:
        return []
    return [Problem(field.key, "not_asked", words.not_asked, soft=True, asked=IDLE)]


def _to_mend(field: Field, values: Answers, words: Words, whole: bool) -> list[Problem]:
    answer = values.get(field.key)
    if answer is None:
        return [Problem(field.key, "needed", words.needed)] if whole and field.required else []
    if field.kind is FieldKind.DATE and not is_whole_day(answer):
        return [Problem(field.key, "no_day", words.no_day)]
    if field.kind is not FieldKind.ROWS or not isinstance(answer, list):
        return []
    return [
        problem
        for number, row in enumerate(answer, 1)
        for own, named in zip(field.fields, field.row(number), strict=True)
        for problem in _to_mend(named, {named.key: row.get(own.key)}, words, True)
    ]


def is_whole_day(answer: object) -> bool:
    """Whether a date says its day, its month and its year."""
    return isinstance(answer, Mapping) and answer.keys() >= {"day", "month", "year"}


def begun(
    form: Form,
    *,
    earlier: Mapping[str, Answers] | None = None,
    facts: Answers | None = None,
    given: Answers | None = None,
) -> dict[str, object]:
    """What stands in a form before anybody touches it.

    `earlier`: the last answers by the key of their form, as far as this member can read them; also
    `organisation` and `member` (`name`, `telephone`, ...). `facts`: findings and outcomes of steps
    so far, and conditions. `given`: answers by their own key, such as what is proposed. The later
    weighs more: where an answer comes from, this form's own earlier answers, facts, what is given.
    """
    earlier, facts, given = earlier or {}, facts or {}, given or {}
    own = earlier.get(form.key, {})
    values: dict[str, object] = {}
    for field in form.fields:
        source, name = field.comes_from or ("", "")
        candidates = (
            given.get(field.key),
            facts.get(field.fact) if facts.get(field.fact) != UNKNOWN else None,
            own.get(field.key),
            earlier.get(source, {}).get(name),
        )
        known = next((it for it in candidates if it and _fits(field, it)), None)
        if known is not None:
            values[field.key] = known
    return values


def _fits(field: Field, answer: object) -> bool:
    """Whether an answer that was given elsewhere can stand in this field."""
    if field.kind is FieldKind.CHOICES:
        return isinstance(answer, list) and all(field.option(word) for word in answer)
    if field.kind in CHOOSING:
        return field.option(answer) is not None
    if field.kind is FieldKind.ROWS:
        return isinstance(answer, list) and all(isinstance(row, dict) for row in answer)
    if field.kind in (FieldKind.DATE, FieldKind.DATE_FUZZY, FieldKind.TIME_FUZZY, FieldKind.CHECK):
        return isinstance(answer, Mapping)
    return isinstance(answer, str)


def fills(form: Form, answers: Answers) -> dict[str, str]:
    """What the answers say about the findings of the procedure, by finding; never an outcome, nor
    that somebody does not know or would rather not say.
    """
    return {
        field.finding: str(answers[field.key])
        for field in asked(form, answers)
        if field.finding and answers.get(field.key) in [it.word for it in field.own_options]
    }
