"""The real application with a trap in each layer: a request says in a header which one goes off.

Each trap raises with the word of the request in the message, in a local variable, in the cause and
in the arguments, as careless code would. The server of `tests.system.faulty_serving` runs this.
"""

# ruff: noqa: I001 - the application comes first: it makes Django ready for what follows
from klankbord.config import wsgi

import logging
import threading
import warnings
from collections.abc import Callable, Iterable
from typing import Any

from django.core.handlers.wsgi import WSGIHandler
from django.db import connection, models
from django.http import HttpResponse
from django.template import base as template_base

from klankbord.intake import services as intake_services
from klankbord.kit.files import handler as upload_handler
from klankbord.kit.outbox.models import Letter
from klankbord.kit.sessions import store
from klankbord.web import access
from klankbord.web.public.views import home, step

now = threading.local()


def go_off(layer: str) -> None:
    """Raise, when this is the layer that the request asked for."""
    if getattr(now, "layer", "") != layer:
        return
    word = now.word
    story = {"happened": word}
    try:
        int(word)
    except ValueError as cause:
        raise RuntimeError(f"cannot handle {word} in {story}", word) from cause


def trapped(layer: str, real: Callable[..., Any]) -> Callable[..., Any]:
    def trap(*words: Any, **named: Any) -> Any:
        go_off(layer)
        return real(*words, **named)

    return trap


def duplicate(*_: Any, **__: Any) -> None:
    """An IntegrityError whose text and DETAIL hold what somebody wrote."""
    Letter.objects.create(address=now.word, slot=1)
    Letter.objects.create(address=now.word, slot=1)


def too_long(*_: Any, **__: Any) -> None:
    """A statement that the database refuses, with the word written into it."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT '{now.word}' FROM nowhere_{now.word[:5]}")  # noqa: S608


def talkative(*_: Any, **__: Any) -> None:
    """Other people's code that logs and warns with what it was given."""
    logging.getLogger("somebody.else").error("could not do %s", now.word)
    logging.getLogger("klankbord.somewhere").error("failed", exc_info=ValueError(now.word))
    logging.getLogger("django.request").error("at %s", now.word)
    warnings.warn(f"old habit: {now.word}", stacklevel=2)


DEEDS = {"unique": duplicate, "syntax": too_long, "log": talkative}


def in_the_database(real: Callable[..., Any]) -> Callable[..., Any]:
    def trap(*words: Any, **named: Any) -> Any:
        deed = DEEDS.get(getattr(now, "layer", ""))
        if deed is not None:
            deed()
        return real(*words, **named)

    return trap


WSGIHandler.__call__ = trapped("outside", WSGIHandler.__call__)  # type: ignore[method-assign]
HttpResponse.__iter__ = trapped("half an answer", HttpResponse.__iter__)  # type: ignore[method-assign]
home.listed = trapped("view", home.listed)
step.form_of = trapped("rules", step.form_of)
access.named = in_the_database(trapped("query", access.named))
template_base.Template.render = trapped("template", template_base.Template.render)  # type: ignore[method-assign]
store.SessionStore.load = trapped("session", store.SessionStore.load)  # type: ignore[method-assign]
models.Model.save = trapped("model", models.Model.save)  # type: ignore[method-assign]
upload_handler.SealingUploadHandler.receive_data_chunk = trapped(  # type: ignore[method-assign]
    "upload", upload_handler.SealingUploadHandler.receive_data_chunk
)
intake_services.begin_case = trapped("case", intake_services.begin_case)


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """The application, told by two headers where to fail and on which word."""
    now.layer, now.word = environ.get("HTTP_X_LAYER", ""), environ.get("HTTP_X_WORD", "")
    return wsgi.application(environ, start_response)
