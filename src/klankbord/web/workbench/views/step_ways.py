"""What can be done with a step besides taking it: leave it out, give it away, ask for consent."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext

from klankbord.agenda.queries import Card, colleagues
from klankbord.handling import asking, steps
from klankbord.handling.casework import (
    CasePage,
    ExclusionOpen,
    NotYours,
    ReasonMissing,
    TroubleInCase,
)
from klankbord.handling.happening import StepRefused
from klankbord.handling.todo import Task
from klankbord.kit.clock import now, today
from klankbord.rules.course import Spoken
from klankbord.web.access import READER, MemberRequest, allow
from klankbord.web.workbench import forms
from klankbord.web.workbench.cases import address, opened, own_case
from klankbord.web.workbench.views.steps import refusal, task_of

LEAVE_OUT = "workbench/step_leave_out.html"
GIVE = "workbench/step_give.html"
SAID = "workbench/step_said.html"
REFUSED = (ExclusionOpen, ReasonMissing, StepRefused, TroubleInCase)


@allow(READER)
@own_case
def leave_out(request: MemberRequest, reference: str, number: int) -> HttpResponse:
    """Leave out a step that may be left out, with a reason."""
    page = _page(request, reference, number)
    if not page["task"].step.optional:
        return redirect("workbench:step", reference, number)
    if request.method != "POST":
        return render(request, LEAVE_OUT, page)
    try:
        steps.skip_step(
            request.member, reference, step=page["task"].step.key,
            reason=forms.text(request, "reason"), at=now(),
        )  # fmt: skip
    except REFUSED as refused:
        return forms.again(request, LEAVE_OUT, page, refusal(refused))
    return _done(request, reference, "step_left_out")


@allow(READER)
@own_case
def give(request: MemberRequest, reference: str, number: int) -> HttpResponse:
    """Give a step to a colleague (R-004-141)."""
    page = _page(request, reference, number)
    page["people"] = _people(page["work"])
    if request.method != "POST":
        return render(request, GIVE, page)
    to = next((it for it in page["people"] if it.membership.hex == forms.line(request, "to")), None)
    if to is None:
        return forms.again(request, GIVE, page, {"to": gettext("Choose who takes this step.")})
    try:
        steps.delegate_step(
            request.member, reference, step=page["task"].step.key, to=to.membership,
            reason=forms.text(request, "reason"), at=now(),
        )  # fmt: skip
    except REFUSED as refused:
        return forms.again(request, GIVE, page, refusal(refused))
    return _done(request, reference, "step_given")


@allow(READER)
@own_case
def ask(request: MemberRequest, reference: str, number: int) -> HttpResponse:
    """Ask the reporter for consent, in the channel: the words are those of the procedure."""
    if request.method != "POST":
        return redirect("workbench:step", reference, number)
    page = _page(request, reference, number)
    try:
        asking.ask_consent(request.member, reference, step=page["task"].step.key, at=now())
    except REFUSED as refused:
        return forms.again(request, SAID, page, refusal(refused))
    return _done(request, reference, "consent_asked")


@allow(READER)
@own_case
def note_said(request: MemberRequest, reference: str, number: int) -> HttpResponse:
    """Note what somebody answered by word of mouth (P22)."""
    page = _page(request, reference, number)
    if page["task"].step.consent is None:
        return redirect("workbench:step", reference, number)
    if request.method != "POST":
        return render(request, SAID, page)
    answer = forms.line(request, "answer")
    if answer not in set(Spoken):
        errors = {"answer": gettext("Choose what was said.")}
        return forms.again(request, SAID, page, errors)
    try:
        asking.note_consent(
            request.member, reference, step=page["task"].step.key, answer=answer,
            how=forms.text(request, "how"), at=now(),
        )  # fmt: skip
    except ReasonMissing:
        errors = {"how": gettext("Write down how it was said, and who was there.")}
        return forms.again(request, SAID, page, errors)
    except (StepRefused, TroubleInCase) as refused:
        return forms.again(request, SAID, page, refusal(refused))
    return _done(request, reference, "consent_noted")


def _done(request: MemberRequest, reference: str, word: str) -> HttpResponse:
    forms.say(request, word)
    return redirect("workbench:case", reference)


def _page(request: MemberRequest, reference: str, number: int) -> dict[str, Any]:
    work = opened(request, reference)
    task: Task = task_of(work, number)
    kept = {
        name: value
        for end in ("step_skip", "step_give", "step_said")
        for name, value in forms.taken_up(request, address(end, reference, number)).items()
    }
    return {
        "here": "inbox",
        "today": today(),
        "work": work,
        "case": work.page,
        "task": task,
        "typed": kept or {name: forms.text(request, name) for name in request.POST},
    }


def _people(work: CasePage) -> tuple[Card, ...]:
    """Everybody of the house who may act here."""
    if work.todo is None:
        raise NotYours
    barred = {UUID(hex=member) for member in work.todo.course.progress.barred}
    everybody = colleagues(work.page.organisation, today(), translation.get_language())
    return tuple(card for card in everybody if card.membership not in barred)
