"""Cases that belong together, as the handler alone knows it (P25)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from klankbord.handling import linking
from klankbord.handling.linking import (
    AlreadyDone,
    NotYours,
    ReasonMissing,
    SameCase,
    TroubleInCase,
)
from klankbord.kit.clock import now, today
from klankbord.web.access import READER, MemberRequest, allow
from klankbord.web.workbench import forms
from klankbord.web.workbench.cases import opened, own_case

PAGE = "workbench/links.html"


@allow(READER)
@own_case
def links(request: MemberRequest, reference: str) -> HttpResponse:
    """See the links, add one, take one away, and say whether earlier facts are known."""
    page = _page(request, reference)
    if request.method != "POST":
        return render(request, PAGE, page)
    errors = _done(request, reference)
    if errors:
        return forms.again(request, PAGE, page, errors)
    return redirect("workbench:links", reference)


def _page(request: MemberRequest, reference: str) -> dict[str, Any]:
    return {
        "here": "inbox",
        "today": today(),
        "case": opened(request, reference).page,
        "links": linking.links_of(request.member, reference, at=now()),
        "other": forms.line(request, "other"),
        "said": forms.said(request),
    }


def _done(request: MemberRequest, reference: str) -> forms.Errors:
    member, at = request.member, now()
    try:
        if "known" in request.POST or "facts" in request.POST:
            linking.note_earlier(member, reference, known=forms.line(request, "known"), at=at)
            forms.say(request, "earlier_noted")
        elif "unlink" in request.POST:
            other = UUID(hex=forms.line(request, "unlink"))
            linking.unlink(member, reference, other=other, at=at)
            forms.say(request, "unlinked")
        else:
            other_case = forms.line(request, "other").upper()
            linking.link(member, reference, other=other_case, at=at)
            forms.say(request, "linked")
    except ReasonMissing:
        return {"known": gettext("Choose one of these.")}
    except SameCase:
        return {"other": gettext("That is this case itself.")}
    except AlreadyDone:
        return {"other": gettext("These cases are linked already.")}
    except TroubleInCase:
        return {"": forms.read_only()}
    except (NotYours, ValueError):
        return {"other": gettext("You read no case with this number in this organisation.")}
    return {}
