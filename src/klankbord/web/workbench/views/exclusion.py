"""Whom the name means that a reporter wrote down: settled before anybody gets access."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext

from klankbord.agenda.queries import colleagues
from klankbord.handling import casework
from klankbord.handling.casework import (
    IdentityNeeded,
    LastReader,
    ReasonMissing,
    TextTooLong,
    TroubleInCase,
)
from klankbord.kit.clock import now, today
from klankbord.web.access import READER, MemberRequest, allow
from klankbord.web.workbench import forms
from klankbord.web.workbench.cases import address, opened, own_case
from klankbord.web.workbench.views.reading import identity_needed

PAGE = "workbench/exclusion.html"
NOBODY = "nobody"


@allow(READER)
@own_case
def settle(request: MemberRequest, reference: str) -> HttpResponse:
    """Say whom a typed name means: one or more colleagues, or nobody who works here."""
    case = opened(request, reference).page
    if not case.exclusion_open:
        return redirect("workbench:case", reference)
    typed = forms.taken_up(request, address("exclusion", reference))
    people = colleagues(case.organisation, today(), translation.get_language())
    chosen = request.POST.getlist("member")
    page = {
        "here": "inbox",
        "case": case,
        "colleagues": people,
        "chosen": chosen,
        "nobody": NOBODY in chosen,
        "note": forms.text(request, "note") or typed.get("note", ""),
    }
    if request.method != "POST":
        return render(request, PAGE, page)
    known = {card.membership.hex for card in people}
    members = tuple(UUID(hex=member) for member in chosen if member in known)
    errors = _missing(page, members)
    if errors:
        return forms.again(request, PAGE, page, errors)
    try:
        casework.settle_exclusion(
            request.member, reference, members=members, note=str(page["note"]), at=now()
        )
    except ReasonMissing:
        return forms.again(request, PAGE, page, {"note": _why()})
    except TextTooLong:
        return forms.again(request, PAGE, page, {"note": forms.too_long()})
    except LastReader:
        return forms.again(request, PAGE, page, {"member": _last()})
    except IdentityNeeded:
        return forms.again(request, PAGE, page, {"member": identity_needed()})
    except TroubleInCase:
        return forms.again(request, PAGE, page, {"": forms.read_only()})
    forms.say(request, "exclusion_settled")
    return redirect("workbench:case", reference)


def _missing(page: dict[str, object], members: tuple[UUID, ...]) -> forms.Errors:
    errors = {}
    if not members and not page["nobody"]:
        errors["member"] = gettext("Choose who is meant, or say that nobody here is meant.")
    if members and page["nobody"]:
        errors["member"] = gettext("Choose people, or nobody: not both.")
    if not page["note"]:
        errors["note"] = _why()
    return errors


def _last() -> str:
    return gettext(
        "Then nobody would be left who can answer. First ask the reporter, in a message, to choose"
        " somebody else."
    )


def _why() -> str:
    return gettext("Say in a few words how you know.")
