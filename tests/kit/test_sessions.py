"""Vault §2.9, rows 13, 14 and 22: the cookie is the key, and the table alone opens nothing."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import UTC, datetime
from typing import Any

import pytest
from django.contrib.sessions.backends.base import SessionBase, UpdateError
from django.test import Client
from pytest_django import Settings

from klankbord.kit.sessions.desks import Desk, desk_of
from klankbord.kit.sessions.models import SealedSession
from klankbord.kit.sessions.store import SessionStore
from tests.kit.conftest import MovableClock

pytestmark = pytest.mark.django_db
STORY = "zwaluw-9041"


def a_session(*, desk: Desk = Desk.MEMBER, **content: Any) -> str:
    session = SessionStore(desk=desk)
    session.update(content)
    session.save()
    assert session.session_key
    return session.session_key


def opened(key: str, desk: Desk = Desk.MEMBER) -> dict[str, Any]:
    return dict(SessionStore(key, desk=desk).items())


# The table (row 13) -------------------------------------------------------------------------------


def test_a_session_comes_back_with_its_cookie() -> None:
    key = a_session(story=STORY)
    assert opened(key) == {"story": STORY}
    assert len(urlsafe_b64decode(key + "=")) == 32


def test_the_rows_tell_nothing_and_open_nothing() -> None:
    key = a_session(story=STORY)
    row = SealedSession.objects.get()
    stored = bytes(row.id) + bytes(row.sealed)
    assert STORY.encode() not in stored
    assert urlsafe_b64decode(key + "=") not in stored
    for guess in (row.id, row.id[::-1], bytes(row.sealed)[8:40]):
        cookie = urlsafe_b64encode(bytes(guess)).rstrip(b"=").decode()
        assert opened(cookie) == {}


def test_a_row_swapped_with_another_opens_nothing() -> None:
    mine, other = a_session(story="mine"), a_session(story="other")
    first, second = SealedSession.objects.all()
    first.sealed, second.sealed = second.sealed, first.sealed
    first.save()
    second.save()
    assert opened(mine) == opened(other) == {}


def test_content_does_not_show_in_the_size_of_the_row() -> None:
    sizes = set()
    for length in (1, 300, 700):
        a_session(story="x" * length)
        sizes.add(len(SealedSession.objects.latest("expires").sealed))
        SealedSession.objects.all().delete()
    assert len(sizes) == 1


def test_the_row_keeps_whole_hours_only(moving_clock: MovableClock) -> None:
    a_session()
    assert SealedSession.objects.get().expires == datetime(2026, 3, 2, 15, tzinfo=UTC)


# Fixation and rotation (row 14) -------------------------------------------------------------------

CHOSEN = urlsafe_b64encode(b"c" * 32).rstrip(b"=").decode()


@pytest.mark.parametrize("cookie", [CHOSEN, "short", "", "é" * 43, "A" * 42 + "B", "x" * 5000])
def test_a_cookie_we_did_not_hand_out_is_never_adopted(cookie: str) -> None:
    session = SessionStore(cookie)
    session["story"] = STORY
    session.save()
    assert session.session_key != cookie
    assert opened(session.session_key or "") == {"story": STORY}
    assert opened(CHOSEN) == {}


def test_a_new_key_keeps_the_content_and_ends_the_old_key() -> None:
    old = a_session(story=STORY)
    session = SessionStore(old)
    session.cycle_key()
    assert session.session_key != old
    assert opened(old) == {}
    assert opened(session.session_key or "") == {"story": STORY}
    assert SealedSession.objects.count() == 1


def test_starting_anew_leaves_nothing_of_before(moving_clock: MovableClock) -> None:
    old = a_session(story=STORY)
    moving_clock.forward(minutes=10)
    session = SessionStore(old)
    session.start(kind="member")
    session.save()
    assert opened(old) == {}
    assert opened(session.session_key or "") == {"kind": "member"}


def test_an_ended_session_is_gone() -> None:
    key = a_session(story=STORY)
    session = SessionStore(key)
    session.flush()
    assert session.is_empty()
    assert not SealedSession.objects.exists()
    assert opened(key) == {}


def test_a_session_ended_elsewhere_is_not_brought_back() -> None:
    key = a_session(story=STORY)
    slow = SessionStore(key)
    slow["story"] = "later"
    SessionStore(key).flush()
    with pytest.raises(UpdateError):
        slow.save()
    assert not SealedSession.objects.exists()


def test_a_reporters_cookie_is_no_members_cookie() -> None:
    key = a_session(desk=Desk.REPORTER, story=STORY)
    assert opened(key, Desk.MEMBER) == {}
    assert opened(key, Desk.REPORTER) == {"story": STORY}


# Ending by itself ---------------------------------------------------------------------------------

IDLE = [
    (Desk.REPORTER, "channel", 15),
    (Desk.REPORTER, None, 15),
    (Desk.REPORTER, "draft", 60),
    (Desk.REPORTER, "receipt", 60),
    (Desk.MEMBER, None, 20),
    (Desk.MEMBER, "draft", 20),
]


@pytest.mark.parametrize(("desk", "kind", "minutes"), IDLE)
def test_idle_sessions_end_on_time(
    moving_clock: MovableClock, desk: Desk, kind: str | None, minutes: int
) -> None:
    key = a_session(desk=desk, kind=kind)
    moving_clock.forward(minutes=minutes - 5)
    assert opened(key, desk) == {"kind": kind}
    moving_clock.forward(minutes=5)
    assert opened(key, desk) == {}
    assert not SealedSession.objects.exists()


@pytest.mark.parametrize(
    ("desk", "kind", "minutes"), [(Desk.REPORTER, "channel", 60), (Desk.MEMBER, None, 540)]
)
def test_busy_sessions_end_too(
    moving_clock: MovableClock, desk: Desk, kind: str | None, minutes: int
) -> None:
    key = a_session(desk=desk, kind=kind)
    for _ in range(minutes // 5 - 1):
        moving_clock.forward(minutes=5)
        session = SessionStore(key, desk=desk)
        assert session.get("kind", "gone") == kind
        assert session.needs_saving()
        session.save()
    moving_clock.forward(minutes=5)
    assert opened(key, desk) == {}


def test_a_draft_lives_as_long_as_somebody_writes(moving_clock: MovableClock) -> None:
    key = a_session(desk=Desk.REPORTER, kind="draft")
    for _ in range(20):
        moving_clock.forward(minutes=50)
        session = SessionStore(key, desk=Desk.REPORTER)
        assert session["kind"] == "draft"
        session.save()


def test_a_new_key_does_not_prolong_a_session(moving_clock: MovableClock) -> None:
    session = SessionStore(a_session())
    for _ in range(9 * 12):
        moving_clock.forward(minutes=5)
        session = SessionStore(session.session_key)
        session.cycle_key()
        session.save()
    assert opened(session.session_key or "") == {}


def test_within_five_minutes_nothing_is_written_again(moving_clock: MovableClock) -> None:
    moving_clock.moment = datetime(2026, 3, 2, 14, 35, tzinfo=UTC)
    session = SessionStore(a_session(story=STORY))
    moving_clock.forward(minutes=4, seconds=59)
    assert session["story"] == STORY
    assert not session.needs_saving()
    moving_clock.forward(seconds=1)
    assert session.needs_saving()


def test_old_rows_are_cleared_by_the_given_hour(moving_clock: MovableClock) -> None:
    a_session()
    SessionStore.clear_expired(datetime(2026, 3, 2, 14, 59, tzinfo=UTC))
    assert SealedSession.objects.exists()
    SessionStore.clear_expired(datetime(2026, 3, 2, 15, tzinfo=UTC))
    assert not SealedSession.objects.exists()


@pytest.mark.parametrize("twin", ["aget", "asave", "aload", "acreate", "aflush", "acycle_key"])
def test_the_asynchronous_twins_are_forbidden(twin: str) -> None:
    assert hasattr(SessionBase, twin)
    with pytest.raises(NotImplementedError):
        getattr(SessionStore(), twin)().send(None)


def test_what_json_cannot_hold_is_refused() -> None:
    session = SessionStore()
    session["key"] = b"bytes"
    with pytest.raises(TypeError):
        session.save()
    assert json.dumps({}) == "{}"


# Cookies ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "desk"),
    [
        ("/", Desk.REPORTER),
        ("/ravelijn/c/2/", Desk.REPORTER),
        ("/werk/", Desk.MEMBER),
        ("/werk", Desk.MEMBER),
        ("/inloggen/", Desk.MEMBER),
        ("/overzicht/jaar/", Desk.MEMBER),
        ("/beheer/", Desk.MEMBER),
        ("/account/", Desk.MEMBER),
        ("/werkgroep/", Desk.REPORTER),
        ("/exit", Desk.REPORTER),
        ("/ravelijn/werk/", Desk.REPORTER),
    ],
)
def test_the_first_segment_names_the_desk(path: str, desk: Desk) -> None:
    assert desk_of(path) is desk


@pytest.mark.parametrize(
    "path", ["/", "/recall/", "/token/", "/fr/token/", "/de-brug/", "/nergens/"]
)
def test_looking_at_a_public_page_leaves_no_cookie_and_no_row(site: Client, path: str) -> None:
    response = site.get(path)
    assert not response.cookies
    assert not SealedSession.objects.exists()


def test_the_reporters_cookie_ends_with_the_browser_and_stays_with_us(site: Client) -> None:
    response = site.post("/remember/", {"story": STORY})
    cookie = response.cookies["r"]
    assert (cookie["samesite"], cookie["httponly"], cookie["secure"]) == ("Strict", True, "")
    assert (cookie["max-age"], cookie["expires"], cookie["path"]) == ("", "", "/")
    assert site.get("/recall/").content == STORY.encode()


def test_over_https_the_cookies_are_bound_to_the_host(site: Client, settings: Settings) -> None:
    settings.HTTPS = True
    reporter = site.post("/remember/", {"story": STORY}, secure=True).cookies["__Host-r"]
    member = site.post("/werk/remember/", {"story": "x"}, secure=True).cookies["__Host-m"]
    assert reporter["secure"] is member["secure"] is True
    assert (reporter["samesite"], member["samesite"]) == ("Strict", "Lax")
    assert not reporter["domain"]
    gone = site.post("/end/", secure=True).cookies["__Host-r"]
    assert gone["max-age"] == 0
    assert gone["secure"] is True


def test_leaving_as_a_reporter_does_not_sign_a_member_out(site: Client) -> None:
    site.post("/remember/", {"story": "told"})
    site.post("/werk/remember/", {"story": "read"})
    assert site.get("/recall/").content == b"told"
    assert site.get("/werk/recall/").content == b"read"
    site.post("/end/")
    assert site.get("/recall/").content == b"nothing"
    assert site.get("/fr/werk/recall/").content == b"read"


def test_a_dead_cookie_is_taken_back_by_what_somebody_does_and_not_by_a_look(site: Client) -> None:
    site.cookies["r"] = CHOSEN
    assert not site.get("/recall/").cookies, "no public page that is looked at sets a cookie"
    assert site.post("/recall/").cookies["r"]["max-age"] == 0


def test_a_look_that_ends_a_session_takes_its_cookie_back(site: Client) -> None:
    """As `/exit` does, also when the session had ended already."""
    site.post("/remember/", {"story": STORY})
    assert site.get("/end/").cookies["r"]["max-age"] == 0
    site.cookies["r"] = CHOSEN
    assert site.get("/end/").cookies["r"]["max-age"] == 0


def test_entering_a_code_changes_the_cookie(site: Client) -> None:
    before = site.post("/remember/", {"story": STORY}).cookies["r"].value
    after = site.post("/start/").cookies["r"].value
    assert after != before
    site.cookies["r"] = before
    assert site.get("/recall/").content == b"nothing"


def test_a_failing_page_saves_nothing(site: Client) -> None:
    site.post("/remember/", {"story": "first"})
    kept = bytes(SealedSession.objects.get().sealed)
    assert site.post("/fail/value/", {"story": "second"}).status_code == 500
    assert bytes(SealedSession.objects.get().sealed) == kept
