"""Every response leaves through here: one place decides what a browser may do with our pages.

What Django's SecurityMiddleware and others would set is set here as well, so the table of headers
is one table. Static files keep the caching that their server gave them.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase

STEP = 4096
_OPEN, _CLOSE = b"\n<!--", b"-->"

POLICY = "; ".join(
    [
        "default-src 'self'",
        "img-src 'self' data:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    ]
)
ALWAYS = {
    # never `no-referrer`: with it browsers post `Origin: null`, which is refused
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "browsing-topics=(), camera=(), display-capture=(), geolocation=(), "
    "microphone=(), payment=(), usb=()",
    "X-DNS-Prefetch-Control": "off",
}
DYNAMIC_CACHING = "no-store, no-transform"  # no-transform: nobody on the way compresses it
STATIC_CACHING = "public, max-age=3600"


class HeadersMiddleware:
    """The outermost middleware. A response with a policy of its own (a download) keeps that one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        for name, value in ALWAYS.items():
            response.headers[name] = value
        response.headers.setdefault("Content-Security-Policy", POLICY)
        if is_static(request) and response.status_code < 400:
            response.headers.setdefault("Cache-Control", STATIC_CACHING)
        elif is_style(response) and response.has_header("Cache-Control"):
            pass  # an organisation's colours: the same for everybody, and so kept as it says
        else:
            response.headers["Cache-Control"] = DYNAMIC_CACHING
            pad_page(response)
        return response


def is_static(request: HttpRequest) -> bool:
    """Whether this address is one of the files that are the same for everybody."""
    return bool(settings.STATIC_URL) and request.path_info.startswith(str(settings.STATIC_URL))


def is_style(response: HttpResponseBase) -> bool:
    """Whether this is a style sheet: nothing about a visitor can be in it."""
    return response.headers.get("Content-Type", "").startswith("text/css")


def pad_page(response: HttpResponseBase) -> None:
    """Make a page of HTML a multiple of 4096 bytes, so that its size tells little (vault §2.9)."""
    html = response.headers.get("Content-Type", "").startswith("text/html")
    if not html or not isinstance(response, HttpResponse) or not response.content:
        return
    response.content += filling(len(response.content))
    if response.has_header("Content-Length"):
        response.headers["Content-Length"] = str(len(response.content))


def filling(size: int) -> bytes:
    """The comment to add to a page of `size` bytes; empty when it fits already."""
    missing = -size % STEP
    if missing == 0:
        return b""
    least = len(_OPEN) + len(_CLOSE)
    if missing < least:
        missing += STEP
    return _OPEN + b" " * (missing - least) + _CLOSE
