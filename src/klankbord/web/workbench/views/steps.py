"""One step of the procedure: what it asks, who takes it, by when, and how it may end."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext

from klankbord.handling import casework, steps
from klankbord.handling.casework import (
    AlreadyDone,
    CasePage,
    ExclusionOpen,
    FileRefused,
    ReasonMissing,
    TextTooLong,
    TroubleInCase,
)
from klankbord.handling.estimating import Serious, how_serious
from klankbord.handling.happening import DayImpossible, DayToCome, NotRunHere, StepRefused
from klankbord.handling.stepform import form_of_step, proposed_conditions
from klankbord.handling.todo import Task
from klankbord.kit.clock import now, today
from klankbord.kit.tokens.services import is_spent
from klankbord.organisations.queries import calendar_of
from klankbord.rules.entries import KeptFile
from klankbord.rules.forms.answers import Posted
from klankbord.rules.forms.onepage import begun
from klankbord.rules.forms.shape import Form
from klankbord.rules.procedures.standing import ConsentState, Odd
from klankbord.web.access import READER, MemberRequest, allow
from klankbord.web.components.forms import FormPage, posted, resumed, taken
from klankbord.web.workbench import forms
from klankbord.web.workbench.cases import address, opened, own_case
from klankbord.web.workbench.doing import (
    Typed,
    asks_reason,
    chosen,
    day_names,
    doing_of,
    findings_in,
    own_conditions,
    typed,
)
from klankbord.web.workbench.uploads import file_refused, uploaded
from klankbord.web.workbench.views.reading import exclusion_open

PAGE = "workbench/step.html"
STEP = "step"


@allow(READER)
@own_case
def step(request: MemberRequest, reference: str, number: int) -> HttpResponse:
    """Take a step: the page asks what the procedure asks, and keeps all that is typed."""
    work = opened(request, reference)
    if request.method == "POST" and _sent_before(request) and is_past(work, number):
        forms.say(request, "step_past")  # by a second click: what else was typed is never dropped
        return redirect("workbench:case", reference)
    task = task_of(work, number)
    if request.method != "POST":
        return _show(request, work, task)
    form = _form_of(work, task)
    serious = by_scheme(work)
    settled = serious.finding if serious else ""
    read = typed(request, task, form, today=today(), settled=settled)
    page = _form_posted(request, form, task, read) if form else None
    token = forms.token_of(request, STEP, at=now())
    if token is None:
        return _again(request, work, task, read, page, {"": forms.stale()})
    if read.errors or (page and not page.settled):
        errors = {} if page and page.more else read.errors
        return _again(request, work, task, read, page, errors)
    files: tuple[KeptFile, ...] = ()
    try:
        files = uploaded(request)
        steps.do_step(
            request.member, reference, step=task.step.key,
            doing=doing_of(task, read, page, files), token=token, at=now(),
        )  # fmt: skip
    except FileRefused as no:
        return _again(request, work, task, read, page, {"file": file_refused(no)})
    except (AlreadyDone, DayToCome, ReasonMissing, StepRefused, TextTooLong, TroubleInCase) as no:
        casework.forget_files(files)
        return _again(request, work, task, read, page, refusal(no))
    forms.say(request, "step_done")
    return redirect("workbench:case", reference)


def task_of(work: CasePage, number: int) -> Task:
    """The step at this place, if it can be taken or could have been. 404 if there is none."""
    if work.todo is None:
        raise Http404
    found = next((it for it in work.todo.everything if it.number == number), None)
    if found is None:
        raise Http404
    return found


def _sent_before(request: MemberRequest) -> bool:
    """Whether this very page was sent before, and arrived."""
    token = forms.token_of(request, STEP, at=now())
    return token is not None and is_spent(token)


def is_past(work: CasePage, number: int) -> bool:
    """Whether this step is one of the procedure, but nothing that can be taken any more."""
    if work.todo is None or any(it.number == number for it in work.todo.everything):
        return False
    return 1 <= number <= len(work.todo.course.procedure.steps)


def _show(request: MemberRequest, work: CasePage, task: Task) -> HttpResponse:
    here = address(STEP, work.page.reference, task.number)
    kept = forms.all_taken_up(request, here)
    form = _form_of(work, task)
    page = _form_begun(work, form, task, kept) if form else None
    values = {name: given[-1] for name, given in kept.items()} or {
        "day-on": today().isoformat(),
        **proposed_days(work, task),
    }
    read = Typed(values, {}, {})
    return render(request, PAGE, _context(request, work, task, read, page))


def _form_of(work: CasePage, task: Task) -> Form | None:
    if not task.step.form:
        return None
    return form_of_step(
        work.page.organisation, task.step.form, on=today(), language=translation.get_language()
    )


def _form_begun(work: CasePage, form: Form, task: Task, kept: Posted) -> FormPage:
    """Begun with what is known, or as it was typed in a session that ended."""
    elsewhere = _asked_here(task)
    if kept:
        return resumed(form, kept, today=today(), elsewhere=elsewhere)
    facts, given = {}, {}
    if work.todo:
        facts = dict(work.todo.course.progress.findings)
        given = proposed_conditions(work.todo.course, task.step, work.page.organisation)
    return FormPage(
        form, begun(form, earlier=work.answers, facts=facts, given=given), elsewhere=elsewhere
    )


def _form_posted(request: MemberRequest, form: Form, task: Task, read: Typed) -> FormPage:
    """What was posted. An ending that asks for a reason, such as "no measures needed", needs no
    form: what it does hold is kept.
    """
    facts: dict[str, object] = dict(findings_in(task, read.values))
    outcome = chosen(task, read.values)
    if outcome and len(task.step.outcomes) > 1:
        facts[task.step.key] = outcome.key
    whole = outcome is None or "reason" not in outcome.needs
    return taken(
        form, posted(request), today=today(), facts=facts, elsewhere=_asked_here(task), whole=whole
    )


def _asked_here(task: Task) -> frozenset[str]:
    """What the page of a step asks itself: its findings, and how it ends where there are several
    ways; its form need not.
    """
    several = len(task.step.outcomes) > 1
    return frozenset({*task.step.asks, *((task.step.key,) if several else ())})


def proposed_days(work: CasePage, task: Task) -> dict[str, str]:
    """The day that the procedure proposes for what is promised: a month later, say."""
    if work.todo is None:
        return {}
    course = work.todo.course
    found = {}
    for name in day_names(task):
        known, day = course.progress.days.get(name), course.procedure.days.get(name)
        if known:
            found[f"day-{name}"] = known.isoformat()
        elif day and day.proposed:
            found[f"day-{name}"] = day.proposed.after(
                today(), calendar_of(work.page.organisation)
            ).isoformat()
    return found


def _again(
    request: MemberRequest, work: CasePage, task: Task, read: Typed, page: FormPage | None,
    errors: forms.Errors,
) -> HttpResponse:  # fmt: skip
    context = _context(request, work, task, read, page)
    problems = {f"f-{it.field}": it.text for it in page.problems} if page else {}
    return forms.again(request, PAGE, context, {**errors, **problems})


def _context(
    request: MemberRequest, work: CasePage, task: Task, read: Typed, page: FormPage | None
) -> dict[str, Any]:
    return {
        "here": "inbox",
        "today": today(),
        "work": work,
        "case": work.page,
        "task": task,
        "procedure": work.todo.course.procedure if work.todo else None,
        "by_scheme": by_scheme(work),
        "waits_for_yes": task.standing.consent in (ConsentState.TO_ASK, ConsentState.ASKED),
        "typed": read.values,
        "form": page,
        "conditions": own_conditions(task, page.form if page else None),
        "asks_reason": not asks_reason(page.form if page else None),
        "day_names": day_names(task),
        "token": forms.fresh_token(STEP, at=now()),
    }


def by_scheme(work: CasePage) -> Serious | None:
    """A fact that two people settle on a page of its own is not ticked on another one (P15)."""
    serious = how_serious(work.todo.course, translation.get_language()) if work.todo else None
    return serious if serious and serious.two_people else None


def refusal(refused: Exception) -> forms.Errors:
    """Why something was not written, in words that say how to go on."""
    match refused:
        case AlreadyDone():
            return {"": gettext("What you sent before has arrived. Look at the case once more.")}
        case DayToCome():
            return {f"day-{refused.name}": impossible(refused)}
        case ReasonMissing():
            return {"s-reason": gettext("Write down why: something else normally comes first.")}
        case TextTooLong():
            return {"": forms.too_long()}
        case ExclusionOpen():
            return {"": exclusion_open()}
        case NotRunHere():
            return {"s-outcome": gettext("Nobody in this organisation could go on there.")}
        case StepRefused():
            return {"": odd(refused.why)}
    return {"": forms.read_only()}


def impossible(day: DayToCome) -> str:
    """Why something cannot have been, or will not be, on that day."""
    if isinstance(day, DayImpossible):
        return gettext("This day cannot be right. Look at the year again.")
    if day.name == "on":
        return gettext("This day is still to come. Note a step when it is done.")
    return gettext("This day is still to come. Look at the year again.")


def odd(why: Odd) -> str:
    """What the procedure does not allow, and what to do about it."""
    said = {
        Odd.DONE_ALREADY: gettext("Somebody did this step a moment ago. Look at the case again."),
        Odd.NOT_ON_PATH: gettext("This step cannot be taken now. Look at what is to be done."),
        Odd.NOT_POSSIBLE: gettext(
            "The step cannot end this way yet: something else must be done first."
        ),
        Odd.WITHOUT_CONSENT: gettext("Ask for consent first, and note what was said."),
        Odd.BARRED: gettext("This person is kept out of this case."),
        Odd.CANNOT_BE_SKIPPED: gettext("This step may not be left out."),
        Odd.CONSENT_NOT_ASKED_FOR: gettext("No consent is asked for this step now."),
        Odd.CORRECTS_NOTHING: gettext("There is nothing here to correct."),
        Odd.CANNOT_REOPEN_THERE: gettext("The case cannot be taken up again at this step."),
        Odd.CANNOT_BE_EXTENDED: gettext("The procedure does not allow a longer term here."),
        Odd.EXTENDED_TOO_LATE: gettext("The day has passed: the term cannot be made longer."),
        Odd.EXTENDED_TOO_FAR: gettext("This is later than the procedure allows."),
        Odd.DAY_MISSING: gettext("Fill in the days that this step writes down."),
    }
    return said.get(why, gettext("The procedure does not allow this just now."))
