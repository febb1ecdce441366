"""The work list: all that waits for somebody, by day, over all their organisations."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from klankbord.handling.worklist import WorkLine, work_list
from klankbord.kit.clock import today
from klankbord.web.access import MEMBER, MemberRequest, allow

SUNDAY = 6


@dataclass(frozen=True, slots=True)
class Group:
    """What is due about the same time."""

    title: str
    rows: tuple[WorkLine, ...]


@allow(MEMBER)
@require_safe
def worklist(request: MemberRequest) -> HttpResponse:
    """What I must do, and by when: late first (promise 5)."""
    on, after = today(), request.GET.get("after", "")
    found = work_list(request.member, on=on, after=after, language=translation.get_language())
    page = {
        "here": "worklist",
        "today": on,
        "groups": grouped(found.rows, on),
        "next": found.next,
        "further": bool(after),
        "several": len(request.member.memberships) > 1,
    }
    return render(request, "workbench/worklist.html", page)


def grouped(rows: Iterable[WorkLine], on: date) -> list[Group]:
    """The rows under the words for their day, in the order in which they come."""
    groups: list[Group] = []
    for row in rows:
        title = when(row.due, on)
        if groups and groups[-1].title == title:
            groups[-1] = Group(title, (*groups[-1].rows, row))
        else:
            groups.append(Group(title, (row,)))
    return groups


def when(due: date | None, on: date) -> str:
    """Late, today, this week (until Sunday), later, or on no set day."""
    if due is None:
        return gettext("On no set day")
    if due < on:
        return gettext("Late")
    if due == on:
        return gettext("Today")
    sunday = on + timedelta(days=SUNDAY - on.weekday())
    return gettext("This week") if due <= sunday else gettext("Later")
