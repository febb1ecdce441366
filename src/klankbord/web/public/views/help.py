"""Numbers to call: the organisation's own first, then the help lines of the country (P7)."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from klankbord.directory.queries import help_groups
from klankbord.web.access import PUBLIC, PublicRequest, allow
from klankbord.web.public.pages import language, show


@require_safe
@allow(PUBLIC)
def help_page(request: PublicRequest) -> HttpResponse:
    """Everybody who can be called now, and when."""
    groups = help_groups(request.organisation.country, language())
    checked = min(line.last_checked for group in groups for line in group.lines)
    return show(request, "public/help.html", {"groups": groups, "checked": checked})
