"""One case on one page: what was told, what was said since, and the answer."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext

from klankbord.handling import casework
from klankbord.handling.casework import (
    AlreadyDone,
    CasePage,
    FileRefused,
    TextEmpty,
    TextTooLong,
    TroubleInCase,
)
from klankbord.handling.estimating import Serious, how_serious
from klankbord.handling.picture import Mark, track_of
from klankbord.kit.clock import now, today
from klankbord.rules.entries import KeptFile
from klankbord.web.access import READER, MemberRequest, allow
from klankbord.web.workbench import forms
from klankbord.web.workbench.cases import address, opened, own_case
from klankbord.web.workbench.uploads import file_refused, uploaded

PAGE = "workbench/case.html"
ANSWER, NOTE = "answer", "note"


@allow(READER)
@own_case
def case(request: MemberRequest, reference: str) -> HttpResponse:
    """The case, for whoever holds a key of it."""
    page = _page(request, reference)
    for name in (ANSWER, NOTE):
        page[name] = forms.taken_up(request, address(name, reference)).get(name, "")
    return render(request, PAGE, page)


@allow(READER)
@own_case
def answer(request: MemberRequest, reference: str) -> HttpResponse:
    """Write to the reporter, with at most one file."""
    if request.method != "POST":
        return redirect("workbench:case", reference)
    opened(request, reference)  # nobody leaves a file at a case that is not theirs
    token = forms.token_of(request, ANSWER, at=now())
    if token is None:
        return _again(request, reference, {"": forms.stale()})
    files: tuple[KeptFile, ...] = ()
    try:
        files = uploaded(request)
        casework.answer(
            request.member,
            reference,
            text=forms.text(request, ANSWER),
            files=files,
            token=token,
            at=now(),
        )
    except FileRefused as refused:
        return _again(request, reference, {"file": file_refused(refused)})
    except (AlreadyDone, TextEmpty, TextTooLong, TroubleInCase) as refused:
        casework.forget_files(files)
        return _again(request, reference, {ANSWER: _said(refused)})
    forms.say(request, "answered")
    return redirect("workbench:case", reference)


@allow(READER)
@own_case
def note(request: MemberRequest, reference: str) -> HttpResponse:
    """A note that nobody else can open (R-002-19)."""
    if request.method != "POST":
        return redirect("workbench:case", reference)
    token = forms.token_of(request, NOTE, at=now())
    if token is None:
        return _again(request, reference, {"": forms.stale()})
    try:
        casework.note(
            request.member, reference, text=forms.text(request, NOTE), token=token, at=now()
        )
    except (AlreadyDone, TextEmpty, TextTooLong, TroubleInCase) as refused:
        return _again(request, reference, {NOTE: _said(refused)})
    forms.say(request, "noted")
    return redirect("workbench:case", reference)


def _page(request: MemberRequest, reference: str) -> dict[str, Any]:
    opened_case = opened(request, reference)
    answer = opened_case.waiting and opened_case.page.can_write and not opened_case.page.closed
    hurry = answer and step_hurries(opened_case)
    return {
        "here": "inbox",
        "today": today(),
        "work": opened_case,
        "serious": seriousness(opened_case),
        "track": track_beside(opened_case),
        "answer_first": answer and not hurry,
        "answer_later": hurry,
        "case": opened_case.page,
        "said": forms.said(request),
        "answer_token": forms.fresh_token(ANSWER, at=now()),
        "note_token": forms.fresh_token(NOTE, at=now()),
    }


def step_hurries(work: CasePage) -> bool:
    """Whether one's own step cannot wait for the answer: one thing to do stands on top."""
    first = work.todo.first if work.todo else None
    if first is None or not first.mine:
        return False
    return first.standing.due.at_once or first.standing.overdue


def track_beside(work: CasePage) -> tuple[Mark, ...]:
    """Where the case is, in short."""
    names = {it.id.hex: it.name for it in work.page.readers if not it.is_reporter}
    return track_of(work.todo, names) if work.todo else ()


def seriousness(work: CasePage) -> Serious | None:
    """How serious the case is, where its procedure estimates that."""
    return how_serious(work.todo.course, translation.get_language()) if work.todo else None


def _again(request: MemberRequest, reference: str, errors: forms.Errors) -> HttpResponse:
    typed = {name: forms.text(request, name) for name in (ANSWER, NOTE)}
    return forms.again(request, PAGE, {**_page(request, reference), **typed}, errors)


def _said(refused: Exception) -> str:
    match refused:
        case AlreadyDone():
            return gettext("What you sent before has arrived. This is new: send it if you like.")
        case TextEmpty():
            return gettext("Write something first.")
        case TextTooLong():
            return forms.too_long()
    return forms.read_only()
