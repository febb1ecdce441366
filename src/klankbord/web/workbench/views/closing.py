"""Closing a case with a reason that the reporter can read, and taking it up again (R-000-04)."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from klankbord.handling import casework
from klankbord.handling.casework import (
    OUTSIDE_A_PROCEDURE,
    NotByItsSteps,
    ReasonMissing,
    TextTooLong,
    TroubleInCase,
)
from klankbord.kit.clock import now
from klankbord.web.access import READER, MemberRequest, allow
from klankbord.web.workbench import forms
from klankbord.web.workbench.cases import address, opened, own_case

CLOSE = "workbench/close.html"
SURE = "workbench/close_sure.html"
REOPEN = "workbench/reopen.html"
REFERRED = "referred"
FIELDS = ("reason", "text", "referred_to")


@allow(READER)
@own_case
def close(request: MemberRequest, reference: str) -> HttpResponse:
    """A reason, what the reporter may read of it, and a second look before it is done (P19)."""
    page = _page(request, reference, "close")
    if page["case"].closed:
        return redirect("workbench:case", reference)
    if request.method != "POST" or "back" in request.POST:
        return render(request, CLOSE, page)
    errors = _missing(page)
    if errors:
        return forms.again(request, CLOSE, page, errors)
    if "sure" not in request.POST:
        return render(request, SURE, page)
    try:
        casework.close(
            request.member,
            reference,
            reason=page["reason"],
            text=page["text"],
            referred_to=page["referred_to"] if page["reason"] == REFERRED else "",
            at=now(),
        )
    except ReasonMissing:
        return forms.again(request, CLOSE, page, {"reason": gettext("Choose a reason.")})
    except NotByItsSteps:
        said = gettext("This case is settled or referred by the steps of its procedure.")
        return forms.again(request, CLOSE, page, {"reason": said})
    except TextTooLong:
        return forms.again(request, CLOSE, page, {"text": forms.too_long()})
    except TroubleInCase:
        return forms.again(request, CLOSE, page, {"": forms.read_only()})
    forms.say(request, "closed")
    return redirect("workbench:case", reference)


@allow(READER)
@own_case
def reopen(request: MemberRequest, reference: str) -> HttpResponse:
    """Take a closed case up again."""
    page = _page(request, reference, "reopen")
    if not page["case"].closed:
        return redirect("workbench:case", reference)
    if request.method != "POST":
        return render(request, REOPEN, page)
    if not page["text"]:
        return forms.again(request, REOPEN, page, {"text": gettext("Say why in a few words.")})
    try:
        casework.reopen(request.member, reference, text=page["text"], at=now())
    except TextTooLong:
        return forms.again(request, REOPEN, page, {"text": forms.too_long()})
    except TroubleInCase:
        return forms.again(request, REOPEN, page, {"": forms.read_only()})
    forms.say(request, "reopened")
    return redirect("workbench:case", reference)


def _page(request: MemberRequest, reference: str, name: str) -> dict[str, Any]:
    typed = forms.taken_up(request, address(name, reference))
    work = opened(request, reference)
    return {
        "here": "inbox",
        "work": work,
        "case": work.page,
        "reasons": tuple(it for it in reasons() if not work.todo or it[0] in OUTSIDE_A_PROCEDURE),
        **{field: forms.text(request, field) or typed.get(field, "") for field in FIELDS},
    }


def reasons() -> tuple[tuple[str, str, str], ...]:
    """The endings of a case: stored word, what it is called, when it is meant."""
    return (
        ("settled", gettext("Settled"), gettext("What had to be done was done.")),
        (
            REFERRED,
            gettext("Referred"),
            gettext("Somebody else goes on with it, and you say who."),
        ),
        ("withdrawn", gettext("The reporter wants to stop"), ""),
        (
            "not_for_us",
            gettext("Not for us"),
            gettext("It is about something else. Say where people can go with it."),
        ),
        (
            "abuse",
            gettext("Not a report"),
            gettext("Empty, a try-out or a joke. It stays kept, with your reason."),
        ),
    )


def _missing(page: dict[str, Any]) -> forms.Errors:
    errors = {}
    if page["reason"] not in {word for word, _, _ in page["reasons"]}:
        errors["reason"] = gettext("Choose a reason.")
    if page["reason"] == REFERRED and not page["referred_to"]:
        errors["referred_to"] = gettext("Say to whom you referred: a service, a name, a number.")
    if not page["text"]:
        errors["text"] = gettext("Explain it in a few words. The reporter reads this.")
    return errors
