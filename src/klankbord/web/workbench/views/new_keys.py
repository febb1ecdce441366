"""Somebody may know my passphrase: new keys, and every case put under them, with its progress."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from klankbord.handling.new_keys import carry_over, still_to_carry
from klankbord.kit.clock import now
from klankbord.kit.throttle import Busy
from klankbord.organisations import services
from klankbord.organisations.services import PassphraseTooWeak, SignInRefused
from klankbord.organisations.services.new_keys import SamePassphrase, make_new_keys
from klankbord.web.access import MEMBER, MemberRequest, allow
from klankbord.web.workbench import forms, passphrases

PAGE = "workbench/new_keys.html"
PROGRESS_PAGE = "workbench/new_keys_progress.html"
CODE_PAGE = "workbench/recovery_code.html"


@allow(MEMBER)
def new_keys(request: MemberRequest) -> HttpResponse:
    """Make them; and as long as something opens with the old ones only, go on with that."""
    if request.member.old_pairs:
        return _go_on(request)
    page: dict[str, Any] = {"here": "account"}
    if request.method != "POST":
        return render(request, PAGE, page)
    old, new = request.POST.get("old", ""), request.POST.get("new", "")
    if new != request.POST.get("repeated", ""):
        return forms.again(request, PAGE, page, {"repeated": passphrases.not_the_same()})
    try:
        member, code = make_new_keys(request.member, old=old, new=new, at=now())
    except SamePassphrase:
        return forms.again(request, PAGE, page, {"new": _the_same()})
    except PassphraseTooWeak:
        return forms.again(request, PAGE, page, {"new": passphrases.too_weak()})
    except SignInRefused:
        return forms.again(request, PAGE, page, {"old": passphrases.wrong()})
    except Busy:
        return forms.busy(request, PAGE, page)
    services.keep_member(forms.session_of(request), member)
    carried = carry_over(member, at=now())
    front = reverse("workbench:account" if carried.finished else "workbench:new_keys")
    shown = {**page, "recovery_code": code, "mail": member.mail, "front": front}
    return render(
        request, CODE_PAGE, shown | {"new_keys": True, "had_code": request.member.one_time_code}
    )


def _go_on(request: MemberRequest) -> HttpResponse:
    page: dict[str, Any] = {"here": "account", "left": still_to_carry(request.member)}
    if request.method != "POST":
        return render(request, PROGRESS_PAGE, page)
    carried = carry_over(request.member, at=now())
    if carried.finished:
        forms.say(request, "keys_changed")
        return redirect("workbench:account")
    return render(request, PROGRESS_PAGE, page | {"left": carried.left, "stuck": carried.stuck})


def _the_same() -> str:
    return gettext("This is the passphrase that somebody may know. Choose another one.")
