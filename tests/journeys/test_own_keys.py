"""Somebody who works here, and their keys: code from a device, passphrase, recovery code."""

import pytest
from django_otp.oath import totp
from playwright.sync_api import Page, expect

from tests.journeys.conftest import PHONE_WITHOUT_SCRIPT, People
from tests.journeys.steps import onward, sign_in
from tests.system.server import HOUSE, mail_of, passphrase_of

pytestmark = pytest.mark.browser

FIRST = "wout"  # nobody else's journey signs in as Wout
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
    wout = people.somebody(PHONE_WITHOUT_SCRIPT)
    sign_in(wout, FIRST)
    inside(wout)

    wout.goto("/account/code/")
    secret = wout.locator(".kb-key").inner_text()
    wout.fill("[name=code]", code_for(secret))
    onward(wout)
    expect(wout.locator("main a[href$='/account/code/off/']")).to_be_visible()
    sign_out(wout)
    sign_in(wout, FIRST)
    expect(wout.locator("[name=passphrase]")).to_be_visible()  # without the code: no
    sign_in(wout, FIRST, code=code_for(secret, step=1))
    inside(wout)

    wout.goto("/account/passphrase/")
    wout.fill("[name=old]", passphrase_of(FIRST))
    wout.fill("[name=new]", NEW)
    wout.fill("[name=repeated]", NEW)
    onward(wout)
    expect(wout.locator("main [role=status]")).to_be_visible()

    wout.goto("/account/recovery/")
    wout.fill("[name=passphrase]", NEW)
    onward(wout)
    recovery = wout.locator(".kb-ticket .kb-code").inner_text()
    sign_out(wout)

    wout.goto("/inloggen/herstel/")
    wout.fill("[name=mail]", mail_of(FIRST, HOUSE))
    wout.fill("[name=recovery]", recovery)
    wout.fill("[name=new]", NEWEST)
    wout.fill("[name=repeated]", NEWEST)
    onward(wout)
    expect(wout.locator(".kb-ticket .kb-code")).not_to_have_text(recovery)
    sign_out(wout)
    sign_in(wout, FIRST, passphrase=NEW)
    expect(wout.locator("[name=passphrase]")).to_be_visible()
    sign_in(wout, FIRST, passphrase=NEWEST)
    inside(wout)
