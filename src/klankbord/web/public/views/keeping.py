"""Where we keep this and who can reach it, told from the facts (R-001-20, R-001-21, R-004-143)."""

from collections.abc import Iterable

from django.conf import settings
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from klankbord.agenda.queries import colleagues
from klankbord.kit.clock import today
from klankbord.rules.profiles.shape import Role
from klankbord.web.access import PUBLIC, PublicRequest, allow
from klankbord.web.public.pages import language, profile, show


@require_safe
@allow(PUBLIC)
def keeping(request: PublicRequest) -> HttpResponse:
    """Who holds a reading role today, who only counts, who never reads, and where it stands."""
    own = profile(request.organisation)
    people = colleagues(request.organisation, today(), language())
    # Somebody may read in one role and lead in another: what counts is who does not read at all.
    held = {role for card in people if not card.listens for role in card.roles}
    facts = {
        "readers": [card for card in people if card.listens],
        "counting": _titles(role for role in own.roles if role.oversees and role.key in held),
        "never": _titles(
            role for role in own.roles if not role.reads and not role.oversees and role.key in held
        ),
        "hosted": settings.HOSTED,
    }
    return show(request, "public/keeping.html", facts)


def _titles(roles: Iterable[Role]) -> list[str]:
    return [role.title for role in roles]
