"""A form of a step on one page, in a real browser: nothing that axe finds, on any screen."""

import re
from pathlib import Path

import pytest
from django.conf import settings as conf
from django.test import Client
from playwright.sync_api import Browser
from pytest_django import Settings

from tests.journeys.conftest import DESKTOP, NARROW
from tests.journeys.looking import AXE, faults

pytestmark = pytest.mark.browser
ROOT = Path(__file__).parents[2]
STYLES = (
    "vendor/govuk-frontend/dist/govuk-frontend.min.css",
    "src/klankbord/web/components/static/klankbord/theme.css",
)
PAGES = (
    ("/fill/transgressive_registration/", {}),
    ("/fill/complaint_conditions/", {}),
    ("/fill/measures/", {"measures.1.why": "Omdat het misliep", "check_on-words": "volgende week"}),
    ("/print/complaint_part1/", {}),
)


@pytest.fixture
def desk(settings: Settings) -> Client:
    settings.ROOT_URLCONF = "tests.web.components.form_site"
    settings.CSRF_USE_SESSIONS = False
    settings.MIDDLEWARE = [it for it in conf.MIDDLEWARE if not re.search("Session|Csrf", it)]
    return Client()


def with_its_style(html: str) -> str:
    """The page as it would look, for it is shown without a server."""
    style = "".join((ROOT / path).read_text(encoding="utf-8") for path in STYLES)
    html = re.sub(r'<link rel="stylesheet"[^>]*>|<script[^>]*></script>', "", html)
    return html.replace("</head>", f"<style>{style}</style></head>")


def test_axe_finds_nothing_on_a_form_of_a_step(desk: Client, chromium: Browser) -> None:
    page, found = chromium.new_page(), []
    for address, typed in PAGES:
        answer = desk.post(address, typed) if typed else desk.get(address)
        page.set_content(with_its_style(answer.content.decode()))
        page.evaluate(AXE.axe_script)
        for size in (NARROW, DESKTOP):
            page.set_viewport_size(size)  # type: ignore[arg-type]
            found += [f"{address} at {size['width']}: {fault}" for fault in faults(page)]
    page.close()
    assert found == []
