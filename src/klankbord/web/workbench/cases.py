"""Opening the case that an address names; a case of somebody else is not there at all."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpResponseBase
from django.urls import reverse
from django.utils import translation

from klankbord.handling import casework
from klankbord.handling.casework import CasePage, NotYours
from klankbord.kit.clock import now
from klankbord.web.access import MemberRequest

CaseView = Callable[..., HttpResponseBase]


def own_case(view: CaseView) -> CaseView:
    """404 for a case that this member holds no key of, the same as for one that never was."""

    @wraps(view)
    def looked_for(request: MemberRequest, **case: Any) -> HttpResponseBase:
        if "\0" in case["reference"]:  # PostgreSQL refuses to look for it
            raise Http404
        try:
            return view(request, **case)
        except NotYours:
            raise Http404 from None

    return looked_for


def opened(request: MemberRequest, reference: str) -> CasePage:
    """The case as this member may see it. Raises NotYours."""
    return casework.open_page(
        request.member, reference, at=now(), language=translation.get_language()
    )


def address(name: str, reference: str, *place: int) -> str:
    """The address of one of the pages of a case."""
    return reverse(f"workbench:{name}", args=[reference, *place])
