"""The card with a code: what two desks need to show and print it."""

from django.http import HttpRequest
from django.urls import reverse

from klankbord.organisations.models import Organisation
from klankbord.rules.codes import spaced
from klankbord.web.components.pictures import picture_of


def card_of(request: HttpRequest, organisation: Organisation, code: str) -> dict[str, object]:
    """The code in groups, and where to use it: in words and as a picture."""
    address = request.build_absolute_uri(reverse("public:code", args=[organisation.slug]))
    return {
        "groups": spaced(code),
        "address": address.partition("//")[2].rstrip("/"),
        "picture": picture_of(address),
    }
