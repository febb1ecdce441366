"""How it works: who listens, what is kept where, who can reach it, what cannot be promised."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from klankbord.web.access import PUBLIC, PublicRequest, allow
from klankbord.web.public.pages import profile, show
from klankbord.web.public.views.home import people_of


@require_safe
@allow(PUBLIC)
def info(request: PublicRequest) -> HttpResponse:
    """The organisation's own explanation, and ours of the website (R-000-41, R-002-03)."""
    organisation = request.organisation
    own = profile(organisation)
    return show(request, "public/info.html", {"people": people_of(organisation, own)})
