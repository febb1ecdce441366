"""The door for the web server. First of all, memory is kept from core dumps and debuggers."""

import ctypes
import os
import resource
import signal

from django.core.handlers.wsgi import WSGIHandler
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


def sound_application() -> WSGIHandler:
    """Django, once the configuration has been found to work. Raises SettingRefused otherwise."""
    handler = get_wsgi_application()
    from klankbord.config.checks import refuse_what_cannot_work
    from klankbord.kit.pages.logs import keep_python_quiet

    keep_python_quiet()
    refuse_what_cannot_work()
    return handler


keep_memory_private()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "klankbord.config.settings")
application = sound_application()
