"""What may be written in a log: which code failed, never on what (vault §2.10).

Messages of exceptions and of other people's loggers carry stories, codes and addresses: the text of
an IntegrityError holds the row, that of `int()` the code somebody typed. So their text is never
written; only a class, a function and a line number are, and those are ours, not the visitor's.
"""

import logging
import sys
import threading
from types import TracebackType
from typing import Any

OWN = "klankbord"

log = logging.getLogger(f"{OWN}.failure")


def what_failed(error: BaseException) -> str:
    """Exception class, and the innermost line of ours it went through (else the innermost line)."""
    kind = type(error)
    return f"{kind.__module__}.{kind.__qualname__} {where(error.__traceback__)}"


def where(traceback: TracebackType | None) -> str:
    """`module.function:line` of the innermost frame of ours, or of the innermost at all."""
    innermost, innermost_of_ours = "unknown:0", ""
    while traceback is not None:
        frame = traceback.tb_frame
        module = str(frame.f_globals.get("__name__", "unknown"))
        innermost = f"{module}.{frame.f_code.co_qualname}:{traceback.tb_lineno}"
        if module.partition(".")[0] == OWN:
            innermost_of_ours = innermost
        traceback = traceback.tb_next
    return innermost_of_ours or innermost


class BareFormatter(logging.Formatter):
    """Our own lines as they are; of anybody else's only which logger, which function, which line.

    No time: the service that collects the lines adds one if its owner wants it.
    """

    def format(self, record: logging.LogRecord) -> str:
        if record.name.partition(".")[0] == OWN:
            text = record.getMessage()
        else:
            text = f"{record.name} {record.module}.{record.funcName}:{record.lineno}"
        if record.exc_info and record.exc_info[1] is not None:
            text = f"{text} {what_failed(record.exc_info[1])}"
        return f"{record.levelname} {text}"


class QuietHandler(logging.StreamHandler[Any]):
    """To standard error. A line that cannot be written is dropped: Python would print its
    arguments."""

    def handleError(self, record: logging.LogRecord) -> None:
        return


def keep_python_quiet() -> None:
    """Warnings, and errors that nobody catches, become bare lines too: Python prints their text.

    Call once in each process, after Django has set its logging up.
    """
    logging.captureWarnings(True)
    sys.unraisablehook = _unraisable
    threading.excepthook = _thread_failed


def _unraisable(raised: "sys.UnraisableHookArgs") -> None:
    if raised.exc_value is not None:
        log.error("nobody caught %s", what_failed(raised.exc_value))


def _thread_failed(raised: threading.ExceptHookArgs) -> None:
    if raised.exc_value is not None:
        log.error("a thread ended by %s", what_failed(raised.exc_value))


_SILENT = {"handlers": ["nowhere"], "level": "CRITICAL", "propagate": False}

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"bare": {"()": "klankbord.kit.pages.logs.BareFormatter"}},
    "handlers": {
        "lines": {"class": "klankbord.kit.pages.logs.QuietHandler", "formatter": "bare"},
        "nowhere": {"class": "logging.NullHandler"},
    },
    "root": {"handlers": ["lines"], "level": "WARNING"},
    "loggers": {
        OWN: {"level": "INFO"},
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        # These name paths, hosts, queries or variables; what fails is logged by kit.pages.errors.
        "django.request": _SILENT,
        "django.security": _SILENT,
        "django.server": _SILENT,
        "django.db.backends": _SILENT,
        "django.template": _SILENT,
    },
}
