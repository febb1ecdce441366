"""What changes something must come from a page of ours; what is fetched on a guess is refused.

Public pages have no cookie to check a token against. Browsers say themselves where a form was sent
from, and a page cannot make them lie. This also keeps a visitor from being signed in, by somebody
else's page, to somebody else's report (vault §2.9).
"""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from klankbord.kit.pages.errors import refused_origin

SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
OURS = frozenset({"same-origin", "none"})  # none: the visitor's own doing, such as a reload


class OriginMiddleware:
    """Refuses unsafe methods from elsewhere with a kind page, and prefetching with an empty 503."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if is_prefetch(request):
            return HttpResponse(status=503)
        if request.method not in SAFE and not is_ours(request):
            return refused_origin(request)
        return self.get_response(request)


def is_prefetch(request: HttpRequest) -> bool:
    """Whether the browser asks on a guess: that must neither end nor prolong a session."""
    purpose = request.headers.get("Sec-Purpose") or request.headers.get("Purpose") or ""
    return "prefetch" in purpose.lower()


def is_ours(request: HttpRequest) -> bool:
    """Whether everything the browser says of where this came from points to us.

    A browser too old to say anything is let through: then the form token, the session's token and
    the cookie's SameSite stand guard.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None and site not in OURS:
        return False
    origin = request.headers.get("Origin")
    if origin == "null":  # some privacy settings send this; then only Sec-Fetch-Site counts
        return site == "same-origin"
    if origin is not None:
        return origin in our_origins(request)
    referrer = request.headers.get("Referer")
    return site is not None or referrer is None or _origin_of(referrer) in our_origins(request)


def our_origins(request: HttpRequest) -> frozenset[str]:
    """Where our own pages are: as the browser asked for this one, and as configured."""
    scheme = "https" if settings.HTTPS else request.scheme
    return frozenset({f"{scheme}://{request.get_host()}", settings.BASE_URL})


def _origin_of(address: str) -> str:
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.netloc}"
