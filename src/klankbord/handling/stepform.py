"""The form of a step: with the organisation's own words, begun with what is known already."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from klankbord.handling.course import Course
from klankbord.handling.pages import Item
from klankbord.organisations.models import Organisation
from klankbord.organisations.queries import calendar_of, every_unit_of, profile_of
from klankbord.rules.course import StepCorrected, StepDone, WorkNoted
from klankbord.rules.entries import Answers, Happened, IdentityGiven, ReportReceived
from klankbord.rules.forms.reading import latest_form, load_form
from klankbord.rules.forms.shape import Compartment, Form, Option, with_options
from klankbord.rules.procedures.checks import proposed_checks
from klankbord.rules.procedures.shape import Step


def form_of_step(organisation: Organisation, key: str, *, on: date, language: str) -> Form:
    """The form that a step fills in, in the version of this day."""
    units = tuple(Option(unit.id.hex, unit.name) for unit in every_unit_of(organisation))
    profile = profile_of(organisation, language)
    return with_options(latest_form(key, language, on), profile.options(units))


def answered_before(happened: Sequence[Happened]) -> Mapping[str, Mapping[str, Any]]:
    """What was answered so far, by form: the newest answer to each question that one can read."""
    found: dict[str, dict[str, Any]] = {}
    for it in happened:
        match it.entry:
            case (
                ReportReceived(form=form)
                | IdentityGiven(form=form)
                | StepDone(form=form)
                | WorkNoted(form=form)
            ):
                if form is not None:
                    found.setdefault(form.form, {}).update(form.answers)
    return found


def proposed_conditions(
    course: Course, step: Step, organisation: Organisation
) -> dict[str, dict[str, bool]]:
    """What two days say about a condition; a person decides (K7)."""
    proposed = proposed_checks(step, course.progress, calendar_of(organisation))
    return {key: {"done": holds} for key, holds in proposed.items() if holds is not None}


def filled_in(item: Item) -> Answers | None:
    """The form that was filled in with something that happened, if its reader can open it."""
    noted = item.noted.form if item.noted else None
    match item.entry:
        case ReportReceived(form=form) | StepDone(form=form):
            return form or noted
        case StepCorrected(instead=StepDone(form=form)):
            return form or noted
    return None


def as_filled_in(
    organisation: Organisation,
    filled: Answers,
    *,
    known: Mapping[str, Mapping[str, Any]],
    language: str,
) -> tuple[Form, dict[str, Any]]:
    """The form in the version that was filled in, and its answers.

    `known` adds who somebody is: what the reader can open of it (`answered_before`).
    """
    units = tuple(Option(unit.id.hex, unit.name) for unit in every_unit_of(organisation))
    profile = profile_of(organisation, language)
    form = with_options(
        load_form(filled.form, filled.version, language), profile.options(units, filled.answers)
    )
    who = {
        field.key: answer
        for field in form.fields
        if field.compartment is Compartment.IDENTITY
        and (answer := known.get(filled.form, {}).get(field.key)) is not None
    }
    return form, {**who, **filled.answers}
