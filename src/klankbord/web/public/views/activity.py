"""An activity with a link of its own: what it opens, and the paper that goes along with it.

A parent or a child comes here by a QR or a short address. Nothing of it is remembered until they
tell something; then it goes inside the seal (R-001-41, R-001-42).
"""

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from klankbord.directory.queries import help_groups
from klankbord.intake.activities import activity_named, as_told, is_open
from klankbord.intake.models import Activity
from klankbord.kit.clock import today
from klankbord.web.access import PUBLIC, PublicRequest, allow
from klankbord.web.components.pictures import picture_of
from klankbord.web.public.doors import door_at
from klankbord.web.public.pages import language, profile, show
from klankbord.web.public.views.home import OpenDoor, open_doors, people_of
from klankbord.web.public.views.step import page_behind

NOT_FOUND = 404
FOR_THE_YOUNG = "young"  # help lines that belong on a poster for children


@require_safe
@allow(PUBLIC)
def activity(request: PublicRequest, word: str) -> HttpResponse:
    """What one can do here; when it is over, or the word is unknown, the ordinary ways."""
    return _doors_of(request, word)


def _doors_of(request: PublicRequest, word: str) -> HttpResponse:
    organisation = request.organisation
    own = profile(organisation)
    row = activity_named(organisation, word)
    running = row is not None and is_open(row, today())
    doors = open_doors(organisation, own)
    return show(
        request,
        "public/activity.html",
        {
            "activity": row and as_told(row),
            "running": running,
            "doors": [_through(it, request, row) if running else it for it in doors],
            "people": people_of(organisation, own),
        },
        status=NOT_FOUND if row is None else 200,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@allow(PUBLIC)
def enter_by_activity(request: PublicRequest, word: str, letter: str) -> HttpResponse:
    """The first page of a form, by way of an activity; of the same form when that is over."""
    door = door_at(request, letter)
    row = activity_named(request.organisation, word)
    if request.method == "POST":  # what was typed is never sent elsewhere
        return page_behind(request, door, 1, activity=as_told(row) if row else None)
    if row is None or not is_open(row, today()):
        return HttpResponseRedirect(
            reverse("public:door", args=[request.organisation.slug, letter])
        )
    return page_behind(request, door, 1, activity=as_told(row))


@require_safe
@allow(PUBLIC)
def sheet(request: PublicRequest, word: str) -> HttpResponse:
    """A page for parents, to print with the last guidelines (R-001-41)."""
    return _paper(request, word, "public/sheet.html")


@require_safe
@allow(PUBLIC)
def poster(request: PublicRequest, word: str) -> HttpResponse:
    """A poster for children, to hang where they are (R-001-41)."""
    return _paper(request, word, "public/poster.html")


def _paper(request: PublicRequest, word: str, template: str) -> HttpResponse:
    organisation = request.organisation
    row = activity_named(organisation, word)
    if row is None or not is_open(row, today()):
        return _doors_of(request, word)
    own = profile(organisation)
    address = request.build_absolute_uri(reverse("public:activity", args=[organisation.slug, word]))
    return show(
        request,
        template,
        {
            "activity": as_told(row),
            "address": address.partition("//")[2].rstrip("/"),
            "picture": picture_of(address),
            "people": people_of(organisation, own),
            "young": [
                line
                for group in help_groups(organisation.country, language())
                if group.key == FOR_THE_YOUNG
                for line in group.lines
                if line.telephone and language() in line.spoken
            ],
        },
    )


def _through(way: OpenDoor, request: PublicRequest, row: Activity | None) -> OpenDoor:
    if row is None or not way.door.form:
        return way
    address = reverse(
        "public:activity_door", args=[request.organisation.slug, row.word, way.door.letter]
    )
    return OpenDoor(way.door, address)
