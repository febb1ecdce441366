"""An organisation's own pages as a browser sends them, with our texts in the forms."""

from typing import Any

from django.test import Client

from klankbord.organisations.own import our_words
from klankbord.rules.profiles.own import Part
from tests.given import House

PAGES = "/en/beheer/ravelijn/paginas/"
KINDS = "/en/beheer/ravelijn/voorbeeld/kinds/"
TEXT, ABOUT, DAYS = f"{PAGES}tekst/nl/", f"{PAGES}onderwerpen/nl/", f"{PAGES}dagen/"


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return str(answer.content.decode())


def texts(house: House, **changed: str) -> dict[str, str]:
    """The form with our texts in it, as the browser sends it."""
    ours = our_words(house.organisation, Part.PAGE, "nl")
    sent = {name: ours[name] for name in ("hero", "lede", "doubt")}
    sent["order"] = " ".join(block["key"] for block in ours["block"])
    for block in ours["block"]:
        sent[f"title-{block['key']}"] = block["title"]
        sent[f"text-{block['key']}"] = "\r\n\r\n".join(block["paragraphs"])
    return {**sent, **changed}


def kinds(house: House, **changed: str) -> dict[str, str]:
    keys = [it["key"] for it in our_words(house.organisation, Part.CATEGORIES, "")["category"]]
    return {"order": " ".join(keys), **changed}


def publish_all(client: Client, *places: str) -> Any:
    answer = client.post(f"{PAGES}nakijken/", {"place": places})
    assert answer.status_code == 302
    return answer


def public(client: Client, address: str = "/ravelijn/") -> str:
    return page(Client(), address)
