"""What a reporter will see once everything that waits is published; for who looks after it only."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_safe

from klankbord.kit.clock import today
from klankbord.organisations.own import with_drafts
from klankbord.rules.forms.reading import latest_form
from klankbord.rules.forms.shape import with_options
from klankbord.web.access import (
    ADMINISTRATOR,
    AdministratorRequest,
    PublicRequest,
    allow,
    looks_after,
)
from klankbord.web.public.pages import language, profile, show
from klankbord.web.public.views.home import home
from klankbord.web.public.views.info import info
from klankbord.web.public.views.keeping import keeping
from klankbord.web.public.views.style import style as sheet

FORM = "report"


@require_safe
@allow(ADMINISTRATOR)
def preview(request: AdministratorRequest, page: str) -> HttpResponseBase:
    """A public page with the drafts in it. Raises Http404 for a page that has no preview."""
    if page not in PAGES:
        raise Http404
    return PAGES[page](_drafted(request))


@require_safe
@allow(ADMINISTRATOR)
def style(request: AdministratorRequest, name: str) -> HttpResponseBase:
    """The colours that wait; kept by nobody."""
    answer = sheet(_drafted(request), name=name)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _drafted(request: AdministratorRequest) -> PublicRequest:
    """The same request, as if everything were published."""
    if not looks_after(request):
        raise Http404
    request.organisation = with_drafts(request.organisation)
    return request


def _kinds(request: PublicRequest) -> HttpResponse:
    """The question with the categories, as the form asks it."""
    form = with_options(
        latest_form(FORM, language(), today()), profile(request.organisation).options()
    )
    asked = next(
        field
        for section in form.sections
        for field in section.fields
        if field.options_from == "categories"
    )
    return show(request, "public/preview_kinds.html", {"asked": asked, "answers": {}})


PAGES: dict[str, Callable[[PublicRequest], HttpResponseBase]] = {
    "home": home,
    "info": info,
    "keeping": keeping,
    "kinds": _kinds,
}
