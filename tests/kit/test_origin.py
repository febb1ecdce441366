"""Vault §2.9: what changes something comes from a page of ours."""

import pytest
from django.conf import settings as house
from django.test import Client

from klankbord.kit.sessions.models import SealedSession

pytestmark = pytest.mark.django_db
OURS = "http://testserver"

SENT = [
    ({}, 200),  # an old browser says nothing
    ({"Origin": OURS}, 200),
    ({"Origin": OURS, "Sec-Fetch-Site": "same-origin"}, 200),
    ({"Sec-Fetch-Site": "same-origin"}, 200),
    ({"Sec-Fetch-Site": "none"}, 200),
    ({"Origin": "null", "Sec-Fetch-Site": "same-origin"}, 200),
    ({"Origin": house.BASE_URL}, 200),
    ({"Referer": f"{OURS}/ravelijn/"}, 200),
    ({"Origin": "null"}, 403),
    ({"Origin": "null", "Sec-Fetch-Site": "cross-site"}, 403),
    ({"Origin": "https://elsewhere.example"}, 403),
    ({"Origin": "https://testserver"}, 403),
    ({"Origin": "http://testserver.elsewhere.example"}, 403),
    ({"Origin": f"{OURS}:8000"}, 403),
    ({"Origin": "https://elsewhere.example", "Sec-Fetch-Site": "same-origin"}, 403),
    ({"Origin": OURS, "Sec-Fetch-Site": "cross-site"}, 403),
    ({"Sec-Fetch-Site": "same-site"}, 403),
    ({"Sec-Fetch-Site": "nonsense"}, 403),
    ({"Referer": "https://elsewhere.example/http://testserver"}, 403),
    ({"Referer": "http://[broken"}, 403),
]


@pytest.mark.parametrize(("headers", "status"), SENT)
def test_a_form_must_come_from_our_own_page(
    site: Client, headers: dict[str, str], status: int
) -> None:
    response = site.post("/remember/", {"x": "1"}, headers=headers)
    assert response.status_code == status
    assert SealedSession.objects.exists() is (status == 200)


def test_looking_may_come_from_anywhere(site: Client) -> None:
    headers = {"Origin": "https://elsewhere.example", "Sec-Fetch-Site": "cross-site"}
    assert site.get("/", headers=headers).status_code == 200


def test_a_refused_form_gives_the_text_back_kindly(site: Client) -> None:
    response = site.post(
        "/remember/",
        {"story": "Het gebeurde in de kleedkamer."},
        headers={"Sec-Fetch-Site": "cross-site"},
    )
    page = response.content.decode()
    assert "kleedkamer" in page
    assert page.count("<h1") == 1


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Purpose": "prefetch"},
        {"Sec-Purpose": "prefetch;prerender"},
        {"Purpose": "prefetch"},
    ],
)
def test_what_is_fetched_on_a_guess_is_refused(site: Client, headers: dict[str, str]) -> None:
    site.post("/remember/", {"story": "x"})
    response = site.get("/end/", headers=headers)
    assert response.status_code == 503
    assert response.content == b""
    assert not response.cookies
    assert site.get("/recall/").content == b"x"
