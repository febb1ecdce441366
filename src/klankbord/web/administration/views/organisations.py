"""What somebody looks after: the facts of each organisation, and the way to the rest."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_safe

from klankbord.agenda.queries import roster
from klankbord.kit.clock import today
from klankbord.organisations.models import Organisation
from klankbord.organisations.queries import UnitLine, bureau_of, listed, named, profile_of, units_of
from klankbord.organisations.services.engaging import BUREAU
from klankbord.rules.profiles.shape import Profile
from klankbord.web.access import ADMINISTRATOR, MemberRequest, allow
from klankbord.web.administration.steps import Step, steps_for


@dataclass(frozen=True, slots=True)
class Facts:
    """An organisation as its administrator sees it."""

    organisation: Organisation
    profile: Profile
    units: tuple[UnitLine, ...]
    bureau: str
    has_bureaus: bool
    steps: list[Step]

    @property
    def steps_open(self) -> bool:
        """Whether something that can be seen is still to be done."""
        return any(step.done is False for step in self.steps)


@allow(ADMINISTRATOR)
@require_safe
def organisations(request: MemberRequest) -> HttpResponse:
    """The facts of every organisation that this person looks after."""
    found = (named(line.slug) for line in request.member.administers)
    page = {
        "here": "administration",
        "places": [_facts(organisation) for organisation in found if organisation],
    }
    return render(request, "administration/organisations.html", page)


def _facts(organisation: Organisation) -> Facts:
    bureau = bureau_of(organisation, today())
    return Facts(
        organisation=organisation,
        profile=profile_of(organisation, translation.get_language()),
        units=units_of(organisation),
        bureau=bureau.name if bureau else "",
        has_bureaus=any(it.profile == BUREAU for it in listed()),
        steps=steps_for(organisation, roster(organisation, today(), translation.get_language())),
    )
