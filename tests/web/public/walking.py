"""Going through the public pages as a person does: look, fill in, press the button."""

import html
import re
from collections.abc import Mapping
from typing import Any

from tests.given import House
from tests.proofreading import ProofreadingClient

FORM = re.compile(r'name="form" value="([^"]+)"')


def token_on(page: Any) -> str:
    """The form token that stands on a page."""
    found = FORM.search(page.content.decode())
    assert found, "no form on this page"
    return found[1]


def text_of(page: Any) -> str:
    """What a page says, without its tags and with single spaces."""
    body = page.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", body)).split())


def send(
    client: ProofreadingClient, address: str, answers: Mapping[str, Any] | None = None, **more: Any
) -> Any:
    """Look at a page and send its form with these answers."""
    token = token_on(client.get(address))
    return client.post(address, {"form": token, **(answers or {})}, **more)


def tell(
    client: ProofreadingClient, house: House, pages: Mapping[str, Mapping[str, Any]]
) -> list[str]:
    """Walk from the first page to the last check; `pages` maps a section to its answers.

    Returns the addresses that were visited.
    """
    address, visited = f"/{house.slug}/c/1/", []
    while not address.endswith("/check/"):
        visited.append(address)
        page = client.get(address)
        if address.endswith("/n/"):
            address = page.context["onward"]
            continue
        section = page.context["walk"].section.key
        answer = client.post(address, {"form": token_on(page), **pages.get(section, {})})
        assert answer.status_code == 303, text_of(answer)
        address = answer.headers["Location"]
    return visited


def sent(client: ProofreadingClient, house: House) -> Any:
    """Send what was told; the answer is the receipt."""
    return send(client, f"/{house.slug}/c/check/")


def code_on(page: Any) -> str:
    """The code on a receipt."""
    groups = re.findall(r"<span>(\d{4})</span>", page.content.decode())
    assert len(groups) == 5, groups
    return "".join(groups)


def open_channel(client: ProofreadingClient, house: House, code: str) -> str:
    """Type a code; returns the address of the case."""
    answer = send(client, f"/{house.slug}/m/", {"code": code})
    assert answer.status_code == 303, text_of(answer)
    return str(answer.headers["Location"])
