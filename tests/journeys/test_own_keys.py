"""Somebody who works here, and their keys: code from a device, passphrase, recovery code."""

import pytest
from django_otp.oath import totp
from playwright.sync_api import Page, expect

from tests.journeys.conftest import PHONE_WITHOUT_SCRIPT, People
from tests.journeys.steps import onward, sign_in
from tests.system.server import HOUSE, mail_of, passphrase_of

pytestmark = pytest.mark.browser

FIRST = "joris"  # no other journey signs in as Joris
NEW = "vijf woorden die los staan"
NEWEST = "weer vijf andere losse woorden"


def code_for(secret: str, *, step: int = 0) -> str:
    """What an app shows: now, or some half minutes later."""
    from base64 import b32decode

    return f"{totp(b32decode(secret.replace(' ', '')), drift=step):06d}"


def inside(page: Page) -> None:
    expect(page.locator("form[action$='/uitloggen/']").first).to_be_attached()


def sign_out(page: Page) -> None:
    page.context.clear_cookies()


def test_one_keeps_ones_own_keys(people: People) -> None:
    """R-000-31: a code from a device, a new passphrase, and the way back when both are lost."""
    joris = people.somebody(PHONE_WITHOUT_SCRIPT)
    sign_in(joris, FIRST)
    inside(joris)

    joris.goto("/account/code/")
    secret = joris.locator(".kb-key").inner_text()
    joris.fill("[name=code]", code_for(secret))
    onward(joris)
    expect(joris.locator("main a[href$='/account/code/off/']")).to_be_visible()
    sign_out(joris)
    sign_in(joris, FIRST)
    expect(joris.locator("[name=passphrase]")).to_be_visible()  # without the code: no
    sign_in(joris, FIRST, code=code_for(secret, step=1))
    inside(joris)

    joris.goto("/account/passphrase/")
    joris.fill("[name=old]", passphrase_of(FIRST))
    joris.fill("[name=new]", NEW)
    joris.fill("[name=repeated]", NEW)
    onward(joris)
    expect(joris.locator("main [role=status]")).to_be_visible()

    joris.goto("/account/recovery/")
    joris.fill("[name=passphrase]", NEW)
    onward(joris)
    recovery = joris.locator(".kb-ticket .kb-code").inner_text()
    sign_out(joris)

    joris.goto("/inloggen/herstel/")
    joris.fill("[name=mail]", mail_of(FIRST, HOUSE))
    joris.fill("[name=recovery]", recovery)
    joris.fill("[name=new]", NEWEST)
    joris.fill("[name=repeated]", NEWEST)
    onward(joris)
    expect(joris.locator(".kb-ticket .kb-code")).not_to_have_text(recovery)
    sign_out(joris)
    sign_in(joris, FIRST, passphrase=NEW)
    expect(joris.locator("[name=passphrase]")).to_be_visible()
    sign_in(joris, FIRST, passphrase=NEWEST)
    inside(joris)
