"""A test client that reads every page it fetches, as a careful person would."""

import re
from html.parser import HTMLParser
from typing import Any

from django.http import HttpResponseBase
from django.test import Client

NEVER_LABELLED = {"hidden", "submit", "button", "image", "reset"}


class Proof(HTMLParser):
    """What a page says of itself."""

    def __init__(self) -> None:
        super().__init__()
        self.lang = ""
        self.title = ""
        self.headings: list[int] = []
        self.fields: list[dict[str, str | None]] = []
        self.labels: set[str] = set()
        self.ids: list[str] = []
        self.faults: list[str] = []
        self.inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.inside = tag
        if tag == "html":
            self.lang = given.get("lang") or ""
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag in {"input", "select", "textarea"} and given.get("type") not in NEVER_LABELLED:
            self.fields.append(given)
        if tag == "label":
            self.labels.add(given.get("for") or "")
        if given.get("id"):
            self.ids.append(str(given["id"]))
        if "style" in given:
            self.faults.append(f"<{tag} style>")
        if tag == "script" and not given.get("src"):
            self.faults.append("inline script")
        self.faults += [f"<{tag} {name}>" for name in given if name.startswith("on")]
        for name in ("src", "href", "action"):
            if re.match(r"(https?:)?//", given.get(name) or "") and tag != "a":
                self.faults.append(f"<{tag} {name}> asks somebody else")

    def handle_data(self, data: str) -> None:
        if self.inside == "title":
            self.title += data
            self.inside = ""


def proofread(response: HttpResponseBase) -> None:
    """Every page: a language, a title, one first heading in order, labels, nothing inline."""
    if not response.headers.get("Content-Type", "").startswith("text/html") or response.streaming:
        return
    page = response.content.decode()
    if not page.strip():
        return
    proof = Proof()
    proof.feed(page)
    assert proof.lang, "the page has no language"
    assert proof.title.strip(), "the page has no title"
    assert proof.headings.count(1) == 1, f"first headings: {proof.headings.count(1)}"
    assert proof.headings[0] == 1, "something comes before the first heading"
    steps = zip(proof.headings, proof.headings[1:], strict=False)
    assert all(after <= before + 1 for before, after in steps), f"skips a level: {proof.headings}"
    for field in proof.fields:
        named = field.get("id") in proof.labels or field.get("aria-label")
        assert named or field.get("aria-labelledby"), f"no label for {field.get('name')}"
    assert len(set(proof.ids)) == len(proof.ids), "an id stands twice"
    assert not proof.faults, proof.faults


class ProofreadingClient(Client):
    """Django's client, proofreading whatever HTML comes back."""

    def request(self, **request: Any) -> Any:
        response = super().request(**request)
        proofread(response)
        return response
