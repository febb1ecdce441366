"""What every test of a desk needs: sign somebody in, and send a form as its page would."""

import re
from typing import Any

from django.test import Client

from tests.given import Person

#: Pages are read in English: those texts stand in the code.
SIGN_IN = "/en/inloggen/"
INBOX = "/en/werk/"
WORK_LIST = "/en/werk/lijst/"


def sign_in(client: Client, person: Person, *, code: str = "", **fields: str) -> Any:
    """Send the sign-in form; whatever `fields` adds comes along with it."""
    typed = {"mail": person.mail, "passphrase": person.passphrase, "code": code}
    return client.post(SIGN_IN, {**typed, "form": token_on(client.get(SIGN_IN)), **fields})


def signed_in(client: Client, person: Person) -> Client:
    """A browser in which this person is signed in."""
    assert sign_in(client, person).status_code == 302
    return client


def token_on(response: Any, action: str = "") -> str:
    """The form token on a page; of the form with this action, when there are several."""
    page = response.content.decode()
    form = page[page.index(f'action="{action}"') :] if action else page
    found = re.search(r'name="form" value="([^"]+)"', form)
    assert found, "no form token on the page"
    return found[1]


def case_address(reference: str, *parts: str) -> str:
    """The address of a case, or of one of its pages."""
    return "/".join([INBOX.rstrip("/"), reference, *parts]) + "/"


def write(client: Client, reference: str, what: str, text: str, **extra: Any) -> Any:
    """Send the answer or the note that stands on the page of a case."""
    address = case_address(reference, what)
    token = token_on(client.get(case_address(reference)), address)
    return client.post(address, {what: text, "form": token, **extra})
