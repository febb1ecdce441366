"""Pictures that we draw ourselves: an address for the camera of a telephone."""

from functools import lru_cache

import segno
from django.utils.safestring import SafeString, mark_safe


@lru_cache(maxsize=256)
def picture_of(address: str) -> SafeString:
    """A QR of an address. Never of a code: that would reach histories and clouds of scanners."""
    code = segno.make_qr(address, error="m")
    return mark_safe(  # noqa: S308 - drawn by segno from our own address
        code.svg_inline(svgclass="kb-qr", lineclass=None, omitsize=True, border=2)
    )
