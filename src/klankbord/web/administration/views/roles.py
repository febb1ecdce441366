"""Giving somebody a role from a day on, and saying which day is the last."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from klankbord.kit.clock import day_of, today
from klankbord.organisations.models import Membership
from klankbord.organisations.services import roles as verbs
from klankbord.organisations.services.inviting import NoRoleChosen
from klankbord.organisations.services.roles import DaysReversed, HeldAlready, LastAdministrator
from klankbord.web.access import ADMINISTRATOR, allow
from klankbord.web.administration.own import AdministratorRequest
from klankbord.web.administration.whom import person_in, roles_by_key
from klankbord.web.components import asked
from klankbord.web.components.days import NoSuchDay, day_in

GIVE = "administration/give_role.html"
END = "administration/end_role.html"


@allow(ADMINISTRATOR)
def give(request: AdministratorRequest, person: UUID) -> HttpResponse:
    """Which role, from when, and until when if that is known."""
    row = person_in(request, person)
    page = _page(request, row)
    if request.method != "POST":
        return render(request, GIVE, page)
    try:
        begins, ends = day_in(page["from"]), day_in(page["until"])
    except NoSuchDay:
        return asked.again(request, GIVE, page, {"from": no_such_day()})
    try:
        verbs.add_role(
            request.member, row, word=page["role"], from_day=begins or today(), until=ends,
            on=today(),
        )  # fmt: skip
    except NoRoleChosen:
        return asked.again(request, GIVE, page, {"role": gettext("Choose a role.")})
    except HeldAlready:
        return asked.again(request, GIVE, page, {"role": _held_already()})
    except DaysReversed:
        return asked.again(request, GIVE, page, {"until": reversed_days()})
    asked.say(request, "role_given")
    return redirect("administration:person", row.organisation.slug, row.id)


@allow(ADMINISTRATOR)
def end(request: AdministratorRequest, person: UUID, role: int) -> HttpResponse:
    """The last day of a role: today if nothing is said."""
    row = person_in(request, person)
    held = next((it for it in verbs.roles_of(row, on=today()) if it.id == role), None)
    if held is None:
        raise Http404
    known = roles_by_key(row.organisation).get(held.word)
    page = {
        "here": "administration",
        "organisation": row.organisation,
        "person": row,
        "title": known.title if known else held.word,
        "reads": bool(known and known.reads),
        "from_day": day_of(held.from_day),
        "until": asked.line(request, "until") or today().isoformat(),
    }
    if request.method != "POST":
        return render(request, END, page)
    try:
        last = day_in(str(page["until"])) or today()
        verbs.end_role(request.member, held, until=last, on=today())
    except NoSuchDay:
        return asked.again(request, END, page, {"until": no_such_day()})
    except DaysReversed:
        return asked.again(request, END, page, {"until": _day_is_over()})
    except LastAdministrator:
        return asked.again(request, END, page, {"": _last_administrator()})
    asked.say(request, "role_ended")
    return redirect("administration:person", row.organisation.slug, row.id)


def _page(request: AdministratorRequest, row: Membership) -> dict[str, Any]:
    return {
        "here": "administration",
        "organisation": row.organisation,
        "person": row,
        "roles": list(roles_by_key(row.organisation).values()),
        "role": asked.line(request, "role"),
        "from": asked.line(request, "from") or today().isoformat(),
        "until": asked.line(request, "until"),
    }


def no_such_day() -> str:
    """What was typed is not in the calendar."""
    return gettext("This is not a day of the calendar. Write it as 28/11/2026.")


def reversed_days() -> str:
    """The last day comes before the first."""
    return gettext("The last day comes before the first.")


def _day_is_over() -> str:
    return gettext("This day is over. Choose today or a later day.")


def _held_already() -> str:
    return gettext("This person holds that role on that day already.")


def _last_administrator() -> str:
    return gettext(
        "Then nobody would be left who can invite people. First give somebody else the role of"
        " administrator."
    )
