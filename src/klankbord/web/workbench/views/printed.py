"""A form that was filled in, on paper: the copy in hand (R-004-160, P27)."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_safe

from klankbord.handling.stepform import as_filled_in, filled_in
from klankbord.web.access import READER, MemberRequest, allow
from klankbord.web.components.forms import FormPage
from klankbord.web.workbench.cases import opened, own_case

SHEET = "components/form_print.html"


@require_safe
@allow(READER)
@own_case
def printed(request: MemberRequest, reference: str, seq: int) -> HttpResponse:
    """The form of one entry with its answers; who somebody is only for whoever holds that key."""
    work = opened(request, reference)
    item = next((it for it in work.page.items if it.seq == seq), None)
    filled = filled_in(item) if item else None
    if filled is None:
        return redirect("workbench:case", reference)
    organisation = work.page.organisation
    form, answers = as_filled_in(
        organisation, filled, known=work.answers, language=translation.get_language()
    )
    context = {"page": FormPage(form, answers), "organisation": organisation.name}
    return render(request, SHEET, {**context, "back": reverse("workbench:case", args=[reference])})
