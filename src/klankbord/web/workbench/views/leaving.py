"""Stopping: what nobody else reads is handed over first, then every key goes."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from klankbord.handling import leaving
from klankbord.handling.leaving import OnlyReader
from klankbord.kit.clock import now, today
from klankbord.kit.throttle import Busy
from klankbord.organisations import services
from klankbord.organisations.services import SignInRefused
from klankbord.organisations.services.roles import LastAdministrator
from klankbord.web.access import MEMBER, MemberRequest, allow
from klankbord.web.workbench import forms, passphrases

PAGE = "workbench/leave.html"


@allow(MEMBER)
def leave(request: MemberRequest, person: UUID) -> HttpResponse:
    """Stop working for one organisation; `person` is one's own membership there."""
    line = next((it for it in request.member.memberships if it.id == person), None)
    if line is None:
        raise Http404
    page = {
        "here": "account",
        "organisation": line.organisation_name,
        "alone": leaving.read_alone(line.id, on=today()),
    }
    if request.method != "POST":
        return render(request, PAGE, page)
    try:
        leaving.leave(
            request.member, line.id, passphrase=request.POST.get("passphrase", ""), at=now()
        )
    except OnlyReader:
        said = gettext("You are still the only one who can open some cases.")
        return forms.again(request, PAGE, page, {"": said})
    except LastAdministrator:
        return forms.again(request, PAGE, page, {"": _last_administrator()})
    except SignInRefused:
        return forms.again(request, PAGE, page, {"passphrase": passphrases.wrong()})
    except Busy:
        return forms.busy(request, PAGE, page)
    if len(request.member.memberships) > 1:
        forms.say(request, "left")
        return redirect("workbench:account")
    services.sign_out(forms.session_of(request))
    del request.member
    return render(request, "workbench/left.html")


def _last_administrator() -> str:
    return gettext(
        "Then nobody would be left who can invite people. First give somebody else the role of"
        " administrator."
    )
