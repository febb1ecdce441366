"""Where an answer comes from (`comes_from`): does that place exist, and does the answer fit?"""

from collections.abc import Iterator, Mapping

from klankbord.rules.forms.reading import load_form
from klankbord.rules.forms.shape import CHOOSING, Field, Form
from klankbord.rules.library import MAIN_LANGUAGE, keys, versions

FOLDER = "forms"
#: What the page itself knows: whose form it is, who fills it in, who handles the complaint.
KNOWN: Mapping[str, frozenset[str]] = {
    "organisation": frozenset({"name", "street", "place"}),
    "member": frozenset({"name", "telephone", "email"}),
    "responsible": frozenset({"name", "telephone", "email"}),
}


def newest_forms(language: str = MAIN_LANGUAGE) -> dict[str, Form]:
    """The newest version of every shipped form, by key."""
    return {key: load_form(key, max(versions(FOLDER, key))[0], language) for key in keys(FOLDER)}


def origin_findings(form: Form, forms: Mapping[str, Form]) -> tuple[str, ...]:
    """What is wrong with where a form's answers come from; one sentence each."""
    return tuple(
        sentence
        for field in form.fields
        if field.comes_from
        for sentence in _origin(field, *field.comes_from, forms)
    )


def _origin(field: Field, form: str, name: str, forms: Mapping[str, Form]) -> Iterator[str]:
    if form in KNOWN:
        if name not in KNOWN[form]:
            yield f"{field.key}.comes_from: of the {form} no {name} is known."
        return
    if form not in forms:
        yield f"{field.key}.comes_from: the form {form} does not exist."
        return
    other = next((it for it in forms[form].fields if it.key == name), None)
    if other is None:
        yield f"{field.key}.comes_from: the form {form} has no field {name}."
    elif other.kind is not field.kind:
        yield f"{field.key}.comes_from: {form}.{name} is of the kind {other.kind}."
    elif field.kind in CHOOSING:
        for option in other.own_options:
            if field.option(option.word) is None:
                yield f"{field.key}.options: {form}.{name} offers {option.word}; this does not."
