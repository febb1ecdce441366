"""Coming back with the recovery code, when the passphrase or the device is lost."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from klankbord.kit.clock import now, today
from klankbord.kit.throttle import Busy
from klankbord.organisations import services
from klankbord.organisations.services import PassphraseTooWeak, SignInRefused
from klankbord.web.access import PUBLIC, allow
from klankbord.web.workbench import forms
from klankbord.web.workbench.passphrases import not_the_same, too_weak
from klankbord.web.workbench.views.signing_in import front_of

PAGE = "workbench/recover.html"
PURPOSE = "recover"


@allow(PUBLIC)
def recover(request: HttpRequest) -> HttpResponse:
    """A new passphrase with the recovery code; the answer shows the next recovery code, once."""
    page = {
        "mail": forms.line(request, "mail"),
        "token": forms.fresh_token(PURPOSE, at=now()),
    }
    if request.method != "POST":
        return render(request, PAGE, page)
    new = request.POST.get("new", "")
    if forms.token_of(request, PURPOSE, at=now()) is None:
        return forms.again(request, PAGE, page, {"": forms.stale()})
    if new != request.POST.get("repeated", ""):
        return forms.again(request, PAGE, page, {"repeated": not_the_same()})
    try:
        member, text = services.recover(
            mail=forms.line(request, "mail"),
            recovery=forms.line(request, "recovery"),
            new=new,
            on=today(),
        )
    except SignInRefused:
        return forms.again(request, PAGE, page, {"recovery": _refused()})
    except PassphraseTooWeak:
        return forms.again(request, PAGE, page, {"new": too_weak()})
    except Busy:
        return forms.busy(request, PAGE, page)
    services.keep_member(forms.session_of(request), member)
    shown = {
        "recovery_code": text,
        "mail": member.mail,
        "front": front_of(member),
        "recovered": True,
    }
    return render(request, "workbench/recovery_code.html", shown)


def _refused() -> str:
    return gettext("This e-mail address and recovery code do not belong together. Look at both.")
