"""Who works with the system, in which role, and whether something can be sealed to them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_safe

from klankbord.agenda.queries import Card, colleagues
from klankbord.kit.clock import day_of, now, today
from klankbord.organisations.models import Invitation, Organisation
from klankbord.organisations.queries import profile_of, readers_keys
from klankbord.organisations.services.inviting import hour_of, unanswered
from klankbord.web.access import ADMINISTRATOR, allow
from klankbord.web.administration.own import AdministratorRequest, own_organisation
from klankbord.web.administration.whom import roles_by_key
from klankbord.web.components import asked


@dataclass(frozen=True, slots=True)
class Person:
    """A person, every role by its title, and since when their key is vouched for."""

    card: Card
    roles: tuple[str, ...]
    may_read: bool
    certified_since: date | None


@dataclass(frozen=True, slots=True)
class Invited:
    """An invitation that nobody answered yet."""

    row: Invitation
    roles: tuple[str, ...]
    made: date
    too_old: bool


@allow(ADMINISTRATOR)
@require_safe
def people(request: AdministratorRequest) -> HttpResponse:
    """Everybody with a role today (P28)."""
    organisation = own_organisation(request)
    page = {
        "here": "administration",
        "today": today(),
        "organisation": organisation,
        "people": _people(organisation),
        "invitations": _invitations(organisation),
        "said": asked.said(request),
    }
    return render(request, "administration/people.html", page)


def _invitations(organisation: Organisation) -> list[Invited]:
    titles = roles_by_key(organisation)
    hour = hour_of(now())
    return [
        Invited(
            row=row,
            roles=tuple(titles[key].title for key in row.roles if key in titles),
            made=day_of(row.made_day),
            too_old=row.expires_hour <= hour,
        )
        for row in unanswered(organisation)
    ]


def _people(organisation: Organisation) -> list[Person]:
    language = translation.get_language()
    roles = {role.key: role for role in profile_of(organisation, language).roles}
    keys = readers_keys(organisation)
    return [
        Person(
            card=card,
            roles=tuple(roles[key].title for key in card.roles if key in roles),
            may_read=any(roles[key].reads for key in card.roles if key in roles),
            certified_since=(
                day_of(keys[card.membership].from_day) if card.membership in keys else None
            ),
        )
        for card in colleagues(organisation, today(), language)
    ]
