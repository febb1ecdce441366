"""Which bureau works for an employer, from when until when (R-002-01, R-002-02)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from klankbord.kit.clock import day_of, now, today
from klankbord.organisations.models import Engagement, Organisation
from klankbord.organisations.queries import engagements_of, listed
from klankbord.organisations.services.engaging import (
    BUREAU,
    EngagedAlready,
    end_engagement,
    engage_bureau,
    people_of_bureau,
)
from klankbord.organisations.services.roles import DaysReversed
from klankbord.web.access import ADMINISTRATOR, allow
from klankbord.web.administration.own import AdministratorRequest, own_organisation
from klankbord.web.administration.views.roles import no_such_day
from klankbord.web.components import asked
from klankbord.web.components.days import NoSuchDay, day_in

PAGE = "administration/bureau.html"
END = "administration/engagement.html"


@dataclass(frozen=True, slots=True)
class Line:
    """An engagement, seen from one of the two."""

    id: UUID
    other: Organisation
    from_day: date
    until: date | None
    over: bool


@allow(ADMINISTRATOR)
def bureau(request: AdministratorRequest) -> HttpResponse:
    """The engagements there are, and for an employer a form to begin one."""
    house = own_organisation(request)
    known = {it.id.hex: it for it in listed() if it.profile == BUREAU and it.id != house.id}
    chosen = known.get(asked.line(request, "bureau"))
    page = {
        "here": "administration",
        "organisation": house,
        "lines": [_line(row, house) for row in engagements_of(house)],
        "is_bureau": house.profile == BUREAU,
        "bureaus": [
            (it, [(who.id.hex, who.account.name) for who in people_of_bureau(it, on=today())])
            for it in known.values()
        ],
        "chosen": chosen,
        "from": asked.line(request, "from") or today().isoformat(),
        "said": asked.said(request),
    }
    if request.method != "POST":
        return render(request, PAGE, page)
    if chosen is None:
        return asked.again(request, PAGE, page, {"bureau": gettext("Choose a bureau.")})
    try:
        begins = day_in(str(page["from"])) or today()
    except NoSuchDay:
        return asked.again(request, PAGE, page, {"from": no_such_day()})
    wanted = set(request.POST.getlist("person"))
    people = [it for it in people_of_bureau(chosen, on=today()) if it.id.hex in wanted]
    try:
        engage_bureau(
            request.member, house, bureau=chosen, people=people, from_day=begins, at=now()
        )
    except EngagedAlready:
        said = gettext("This bureau works for you on that day already.")
        return asked.again(request, PAGE, page, {"bureau": said})
    asked.say(request, "engaged")
    return redirect("administration:bureau", house.slug)


@allow(ADMINISTRATOR)
def end(request: AdministratorRequest, engagement: UUID) -> HttpResponse:
    """The last day of an engagement, said by the employer or by the bureau."""
    house = own_organisation(request)
    row = next((it for it in engagements_of(house) if it.id == engagement), None)
    if row is None:
        raise Http404
    page = {
        "here": "administration",
        "organisation": house,
        "line": _line(row, house),
        "until": asked.line(request, "until") or today().isoformat(),
    }
    if request.method != "POST":
        return render(request, END, page)
    try:
        last = day_in(str(page["until"])) or today()
        end_engagement(request.member, row, until=last, on=today())
    except NoSuchDay:
        return asked.again(request, END, page, {"until": no_such_day()})
    except DaysReversed:
        said = gettext("This day is over. Choose today or a later day.")
        return asked.again(request, END, page, {"until": said})
    asked.say(request, "engagement_ended")
    return redirect("administration:bureau", house.slug)


def _line(row: Engagement, house: Organisation) -> Line:
    until = day_of(row.until_day) if row.until_day is not None else None
    return Line(
        id=row.id,
        other=row.employer if row.bureau_id == house.id else row.bureau,
        from_day=day_of(row.from_day),
        until=until,
        over=bool(until and until < today()),
    )
