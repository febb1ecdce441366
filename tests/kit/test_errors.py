"""Row 28: a failure tells one line that tells nothing, and a page that helps."""

import errno
import html
import logging
import logging.config
import re
import sqlite3
from collections.abc import Iterator
from copy import deepcopy
from io import StringIO

import psycopg
import pytest
from django.db import IntegrityError, OperationalError
from django.test import Client, RequestFactory
from pytest_django import Settings

from klankbord.kit.pages import errors
from klankbord.kit.pages.headers import filling
from klankbord.kit.pages.logs import LOGGING, BareFormatter, QuietHandler, what_failed
from klankbord.kit.pages.reporter import BareReporter
from klankbord.kit.throttle import Busy
from tests.kit.bare_site import MARKER, VaultLikeError

pytestmark = pytest.mark.django_db
STORY = f"Het gebeurde in de kleedkamer. {MARKER}"
LINE = re.compile(r"ERROR [0-9a-f]{8} 5\d\d [\w.]+ [\w.<>]+:\d+\n")


@pytest.fixture
def lines() -> Iterator[StringIO]:
    """What logging writes when it is set up as in the settings."""
    loggers = [logging.getLogger(name) for name in ("", *LOGGING["loggers"])]
    before = [(one, one.handlers[:], one.level, one.propagate) for one in loggers]
    written = StringIO()
    to_memory = deepcopy(LOGGING)
    to_memory["handlers"]["lines"]["stream"] = written
    logging.config.dictConfig(to_memory)
    yield written
    for one, handlers, level, propagate in before:
        one.handlers[:], one.level, one.propagate = handlers, level, propagate


@pytest.mark.parametrize(
    ("how", "status", "name"),
    [
        ("value", 500, "builtins.ValueError"),
        ("integrity", 500, "django.db.utils.IntegrityError"),
        ("vault", 500, "tests.kit.bare_site.VaultLikeError"),
        ("template", 500, "builtins.KeyError"),
        ("busy", 503, "klankbord.kit.throttle.Busy"),
        ("disk", 507, "builtins.OSError"),
        ("sqlite", 507, "django.db.utils.OperationalError"),
    ],
)
def test_one_line_says_class_function_and_line_and_nothing_else(
    site: Client, lines: StringIO, how: str, status: int, name: str
) -> None:
    response = site.post(f"/fail/{how}/{MARKER}/?q={MARKER}", {"story": STORY})
    written = lines.getvalue()
    assert response.status_code == status
    assert LINE.fullmatch(written)
    assert name in written
    assert "bare_site.fail" in written
    assert MARKER not in written


def test_a_failing_middleware_is_told_of_in_the_same_way(site: Client, lines: StringIO) -> None:
    response = site.get(f"/{MARKER}/", headers={"X-Break": "1"})
    written = lines.getvalue()
    assert response.status_code == 500
    assert LINE.fullmatch(written)
    assert MARKER not in written


@pytest.mark.parametrize(
    ("path", "status"),
    [
        (f"/nergens/{MARKER}/", 404),
        (f"/fail/denied/{MARKER}/", 403),
        (f"/fail/large/{MARKER}/", 413),
        ("/only-post/", 405),
    ],
)
def test_what_is_no_failure_writes_no_line(
    site: Client, lines: StringIO, path: str, status: int
) -> None:
    assert site.get(path, {"q": MARKER}).status_code == status
    assert lines.getvalue() == ""


def test_a_refused_token_and_a_strange_host_write_no_line(site: Client, lines: StringIO) -> None:
    assert site.post("/only-post/", {"story": STORY}).status_code == 403
    refused = site.post("/remember/", headers={"Host": f"{MARKER}.example", "Origin": "http://x"})
    assert refused.status_code == 400
    assert lines.getvalue() == ""


@pytest.mark.parametrize(
    ("name", "word"),
    [("klankbord.x", "sent 3"), ("django.request", None), ("granian", "WARNING"), ("x.y", "ERROR")],
)
def test_the_words_of_other_loggers_are_not_written(
    lines: StringIO, name: str, word: str | None
) -> None:
    log = logging.getLogger(name)
    log.warning("sent %s", 3)
    if name != "klankbord.x":
        log.warning("broken %s", MARKER)
        try:
            raise ValueError(MARKER)
        except ValueError:
            log.exception("failed on %s", MARKER)
    written = lines.getvalue()
    assert MARKER not in written
    assert "Traceback" not in written
    assert (word in written) if word else (written == "")


def test_a_line_that_cannot_be_written_is_dropped(capsys: pytest.CaptureFixture[str]) -> None:
    handler = QuietHandler()
    handler.setFormatter(BareFormatter())
    for name in ("klankbord.x", "x.y"):
        arguments = (MARKER,)
        handler.handle(logging.LogRecord(name, logging.ERROR, "p", 1, "%d", arguments, None))
    assert MARKER not in capsys.readouterr().err


def test_an_exception_is_known_by_the_innermost_line_of_ours() -> None:
    with pytest.raises(TypeError) as failed:
        filling("x")  # type: ignore[arg-type]
    told = what_failed(failed.value)
    assert re.fullmatch(r"builtins\.TypeError klankbord\.kit\.pages\.headers\.filling:\d+", told)


def test_the_formatter_adds_no_time() -> None:
    record = logging.LogRecord("klankbord.x", logging.INFO, "p", 1, "done", None, None)
    assert BareFormatter().format(record) == "INFO done"


def test_djangos_own_report_is_empty_too(settings: Settings) -> None:
    request = RequestFactory().post(f"/{MARKER}/", {"story": STORY})
    try:
        int(STORY)
    except ValueError as error:
        reporter = BareReporter(request, ValueError, error, error.__traceback__)
        shown = reporter.get_traceback_text() + reporter.get_traceback_html()
    assert MARKER not in shown
    assert "ValueError" in shown


# The page -----------------------------------------------------------------------------------------


def test_the_page_gives_back_what_was_typed_and_a_number(site: Client, lines: StringIO) -> None:
    response = site.post("/fail/value/", {"story": STORY, "csrfmiddlewaretoken": "t" * 32})
    page = response.content.decode()
    number = lines.getvalue().split()[1]
    assert number in page
    assert page.count(STORY) == 2  # to read, and to send again
    assert 'action="/fail/value/"' in page
    assert 'name="csrfmiddlewaretoken"' in page
    assert page.count("<h1") == 1
    assert "<script" not in page
    assert "style=" not in page


def test_what_was_typed_cannot_become_markup(site: Client) -> None:
    typed = "</textarea><script>alert('hier')</script> en nog wat"
    page = site.post("/fail/value/", {"story": typed}).content.decode()
    assert "<script" not in page
    assert html.escape(typed) in page


def test_the_text_keeps_its_first_line_break(site: Client) -> None:
    page = site.post("/fail/value/", {"story": "\nEen regel, en nog een regel."}).content.decode()
    assert ">\n\nEen regel" in page


@pytest.mark.parametrize(
    "name",
    [
        "passphrase",
        "new_passphrase",
        "code",
        "Code",
        "totp",
        "recovery_code",
        "old",
        "new",
        "repeated",
        "recovery",
        "secret",
    ],
)
def test_secrets_are_never_given_back(site: Client, name: str) -> None:
    secret = "correct horse battery staple"
    page = site.post("/fail/value/", {name: secret, "story": STORY}).content.decode()
    assert secret not in page
    assert STORY not in page, "with a secret in the form, nothing of the form is kept"
    assert "<input" not in page


def test_choices_and_short_answers_are_only_sent_again(site: Client) -> None:
    page = site.post(
        "/fail/value/", {"to": "d3b0c3d8-4a55-4f0a-9d7c-1f6c5d9f9a10"}
    ).content.decode()
    assert "<textarea" not in page
    assert 'name="to"' in page


def test_busy_says_when_to_come_back(site: Client) -> None:
    response = site.post("/fail/busy/", {"story": STORY})
    assert int(response["Retry-After"]) > 0
    assert STORY in response.content.decode()


def test_a_page_that_only_takes_forms_says_so(site: Client) -> None:
    response = site.get("/only-post/")
    assert response.status_code == 405
    assert response["Allow"] == "POST"
    assert "<h1" in response.content.decode()


def test_a_body_that_is_too_large_gets_a_kind_page(site: Client, settings: Settings) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    response = site.post("/remember/", {"story": "x" * 500})
    assert response.status_code == 413
    assert "<h1" in response.content.decode()


def test_members_see_no_exit_and_reporters_do(site: Client) -> None:
    assert "/exit" in site.get("/nergens/x/").content.decode()
    assert "/exit" not in site.get("/werk/nergens/").content.decode()


def test_when_even_the_page_fails_something_kind_remains(
    site: Client, monkeypatch: pytest.MonkeyPatch, lines: StringIO
) -> None:
    def broken(*_: object) -> str:
        raise RuntimeError(MARKER)

    monkeypatch.setattr(errors, "render_to_string", broken)
    response = site.post("/fail/value/", {"story": STORY})
    assert response.status_code == 500
    assert b"112" in response.content
    assert MARKER not in lines.getvalue()


# Which status -------------------------------------------------------------------------------------


def _caused(error: Exception, cause: BaseException) -> Exception:
    error.__cause__ = cause
    return error


def _sqlite(name: str) -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("x")
    error.sqlite_errorname = name
    return error


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (Busy(), 503),
        (_caused(OperationalError(), _sqlite("SQLITE_BUSY")), 503),
        (_caused(OperationalError(), _sqlite("SQLITE_FULL")), 507),
        (OperationalError("database or disk is full"), 507),
        (_caused(OperationalError(), psycopg.errors.DiskFull()), 507),
        (OSError(errno.ENOSPC, "x"), 507),
        (OSError(errno.EDQUOT, "x"), 507),
        (_caused(VaultLikeError(), OSError(errno.ENOSPC, "x")), 507),
        (OSError(errno.EACCES, "x"), 500),
        (IntegrityError("disk is full"), 500),
        (ValueError("disk is full"), 500),
        (None, 500),
    ],
)
def test_the_status_says_whether_trying_again_helps(error: Exception | None, status: int) -> None:
    assert errors.status_of(error) == status
