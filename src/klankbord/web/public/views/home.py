"""The first page: of the installation, and of an organisation by its profile (P8 to P11)."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from klankbord.agenda.queries import Card, cards
from klankbord.intake.services import first_answer_by
from klankbord.kit.clock import day_of, today
from klankbord.organisations.models import Organisation
from klankbord.organisations.queries import bureau_of, employers_of, engagement_that_ended, listed
from klankbord.rules.profiles.shape import TELL, Door, Lead, Profile, Promise
from klankbord.web.access import PUBLIC, PublicRequest, allow
from klankbord.web.public.doors import CALL_BACK
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
    on, doors = today(), open_doors(organisation, own)
    return show(
        request,
        TEMPLATES[own.lead],
        {
            "people": people_of(organisation, own),
            "doors": doors,
            "tell": next((it for it in doors if it.door.key == TELL), None),
            "call_back": next((it for it in doors if it.door.form == CALL_BACK), None),
            "called_by": first_answer_by(organisation, on, form=CALL_BACK),
            "first_answer_by": first_answer_by(organisation, on),
            "employers": employers_of(organisation, on),
            "bureau": bureau_of(organisation, on),
            "ended": _ended(organisation),
            "others": listed() if own.lead is Lead.ORGANISATIONS else [],
        },
    )


@dataclass(frozen=True, slots=True)
class Ended:
    """A bureau that does not work here any more, and its last day."""

    bureau: str
    last_day: date


def _ended(organisation: Organisation) -> Ended | None:
    row = engagement_that_ended(organisation, today())
    if row is None or row.until_day is None:
        return None
    return Ended(row.bureau.name, day_of(row.until_day))


def people_of(organisation: Organisation, own: Profile) -> tuple[Person, ...]:
    """Everybody who listens here, each with their promise."""
    return tuple(
        Person(card, own.promises.get(card.regime))
        for card in cards(organisation, today(), language())
    )


def open_doors(organisation: Organisation, own: Profile) -> tuple[OpenDoor, ...]:
    """Every way to begin here, in the order of the profile (P9)."""
    leads_to = {
        "code": reverse("public:code", args=[organisation.slug]),
        "employers": "#employers",
        "organisations": reverse("public:organisations"),
    }
    return tuple(
        OpenDoor(
            door,
            reverse("public:door", args=[organisation.slug, door.letter])
            if door.form
            else leads_to.get(door.key, "#people"),
        )
        for door in own.doors
    )
