"""Rows 18 and 22, as far as the kit goes: one middleware decides the headers of every response."""

import pytest
from django.http import HttpResponse
from django.test import Client

from klankbord.kit.pages.headers import filling, pad_page

pytestmark = pytest.mark.django_db

EVERYWHERE = {
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
ANSWERS = ["/", "/fr/ravelijn/", "/nergens/x/", "/only-post/", "/fail/value/", "/fail/denied/"]


@pytest.mark.parametrize("path", [*ANSWERS, "/download/", "/werk"])
def test_every_answer_has_the_headers(site: Client, path: str) -> None:
    response = site.get(path)
    for name, value in EVERYWHERE.items():
        assert response[name] == value
    assert "no-store" in response["Cache-Control"]
    assert "camera=()" in response["Permissions-Policy"]


@pytest.mark.parametrize("path", ANSWERS)
def test_pages_run_nothing_that_is_not_ours(site: Client, path: str) -> None:
    policy = site.get(path)["Content-Security-Policy"]
    for rule in (
        "default-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    ):
        assert rule in policy
    assert "unsafe" not in policy


def test_a_download_keeps_its_stricter_policy(site: Client) -> None:
    assert site.get("/download/")["Content-Security-Policy"] == "sandbox; default-src 'none'"


@pytest.mark.parametrize("size", [1, 900, 4080, 4088, 4089, 4090, 4095, 4096, 4097, 20_000])
def test_pages_come_in_steps_of_4096_bytes(site: Client, size: int) -> None:
    response = site.get(f"/size/{size}/")
    assert len(response.content) % 4096 == 0
    assert len(response.content) - size < 2 * 4096
    assert response.content.startswith(b"a" * size)


@pytest.mark.parametrize("path", ["/fail/value/", "/nergens/x/", "/fail/denied/", "/only-post/"])
def test_error_pages_do_too(site: Client, path: str) -> None:
    assert len(site.get(path).content) % 4096 == 0


def test_the_filling_is_a_comment_for_every_size() -> None:
    for size in range(1, 4097):
        added = filling(size)
        assert (size + len(added)) % 4096 == 0
        assert not added or added.strip().startswith(b"<!--")
        assert b"--" not in added.strip()[4:-3]


def test_what_is_no_page_is_left_as_it_is() -> None:
    for kind in ("application/octet-stream", "text/csv"):
        response = HttpResponse(b"x", content_type=kind)
        pad_page(response)
        assert response.content == b"x"


def test_a_stated_length_stays_true() -> None:
    response = HttpResponse("x")
    response["Content-Length"] = "1"
    pad_page(response)
    assert response["Content-Length"] == "4096"


def test_nothing_is_compressed(site: Client) -> None:
    response = site.get("/", headers={"Accept-Encoding": "gzip, br"})
    assert not response.has_header("Content-Encoding")
