"""Forms on paper: what an organisation can print, empty, with the words of the screen (P27)."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from klankbord.handling.procedures import procedure_for_new
from klankbord.organisations.models import Organisation
from klankbord.organisations.queries import every_unit_of, profile_of
from klankbord.rules.forms.reading import latest_form
from klankbord.rules.forms.shape import Form, Option, with_options


def paper_forms(organisation: Organisation, *, on: date, language: str) -> tuple[Form, ...]:
    """Every form that is used there, as it stands on a day: of its doors, then of the steps of the
    procedures by which a case begins. Each has a title: the report that of its door.
    """
    profile = profile_of(organisation, language)
    doors = {door.form: door.title for door in profile.form_doors}
    keys = dict.fromkeys((*doors, *_forms_of_steps(organisation, sorted(profile.procedures), on)))
    units = tuple(Option(unit.id.hex, unit.name) for unit in every_unit_of(organisation))
    options = profile.options(units)
    forms = (with_options(latest_form(key, language, on), options) for key in keys)
    return tuple(form if form.title else replace(form, title=doors[form.key]) for form in forms)


def _forms_of_steps(
    organisation: Organisation, procedures: Iterable[str], on: date
) -> Iterator[str]:
    for key in procedures:
        for step in procedure_for_new(organisation, key, on=on, language="nl").steps:
            if step.form:
                yield step.form
