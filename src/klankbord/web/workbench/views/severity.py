"""How serious it is: danger first, then the marks, then what two people or one decide."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext

from klankbord.agenda.queries import Card, colleagues
from klankbord.handling.casework import CasePage, TextTooLong, TroubleInCase
from klankbord.handling.estimates import follows, made_in
from klankbord.handling.estimating import (
    Estimate,
    NotDecidedYet,
    Serious,
    estimate,
    how_serious,
)
from klankbord.handling.happening import StepRefused
from klankbord.kit.clock import now, today
from klankbord.rules.severity.judging import Objection, by_addressee, first, response, weigh
from klankbord.rules.severity.shape import Scheme
from klankbord.web.access import READER, MemberRequest, allow
from klankbord.web.workbench import forms
from klankbord.web.workbench.cases import address, opened, own_case
from klankbord.web.workbench.views.steps import refusal

PAGE = "workbench/severity.html"
LOOK, DECIDE = "look", "decide"


@allow(READER)
@own_case
def severity(request: MemberRequest, reference: str) -> HttpResponse:
    """Look first, then decide (P15): two posts at most, and what was typed stays."""
    work = opened(request, reference)
    serious = how_serious(work.todo.course, translation.get_language()) if work.todo else None
    if serious is None:  # this procedure weighs nothing, or none was chosen yet
        return redirect("workbench:case" if work.todo else "workbench:procedure", reference)
    page, scheme = _page(request, work, serious), serious.scheme
    if request.method != "POST" or request.POST.get("do") == LOOK:
        return render(request, PAGE, page)
    try:
        made = _typed(page, scheme)
        estimate(request.member, reference, made=made, at=now())
    except NotDecidedYet as lacking:
        return forms.again(request, PAGE, page, _lacking(lacking.why, scheme, made))
    except (StepRefused, TextTooLong, TroubleInCase) as refused:
        return forms.again(request, PAGE, page, refusal(refused))
    forms.say(request, "estimated")
    return redirect("workbench:severity", reference)


def _page(request: MemberRequest, work: CasePage, serious: Serious) -> dict[str, Any]:
    scheme, level = serious.scheme, serious.level
    language = translation.get_language()
    people = colleagues(work.page.organisation, today(), language)
    made = made_in(work.page.items, {it.membership: it.name for it in people}, language)
    given = _given(request, work)
    typed = given or _as_before(made, scheme)
    marks, factors = _marks(typed, scheme), _factors(typed, scheme)
    return {
        "here": "inbox",
        "today": today(),
        "work": work,
        "case": work.page,
        "scheme": scheme,
        "typed": typed,
        "made": made,
        "stands": level,
        "again": level is not None and not given,
        "follows": follows(work.todo, scheme, serious.finding, level.key)
        if level and work.todo else (),
        "responses": [(it, by_addressee(_response(scheme, it.key))) for it in scheme.levels],
        "weighed": weigh(scheme, marks, factors),
        "looked": request.method == "POST" or not scheme.criteria or "level" in typed,
        "two_people": serious.two_people,
        "people": _who_may_look_along(people, work),
        "said": forms.said(request),
    }  # fmt: skip


def _given(request: MemberRequest, work: CasePage) -> dict[str, str]:
    """What was typed now, or in a session that ended."""
    if request.method == "POST":
        return {name: forms.text(request, name) for name in request.POST}
    return forms.taken_up(request, address("severity", work.page.reference))


def _as_before(made: Any, scheme: Scheme) -> dict[str, str]:
    """The marks of the last time, to look at once more. Danger is always asked anew."""
    last = next((it for it in made if not it.taken_back), None)
    if last is None or last.entry.scheme != scheme.key:
        return {}
    marks = {f"mark-{key}": word for key, word in last.entry.marks.items()}
    return marks | {f"factor-{key}": "yes" for key in last.entry.factors}


def _response(scheme: Scheme, level: str) -> Any:
    return response(scheme, level, registers_everything=True)


def _who_may_look_along(people: tuple[Card, ...], work: CasePage) -> tuple[Card, ...]:
    """Everybody of the house but oneself and who stays out of this case."""
    barred = work.todo.course.progress.barred if work.todo else {}
    out = {UUID(hex=member) for member in barred} | {work.membership}
    return tuple(card for card in people if card.membership not in out)


def _marks(typed: dict[str, str], scheme: Scheme) -> dict[str, str]:
    marks = {it.key: typed.get(f"mark-{it.key}", "") for it in scheme.criteria}
    return {key: word for key, word in marks.items() if word}


def _factors(typed: dict[str, str], scheme: Scheme) -> tuple[str, ...]:
    return tuple(it.key for it in scheme.factors if typed.get(f"factor-{it.key}"))


def _typed(page: dict[str, Any], scheme: Scheme) -> Estimate:
    typed: dict[str, str] = page["typed"]
    second = next((it for it in page["people"] if it.membership.hex == typed.get("second")), None)
    dangers = {it.key: typed.get(f"danger-{it.key}", "") for it in scheme.dangers}
    return Estimate(
        level=typed.get("level", ""),
        dangers={key: answer for key, answer in dangers.items() if answer},
        acted_on=tuple(key for key in dangers if typed.get(f"acted-{key}")),
        marks=_marks(typed, scheme),
        factors=_factors(typed, scheme),
        reason=typed.get("reason", ""),
        second=second.membership if second else None,
        second_outside="" if second else typed.get("outside", ""),
    )


def _lacking(why: tuple[Objection, ...], scheme: Scheme, made: Estimate) -> forms.Errors:
    """What an estimate still lacks, each at its own field."""
    errors: forms.Errors = {}
    if Objection.DANGER_FIRST in why:
        for danger in first(scheme, made.dangers):
            if danger.key not in made.acted_on:
                errors[f"danger-{danger.key}"] = _danger_first(danger.key in made.dangers)
    said = {
        Objection.UNKNOWN_LEVEL: ("level", gettext("Choose what you decide.")),
        Objection.SOMETHING_UNKNOWN: (
            "level", gettext("Not everything is known yet: find out first, or choose higher.")
        ),
        Objection.BELOW_THE_FLOOR: (
            "reason", gettext("Write down why you go below the floor.")
        ),
        Objection.REASON_MISSING: ("reason", gettext("Write down why. Nothing else says it.")),
        Objection.SECOND_PERSON: (
            "second", gettext("Decide this with somebody: a colleague, or somebody from outside.")
        ),
    }  # fmt: skip
    errors |= {said[it][0]: said[it][1] for it in why if it in said}
    return errors


def _danger_first(answered: bool) -> str:
    if answered:
        return gettext("Do what is needed first, and mark it.")
    return gettext("Answer this first. Not knowing is an answer.")
