"""Writing down what somebody told: one long form, kept in one's own sealed session (R-000-36)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, cast
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from klankbord.agenda.queries import Card, colleagues
from klankbord.intake.drafts import Draft
from klankbord.intake.entered import (
    Entering,
    drop_entering,
    entering_in,
    keep_entering,
    keep_paper,
)
from klankbord.intake.services import FileRefused, drop_file, drop_files, form_of, keeping
from klankbord.kit.clock import today
from klankbord.kit.files.handler import SealedUpload
from klankbord.organisations.models import Organisation
from klankbord.organisations.queries import profile_of
from klankbord.rules.forms.answers import Posted, Problem, asked, clean, read_answers
from klankbord.rules.forms.reading import latest_form
from klankbord.rules.forms.shape import CHOOSING, FieldKind, Form, Section
from klankbord.rules.telling import How, ToldBy, day_problem
from klankbord.web.access import MEMBER, MemberRequest, allow
from klankbord.web.workbench import forms
from klankbord.web.workbench.own import HouseRequest, own_membership
from klankbord.web.workbench.uploads import file_refused

FORM = "report"
PAGE = "workbench/enter.html"
LONGEST_NAME = 2000
DRAWN_BELOW = frozenset({FieldKind.FILE, FieldKind.MEMBERS})
DAY = "told_on"


@dataclass(slots=True)
class Typed:
    """A posted page, read: what can be kept, and what must be looked at again."""

    entering: Entering
    errors: forms.Errors = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    day: Mapping[str, str] = field(default_factory=dict)


@allow(MEMBER)
@require_safe
def where(request: MemberRequest) -> HttpResponse:
    """For which organisation; nothing to choose for whoever works in one."""
    lines = request.member.writes_down
    if not lines and request.member.memberships:
        raise Http404
    if len(lines) == 1:
        return redirect("workbench:enter_in", lines[0].slug)
    return render(request, "workbench/enter_where.html", {"here": "enter", "lines": lines})


@allow(MEMBER)
def write_down(request: HouseRequest) -> HttpResponse:
    """The form. Whatever is posted is kept in the session, also when something is not right."""
    membership = own_membership(request).id
    organisation = request.organisation
    entering = entering_in(request.session, organisation.id) or _empty(organisation, membership)
    if request.method != "POST":
        return _shown(request, _taken_up(request, entering), membership)
    if "stop" in request.POST:
        drop_files(entering.draft)
        drop_entering(request.session, organisation.id)
        forms.say(request, "entering_stopped")
        return redirect("workbench:enter_in", organisation.slug)
    typed = read(organisation, entering, _posted(request))
    if "instead" in request.POST:
        return _another_form(request, typed, membership)
    stays = _files(request, typed)
    keep_entering(request.session, typed.entering)
    if typed.errors or typed.problems or stays:
        return _shown(request, typed, membership)
    return redirect("workbench:enter_check", organisation.slug)


def _another_form(request: HouseRequest, typed: Typed, membership: UUID) -> HttpResponse:
    """Begin with another form, such as part 1 of a complaint (P27): nothing typed goes lost."""
    draft, organisation = typed.entering.draft, request.organisation
    known = {key for key, _ in _other_forms(organisation, draft.form)}
    if draft.answers or request.POST["instead"] not in known:
        typed.problems = ()
        typed.errors = {
            "": gettext("Something is written down already. Send that first, or erase everything.")
        }
        return _shown(request, typed, membership)
    form = latest_form(request.POST["instead"], draft.language, today())
    draft.form, draft.version = form.key, form.version
    keep_entering(request.session, typed.entering)
    return redirect("workbench:enter_in", organisation.slug)


def _other_forms(organisation: Organisation, now: str) -> list[tuple[str, str]]:
    """The forms by which a case can begin at the counter and by no door, with their titles."""
    language, profile = translation.get_language(), profile_of(organisation, "nl")
    doors = {door.form for door in profile.form_doors}
    keys = [FORM, *(key for key in profile.begins if key not in doors)]
    return [
        (key, latest_form(key, language, today()).title or gettext("A story"))
        for key in dict.fromkeys(keys)
        if key != now
    ]


def read(organisation: Organisation, entering: Entering, data: Posted) -> Typed:
    """What was posted, taken into what was there; what does not fit is named at its field."""
    on, language = today(), translation.get_language()
    draft = entering.draft
    draft.language = language
    form = form_of(organisation, draft, language)
    typed = Typed(entering)
    typed.problems = _answers(form, draft, data, on)
    _readers(organisation, entering, data, on)
    entering.how, entering.told_by = _one(data, "how"), _one(data, "told_by")
    entering.with_code = bool(_one(data, "with_code"))
    _day(typed, data, on)
    if entering.how not in set(How):
        typed.errors["how"] = gettext("Choose how it came in.")
    if entering.told_by not in set(ToldBy):
        typed.errors["told_by"] = gettext("Choose who told it.")
    return typed


def _answers(form: Form, draft: Draft, data: Posted, on: date) -> tuple[Problem, ...]:
    problems: tuple[Problem, ...] = ()
    answers: dict[str, object] = {}
    for section in form.sections:
        answered = read_answers(section, data, today=on)
        answers |= answered.values
        problems += answered.problems
    draft.answers = answers
    kept = {it.key for it in asked(form, answers)}
    lost = gettext(
        "This only goes along with another answer to a question above. Change that one, or empty"
        " this."
    )
    return problems + tuple(Problem(key, "lost", lost) for key in answers if key not in kept)


def _readers(organisation: Organisation, entering: Entering, data: Posted, on: date) -> None:
    draft = entering.draft
    everybody = colleagues(organisation, on, "nl")
    named, barred = set(data.get("named", ())), set(data.get("not_readers", ()))
    entering.named = [it.membership for it in everybody if it.membership.hex in named]
    draft.must_not_members = [it.membership for it in everybody if it.membership.hex in barred]
    groups = [group.key for group in profile_of(organisation, "nl").groups]
    draft.must_not_groups = [key for key in groups if f"group-{key}" in barred]
    draft.must_not_words = clean(_one(data, "not_named"))[:LONGEST_NAME]


def _day(typed: Typed, data: Posted, on: date) -> None:
    typed.day = {part: _one(data, f"{DAY}-{part}") for part in ("day", "month", "year")}
    try:
        day = date(*(int(typed.day[part]) for part in ("year", "month", "day")))
    except ValueError:
        typed.errors[DAY] = gettext("This is not a day. Write it as 24 11 2026.")
        return
    match day_problem(day, today=on):
        case "future":
            typed.errors[DAY] = gettext("This day is still to come. Look at it once more.")
        case "long_ago":
            typed.errors[DAY] = gettext("This is more than a year ago. Look at the year.")
        case _:
            typed.entering.told_on = day


def _files(request: HouseRequest, typed: Typed) -> bool:
    """Take a file away or keep the one that came along; whether the page is to be shown again."""
    draft = typed.entering.draft
    dropped = next((it for it in draft.files if it.blob.hex == request.POST.get("drop")), None)
    if dropped:
        drop_file(draft, dropped.blob)
    upload = request.FILES.get("file")
    if upload is not None:
        try:
            want = keeping(request.POST.get("keep_as", ""))
            keep_paper(typed.entering, cast(SealedUpload, upload), on=today(), want=want)
        except FileRefused as refused:
            typed.errors["file"] = file_refused(refused)
    return "drop" in request.POST or "add" in request.POST


def _one(data: Posted, name: str) -> str:
    return (data.get(name) or [""])[-1].strip()


def _posted(request: HouseRequest) -> dict[str, list[str]]:
    return {name: [str(text) for text in texts] for name, texts in request.POST.lists()}


def _empty(organisation: Organisation, membership: UUID) -> Entering:
    on, language = today(), translation.get_language()
    form = latest_form(FORM, language, on)
    draft = Draft(organisation.id, language, on, form=form.key, version=form.version)
    return Entering(draft, told_on=on, named=[membership])


def _taken_up(request: HouseRequest, entering: Entering) -> Typed:
    """As it stands in the session, or as it was typed in a session that had ended."""
    data = forms.all_taken_up(request, request.path)
    if not data:
        return Typed(entering, day=_parts(entering.told_on))
    typed = read(request.organisation, entering, data)
    keep_entering(request.session, typed.entering)
    return typed


def _parts(day: date) -> dict[str, str]:
    return {"day": str(day.day), "month": str(day.month), "year": str(day.year)}


def _shown(request: HouseRequest, typed: Typed, membership: UUID) -> HttpResponse:
    organisation, language = request.organisation, translation.get_language()
    entering = typed.entering
    everybody = colleagues(organisation, today(), language)
    errors = typed.errors | {
        f"f-{problem.field}": problem.text for problem in typed.problems if not problem.soft
    }
    page = {
        "here": "enter",
        "organisation": organisation,
        "profile": profile_of(organisation, language),
        "entering": entering,
        "draft": entering.draft,
        "day": typed.day or _parts(entering.told_on),
        "problems": typed.problems,
        "sections": _sections(form_of(organisation, entering.draft, language)),
        "readers": [card for card in everybody if _can_read(card, membership)],
        "colleagues": everybody,
        "me": membership,
        "other_forms": _other_forms(organisation, entering.draft.form),
        "limit": settings.UPLOAD_LIMIT,
        "said": forms.said(request),
        "check": reverse("workbench:enter_check", args=[organisation.slug]),
    }
    if errors:
        return forms.again(request, PAGE, page, errors)
    return render(request, PAGE, page)


def _can_read(card: Card, membership: UUID) -> bool:
    return card.reads and (card.listens or card.membership == membership)


def _sections(form: Form) -> list[tuple[Section, list[Any]]]:
    """Every question but those about files and readers, which the page draws itself."""
    shown = [
        (section, [it for it in section.fields if it.kind not in DRAWN_BELOW and _offers(it)])
        for section in form.sections
    ]
    return [(section, fields) for section, fields in shown if fields]


def _offers(it: Any) -> bool:
    return it.kind not in CHOOSING or bool(it.own_options)
