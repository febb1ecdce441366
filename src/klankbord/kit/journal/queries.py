"""Reading the journal back, one organisation at a time."""

from datetime import date
from uuid import UUID

from django.core.paginator import Page, Paginator

from klankbord.kit.clock import day_number
from klankbord.kit.journal.models import Line

PER_PAGE = 50


def lines(organisation: UUID | None, page: int = 1) -> Page[Line]:
    """A page of at most 50 lines, the newest day first; None asks for the installation's own.

    Within a day the order is that of the random ids: the hour somebody worked is nobody's business.
    A page number out of range gives the nearest page.
    """
    found = Line.objects.filter(organisation=organisation).order_by("-day", "id")
    return Paginator(found, PER_PAGE).get_page(page)


def written_on(deed: str, *, organisation: UUID | None, on: date) -> bool:
    """Whether this deed was written down for the organisation on this day."""
    return Line.objects.filter(deed=deed, organisation=organisation, day=day_number(on)).exists()
