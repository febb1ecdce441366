"""Who can read a case: give a colleague access, or end it, with a reason that the others read."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext

from klankbord.handling import casework
from klankbord.handling.casework import (
    AlreadyReads,
    Excluded,
    ExclusionOpen,
    IdentityNeeded,
    LastReader,
    NotCertified,
    ReasonMissing,
    TextTooLong,
    TroubleInCase,
)
from klankbord.kit.clock import now, today
from klankbord.kit.throttle import Busy
from klankbord.organisations import services
from klankbord.organisations.services import SignInRefused
from klankbord.web.access import READER, MemberRequest, allow
from klankbord.web.workbench import forms, passphrases
from klankbord.web.workbench.cases import address, opened, own_case

ACCESS = "workbench/access.html"
END = "workbench/access_end.html"
SURE = "workbench/access_end_sure.html"
FIELDS = ("member", "identity", "why")
REFUSALS = (
    AlreadyReads,
    Excluded,
    ExclusionOpen,
    IdentityNeeded,
    LastReader,
    NotCertified,
    ReasonMissing,
    TroubleInCase,
)


@allow(READER)
@own_case
def access(request: MemberRequest, reference: str) -> HttpResponse:
    """Give a colleague the keys of this case; the passphrase is asked again."""
    page = _page(request, reference, "access")
    page["possible"] = casework.possible_readers(
        request.member, reference, at=now(), language=translation.get_language()
    )
    if request.method != "POST":
        return render(request, ACCESS, page)
    errors = _missing(page)
    if errors:
        return forms.again(request, ACCESS, page, errors)
    try:
        services.confirm_passphrase(request.member, passphrase=request.POST.get("passphrase", ""))
        casework.give_access(
            request.member,
            reference,
            membership=UUID(hex=page["member"]),
            identity=page["identity"] == "yes",
            why=page["why"],
            at=now(),
        )
    except SignInRefused:
        return forms.again(request, ACCESS, page, {"passphrase": passphrases.wrong()})
    except Busy:
        return forms.busy(request, ACCESS, page)
    except TextTooLong:
        return forms.again(request, ACCESS, page, {"why": forms.too_long()})
    except REFUSALS as refused:
        return forms.again(request, ACCESS, page, {"member": _said(refused)})
    forms.say(request, "access_given")
    return redirect("workbench:case", reference)


@allow(READER)
@own_case
def end(request: MemberRequest, reference: str) -> HttpResponse:
    """End somebody's access, after saying what that means."""
    page = _page(request, reference, "access_end")
    page["whom"] = _reader(page)
    if request.method != "POST" or "back" in request.POST:
        return render(request, END, page)
    errors = _missing(page)
    if errors:
        return forms.again(request, END, page, errors)
    if "sure" not in request.POST:
        return render(request, SURE, page)
    try:
        casework.end_access(
            request.member,
            reference,
            membership=UUID(hex=page["member"]),
            why=page["why"],
            at=now(),
        )
    except TextTooLong:
        return forms.again(request, END, page, {"why": forms.too_long()})
    except REFUSALS as refused:
        return forms.again(request, END, page, {"member": _said(refused)})
    forms.say(request, "access_ended")
    own = page["member"] in {line.id.hex for line in request.member.memberships}
    return redirect("workbench:inbox") if own else redirect("workbench:case", reference)


def _page(request: MemberRequest, reference: str, name: str) -> dict[str, Any]:
    typed = forms.taken_up(request, address(name, reference))
    return {
        "here": "inbox",
        "today": today(),
        "case": opened(request, reference).page,
        **{field: forms.text(request, field) or typed.get(field, "") for field in FIELDS},
    }


def _reader(page: dict[str, Any]) -> Any:
    readers = (reader for reader in page["case"].readers if not reader.is_reporter)
    return next((reader for reader in readers if reader.id.hex == page["member"]), None)


def _missing(page: dict[str, Any]) -> forms.Errors:
    people = page.get("possible")
    known = (
        {card.membership.hex for card in people}
        if people is not None
        else {reader.id.hex for reader in page["case"].readers if not reader.is_reporter}
    )
    errors = {}
    if page["member"] not in known:
        errors["member"] = gettext("Choose a person.")
    if not page["why"]:
        errors["why"] = gettext("Say why. The reporter and the others who read along can see it.")
    return errors


def identity_needed() -> str:
    """Whoever cannot read who the reporter is cannot take that from somebody else."""
    return gettext(
        "This person can also read the name and contact. Ask a colleague who can read those to end"
        " it."
    )


def exclusion_open() -> str:
    """Nobody new hears of a case while a name that the reporter wrote down may be theirs."""
    return gettext("First say whom the name means that the reporter wrote down.")


def _said(refused: Exception) -> str:
    match refused:
        case ExclusionOpen():
            return exclusion_open()
        case Excluded():
            return gettext("The reporter does not want this person to read the case.")
        case NotCertified():
            return gettext("Nobody has vouched for this key yet: nothing can be sealed to it.")
        case AlreadyReads():
            return gettext("This person can read the case already.")
        case IdentityNeeded():
            return identity_needed()
        case LastReader():
            return gettext("Somebody must be able to answer. Give a colleague access first.")
        case ReasonMissing():
            return gettext("Say why. The reporter and the others who read along can see it.")
    return forms.read_only()
