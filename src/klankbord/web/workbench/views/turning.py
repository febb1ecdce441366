"""Turning a case: choose or change its procedure, correct what was noted, take it up again."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext

from klankbord.handling import mending, steps
from klankbord.handling.casework import CasePage, Item, ReasonMissing, TextTooLong, TroubleInCase
from klankbord.handling.happening import DayToCome, StepRefused
from klankbord.handling.procedures import procedures_here
from klankbord.kit.clock import now, today
from klankbord.organisations.models import Organisation
from klankbord.organisations.queries import profile_of
from klankbord.rules.course import StepDone
from klankbord.web.access import READER, MemberRequest, allow
from klankbord.web.components.days import NoSuchDay, day_in
from klankbord.web.components.procedures import differences
from klankbord.web.workbench import forms
from klankbord.web.workbench.cases import opened, own_case
from klankbord.web.workbench.views.steps import by_scheme, impossible, odd, refusal

PROCEDURE = "workbench/procedure.html"
CORRECT = "workbench/correct.html"
REOPEN = "workbench/reopen_at.html"
FACTS = "workbench/facts.html"
EXTEND = "workbench/extend.html"
REFUSED = (DayToCome, ReasonMissing, StepRefused, TextTooLong, TroubleInCase)


@allow(READER)
@own_case
def procedure(request: MemberRequest, reference: str) -> HttpResponse:
    """Let the case go by another procedure or a newer version: what was found out goes along."""
    page = _page(request, reference)
    page |= _choices(page["work"], page["case"].organisation)
    if request.method != "POST":
        return render(request, PROCEDURE, page)
    key = forms.line(request, "procedure")
    if key not in {it.key for it in page["choices"]}:
        errors = {"procedure": gettext("Choose a procedure.")}
        return forms.again(request, PROCEDURE, page, errors)
    try:
        mending.start_procedure(
            request.member, reference, key=key, reason=forms.text(request, "reason"), at=now()
        )
    except ReasonMissing:
        errors = {"reason": gettext("Write down why. The reason stays in the case.")}
        return forms.again(request, PROCEDURE, page, errors)
    except (StepRefused, TroubleInCase) as refused:
        return forms.again(request, PROCEDURE, page, refusal(refused))
    forms.say(request, "procedure_changed")
    return redirect("workbench:case", reference)


def _choices(work: CasePage, organisation: Organisation) -> dict[str, Any]:
    """What the case can go by, and what a newer version of its procedure changes in it."""
    language = translation.get_language()
    choices = procedures_here(organisation, on=today(), language=language)
    now_by = work.todo.course.procedure if work.todo else None
    newer = next((it for it in choices if now_by and it.key == now_by.key), None)
    if now_by is None or newer is None:
        return {"choices": choices}
    roles = {role.key: role.title for role in profile_of(organisation, language).roles}
    if newer.digest == now_by.digest:
        return {"choices": tuple(it for it in choices if it.key != now_by.key)}
    return {"choices": choices, "newer": newer.key, "changes": differences(now_by, newer, roles)}


@allow(READER)
@own_case
def correct(request: MemberRequest, reference: str, seq: int) -> HttpResponse:
    """Put the right day or outcome in the place of a wrong one, or take it back."""
    page = _page(request, reference)
    item = _item(page["work"], seq)
    if item is None:
        return redirect("workbench:case", reference)
    page["item"], page["step"] = item, _step_of(page["work"], item)
    if request.method != "POST":
        return render(request, CORRECT, page)
    try:
        instead = _instead(request, item)
        mending.correct(
            request.member, reference, of=seq, instead=instead,
            reason=forms.text(request, "reason"), at=now(),
        )  # fmt: skip
    except NoSuchDay:
        errors = {"on": gettext("This is no day. Write it as 28-11-2026.")}
        return forms.again(request, CORRECT, page, errors)
    except ReasonMissing:
        errors = {"reason": gettext("Write down what was wrong.")}
        return forms.again(request, CORRECT, page, errors)
    except DayToCome as refused:
        name = "on" if refused.name == "on" else f"day-{refused.name}"
        return forms.again(request, CORRECT, page, {name: impossible(refused)})
    except (StepRefused, TextTooLong, TroubleInCase) as refused:
        return forms.again(request, CORRECT, page, refusal(refused))
    forms.say(request, "corrected")
    return redirect("workbench:case", reference)


def _instead(request: MemberRequest, item: Item) -> StepDone | None:
    """The step as it should have been noted; nothing when it is taken back."""
    entry = item.entry
    if forms.line(request, "how") != "instead" or not isinstance(entry, StepDone):
        return None
    on = day_in(forms.line(request, "on")) or entry.on
    days = {
        name: day_in(forms.line(request, f"day-{name}")) or day for name, day in entry.days.items()
    }
    outcome = forms.line(request, "outcome") or entry.outcome
    same = outcome == entry.outcome  # else neither the letter nor the reason of before goes with it
    return replace(
        entry, on=on, days=days, outcome=outcome, letter=entry.letter if same else {},
        reason=entry.reason if same else forms.text(request, "reason"),
    )  # fmt: skip


def _item(work: CasePage, seq: int) -> Item | None:
    """What was noted at this place, if it can be put right."""
    for item in work.page.items:
        if item.seq == seq and isinstance(item.entry, mending.CORRECTABLE):
            return None if item.by_reporter else item
    return None


def _step_of(work: CasePage, item: Item) -> Any:
    if work.todo is None or not isinstance(item.entry, StepDone):
        return None
    return work.todo.course.procedure.by_key.get(item.entry.step)


@allow(READER)
@own_case
def reopen_at(request: MemberRequest, reference: str) -> HttpResponse:
    """Take an ended case up again, at a step that its ending allows (R-004-192)."""
    page = _page(request, reference)
    todo = page["work"].todo
    if todo is None or todo.ending is None or not todo.ending.reopens_at:
        return redirect("workbench:case", reference)
    by_key = todo.course.procedure.by_key
    page["steps"] = tuple(by_key[key] for key in todo.ending.reopens_at)
    if request.method != "POST":
        return render(request, REOPEN, page)
    key = forms.line(request, "step")
    if key not in todo.ending.reopens_at:
        return forms.again(request, REOPEN, page, {"step": gettext("Choose where to go on.")})
    try:
        mending.reopen_at(
            request.member, reference, step=key, reason=forms.text(request, "reason"), at=now()
        )
    except ReasonMissing:
        errors = {"reason": gettext("Write down why. The reason stays in the case.")}
        return forms.again(request, REOPEN, page, errors)
    except (StepRefused, TroubleInCase) as refused:
        return forms.again(request, REOPEN, page, refusal(refused))
    forms.say(request, "reopened")
    return redirect("workbench:case", reference)


@allow(READER)
@own_case
def facts(request: MemberRequest, reference: str) -> HttpResponse:
    """Note facts that became known outside a step; what depends on them is judged anew."""
    page = _page(request, reference)
    todo = page["work"].todo
    if todo is None:
        return redirect("workbench:procedure", reference)
    known = todo.course.procedure.findings
    page["findings"], page["procedure"] = tuple(known), todo.course.procedure
    page["by_scheme"] = settled = by_scheme(page["work"])
    if request.method != "POST":
        page["typed"] = {f"finding-{k}": v for k, v in todo.course.progress.findings.items()}
        return render(request, FACTS, page)
    found = {
        key: word
        for key, it in known.items()
        if (word := forms.line(request, f"finding-{key}")) in {*it.options, "unknown"}
        and word != todo.course.progress.findings.get(key, "unknown")
        and not (settled and settled.finding == key)
    }
    if not found:
        errors = {"": gettext("Nothing changed. Choose what became known.")}
        return forms.again(request, FACTS, page, errors)
    try:
        steps.find_out(
            request.member, reference, findings=found, note=forms.text(request, "note"), at=now()
        )
    except REFUSED as refused:
        return forms.again(request, FACTS, page, refusal(refused))
    forms.say(request, "facts_noted")
    return redirect("workbench:case", reference)


@allow(READER)
@own_case
def extend(request: MemberRequest, reference: str, number: int) -> HttpResponse:
    """Extend a term, where the procedure allows it, with a reason that the reporter reads."""
    page = _page(request, reference)
    todo = page["work"].todo
    task = next((it for it in todo.everything if it.number == number), None) if todo else None
    if task is None or task.step.extension is None:
        return redirect("workbench:case", reference)
    page["task"] = task
    if request.method != "POST":
        return render(request, EXTEND, page)
    try:
        until = day_in(forms.line(request, "until"))
        if until is None:
            raise NoSuchDay
        mending.extend_term(
            request.member, reference, step=task.step.key, until=until,
            reason=forms.text(request, "reason"), at=now(),
        )  # fmt: skip
    except NoSuchDay:
        errors = {"until": gettext("This is no day. Write it as 28-11-2026.")}
        return forms.again(request, EXTEND, page, errors)
    except StepRefused as refused:
        return forms.again(request, EXTEND, page, {"until": odd(refused.why)})
    except (ReasonMissing, TroubleInCase) as refused:
        return forms.again(request, EXTEND, page, refusal(refused))
    forms.say(request, "term_extended")
    return redirect("workbench:case", reference)


def _page(request: MemberRequest, reference: str) -> dict[str, Any]:
    work = opened(request, reference)
    return {
        "here": "inbox",
        "today": today(),
        "work": work,
        "case": work.page,
        "typed": {name: forms.text(request, name) for name in request.POST},
    }
