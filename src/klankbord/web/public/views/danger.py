"""Somebody says there is danger: who to call now, and when this is read (P7, R-000-12)."""

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from klankbord.agenda.queries import cards
from klankbord.intake.services import first_answer_by
from klankbord.kit.clock import today
from klankbord.web.access import PUBLIC, PublicRequest, allow
from klankbord.web.public.doors import door_of
from klankbord.web.public.pages import language, show
from klankbord.web.public.views.step import after, walk_at


@require_safe
@allow(PUBLIC)
def danger(request: PublicRequest, number: int) -> HttpResponse:
    """Call now. The form waits; going on is never refused."""
    organisation = request.organisation
    door = door_of(request)
    if door is None:
        raise Http404
    walk, _draft = walk_at(request, door, number)
    on = today()
    return show(
        request,
        "public/danger.html",
        {
            "walk": walk,
            "present": [it for it in cards(organisation, on, language()) if not it.away_until],
            "first_answer_by": first_answer_by(organisation, on, form=door.form),
            "back": reverse("public:step", args=[organisation.slug, number]),
            "onward": after(request, walk),
        },
    )
