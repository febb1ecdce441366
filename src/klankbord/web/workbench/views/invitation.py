"""Answering an invitation: an own passphrase, a recovery code to keep, digits to read out."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext

from klankbord.kit.clock import now, today
from klankbord.kit.throttle import Busy
from klankbord.organisations import services
from klankbord.organisations.models import Account, Invitation
from klankbord.organisations.queries import profile_of
from klankbord.organisations.services import Member, PassphraseTooWeak, SignInRefused
from klankbord.organisations.services.accepting import (
    AddressTaken,
    accept,
    accept_as,
    works_elsewhere,
)
from klankbord.organisations.services.inviting import InvitationGone, invitation_behind
from klankbord.web.access import PUBLIC, allow
from klankbord.web.workbench import forms
from klankbord.web.workbench.passphrases import not_the_same, too_weak, wrong

PAGE = "workbench/invitation.html"
GONE = "workbench/invitation_gone.html"
PURPOSE = "invitation"
LONGEST_NAME = 120


@allow(PUBLIC)
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Who invites, for what; then a new account, or one more organisation for one that is there."""
    try:
        row = invitation_behind(token, at=now())
        member = services.member_in(forms.session_of(request), on=today())
        if member and not row.renews:
            return _join(request, member, row, token)
        return _begin(request, row, token)
    except InvitationGone:
        return render(request, GONE, status=404)


def _begin(request: HttpRequest, row: Invitation, token: str) -> HttpResponse:
    page = _page(request, row)
    if request.method != "POST":
        return render(request, PAGE, page)
    errors = _what_is_wrong(request, page)
    if errors:
        return forms.again(request, PAGE, page, errors)
    try:
        member, recovery = accept(
            token, name=page["name"], mail=page["mail"], passphrase=request.POST.get("new", ""),
            at=now(),
        )  # fmt: skip
    except PassphraseTooWeak:
        return forms.again(request, PAGE, page, {"new": too_weak()})
    except AddressTaken:
        return forms.again(request, PAGE, page, {"mail": _taken()})
    except Busy:
        return forms.busy(request, PAGE, page)
    services.keep_member(forms.session_of(request), member)
    shown = {"recovery_code": recovery, "mail": member.mail, "new_here": True}
    return render(request, "workbench/recovery_code.html", shown)


def _join(request: HttpRequest, member: Member, row: Invitation, token: str) -> HttpResponse:
    page = {**_page(request, row), "as_member": member}
    if request.method != "POST":
        return render(request, PAGE, page)
    if forms.token_of(request, PURPOSE, at=now()) is None:
        return forms.again(request, PAGE, page, {"": forms.stale()})
    try:
        accept_as(member, token, passphrase=request.POST.get("passphrase", ""), at=now())
    except SignInRefused:
        return forms.again(request, PAGE, page, {"passphrase": wrong()})
    except Busy:
        return forms.busy(request, PAGE, page)
    forms.say(request, "joined")
    return redirect("workbench:account")


def _page(request: HttpRequest, row: Invitation) -> dict[str, Any]:
    profile = profile_of(row.organisation, translation.get_language())
    told = request.method == "POST"
    asks_address = bool(row.renews and row.membership and works_elsewhere(row.membership))
    mail = row.mail if not asks_address else forms.line(request, "mail")
    return {
        "invitation": row,
        "roles": tuple(role.title for role in profile.roles if role.key in row.roles),
        "name": (forms.line(request, "name") if told else row.name)[:LONGEST_NAME],
        "mail": mail,
        "asks_address": asks_address,
        "has_account": not row.renews and Account.objects.filter(mail=row.mail).exists(),
        "token": forms.fresh_token(PURPOSE, at=now()),
    }


def _what_is_wrong(request: HttpRequest, page: dict[str, Any]) -> forms.Errors:
    if forms.token_of(request, PURPOSE, at=now()) is None:
        return {"": forms.stale()}
    errors: forms.Errors = {}
    if not page["name"]:
        errors["name"] = gettext("Write the name as colleagues know it.")
    if page["asks_address"]:
        try:
            validate_email(page["mail"])
        except ValidationError:
            errors["mail"] = gettext("Write an e-mail address, such as name@example.org.")
    if request.POST.get("new", "") != request.POST.get("repeated", ""):
        errors["repeated"] = not_the_same()
    return errors


def _taken() -> str:
    return gettext("There is an account with this address already. Sign in first, or give another.")
