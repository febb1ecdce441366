"""New reports that look alike: closed together with one reason, and taken back in one click."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext

from klankbord.handling import flood
from klankbord.handling.casework import OUTSIDE_A_PROCEDURE, TextTooLong
from klankbord.kit.clock import now
from klankbord.web.access import READER, MemberRequest, allow
from klankbord.web.workbench import forms
from klankbord.web.workbench.views.closing import reasons

PAGE, SURE = "workbench/together.html", "workbench/together_sure.html"
DONE = "closed_together"


@allow(READER)
def together(request: MemberRequest) -> HttpResponse:
    """The groups; a reason for those that were ticked; and a second look before it is done."""
    page = _page(request)
    if request.method != "POST" or "back" in request.POST:
        return render(request, PAGE, page)
    errors = _missing(page)
    if errors:
        return forms.again(request, PAGE, page, errors)
    if "sure" not in request.POST:
        return render(request, SURE, page)
    try:
        done = flood.close_together(
            request.member, page["chosen"], reason=page["reason"], text=page["text"], at=now()
        )
    except TextTooLong:
        return forms.again(request, PAGE, page, {"text": forms.too_long()})
    request.session[DONE] = list(done)
    forms.say(request, "closed_together")
    return redirect("workbench:together")


@allow(READER)
def take_back(request: MemberRequest) -> HttpResponse:
    """Take up again what was just closed together."""
    if request.method == "POST":
        closed = request.session.pop(DONE, [])
        said = gettext("This was closed together with others by mistake.")
        flood.reopen_together(request.member, closed, text=said, at=now())
        forms.say(request, "reopened_together")
    return redirect("workbench:together")


def _page(request: MemberRequest) -> dict[str, Any]:
    chosen = request.POST.getlist("case")
    return {
        "here": "inbox",
        "groups": flood.alike(request.member, language=translation.get_language()),
        "chosen": chosen,
        "reasons": [it for it in reasons() if it[0] in OUTSIDE_A_PROCEDURE],
        "reason": forms.line(request, "reason"),
        "text": forms.text(request, "text"),
        "closed": request.session.get(DONE, []),
        "said": forms.said(request),
    }


def _missing(page: dict[str, Any]) -> forms.Errors:
    errors = {}
    if not page["chosen"]:
        errors["case"] = gettext("Choose which ones.")
    if page["reason"] not in {word for word, _, _ in page["reasons"]}:
        errors["reason"] = gettext("Choose a reason.")
    if not page["text"]:
        errors["text"] = gettext("Explain it in a few words. The reporter reads this.")
    return errors
