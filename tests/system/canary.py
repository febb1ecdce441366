"""What the canary writes into every form: words that exist nowhere else, and who wrote them."""

import io
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.urls import Resolver404, resolve
from PIL import Image

from tests.system.server import Server
from tests.system.visitor import Form, Page, Upload, Visitor

WORDS = {
    "story": "Zwaluwnest-verhaal-7f31c0",
    "where": "Zwaluwnest-plaats-80ab12",
    "how it is": "Zwaluwnest-gevoel-55e0c1",
    "name": "Zwaluwnest-naam-c0ffee",
    "contact": "zwaluwnest-91d4@bereikbaar.example",
    "contact when": "Zwaluwnest-uur-b17c44",
    "exclusion": "Zwaluwnest-niet-lezen-2b99",
    "file name": "Zwaluwnest-foto-e112",
    "in the photo": "Zwaluwnest-in-de-foto-d0d0",
    "in the document": "Zwaluwnest-in-pdf-a77a",
    "message": "Zwaluwnest-bericht-3c3c",
    "answer": "Zwaluwnest-antwoord-4d4d",
    "note": "Zwaluwnest-notitie-5e5e",
    "why": "Zwaluwnest-reden-6f6f",
    "closing": "Zwaluwnest-slot-7a7a",
    "step": "Zwaluwnest-stap-1c5d",
    "told at the desk": "Zwaluwnest-balie-2d6e",
    "asked of a colleague": "Zwaluwnest-overleg-3e7f",
    "looked for": "Zwaluwnest-gezocht-4f80",
    "passphrase": "Zwaluwnest nieuwe wachtzin 8b8b",
    "passphrase of a newcomer": "Zwaluwnest wachtzin van sam 5a91",
    "typed wrong": "Zwaluwnest-verkeerd-9c9c",
    "in an address": "zwaluwnest-pad-1a2b",
    "abandoned": "Zwaluwnest-opgegeven-0d0d",
}
ROOT = os.geteuid() == 0
TEXTS = {
    "happened": "story", "where": "where", "happened_on-words": "where", "how_now": "how it is",
    "name": "name", "contact": "contact", "contact_when": "contact when", "not_named": "exclusion",
}  # fmt: skip
NOT_WORDS = {"happened_on-day": "3", "happened_on-month": "8", "happened_on-year": "2026"}


def photo() -> Upload:
    page = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = WORDS["in the photo"]
    Image.new("RGB", (80, 60), (20, 90, 60)).save(
        page, "JPEG", exif=exif, comment=WORDS["in the photo"].encode()
    )
    return Upload(f"{WORDS['file name']}.jpg", page.getvalue(), "image/jpeg")


def document() -> Upload:
    text = f"%PDF-1.4\n% {WORDS['in the document']}\n%%EOF\n".encode()
    return Upload(f"{WORDS['file name']}.pdf", text, "application/pdf")


def told(form: Form) -> Mapping[str, Any]:
    """Something in every field of a page: the words of ours in what can be typed."""
    asked: dict[str, Any] = {
        name: WORDS[TEXTS.get(name, "story")] for name in form.typed() if name not in NOT_WORDS
    }
    asked |= NOT_WORDS
    asked |= {name: offered[0] for name, offered in form.offered.items()}
    asked |= {"known": "known", "concerned": "self", "file": [photo(), document()]}
    asked["not_readers"] = []
    return asked


@dataclass(slots=True)
class Visit:
    """Everything that people did, and what only they know of it."""

    server: Server
    visitors: list[Visitor] = field(default_factory=list)
    secrets: dict[str, str | bytes] = field(default_factory=dict)
    holder: str = ""

    def browser(self) -> Visitor:
        self.visitors.append(self.server.visitor())
        return self.visitors[-1]

    def posted(self) -> set[str]:
        """The names of all addresses something was posted to."""
        names = set()
        for visitor in self.visitors:
            for sent in visitor.record:
                if sent.line.startswith("POST "):
                    names.add(name_of(sent.line.removeprefix("POST ")))
        return names


def name_of(path: str) -> str:
    try:
        return resolve(path.partition("?")[0]).view_name
    except Resolver404:
        return ""


def between(page: Page, before: str, after: str) -> str:
    return page.html.partition(before)[2].partition(after)[0].strip()


def anything(form: Form, word: str) -> dict[str, Any]:
    """This word in every box of a form in which somebody writes, and a day in every day."""
    parts = {"-day": "3", "-month": "8", "-year": "2026"}
    boxes = [name for name in form.typed() if not name.startswith("day-")]
    return {
        name: next((part for end, part in parts.items() if name.endswith(end)), word)
        for name in boxes
    }
