"""Reading the journal back, one organisation at a time."""

from uuid import UUID

from django.core.paginator import Page, Paginator

from klankbord.kit.journal.models import Line

PER_PAGE = 50


def lines(organisation: UUID | None, page: int = 1) -> Page[Line]:
    """A page of at most 50 lines, the newest day first; None asks for the installation's own.

    Within a day the order is that of the random ids: the hour somebody worked is nobody's business.
    A page number out of range gives the nearest page.
    """
    found = Line.objects.filter(organisation=organisation).order_by("-day", "id")
    return Paginator(found, PER_PAGE).get_page(page)
