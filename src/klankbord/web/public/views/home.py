"""The first page: of the installation, and of an organisation by its profile (P8 to P11)."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from klankbord.agenda.promises import promised
from klankbord.agenda.queries import Card, cards
from klankbord.kit.clock import today
from klankbord.organisations.models import Organisation
from klankbord.organisations.queries import bureau_of, employers_of, listed
from klankbord.rules.profiles.shape import TELL, Door, Lead, Profile, Promise
from klankbord.web.access import PUBLIC, PublicRequest, allow
from klankbord.web.public.pages import language, profile, show

TEMPLATES = {
    Lead.PEOPLE: "public/home_people.html",
    Lead.TELEPHONE: "public/home_telephone.html",
    Lead.ORGANISATIONS: "public/home_organisations.html",
}


@dataclass(frozen=True, slots=True)
class Person:
    """A card, and what this person promises who listens (P1)."""

    card: Card
    promise: Promise | None


@dataclass(frozen=True, slots=True)
class OpenDoor:
    """A way to begin, and where it leads."""

    door: Door
    address: str


@require_safe
@allow(PUBLIC)
def organisations(request: HttpRequest) -> HttpResponse:
    """The organisations of this installation; with only one, its own page."""
    all_of_them = listed()
    if len(all_of_them) == 1:
        return HttpResponseRedirect(reverse("public:home", args=[all_of_them[0].slug]))
    return render(request, "public/organisations.html", {"organisations": all_of_them})


@require_safe
@allow(PUBLIC)
def home(request: PublicRequest) -> HttpResponse:
    """The people first, or the telephone, or the organisations: as the profile says."""
    organisation = request.organisation
    own = profile(organisation)
    on = today()
    return show(
        request,
        TEMPLATES[own.lead],
        {
            "people": people_of(organisation, own),
            "doors": _doors(organisation, own),
            "tells": own.takes_stories,
            "first_answer_by": promised(organisation, on, language()),
            "employers": employers_of(organisation, on),
            "bureau": bureau_of(organisation, on),
            "others": listed() if own.lead is Lead.ORGANISATIONS else [],
        },
    )


def people_of(organisation: Organisation, own: Profile) -> tuple[Person, ...]:
    """Everybody who listens here, each with their promise."""
    return tuple(
        Person(card, own.promises.get(card.regime))
        for card in cards(organisation, today(), language())
    )


def _doors(organisation: Organisation, own: Profile) -> tuple[OpenDoor, ...]:
    begin = reverse("public:step", args=[organisation.slug, 1])
    leads_to = {
        TELL: begin,
        "code": reverse("public:code", args=[organisation.slug]),
        "employers": "#employers",
        "organisations": reverse("public:organisations"),
    }
    return tuple(OpenDoor(door, leads_to.get(door.key, "#people")) for door in own.doors)
