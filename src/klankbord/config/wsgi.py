"""The door for the web server. First of all, memory is kept from core dumps and debuggers."""

import ctypes
import logging
import multiprocessing
import os
import resource
import signal
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.core.wsgi import get_wsgi_application

PR_SET_PDEATHSIG = 1
PR_SET_DUMPABLE = 4


def keep_memory_private() -> None:
    """No core dump and no debugger of the same user; and this worker ends when its parent does,
    so that no forgotten process goes on answering. Does nothing more where there is no prctl.
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    prctl = getattr(ctypes.CDLL(None), "prctl", None)
    if prctl is not None:
        prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)
        prctl(PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
    # Killed while this worker was still starting: then no signal comes any more.
    parent = multiprocessing.parent_process()
    if parent is not None and os.getppid() != parent.pid:
        os._exit(1)


Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class Broken(Exception):
    """An answer that stopped halfway; why was written down already."""


class Answer:
    """The pieces of an answer; when one cannot be made, nothing of why reaches the web server."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self.pieces = pieces

    def __iter__(self) -> Iterator[bytes]:
        try:
            yield from self.pieces
        except Exception as error:
            write_down(error)
            raise Broken from None

    def close(self) -> None:
        close = getattr(self.pieces, "close", None)
        if close is not None:
            close()


def last_net(application: Application) -> Application:
    """What escapes from Django itself becomes one bare line and a page that says sorry.

    The web server would print the exception with its message, which may hold what somebody wrote.
    """

    def caught(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        try:
            return Answer(application(environ, start_response))
        except Exception as error:
            write_down(error)
        from klankbord.kit.pages.errors import LAST_RESORT

        headers = [("Content-Type", "text/html; charset=utf-8"), ("Cache-Control", "no-store")]
        start_response("500 Internal Server Error", headers)
        return [LAST_RESORT]

    return caught


def write_down(error: Exception) -> None:
    from klankbord.kit.pages.logs import what_failed

    logging.getLogger("klankbord.failure").error("outside %s", what_failed(error))


def sound_application() -> Application:
    """Django, once the configuration has been found to work. Raises SettingRefused otherwise."""
    handler = get_wsgi_application()
    from klankbord.config.checks import refuse_what_cannot_work
    from klankbord.kit.pages.logs import keep_python_quiet

    keep_python_quiet()
    refuse_what_cannot_work()
    return last_net(handler)


keep_memory_private()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "klankbord.config.settings")
application = sound_application()
