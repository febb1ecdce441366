"""Signing in, signing out, and what was typed in a session that had just ended."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from klankbord.kit.clock import now, today
from klankbord.kit.sessions.devices import browser_of, remember_browser
from klankbord.kit.throttle import Busy
from klankbord.organisations import services
from klankbord.organisations.services import Member, SignInRefused, TooManyTries
from klankbord.web.access import MEMBER, PUBLIC, Kept, MemberRequest, allow, kept_in
from klankbord.web.workbench import forms

PAGE = "workbench/sign_in.html"
PURPOSE = "sign_in"


@allow(PUBLIC)
def sign_in(request: HttpRequest) -> HttpResponse:
    """Mail address, passphrase and one-time code in one form.

    A POST that was meant for another page only shows the form, with what was typed in it (`Kept`).
    """
    kept = forms.carried(kept_in(request))
    if request.method != "POST" or hasattr(request, "kept"):
        member = services.member_in(forms.session_of(request), on=today())
        return redirect(front_of(member)) if member else render(request, PAGE, _page(kept, ""))
    mail = forms.line(request, "mail")
    page = _page(kept, mail)
    if forms.token_of(request, PURPOSE, at=now()) is None:
        return forms.again(request, PAGE, page, {"": forms.stale()})
    try:
        member = services.sign_in(
            mail=mail,
            passphrase=request.POST.get("passphrase", ""),
            code=forms.line(request, "code"),
            at=now(),
            browser=browser_of(request, mail),
        )
    except TooManyTries:
        return forms.again(request, PAGE, page, {"": _too_often()})
    except SignInRefused:
        return forms.again(request, PAGE, page, {"mail": _refused()})
    except Busy:
        return forms.busy(request, PAGE, page)
    services.keep_member(forms.session_of(request), member)
    front = reverse("workbench:new_keys") if member.old_pairs else front_of(member)
    answer = forms.take_along(request, kept) if kept else redirect(front)
    remember_browser(answer, mail)
    return answer


@allow(PUBLIC)
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session, if it had not ended by itself, and forget its key."""
    if request.method == "POST":
        services.sign_out(forms.session_of(request))
    return redirect("workbench:sign_in")


def session_ended(request: HttpRequest, reason: str = "") -> HttpResponseBase:
    """A form whose token does not belong to this session (Django's CSRF_FAILURE_VIEW).

    It was open when the session ended, or in another window while somebody signed in again.
    """
    return _late(request)


@allow(MEMBER)
def _late(request: MemberRequest) -> HttpResponse:
    fields = ((name, value) for name, values in request.POST.lists() for value in values)
    kept = forms.carried(Kept(request.path, tuple((name, str(value)) for name, value in fields)))
    return forms.take_along(request, kept) if kept else redirect(front_of(request.member))


def front_of(member: Member) -> str:
    """The address where somebody's work begins: what waits, else numbers, else settings."""
    if member.reads:
        return reverse("workbench:worklist")
    if member.oversees:
        return reverse("oversight:overview")
    if member.administers:
        return reverse("administration:organisations")
    return reverse("workbench:account")


def _page(kept: Kept | None, mail: str) -> dict[str, object]:
    return {"kept": kept, "mail": mail, "token": forms.fresh_token(PURPOSE, at=now())}


def _too_often() -> str:
    return gettext(
        "This was tried too often, from a device that we do not know. Wait a quarter of an hour, or"
        " sign in on a device on which you signed in before."
    )


def _refused() -> str:
    return gettext(
        "This e-mail address, passphrase and code do not belong together. Look at all three again."
    )
