"""A small site for the kit alone, and a clock that tests can move."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from pytest_django import Settings

from klankbord.kit import clock
from tests.kit import bare_site


class MovableClock:
    def __init__(self) -> None:
        self.moment = datetime(2026, 3, 2, 14, 37, 21, 123456, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.moment

    def forward(self, **delta: float) -> None:
        self.moment += timedelta(**delta)


@pytest.fixture
def moving_clock(monkeypatch: pytest.MonkeyPatch) -> MovableClock:
    moving = MovableClock()
    monkeypatch.setattr(clock, "now", moving)
    return moving


@pytest.fixture
def site(settings: Settings) -> Client:
    """A browser before the bare site; like a browser, it gets pages where a test gets errors."""
    settings.ROOT_URLCONF = "tests.kit.bare_site"
    settings.MIDDLEWARE = bare_site.MIDDLEWARE
    settings.CSRF_FAILURE_VIEW = "tests.kit.bare_site.refused"
    settings.HTTPS = False
    return Client(raise_request_exception=False, enforce_csrf_checks=True)
