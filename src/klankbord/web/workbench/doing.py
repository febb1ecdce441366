"""What was typed on the page of a step: read whole, and shown again until it can stay."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import gettext

from klankbord.handling.steps import Doing
from klankbord.handling.todo import Task
from klankbord.rules.course import Judged
from klankbord.rules.entries import Answers, KeptFile
from klankbord.rules.forms.onepage import fills
from klankbord.rules.forms.shape import FieldKind, Form
from klankbord.rules.procedures.shape import UNKNOWN, Condition, Outcome
from klankbord.web.components.days import NoSuchDay, day_in
from klankbord.web.components.forms import FormPage
from klankbord.web.workbench import forms

LONGEST_ROUND = 4  # digits
HOLDS = {"yes": True, "no": False}


@dataclass(frozen=True, slots=True)
class Typed:
    """The fields around the form: as they were typed, and what cannot stay."""

    values: Mapping[str, str] = field(repr=False)
    days: Mapping[str, date]
    errors: forms.Errors

    def get(self, name: str) -> str:
        """What was typed in a field."""
        return self.values.get(name, "")


def typed(
    request: HttpRequest, task: Task, form: Form | None, *, today: date, settled: str = ""
) -> Typed:
    """Read everything but the form of the step itself, and but a fact `settled` elsewhere."""
    values = {
        name: forms.text(request, name) for name in request.POST if name != f"finding-{settled}"
    }
    errors: forms.Errors = {}
    days: dict[str, date] = {}
    outcome = chosen(task, values)
    if outcome is None:
        errors["s-outcome"] = gettext("Choose how this step ends.")
    needed = {"on", *task.step.records, *(outcome.records if outcome else ())}
    for name in ("on", *day_names(task)):
        _one_day(name, values, days, errors, needed=name in needed, today=today)
    given = values.get("s-reason") or (asks_reason(form) and values.get("reason"))
    if outcome and "reason" in outcome.needs and not given:
        errors["s-reason"] = gettext("Write down why. The reason stays in the case.")
    if outcome and "referral" in outcome.needs and not values.get("s-referred"):
        errors["s-referred"] = gettext("Write down to whom you refer.")
    return Typed(values, days, errors)


def day_names(task: Task) -> tuple[str, ...]:
    """The days that this step must or may write down, each once."""
    names = [*task.step.records, *task.step.may_record]
    names += [name for outcome in task.step.outcomes for name in outcome.records]
    return tuple(dict.fromkeys(names))


def _one_day(
    name: str, values: Mapping[str, str], days: dict[str, date], errors: forms.Errors, *,
    needed: bool, today: date,
) -> None:  # fmt: skip
    try:
        day = day_in(values.get(f"day-{name}", ""))
    except NoSuchDay:
        errors[f"day-{name}"] = gettext("This is no day. Write it as 28-11-2026.")
        return
    if day is not None:
        days[name] = day
    elif needed:
        errors[f"day-{name}"] = gettext("Fill in a day.")
    if name == "on" and day and day > today:
        errors["day-on"] = gettext("This day is still to come. Note a step when it is done.")


def chosen(task: Task, values: Mapping[str, str]) -> Outcome | None:
    """The outcome that was chosen; the only one where there is one way."""
    if len(task.step.outcomes) == 1:
        return task.step.outcomes[0]
    return next((it for it in task.outcomes if it.key == values.get("s-outcome")), None)


def doing_of(
    task: Task, read: Typed, page: FormPage | None, files: tuple[KeptFile, ...] = ()
) -> Doing:
    """What was done, to be sealed."""
    outcome = chosen(task, read.values)
    file, identity = page.sealed if page else ({}, {})
    step = task.step
    return Doing(
        outcome=outcome.key if outcome else "",
        on=read.days["on"],
        round=_round(read, task),
        seat=read.get("s-seat") if read.get("s-seat") in step.by else step.by[0],
        findings=findings_in(task, read.values) | fills_of(page),
        days=_days_of(task, outcome, read),
        conditions=(*conditions_in(task, read), *conditions_of(page)),
        form=_answers(page, file) if page else None,
        identity=_answers(page, identity) if page and identity else None,
        letter={
            name.removeprefix("letter-"): text
            for name, text in read.values.items()
            if name.startswith("letter-") and text
        },
        reason=read.get("s-reason") or str(file.get("reason", "")),
        note=read.get("s-note"),
        referred_to=read.get("s-referred"),
        files=files,
    )


def _days_of(task: Task, outcome: Outcome | None, read: Typed) -> dict[str, date]:
    """The days that this ending writes down: what stood ready for another one does not count."""
    own = {*task.step.records, *task.step.may_record, *(outcome.records if outcome else ())}
    return {name: day for name, day in read.days.items() if name in own}


def _round(read: Typed, task: Task) -> int:
    """The round that the page showed; a page that says nothing sensible means the present one."""
    shown = read.get("s-round")
    if shown.isascii() and shown.isdigit() and len(shown) <= LONGEST_ROUND:
        return int(shown)
    return task.standing.round or 1


def findings_in(task: Task, values: Mapping[str, str]) -> dict[str, str]:
    """The facts that this step asks; what nobody knows stays open."""
    return {
        key: values[f"finding-{key}"]
        for key in task.step.asks
        if values.get(f"finding-{key}") not in (None, "", UNKNOWN)
    }


def asks_reason(form: Form | None) -> bool:
    """Whether the form of the step has a place of its own for the reason."""
    return form is not None and any(it.key == "reason" for it in form.fields)


def own_conditions(task: Task, form: Form | None) -> tuple[Condition, ...]:
    """The conditions that the form of the step does not ask itself."""
    asked = {field.key for field in form.fields} if form else set()
    return tuple(it for it in task.step.check if it.key not in asked)


def conditions_in(task: Task, read: Typed) -> tuple[Judged, ...]:
    """What was judged on the page itself."""
    return tuple(
        Judged(it.key, HOLDS[read.get(f"check-{it.key}")], read.get(f"note-{it.key}"))
        for it in task.step.check
        if read.get(f"check-{it.key}") in HOLDS
    )


def conditions_of(page: FormPage | None) -> tuple[Judged, ...]:
    """What was judged in the form of the step."""
    if page is None:
        return ()
    answers = ((it.key, page.answers.get(it.key)) for it in page.form.fields
               if it.kind is FieldKind.CHECK)  # fmt: skip
    return tuple(
        Judged(key, bool(answer["done"]), str(answer.get("note", "")))
        for key, answer in answers
        if isinstance(answer, Mapping) and "done" in answer
    )


def fills_of(page: FormPage | None) -> dict[str, str]:
    """What the form of the step says about facts."""
    return fills(page.form, page.answers) if page else {}


def _answers(page: FormPage, answers: Mapping[str, Any]) -> Answers:
    return Answers(page.form.key, page.form.version, translation.get_language(), answers)
