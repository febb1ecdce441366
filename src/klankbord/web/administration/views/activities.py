"""Activities with a link of their own: made, printed and ended by whoever listens or administers.

Making the reporting point known to parents is the work of the contact persons (R-001-41); an
administrator may do it for them. Nobody sees here whether anything was told.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from klankbord.intake.activities import (
    ActivityRefused,
    Wrong,
    activities_of,
    activity_numbered,
    end_activity,
    is_open,
    last_day,
    make_activity,
    resume_activity,
)
from klankbord.intake.models import Activity
from klankbord.kit.clock import day_of, today
from klankbord.organisations.members import MembershipLine
from klankbord.organisations.models import Organisation
from klankbord.organisations.queries import named, profile_of, units_of
from klankbord.web.access import MEMBER, MemberRequest, PublicRequest, allow
from klankbord.web.components.pictures import picture_of

UNPROCESSABLE = 422
SEE_OTHER = 303


class ActivityRequest(MemberRequest, PublicRequest):
    """A request of a member about the activities of one organisation."""


@dataclass(frozen=True, slots=True)
class Line:
    """An activity in the list: its days, where it leads, and until when."""

    row: Activity
    first: date
    last: date
    works_until: date
    running: bool


@dataclass(frozen=True, slots=True)
class Place:
    """An organisation for which this person may make activities."""

    slug: str
    name: str
    lines: tuple[Line, ...]


@allow(MEMBER)
@require_safe
def everywhere(request: MemberRequest) -> HttpResponse:
    """The activities of every organisation where this person listens or administers."""
    if not _mine(request):
        raise Http404
    places = [_place(line) for line in _mine(request) if _takes(line)]
    return render(
        request,
        "administration/activities.html",
        {"here": "activities", "places": places, "today": today()},
    )


@allow(MEMBER)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: ActivityRequest) -> HttpResponse:
    """Make one: a name, its days and, if it is of one group, which."""
    line = _own(request)
    if request.method != "POST":
        return _asked(request)
    try:
        row = make_activity(
            request.organisation,
            name=_text(request, "name"),
            from_day=_day(request, "from_day"),
            until_day=_day(request, "until_day"),
            unit=_number(request.POST.get("unit", "")),
            by=line.id,
            on=today(),
        )
    except ActivityRefused as refused:
        return _asked(request, errors=_in_words(refused.wrong), status=UNPROCESSABLE)
    return _to(row, request.organisation)


@allow(MEMBER)
@require_safe
def one(request: ActivityRequest, activity: UUID) -> HttpResponse:
    """Its address, its QR, a text to paste, and the sheets to print."""
    _own(request)
    row = _found(request, activity)
    organisation = request.organisation
    address = request.build_absolute_uri(
        reverse("public:activity", args=[organisation.slug, row.word])
    )
    page = {
        "here": "activities",
        "organisation": organisation,
        "line": _line(row),
        "address": address,
        "picture": picture_of(address),
    }
    return render(request, "administration/activity.html", page)


@allow(MEMBER)
@require_POST
def end(request: ActivityRequest, activity: UUID) -> HttpResponse:
    """The link leads to the ordinary page from now on; taken back with one click."""
    by = _own(request).id
    row = _found(request, activity)
    change = resume_activity if row.ended_day is not None else end_activity
    change(row, by=by, on=today())
    return _to(row, request.organisation)


def _mine(request: MemberRequest) -> tuple[MembershipLine, ...]:
    return tuple(line for line in request.member.memberships if line.reads or line.administers)


def _takes(line: MembershipLine) -> bool:
    organisation = named(line.slug)
    return organisation is not None and bool(
        profile_of(organisation, translation.get_language()).form_doors
    )


def _own(request: ActivityRequest) -> MembershipLine:
    """This person's place in the organisation of the address. Raises Http404 if there is none."""
    for line in _mine(request):
        if line.organisation == request.organisation.id and _takes(line):
            return line
    raise Http404


def _found(request: ActivityRequest, activity: UUID) -> Activity:
    row = activity_numbered(request.organisation, activity)
    if row is None:
        raise Http404
    return row


def _place(line: MembershipLine) -> Place:
    organisation = named(line.slug)
    rows = activities_of(organisation) if organisation else []
    return Place(line.slug, line.organisation_name, tuple(_line(row) for row in rows))


def _line(row: Activity) -> Line:
    return Line(
        row, day_of(row.from_day), day_of(row.until_day), last_day(row), is_open(row, today())
    )


def _in_words(wrong: Wrong) -> dict[str, str]:
    """The field to look at, and what to do about it."""
    match wrong:
        case Wrong.NO_NAME:
            return {"name": gettext("Fill in what it is called.")}
        case Wrong.NAME_TOO_LONG:
            return {"name": gettext("Make the name shorter than 120 characters.")}
        case Wrong.NO_DAYS:
            return {"from_day": gettext("Fill in both days. Is it one day? Fill it in twice.")}
        case Wrong.BACKWARDS:
            return {"until_day": gettext("The last day is before the first. Look at both.")}
        case Wrong.TOO_LONG:
            return {"until_day": gettext("This takes more than a year. Make one for each year.")}
        case Wrong.OVER:
            return {"until_day": gettext("This has been over for long. Look at the year.")}


def _asked(
    request: ActivityRequest, *, errors: Mapping[str, str] | None = None, status: int = 200
) -> HttpResponse:
    organisation = request.organisation
    page = {
        "here": "activities",
        "organisation": organisation,
        "units": units_of(organisation),
        "typed": request.POST,
        "errors": errors or {},
    }
    return render(request, "administration/activity_new.html", page, status=status)


def _to(row: Activity, organisation: Organisation) -> HttpResponse:
    answer = HttpResponseRedirect(
        reverse("administration:activity", args=[organisation.slug, row.id])
    )
    answer.status_code = SEE_OTHER
    return answer


def _text(request: HttpRequest, name: str) -> str:
    return " ".join(request.POST.get(name, "").replace("\0", "").split())


def _day(request: HttpRequest, name: str) -> date | None:
    try:
        return date.fromisoformat(request.POST.get(name, "").strip())
    except ValueError:
        return None


def _number(text: str) -> UUID | None:
    try:
        return UUID(hex=text)
    except ValueError:
        return None
