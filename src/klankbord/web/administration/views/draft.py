"""A copy of a procedure that is being written: what is wrong, what differs, switching it on."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from klankbord.handling.adapting import (
    NothingWaits,
    TooLong,
    drop_copy,
    ours,
    proof_of,
    switch_on,
    texts_of,
    write_copy,
)
from klankbord.handling.own import draft_of
from klankbord.kit.clock import today
from klankbord.organisations.models import Organisation
from klankbord.rules.library import LANGUAGES, MAIN_LANGUAGE, Raw, Refused, parse
from klankbord.rules.procedures.adapting import Texts
from klankbord.rules.procedures.reading import read_procedure
from klankbord.rules.procedures.shape import Procedure
from klankbord.rules.procedures.structure import kind_findings
from klankbord.web.access import ADMINISTRATOR, AdministratorRequest, allow
from klankbord.web.administration import findings
from klankbord.web.administration.editing import language_name, typed
from klankbord.web.administration.own import own_membership
from klankbord.web.administration.views.procedures import frame, role_titles
from klankbord.web.components.asked import again, said, say
from klankbord.web.components.procedures import differences

DRAFT = "administration/draft.html"
TEXT = "administration/draft_text.html"


@allow(ADMINISTRATOR)
def draft(request: AdministratorRequest, key: str) -> HttpResponse:
    """Where the copy stands. Sending the page switches it on, if it is sound."""
    page = draft_frame(request, key)
    if page is None:
        return redirect("administration:procedure", request.organisation.slug, key)
    if request.method != "POST":
        return render(request, DRAFT, page)
    organisation = page["organisation"]
    try:
        switch_on(organisation, key, by=own_membership(request), on=today())
    except Refused:
        sentence = gettext("It cannot be switched on yet. Mend first what stands below.")
        return again(request, DRAFT, page, {"": sentence})
    except NothingWaits:
        say(request, "nothing")
        return redirect("administration:procedure", organisation.slug, key)
    say(request, "switched_on")
    return redirect("administration:procedure", organisation.slug, key)


@allow(ADMINISTRATOR)
@require_POST
def drop(request: AdministratorRequest, key: str) -> HttpResponse:
    """Throw the copy away; what is switched on stays."""
    organisation = frame(request, key)["organisation"]
    try:
        drop_copy(organisation, key)
        say(request, "dropped")
    except NothingWaits:
        say(request, "nothing")
    return redirect("administration:procedure", organisation.slug, key)


@allow(ADMINISTRATOR)
def text(request: AdministratorRequest, key: str) -> HttpResponse:
    """The whole text, for whoever can read the file. It is kept, sound or not."""
    page = draft_frame(request, key)
    if page is None:
        return redirect("administration:procedure", request.organisation.slug, key)
    sent = typed(request)
    texts = Texts(
        _file(sent.get("text-nl", "")),
        {code: _file(sent.get(f"text-{code}", "")) for code in LANGUAGES[1:]},
    ) if sent else texts_of(page["draft"])  # fmt: skip
    page["files"] = [(code, language_name(code), texts.of(code)) for code in LANGUAGES]
    if request.method != "POST":
        return render(request, TEXT, page)
    try:
        keep(request, key, texts)
    except TooLong:
        return again(request, TEXT, page, {"": gettext("This is too long for a procedure.")})
    return redirect("administration:draft", page["organisation"].slug, key)


def _file(typed_text: str) -> str:
    return f"{typed_text}\n" if typed_text else ""


def keep(request: AdministratorRequest, key: str, texts: Texts) -> None:
    """Keep what was written. Raises `TooLong`; a copy that is gone meanwhile says so."""
    try:
        write_copy(request.organisation, key, texts, by=own_membership(request), on=today())
        say(request, "draft_saved")
    except NothingWaits:
        say(request, "nothing")


def draft_frame(request: AdministratorRequest, key: str) -> dict[str, Any] | None:
    """What every page about a draft shows; none if there is no draft."""
    page = frame(request, key)
    organisation: Organisation = page["organisation"]
    waiting = draft_of(organisation, key)
    if waiting is None:
        return None
    texts = texts_of(waiting)
    proven = proof_of(organisation, texts)
    raw = raw_of(texts)
    steps = [it["key"] for it in raw["step"]] if raw else []
    return page | {
        "draft": waiting,
        "raw": raw,
        "found": findings.told(proven.findings, steps),
        "remarks": len(proven.remarks),
        "steps": _steps(raw),
        "gone": _gone(raw, key),
        "changes": _changes(organisation, texts, key),
        "said": said(request),
    }


def raw_of(texts: Texts) -> Raw | None:
    """The tables of the main file, if its names are right; a form can write in nothing else."""
    try:
        raw = parse(texts.main)
        for code in LANGUAGES[1:]:
            parse(texts.of(code))
    except Refused:
        return None
    return None if tuple(kind_findings(raw)) else raw


def _steps(raw: Raw | None) -> list[tuple[int, str, str]]:
    steps = raw["step"] if raw else []
    return [(at, it["key"], it["title"] or it["key"]) for at, it in enumerate(steps, start=1)]


def _gone(raw: Raw | None, key: str) -> list[tuple[str, str]]:
    """Steps of ours that were switched off, by key and title."""
    if raw is None:
        return []
    here = {it["key"] for it in raw["step"]}
    return [(it["key"], it["title"]) for it in parse(ours(key, today()).main)["step"]
            if it["key"] not in here]  # fmt: skip


def _changes(organisation: Organisation, texts: Texts, key: str) -> Any:
    """What differs from ours, in the language of the page as far as the copy can be read."""
    mine, language = _read(texts, translation.get_language())
    if mine is None:
        return ()
    shipped, _ = _read(ours(key, today()), language)
    return differences(shipped, mine, role_titles(organisation)) if shipped else ()


def _read(texts: Texts, language: str) -> tuple[Procedure | None, str]:
    for code in (language, MAIN_LANGUAGE):
        others = {} if code == MAIN_LANGUAGE else {code: texts.of(code)}
        try:
            return read_procedure(texts.main, others, code), code
        except Refused:
            continue
    return None, MAIN_LANGUAGE
