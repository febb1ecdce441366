"""Inviting somebody, coming in and vouching, as people do it in a browser."""

import re
from collections.abc import Callable

from django.test import override_settings
from playwright.sync_api import Page

from klankbord.config.keyring import read_keyring
from klankbord.kit.tokens.invitations import invitation_token
from tests.journeys.steps import onward
from tests.system.server import Server, passphrase_of

PHRASE = "{} fietst naar de zee toe"
INVITATION = re.compile(r"/invitation/([0-9a-f-]{36})/")
Look = Callable[[], None]


def no_look() -> None:
    """Somebody who is in a hurry."""


def invite(page: Page, slug: str, first: str, role: str, *, prefix: str = "") -> str:
    """Invite somebody as an administrator who is signed in; returns the invitation's id."""
    page.goto(f"{prefix}/beheer/{slug}/medewerkers/invite/")
    page.fill("[name=name]", first.title())
    page.fill("[name=mail]", f"{first}@{slug}.example")
    page.locator(f"[name=role][value={role}]").check()
    onward(page)
    link = page.locator("main a[href*='/invitation/']").filter(has_text=first.title())
    found = INVITATION.search(str(link.first.get_attribute("href")))
    assert found
    return found[1]


def link_of(site: Server, invitation: str) -> str:
    """The address that stands in the mail."""
    from uuid import UUID

    with override_settings(SECRET_KEY=read_keyring(site.keyring).secret_key):
        return f"/uitnodiging/{invitation_token(UUID(invitation))}/"


def come_in(page: Page, link: str, first: str, look: Look = no_look) -> None:
    """Answer the invitation and keep the recovery code."""
    page.goto(link)
    look()
    page.fill("[name=new]", "kort")
    onward(page)
    look()  # not the same twice
    for name in ("new", "repeated"):
        page.fill(f"[name={name}]", PHRASE.format(first))
    onward(page)
    look()  # the recovery code
    page.locator("main .govuk-button").last.click()
    page.wait_for_load_state()


def digits_of(page: Page) -> str:
    """The six groups, as they stand in somebody's own account."""
    return page.locator("main .kb-key").first.inner_text()


def vouch(
    page: Page, whom: str, digits: str, first: str, look: Look = no_look, *, passphrase: str = ""
) -> None:
    """Type what a colleague reads out, and sign for it."""
    page.locator("main a").filter(has_text=whom).click()
    look()
    onward(page)
    look()  # nothing typed
    page.fill("[name=digits]", digits[5:] + digits[:5])
    onward(page)
    look()  # these are others
    page.fill("[name=digits]", digits)
    page.fill("[name=passphrase]", passphrase or passphrase_of(first))
    onward(page)
    look()
