"""Asking a colleague for advice without names: looked over before it goes (R-002-19, R-003-27)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext

from klankbord.handling import conferring
from klankbord.handling.conferring import NotCertified, NotYours, TextEmpty, TextTooLong
from klankbord.kit.clock import now, today
from klankbord.rules.conferring import could_name
from klankbord.web.access import READER, MemberRequest, allow
from klankbord.web.workbench import forms

PAGE = "workbench/confer.html"
PURPOSE = "confer"


@allow(READER)
def confer(request: MemberRequest) -> HttpResponse:
    """What was said between colleagues, and a form to ask."""
    if request.method == "POST" and "forget" in request.POST:
        return _forgotten(request)
    page = _page(request)
    if request.method != "POST":
        return render(request, PAGE, page)
    people = {it.card.membership.hex: it.card.membership for it in page["people"]}
    to, token = people.get(page["who"]), forms.token_of(request, PURPOSE, at=now())
    if to is None:
        return forms.again(request, PAGE, page, {"who": forms.choose_somebody()})
    if token is None:
        return forms.again(request, PAGE, page, {"": forms.stale()})
    names = could_name(page["text"])
    if names and "sure" not in request.POST:
        return render(request, PAGE, {**page, "names": names})
    try:
        conferring.confer(request.member, to=to, text=page["text"], token=token, at=now())
    except (TextEmpty, TextTooLong, NotCertified, NotYours) as refused:
        return forms.again(request, PAGE, page, _said(refused))
    forms.say(request, "conferred")
    return redirect("workbench:confer")


def _forgotten(request: MemberRequest) -> HttpResponse:
    try:
        conferring.forget(request.member, UUID(hex=forms.line(request, "forget")))
    except (ValueError, NotYours):
        return redirect("workbench:confer")  # it is gone already: the page that follows shows so
    forms.say(request, "forgotten")
    return redirect("workbench:confer")


def _page(request: MemberRequest) -> dict[str, Any]:
    at = now()
    return {
        "here": "inbox",
        "today": today(),
        "people": conferring.colleagues_of(
            request.member, at=at, language=translation.get_language()
        ),
        "talk": conferring.talk(request.member),
        "several": len(request.member.reads) > 1,
        "who": forms.line(request, "who"),
        "text": forms.text(request, "text"),
        "said": forms.said(request),
        "form_token": forms.fresh_token(PURPOSE, at=at),
    }


def _said(refused: Exception) -> forms.Errors:
    match refused:
        case TextEmpty():
            return {"text": gettext("Write something first.")}
        case TextTooLong():
            return {"text": forms.too_long()}
    return {"who": gettext("Nothing can be sealed to this person just now. Call instead.")}
