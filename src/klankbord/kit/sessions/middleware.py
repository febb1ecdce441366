"""Gives each page the session of its desk, and sets or ends that desk's cookie."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.sessions.backends.base import UpdateError
from django.http import HttpRequest, HttpResponseBase
from django.utils.cache import patch_vary_headers

from klankbord.kit.sessions.desks import Desk, desk_of
from klankbord.kit.sessions.store import SessionStore

SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
SAME_SITE = {Desk.REPORTER: "Strict", Desk.MEMBER: "Lax"}


def cookie_name(desk: Desk) -> str:
    """`__Host-r` or `__Host-m` over HTTPS; `r` or `m` on this machine's plain HTTP."""
    return f"__Host-{desk}" if settings.HTTPS else str(desk)


class SealedSessionMiddleware:
    """`request.session` is the session of the desk the page belongs to.

    It comes after the language, whose prefix must be gone from `path_info`. The other desk's cookie
    is neither read nor touched: leaving as a reporter does not sign a member out.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        desk = desk_of(request.path_info)
        session = SessionStore(request.COOKIES.get(cookie_name(desk)), desk=desk)
        request.session = session
        response = self.get_response(request)
        if session.accessed:
            patch_vary_headers(response, ("Cookie",))
            self._leave(request, response, session)
        return response

    def _leave(
        self, request: HttpRequest, response: HttpResponseBase, session: SessionStore
    ) -> None:
        name = cookie_name(session.desk)
        if session.is_empty():
            # A look with a cookie that opens nothing (any more) changes nothing: a public page that
            # is only looked at sets no cookie, not even to take one back.
            if name in request.COOKIES and (session.modified or not looking(request, session)):
                forget(response, session.desk)
        elif response.status_code < 500 and may_save(request, session):
            try:
                if session.needs_saving():
                    session.save()
            except UpdateError:  # ended meanwhile, in another tab: it stays ended
                if not looking(request, session):
                    forget(response, session.desk)
                return
            if session.session_key not in (None, request.COOKIES.get(name)):
                give(response, session)


def may_save(request: HttpRequest, session: SessionStore) -> bool:
    """Merely looking at a public page leaves nothing behind: no row, no cookie."""
    return session.session_key is not None or not looking(request, session)


def looking(request: HttpRequest, session: SessionStore) -> bool:
    """Whether a page of the public desk is only looked at."""
    return request.method in SAFE and session.desk is Desk.REPORTER


def give(response: HttpResponseBase, session: SessionStore) -> None:
    """Set the desk's cookie; without an age, so that it ends with the browser."""
    response.set_cookie(
        cookie_name(session.desk),
        session.session_key or "",
        secure=settings.HTTPS,
        httponly=True,
        samesite=SAME_SITE[session.desk],  # type: ignore[arg-type]
    )


def forget(response: HttpResponseBase, desk: Desk) -> None:
    """Take the desk's cookie back."""
    response.delete_cookie(cookie_name(desk), samesite=SAME_SITE[desk])  # type: ignore[arg-type]
