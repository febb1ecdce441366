"""Who acts in a case: the seats with their reasons, taking one, and keeping out who is involved."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext

from klankbord.agenda.queries import Card, colleagues
from klankbord.handling import seats
from klankbord.handling.casework import (
    ExclusionOpen,
    IdentityNeeded,
    LastReader,
    ReasonMissing,
    TroubleInCase,
)
from klankbord.handling.happening import StepRefused
from klankbord.kit.clock import now, today
from klankbord.rules.procedures.shape import Relation
from klankbord.web.access import READER, MemberRequest, allow
from klankbord.web.workbench import forms
from klankbord.web.workbench.cases import opened, own_case
from klankbord.web.workbench.views.reading import identity_needed
from klankbord.web.workbench.views.steps import refusal

PAGE = "workbench/acting.html"
RELATIONS = (Relation.ACCUSED, Relation.CLOSE_TO_ACCUSED, Relation.IN_POWER_RELATION)


@allow(READER)
@own_case
def acting(request: MemberRequest, reference: str) -> HttpResponse:
    """Every seat: who sits in it and why not the others (R-004-155, R-004-162)."""
    if opened(request, reference).todo is None:
        return redirect("workbench:procedure", reference)
    return render(request, PAGE, _page(request, reference))


@allow(READER)
@own_case
def take(request: MemberRequest, reference: str) -> HttpResponse:
    """Somebody takes a seat. Whether they can read is another matter."""
    if request.method != "POST":
        return redirect("workbench:acting", reference)
    page = _page(request, reference)
    who = _somebody(page, forms.line(request, "who"))
    if who is None:
        return forms.again(request, PAGE, page, {"who": gettext("Choose who acts.")})
    try:
        seats.take_seat(
            request.member, reference, seat=forms.line(request, "seat"), who=who.membership,
            why=forms.text(request, "why"), at=now(),
        )  # fmt: skip
    except StepRefused:
        said = gettext("This person has none of the roles that may act here, or is kept out.")
        return forms.again(request, PAGE, page, {"who": said})
    except (ExclusionOpen, TroubleInCase) as refused:
        return forms.again(request, PAGE, page, refusal(refused))
    forms.say(request, "seat_taken")
    return redirect("workbench:acting", reference)


@allow(READER)
@own_case
def keep_out(request: MemberRequest, reference: str) -> HttpResponse:
    """Somebody is involved: they lose the key at once and act in nothing (K9)."""
    if request.method != "POST":
        return redirect("workbench:acting", reference)
    page = _page(request, reference)
    who, relation = _somebody(page, forms.line(request, "whom")), forms.line(request, "relation")
    if who is None or relation not in set(RELATIONS):
        said = gettext("Choose who it is, and how they are involved.")
        return forms.again(request, PAGE, page, {"whom": said})
    try:
        seats.bar(
            request.member, reference, who=who.membership, relation=relation,
            why=forms.text(request, "why-out"), at=now(),
        )  # fmt: skip
    except LastReader:
        said = gettext("Nobody else can read this case. Give somebody access first.")
        return forms.again(request, PAGE, page, {"whom": said})
    except IdentityNeeded:
        return forms.again(request, PAGE, page, {"whom": identity_needed()})
    except (StepRefused, TroubleInCase) as refused:
        return forms.again(request, PAGE, page, refusal(refused))
    forms.say(request, "kept_out")
    if who.membership == page["work"].membership:
        return redirect("workbench:inbox")
    return redirect("workbench:acting", reference)


@allow(READER)
@own_case
def let_in(request: MemberRequest, reference: str) -> HttpResponse:
    """That relation does not hold after all."""
    if request.method != "POST":
        return redirect("workbench:acting", reference)
    page = _page(request, reference)
    who, relation = forms.line(request, "cleared"), forms.line(request, "relation")
    if (who, relation) not in {(card.membership.hex, word) for card, word in page["kept_out"]}:
        raise Http404
    try:
        seats.clear(
            request.member, reference, who=UUID(hex=who), relation=relation,
            why=forms.text(request, "why-in"), at=now(),
        )  # fmt: skip
    except ReasonMissing:
        said = gettext("Write down how you know that it does not hold.")
        return forms.again(request, PAGE, page, {"why-in": said})
    except (StepRefused, TroubleInCase) as refused:
        return forms.again(request, PAGE, page, refusal(refused))
    forms.say(request, "let_in")
    return redirect("workbench:acting", reference)


def _page(request: MemberRequest, reference: str) -> dict[str, Any]:
    work = opened(request, reference)
    if work.todo is None:
        raise Http404
    barred = work.todo.course.progress.barred
    everybody = colleagues(work.page.organisation, today(), translation.get_language())
    words = set(RELATIONS)
    return {
        "here": "inbox",
        "today": today(),
        "work": work,
        "case": work.page,
        "seats": work.todo.seats,
        "relations": RELATIONS,
        "people": tuple(card for card in everybody if card.membership.hex not in barred),
        "kept_out": tuple(
            (card, word)
            for card in everybody
            for word in sorted(barred.get(card.membership.hex, ()))
            if word in words
        ),
        "typed": {name: forms.text(request, name) for name in request.POST},
        "said": forms.said(request),
    }


def _somebody(page: dict[str, Any], text: str) -> Card | None:
    found: Card | None = next((it for it in page["people"] if it.membership.hex == text), None)
    return found
