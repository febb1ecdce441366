"""Who to call, and in which order: the permanence on one page to print (R-001-10, P7)."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from klankbord.agenda.queries import roster
from klankbord.agenda.rota import rota
from klankbord.kit.clock import today
from klankbord.web.access import PUBLIC, PublicRequest, allow
from klankbord.web.public.pages import language, show


@require_safe
@allow(PUBLIC)
def permanence(request: PublicRequest) -> HttpResponse:
    """From the first call to who takes over; on paper one side."""
    organisation, on = request.organisation, today()
    people = roster(organisation, on, language())
    return show(
        request,
        "public/permanence.html",
        {
            "rota": rota(organisation, on, language()),
            "on_call": people.on_call,
            "own": [it for it in people.readers if not it.outside],
            "outside": [it for it in people.readers if it.outside],
        },
    )
