"""A site of a few pages to try the middleware of kit.pages and kit.sessions on."""

import errno
import sqlite3

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.db import IntegrityError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.urls import path, reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from klankbord.kit.pages import errors
from klankbord.kit.throttle import Busy

MARKER = "zwaluw-9041"
MIDDLEWARE = [
    "klankbord.kit.pages.headers.HeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "klankbord.kit.pages.language.LanguageMiddleware",
    "klankbord.kit.pages.errors.ErrorsMiddleware",
    "klankbord.kit.pages.origin.OriginMiddleware",
    "klankbord.kit.sessions.middleware.SealedSessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "tests.kit.bare_site.breaking_middleware",
]
handler400 = "klankbord.kit.pages.errors.bad_request"
handler403 = "klankbord.kit.pages.errors.forbidden"
handler404 = "klankbord.kit.pages.errors.not_found"
handler500 = "klankbord.kit.pages.errors.server_error"


def breaking_middleware(get_response):  # type: ignore[no-untyped-def]
    def middleware(request: HttpRequest) -> HttpResponse:
        if request.headers.get("X-Break"):
            raise RuntimeError(MARKER)
        return get_response(request)

    return middleware


def show(request: HttpRequest, organisation: str = "") -> HttpResponse:
    here = reverse("organisation", args=["de-brug"])
    return HttpResponse(f"{organisation}|{request.LANGUAGE_CODE}|{here}")


def of_size(request: HttpRequest, size: int) -> HttpResponse:
    return HttpResponse("a" * size)


def with_token(request: HttpRequest) -> HttpResponse:
    return HttpResponse(get_token(request))


def download(request: HttpRequest) -> HttpResponse:
    response = HttpResponse(b"x", content_type="application/octet-stream")
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


@csrf_exempt
def remember(request: HttpRequest) -> HttpResponse:
    for name, text in request.POST.items():
        request.session[name] = text
    return HttpResponse("ok")


def recall(request: HttpRequest) -> HttpResponse:
    return HttpResponse(request.session.get("story", "nothing"), content_type="text/plain")


@csrf_exempt
def start(request: HttpRequest) -> HttpResponse:
    request.session.start(kind="channel", story=request.session.get("story"))
    return HttpResponse("ok")


@csrf_exempt
def end(request: HttpRequest) -> HttpResponse:
    request.session.flush()
    return HttpResponse("ok")


@require_POST
def only_post(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


@csrf_exempt
def fail(request: HttpRequest, how: str, marker: str = "") -> HttpResponse:
    secret_local = f"{MARKER} {request.POST.get('story')}"
    match how:
        case "value":
            int(secret_local)
        case "integrity":
            raise IntegrityError(f"Key (story)=({secret_local}) already exists")
        case "vault":
            raise VaultLikeError(secret_local) from ValueError(secret_local)
        case "busy":
            raise Busy
        case "disk":
            raise OSError(errno.ENOSPC, secret_local)
        case "sqlite":
            raise OperationalError(secret_local) from sqlite3.OperationalError(
                "database or disk is full"
            )
        case "large":
            raise RequestDataTooBig(secret_local)
        case "denied":
            raise PermissionDenied(secret_local)
        case "template":
            raise KeyError(request.path)
    return HttpResponse("ok")


class VaultLikeError(Exception):
    pass


def refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without its token."""
    return errors.forbidden(request)


urlpatterns = [
    path("", show),
    path("size/<int:size>/", of_size),
    path("token/", with_token),
    path("download/", download),
    path("remember/", remember),
    path("recall/", recall),
    path("start/", start),
    path("end/", end),
    path("werk/remember/", remember),
    path("werk/recall/", recall),
    path("werk/token/", with_token),
    path("only-post/", only_post),
    path("fail/<how>/", fail),
    path("fail/<how>/<marker>/", fail),
    path("<slug:organisation>/", show, name="organisation"),
]
