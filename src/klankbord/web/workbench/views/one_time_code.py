"""The code from one's device: switched on after a first right one, off with the passphrase."""

from __future__ import annotations

from typing import Any

import segno
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from klankbord.kit.clock import now, today
from klankbord.kit.throttle import Busy
from klankbord.organisations import services
from klankbord.organisations.services import SignInRefused
from klankbord.web.access import MEMBER, MemberRequest, allow
from klankbord.web.workbench import forms, passphrases

ON = "workbench/one_time_code.html"
OFF = "workbench/one_time_code_off.html"
STARTED = "one_time_code"  # in the sealed session, until the first right code


@allow(MEMBER)
def switch_on(request: MemberRequest) -> HttpResponse:
    """Show the secret as a QR code and as text; the first right code switches it on."""
    if request.member.one_time_code:
        return redirect("workbench:account")
    secret, uri = _started(request)
    page = {"here": "account", "secret": _in_fours(secret), "qr": _drawn(uri)}
    if request.method != "POST":
        return render(request, ON, page)
    try:
        services.confirm_one_time_code(
            request.member, secret=secret, code=forms.line(request, "code"), at=now()
        )
    except SignInRefused:
        wrong = gettext("This is not the code of this moment. Wait for the next one and type that.")
        return forms.again(request, ON, page, {"code": wrong})
    request.session.pop(STARTED, None)
    forms.say(request, "one_time_code_on")
    return redirect("workbench:account")


@allow(MEMBER)
def switch_off(request: MemberRequest) -> HttpResponse:
    """No code any more, after typing the passphrase."""
    page: dict[str, Any] = {"here": "account"}
    if request.method != "POST":
        return render(request, OFF, page)
    try:
        services.drop_one_time_code(
            request.member, passphrase=request.POST.get("passphrase", ""), on=today()
        )
    except SignInRefused:
        return forms.again(request, OFF, page, {"passphrase": passphrases.wrong()})
    except Busy:
        return forms.busy(request, OFF, page)
    forms.say(request, "one_time_code_off")
    return redirect("workbench:account")


def _started(request: MemberRequest) -> tuple[str, str]:
    """The secret that this session began with: a reload shows the same."""
    if STARTED not in request.session:
        request.session[STARTED] = list(services.start_one_time_code(request.member))
    secret, uri = request.session[STARTED]
    return str(secret), str(uri)


def _in_fours(secret: str) -> str:
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))


def _drawn(uri: str) -> SafeString:
    # Drawn by us from our own address: nothing in it was typed by anybody.
    drawing = segno.make(uri, error="m").svg_inline(
        scale=5, border=2, svgclass="kb-qr", lineclass=None, omitsize=False
    )
    return mark_safe(drawing)  # noqa: S308
