"""Vouching for a colleague: hear the digits, type them, sign."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from klankbord.kit.clock import day_of, today
from klankbord.kit.throttle import Busy
from klankbord.organisations.queries import profile_of
from klankbord.organisations.services import SignInRefused
from klankbord.organisations.services import vouching as verbs
from klankbord.organisations.services.vouching import (
    FingerprintDiffers,
    FingerprintIncomplete,
    NotForYou,
)
from klankbord.organisations.waiting import Waiting
from klankbord.web.access import MEMBER, MemberRequest, allow
from klankbord.web.workbench import forms, passphrases

PAGE = "workbench/vouch.html"


@allow(MEMBER)
@require_safe
def colleagues(request: MemberRequest) -> HttpResponse:
    """Who waits until somebody compares their digits."""
    page = {
        "here": "account",
        "waiting": [(it, _titles(it)) for it in verbs.to_vouch_for(request.member, on=today())],
        "said": forms.said(request),
    }
    return render(request, "workbench/colleagues.html", page)


@allow(MEMBER)
def vouch(request: MemberRequest, person: UUID) -> HttpResponse:
    """The six groups as the colleague reads them out, and one's own passphrase once more."""
    try:
        who = verbs.one_to_vouch_for(request.member, person, on=today())
    except NotForYou:
        raise Http404 from None
    digits = forms.line(request, "digits")
    page = {
        "here": "account",
        "who": who,
        "titles": _titles(who),
        "since": day_of(who.since),
        "by_me": who.invited_by in {line.id for line in request.member.memberships},
        "digits": digits,
    }
    if request.method != "POST":
        return render(request, PAGE, page)
    try:
        verbs.vouch(
            request.member, person, digits=digits,
            passphrase=request.POST.get("passphrase", ""), on=today(),
        )  # fmt: skip
    except FingerprintIncomplete:
        return forms.again(request, PAGE, page, {"digits": _incomplete()})
    except FingerprintDiffers:
        return forms.again(request, PAGE, {**page, "differs": True}, {"digits": _differs()})
    except SignInRefused:
        return forms.again(request, PAGE, page, {"passphrase": passphrases.wrong()})
    except NotForYou:
        raise Http404 from None
    except Busy:
        return forms.busy(request, PAGE, page)
    forms.say(request, "vouched" if who.needed == len(who.signed_by) + 1 else "vouched_first")
    return redirect("workbench:colleagues")


def _titles(who: Waiting) -> tuple[str, ...]:
    profile = profile_of(who.organisation, translation.get_language())
    return tuple(role.title for role in profile.roles if role.key in who.roles)


def _incomplete() -> str:
    return gettext("Type all six groups of four digits.")


def _differs() -> str:
    return gettext(
        "These are not the digits of the key that is stored here. Have them read out once more."
    )
