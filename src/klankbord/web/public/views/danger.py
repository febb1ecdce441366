"""Somebody says there is danger: who to call now, and when this is read (P7, R-000-12)."""

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from klankbord.agenda.promises import next_reading
from klankbord.agenda.queries import roster
from klankbord.agenda.times import keeps_rota
from klankbord.intake.services import alerted, first_answer_by, who_will_read
from klankbord.kit.clock import now, today
from klankbord.web.access import PUBLIC, PublicRequest, allow
from klankbord.web.public.doors import door_of
from klankbord.web.public.pages import language, show
from klankbord.web.public.views.step import after, walk_at
from klankbord.web.public.walk import new_draft


@require_safe
@allow(PUBLIC)
def danger(request: PublicRequest, number: int) -> HttpResponse:
    """Call now. The form waits; going on is never refused."""
    organisation, on = request.organisation, today()
    door = door_of(request)
    if door is None:
        raise Http404
    walk, draft = walk_at(request, door, number)
    basis = draft or new_draft(organisation, door.form, on=on, language=language())
    readers = who_will_read(organisation, basis, on=on, language=language())
    barred = {card.membership for card in readers.excluded}
    people = roster(organisation, on, language())
    on_call = readers.on_call
    return show(
        request,
        "public/danger.html",
        {
            "walk": walk,
            "alerted": alerted(organisation, readers),
            "on_call": on_call,
            "present": [
                it
                for it in people.readers
                if not it.away_until and it not in on_call and it.membership not in barred
            ],
            "keeps_rota": keeps_rota(organisation.id),
            "next": next_reading(organisation, readers.readers, now()),
            "first_answer_by": first_answer_by(organisation, on, readers.readers, form=door.form),
            "back": reverse("public:step", args=[organisation.slug, number]),
            "onward": after(request, walk),
        },
    )
