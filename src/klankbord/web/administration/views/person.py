"""One person: roles with their days, what the public page says, and the state of the key."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from klankbord.kit.clock import day_of, today
from klankbord.organisations.models import Membership
from klankbord.organisations.models import Role as HeldRole
from klankbord.organisations.queries import names_of, readers_keys
from klankbord.organisations.services.accepting import works_elsewhere
from klankbord.organisations.services.roles import roles_of
from klankbord.organisations.waiting import Waiting, waiting_in
from klankbord.rules.profiles.shape import Role
from klankbord.web.access import ADMINISTRATOR, allow
from klankbord.web.administration.own import AdministratorRequest
from klankbord.web.administration.whom import person_in, roles_by_key
from klankbord.web.components import asked


@dataclass(frozen=True, slots=True)
class Held:
    """A role by its title, from its first day to its last."""

    number: int
    title: str
    reads: bool
    from_day: date
    until: date | None
    begins_later: bool


@allow(ADMINISTRATOR)
@require_safe
def person(request: AdministratorRequest, person: UUID) -> HttpResponse:
    """Everything an administrator can see and change of somebody: never what they read."""
    row = person_in(request, person)
    waits = _waits(row)
    keys = readers_keys(row.organisation).get(row.id)
    page = {
        "here": "administration",
        "organisation": row.organisation,
        "person": row,
        "held": _held(row),
        "waits": waits,
        "who_vouches": sorted(names_of(waits.able - waits.signed_by).values()) if waits else [],
        "certified_since": day_of(keys.from_day) if keys and keys.roles else None,
        "elsewhere": works_elsewhere(row),
        "said": asked.said(request),
    }
    return render(request, "administration/person.html", page)


def _held(row: Membership) -> list[Held]:
    known = roles_by_key(row.organisation)
    return [_line(role, known.get(role.word)) for role in roles_of(row, on=today())]


def _line(role: HeldRole, known: Role | None) -> Held:
    begins = day_of(role.from_day)
    return Held(
        number=role.id,
        title=known.title if known else role.word,
        reads=bool(known and known.reads),
        from_day=begins,
        until=day_of(role.until_day) if role.until_day is not None else None,
        begins_later=begins > today(),
    )


def _waits(row: Membership) -> Waiting | None:
    found = (it for it in waiting_in(row.organisation, on=today()) if it.membership == row.id)
    return next(found, None)
