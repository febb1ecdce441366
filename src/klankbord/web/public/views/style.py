"""The style sheet of an organisation with colours of its own: the same for everybody, so kept."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from klankbord.organisations.own import theme_of
from klankbord.rules.contrast import Theme
from klankbord.web.access import PUBLIC, PublicRequest, allow
from klankbord.web.components.theme import sheet_of

FOR_A_YEAR = "public, max-age=31536000, immutable"
FOR_A_MINUTE = "public, max-age=60"


@require_safe
@allow(PUBLIC)
def style(request: PublicRequest, name: str) -> HttpResponse:
    """The colours as they are now, under whichever name a page that stands open asks for them."""
    sheet = sheet_of(theme_of(request.organisation) or Theme())
    small = "gzip" in request.headers.get("Accept-Encoding", "")
    answer = HttpResponse(
        sheet.compressed if small else sheet.css, content_type="text/css; charset=utf-8"
    )
    if small:
        # Nothing in it is secret or of the visitor, so its length tells nothing.
        answer.headers["Content-Encoding"] = "gzip"
    answer.headers["Vary"] = "Accept-Encoding"
    answer.headers["Cache-Control"] = FOR_A_YEAR if name == sheet.name else FOR_A_MINUTE
    return answer
