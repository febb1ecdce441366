"""A step that somebody from outside takes in the channel: choose, sign, say what they think."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from klankbord.handling.channel import (
    AlreadyDone,
    CodeUnknown,
    NotYours,
    TextTooLong,
    TroubleInCase,
)
from klankbord.handling.happening import DayToCome, NoProcedure, StepRefused
from klankbord.handling.own_doing import NotTheirCode, TextChanged, prove_code, take_own_step
from klankbord.handling.own_page import OwnPage, own_page
from klankbord.handling.own_steps import BY_CODE, SIGNING, OwnStep
from klankbord.handling.signing import Signable, text_to_sign
from klankbord.handling.stepform import answered_before, form_of_step
from klankbord.handling.steps import Doing
from klankbord.kit.clock import now, today
from klankbord.kit.throttle import Busy
from klankbord.kit.tokens.services import is_spent
from klankbord.rules.codes import CodeMistyped
from klankbord.rules.forms.answers import Posted, clean
from klankbord.rules.forms.onepage import begun, fills
from klankbord.rules.forms.shape import Form
from klankbord.rules.kept import Answers
from klankbord.rules.procedures.shape import Outcome
from klankbord.web.access import REPORTER, ReporterRequest, allow
from klankbord.web.components.days import NoSuchDay, day_in
from klankbord.web.components.forms import FormPage, posted, resumed, taken
from klankbord.web.public.pages import language, sent_token, show
from klankbord.web.public.views.channel import show_case, to_case

PAGE = "public/own_step.html"
OUTCOME, READ, CODE = "s-outcome", "s-read", "code"


@dataclass(slots=True)
class Typed:
    """What was sent: the choice, the days, the form, and what cannot stay."""

    outcome: Outcome | None
    form: FormPage | None
    text: str = field(default="", repr=False)
    days: dict[str, date] = field(default_factory=dict)
    values: Mapping[str, str] = field(default_factory=dict, repr=False)
    errors: dict[str, str] = field(default_factory=dict)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(REPORTER)
def own_step(request: ReporterRequest, case_id: UUID, number: int) -> HttpResponse:
    """What it is about and which ways there are; then the one that was chosen."""
    own = _own(request, case_id)
    step = own.own_step(number)
    if step is None:
        return _gone(request, case_id)
    if request.method != "POST":
        return _shown(request, own, step, _begun(own, step))
    typed = _typed(own, step, posted(request))
    token = sent_token(request)
    if token is None:
        return _shown(request, own, step, typed, stale=True)
    if typed.errors or (typed.form and not typed.form.settled):
        return _shown(request, own, step, typed)
    try:
        if typed.outcome and step.signs_by(typed.outcome):
            prove_code(request.organisation, request.seat, request.POST.get(CODE, ""))
        take_own_step(
            request.seat, case_id, number=number, doing=_doing(step, typed), text=typed.text,
            read=_read(request), token=token, at=now(),
        )  # fmt: skip
    except (CodeMistyped, CodeUnknown, NotTheirCode) as no:
        typed.errors[CODE] = _code_problem(no)
        return _shown(request, own, step, typed)
    except Busy:
        return _shown(request, own, step, typed, busy=True)
    except DayToCome as no:
        typed.errors[f"day-{no.name}"] = gettext(
            "This day cannot be right. Look at the year again."
        )
        return _shown(request, own, step, typed)
    except TextChanged:
        return _shown(request, _own(request, case_id), step, typed, changed=True)
    except TextTooLong:
        return _shown(request, own, step, typed, too_long=True)
    except TroubleInCase:
        return _shown(request, own, step, typed, not_now=True)
    except (AlreadyDone, StepRefused):
        return show_case(request, case_id, text=typed.text, overtaken=True)
    except (NotYours, NoProcedure):
        raise Http404 from None
    return to_case(request, case_id)


def again(request: ReporterRequest, case_id: UUID, number: int, data: Posted) -> HttpResponse:
    """The page as it was typed in a session that ended meanwhile."""
    own = _own(request, case_id)
    step = own.own_step(number)
    if step is None:
        return show_case(request, case_id, text=_word(data, "text"), back_again=True)
    typed = _typed(own, step, data)
    typed.errors.clear()
    form = _form_of(own, step)
    if form:
        typed.form = resumed(form, data, today=today(), elsewhere=_asked_here(step))
    return _shown(request, own, step, typed, back_again=True)


def _own(request: ReporterRequest, case_id: UUID) -> OwnPage:
    try:
        return own_page(request.seat, case_id, at=now(), language=language())
    except NotYours:
        raise Http404 from None


def _gone(request: ReporterRequest, case_id: UUID) -> HttpResponse:
    """It is done, by this very form or by somebody else: what was typed stays in that last case."""
    token = sent_token(request) if request.method == "POST" else None
    if token is None or is_spent(token):
        return to_case(request, case_id)
    return show_case(request, case_id, text=request.POST.get("text", ""), overtaken=True)


def _begun(own: OwnPage, step: OwnStep) -> Typed:
    form = _form_of(own, step)
    if form is None or own.course is None:
        return Typed(None, None)
    answers = begun(
        form, earlier=answered_before(own.opened.happened), facts=own.course.progress.findings,
        given={},
    )  # fmt: skip
    return Typed(None, FormPage(form, answers, elsewhere=_asked_here(step)))


def _form_of(own: OwnPage, step: OwnStep) -> Form | None:
    if not step.step.form:
        return None
    return form_of_step(own.page.organisation, step.step.form, on=today(), language=language())


def _asked_here(step: OwnStep) -> frozenset[str]:
    return frozenset({step.step.key} if len(step.outcomes) > 1 else ())


def _typed(own: OwnPage, step: OwnStep, data: Posted) -> Typed:
    outcome = step.outcome(_word(data, OUTCOME))
    form = _form_of(own, step)
    facts = {step.step.key: outcome.key} if outcome and len(step.outcomes) > 1 else {}
    page = (
        taken(form, data, today=today(), facts=facts, elsewhere=_asked_here(step)) if form else None
    )
    typed = Typed(outcome, page, clean(_word(data, "text")).strip())
    typed.values = {name: given[-1] for name, given in data.items() if given}
    if outcome is None:
        typed.errors[OUTCOME] = gettext("Choose what you want.")
    else:
        _days(step, outcome, typed)
    return typed


def _days(step: OwnStep, outcome: Outcome, typed: Typed) -> None:
    """The day of signing is today (P27); any other day is theirs to name."""
    for name in (*step.step.records, *outcome.records):
        if step.signs_by(outcome):
            typed.days[name] = today()
            continue
        try:
            day = day_in(typed.values.get(f"day-{name}", ""))
        except NoSuchDay:
            typed.errors[f"day-{name}"] = gettext("This is no day. Write it as 28-11-2026.")
            continue
        if day is None:
            typed.errors[f"day-{name}"] = gettext("Which day? Fill it in.")
        else:
            typed.days[name] = day


def _doing(step: OwnStep, typed: Typed) -> Doing:
    file, identity = typed.form.sealed if typed.form else ({}, {})
    signed = typed.outcome is not None and step.signs_by(typed.outcome)
    return Doing(
        outcome=typed.outcome.key if typed.outcome else "",
        on=today(),
        round=step.round,
        seat=step.by,
        findings={
            **({SIGNING: BY_CODE} if signed else {}),
            **(fills(typed.form.form, typed.form.answers) if typed.form else {}),
        },
        days=typed.days,
        form=_answers(typed.form, file) if typed.form else None,
        identity=_answers(typed.form, identity) if typed.form and identity else None,
        reason=(typed.text or gettext("my own choice")) if step.step.expects else "",
    )


def _answers(page: FormPage, answers: Mapping[str, object]) -> Answers:
    return Answers(page.form.key, page.form.version, language(), answers)


def _shown(
    request: ReporterRequest, own: OwnPage, step: OwnStep, typed: Typed, **more: object
) -> HttpResponse:
    signable = _signable(own, step)
    problems = typed.form.hard_problems if typed.form else ()
    readers = [reader for reader in own.page.readers if not reader.is_reporter]
    context = {
        "page": own.page,
        "own": step,
        "procedure": own.course.procedure if own.course else None,
        "readers": readers,
        "form": typed.form,
        "typed": typed,
        "text": typed.text,
        "errors": {**typed.errors, **{f"f-{it.field}": it.text for it in problems}},
        "signable": signable,
        "rows": signable.rows(own.page.organisation, language()) if signable else (),
        "begins_another": any(it.starts for it in step.outcomes),
    }
    return show(request, PAGE, {**context, **more})


def _signable(own: OwnPage, step: OwnStep) -> Signable | None:
    if not step.signs or own.course is None:
        return None
    return text_to_sign(own.opened.happened, own.course.procedure, step.step)


def _word(data: Posted, name: str) -> str:
    return data[name][-1] if data.get(name) else ""


def _read(request: ReporterRequest) -> int:
    word = request.POST.get(READ, "")
    return int(word) if word.isdecimal() else -1


def _code_problem(no: Exception) -> str:
    if isinstance(no, CodeMistyped):
        return gettext("One of the digits is not right. A code has 20 digits.")
    return gettext("This is not the code of this page. Type the code that you came in with.")
