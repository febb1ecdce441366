"""When the board meets: some terms end with its next meeting (R-004-180)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext

from klankbord.handling.procedures import bodies_here
from klankbord.kit.clock import today
from klankbord.organisations.services.meetings import (
    MeetingOver,
    MeetingTooFar,
    TooManyMeetings,
    cancel_meeting,
    plan_meeting,
)
from klankbord.web.access import ADMINISTRATOR, allow
from klankbord.web.administration.own import (
    AdministratorRequest,
    own_membership,
    own_organisation,
)
from klankbord.web.components.asked import Errors, line
from klankbord.web.components.days import NoSuchDay, day_in

PAGE = "administration/meetings.html"
UNPROCESSABLE = 422
REFUSED = (MeetingOver, MeetingTooFar, TooManyMeetings)


@dataclass(frozen=True, slots=True)
class Body:
    """A board with its meetings; `asked` are the terms that wait for it."""

    key: str
    title: str
    coming: tuple[date, ...]
    past: tuple[date, ...]
    typed: str = ""


@allow(ADMINISTRATOR)
def meetings(request: AdministratorRequest) -> HttpResponse:
    """The planned days of each board, and a form for another."""
    organisation = own_organisation(request)
    bodies = bodies_here(organisation, on=today(), language=translation.get_language())
    if request.method != "POST":
        return render(request, PAGE, _page(request, bodies, {}))
    body = line(request, "body")
    if body not in bodies:
        raise Http404
    errors = _changed(request, body)
    if errors:
        return render(request, PAGE, _page(request, bodies, errors), status=UNPROCESSABLE)
    return redirect("administration:meetings", organisation.slug)


def _changed(request: AdministratorRequest, body: str) -> Errors:
    change = cancel_meeting if line(request, "out") else plan_meeting
    field = f"day-{body}"
    try:
        day = day_in(line(request, "out") or line(request, field))
        if day is None:
            return {field: gettext("Fill in the day of the meeting, such as 15-1-2027.")}
        change(request.organisation, body=body, day=day, by=own_membership(request), on=today())
    except NoSuchDay:
        return {field: gettext("Fill in the day of the meeting, such as 15-1-2027.")}
    except REFUSED as error:
        return {field: _refused(error)}
    return {}


def _refused(error: Exception) -> str:
    if isinstance(error, MeetingOver):
        return gettext("That day is past. Fill in a day that is still to come.")
    if isinstance(error, MeetingTooFar):
        return gettext("This is more than three years from now. Is the year right?")
    return gettext("That is too many meetings. Take some out first.")


def _page(request: AdministratorRequest, bodies: tuple[str, ...], errors: Errors) -> dict[str, Any]:
    on, planned = today(), request.organisation.meetings
    days = {key: sorted(date.fromisoformat(it) for it in planned.get(key, ())) for key in bodies}
    return {
        "here": "administration",
        "organisation": request.organisation,
        "today": on,
        "errors": errors,
        "bodies": [
            Body(
                key,
                body_title(key),
                coming=tuple(it for it in days[key] if it >= on),
                past=tuple(it for it in reversed(days[key]) if it < on),
                typed=line(request, f"day-{key}"),
            )
            for key in bodies
        ],
    }


def body_title(key: str) -> str:
    """A board in words."""
    return {"daily_board": gettext("Executive committee"), "board": gettext("Board")}.get(key, key)
