"""The inbox: every case of every organisation that somebody reads for, the newest word first."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_safe

from klankbord.agenda.times import may_be_alerted
from klankbord.handling.conferring import something_new
from klankbord.handling.inbox import inbox_page
from klankbord.handling.meanwhile import was_away
from klankbord.kit.clock import today
from klankbord.web.access import READER, MemberRequest, allow


@allow(READER)
@require_safe
def inbox(request: MemberRequest) -> HttpResponse:
    """What waits for me, and what is going on (R-002-01)."""
    return _shown(request, "workbench/inbox.html", closed=False)


@allow(READER)
@require_safe
def closed(request: MemberRequest) -> HttpResponse:
    """What was closed."""
    return _shown(request, "workbench/closed.html", closed=True)


def _shown(request: MemberRequest, template: str, *, closed: bool) -> HttpResponse:
    after = request.GET.get("after", "")
    found = inbox_page(
        request.member, closed=closed, after=after, language=translation.get_language()
    )
    page = {
        "here": "inbox",
        "today": today(),
        "waiting": [line for line in found.rows if line.waiting],
        "running": [line for line in found.rows if not line.waiting],
        "rows": found.rows,
        "next": found.next,
        "further": bool(after),
        "reminded": was_away([line.id for line in request.member.reads], today()),
        "conferred": something_new([line.id for line in request.member.reads]),
        "alerted": may_be_alerted([line.id for line in request.member.reads], today()),
        "several": len(request.member.reads) > 1,
    }
    return render(request, template, page)
