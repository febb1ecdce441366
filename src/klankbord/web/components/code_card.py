"""The card with a code: what two desks need to show and print it."""

from functools import lru_cache

import segno
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from klankbord.organisations.models import Organisation
from klankbord.rules.codes import spaced


def card_of(request: HttpRequest, organisation: Organisation, code: str) -> dict[str, object]:
    """The code in groups, and where to use it: in words and as a picture."""
    address = request.build_absolute_uri(reverse("public:code", args=[organisation.slug]))
    return {
        "groups": spaced(code),
        "address": address.partition("//")[2].rstrip("/"),
        "picture": _picture(address),
    }


@lru_cache(maxsize=256)
def _picture(address: str) -> SafeString:
    """A QR of the address. Never of the code: that would reach histories and clouds of scanners."""
    code = segno.make_qr(address, error="m")
    return mark_safe(  # noqa: S308 - drawn by segno from our own address
        code.svg_inline(svgclass="kb-qr", lineclass=None, omitsize=True, border=2)
    )
