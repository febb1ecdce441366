"""One's own account: passphrase, one-time code and recovery code."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation

from klankbord.kit.clock import today
from klankbord.kit.throttle import Busy
from klankbord.organisations import services
from klankbord.organisations.queries import named, profile_of
from klankbord.organisations.services import PassphraseTooWeak, SignInRefused
from klankbord.organisations.services.vouching import own_digits, to_vouch_for, who_can_vouch
from klankbord.web.access import MEMBER, MemberRequest, allow
from klankbord.web.workbench import forms, passphrases
from klankbord.web.workbench.views.signing_in import front_of

ACCOUNT_PAGE = "workbench/account.html"
CHANGE_PAGE = "workbench/passphrase.html"
RECOVERY_PAGE = "workbench/renew_recovery.html"


@allow(MEMBER)
def account(request: MemberRequest) -> HttpResponse:
    """Who I am here, and how I get in."""
    page = {
        "here": "account",
        "places": _places(request),
        "waiting": len(to_vouch_for(request.member, on=today())),
        "said": forms.said(request),
    }
    return render(request, ACCOUNT_PAGE, page)


@allow(MEMBER)
def passphrase(request: MemberRequest) -> HttpResponse:
    """A new passphrase, with the old one; every other session of this person ends."""
    page: dict[str, Any] = {"here": "account"}
    if request.method != "POST":
        return render(request, CHANGE_PAGE, page)
    new = request.POST.get("new", "")
    if new != request.POST.get("repeated", ""):
        return forms.again(request, CHANGE_PAGE, page, {"repeated": passphrases.not_the_same()})
    try:
        member = services.change_passphrase(
            request.member, old=request.POST.get("old", ""), new=new, on=today()
        )
    except PassphraseTooWeak:
        return forms.again(request, CHANGE_PAGE, page, {"new": passphrases.too_weak()})
    except SignInRefused:
        return forms.again(request, CHANGE_PAGE, page, {"old": passphrases.wrong()})
    except Busy:
        return forms.busy(request, CHANGE_PAGE, page)
    services.keep_member(forms.session_of(request), member)
    forms.say(request, "passphrase_changed")
    return redirect("workbench:account")


@allow(MEMBER)
def recovery(request: MemberRequest) -> HttpResponse:
    """A new recovery code, shown once; the one of before stops working."""
    page: dict[str, Any] = {"here": "account"}
    if request.method != "POST":
        return render(request, RECOVERY_PAGE, page)
    try:
        text = services.renew_recovery(
            request.member, passphrase=request.POST.get("passphrase", ""), on=today()
        )
    except SignInRefused:
        return forms.again(request, RECOVERY_PAGE, page, {"passphrase": passphrases.wrong()})
    except Busy:
        return forms.busy(request, RECOVERY_PAGE, page)
    shown = {
        **page,
        "recovery_code": text,
        "mail": request.member.mail,
        "front": front_of(request.member),
    }
    return render(request, "workbench/recovery_code.html", shown)


@dataclass(frozen=True, slots=True)
class Place:
    """An organisation of this person: what they are there, and the digits of their own key.

    The digits come from the opened profile and not from a table: what is read out is what is held.
    """

    membership: UUID
    organisation: str
    roles: tuple[str, ...]
    mark: str
    waits: bool
    to_read_to: tuple[str, ...]


def _places(request: MemberRequest) -> list[Place]:
    member = request.member
    waiting = who_can_vouch(member, on=today())
    places = []
    for line in member.memberships:
        organisation = named(line.slug)
        if organisation is None:
            continue
        profile = profile_of(organisation, translation.get_language())
        places.append(
            Place(
                membership=line.id,
                organisation=line.organisation_name,
                roles=tuple(role.title for role in profile.roles if role.key in line.roles),
                mark=own_digits(member, line.id) if line.reads else "",
                waits=line.id in waiting,
                to_read_to=waiting.get(line.id, ()),
            )
        )
    return places
