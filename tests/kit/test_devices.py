"""Vault §3.4: the cookie of a browser in which somebody signed in before."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory, override_settings

from klankbord.kit.sessions.devices import browser_of, remember_browser

NOOR = "noor@ravelijn.example"


def cookie(name: str = NOOR) -> str:
    answer = HttpResponse()
    remember_browser(answer, name)
    return answer.cookies["d"].value


def known(value: str, name: str = NOOR) -> bytes:
    request = RequestFactory().get("/inloggen/")
    request.COOKIES["d"] = value
    return browser_of(request, name)


def test_it_is_known_for_the_name_it_was_made_for_and_no_other() -> None:
    value = cookie()
    assert known(value)
    assert known(value, f" {NOOR.upper()} ") == known(value)
    assert not known(value, "tarik@ravelijn.example")
    assert "noor" not in value


def test_each_browser_is_another() -> None:
    assert known(cookie()) != known(cookie())


@pytest.mark.parametrize("value", ["", "x", "é", "A" * 44, "AAAA"])
def test_what_we_did_not_hand_out_is_not_known(value: str) -> None:
    assert known(value) == b""


def test_another_key_of_the_server_makes_every_browser_unknown() -> None:
    value = cookie()
    with override_settings(SECRET_KEY="x" * 50):
        assert not known(value)


def test_no_script_and_no_other_site_gets_it() -> None:
    answer = HttpResponse()
    with override_settings(HTTPS=True):
        remember_browser(answer, NOOR)
    morsel = answer.cookies["__Host-d"]
    assert morsel["httponly"]
    assert morsel["secure"]
    assert morsel["samesite"] == "Strict"
    assert morsel["path"] == "/"
