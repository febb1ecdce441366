"""The texts of the public pages: the first lines, and blocks to add, change, move or take out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.http import HttpResponse
from django.utils.translation import gettext

from klankbord.rules.profiles.own import Part, Words, next_key
from klankbord.rules.profiles.own_proof import LONGEST, MOST_BLOCKS, MOST_PARAGRAPHS
from klankbord.web.access import ADMINISTRATOR, AdministratorRequest, allow
from klankbord.web.administration import editing
from klankbord.web.components.asked import Errors

TEMPLATE = "administration/page_text.html"
LINES = ("hero", "lede", "doubt")
PARAGRAPHS = "\n\n"


@dataclass(frozen=True, slots=True)
class Block:
    """A block as it stands in the form; one that is gone can still be put back."""

    key: str
    title: str
    text: str
    gone: bool = False

    @property
    def paragraphs(self) -> list[str]:
        """The text, cut at every empty line."""
        parts = (" ".join(part.split()) for part in self.text.split(PARAGRAPHS))
        return [part for part in parts if part]


@dataclass(frozen=True, slots=True)
class Texts:
    """Everything on the screen."""

    lines: Mapping[str, str]
    blocks: tuple[Block, ...]

    @property
    def words(self) -> Words:
        """As they are kept."""
        return {
            **self.lines,
            "block": [
                {"key": it.key, "title": it.title, "paragraphs": it.paragraphs}
                for it in self.blocks
                if not it.gone
            ],
        }


@allow(ADMINISTRATOR)
def page_text(request: AdministratorRequest, language: str) -> HttpResponse:
    """Write them in one language. Moving and taking out count once the page is saved."""
    page = editing.frame(request, Part.PAGE, editing.known_language(language))
    sent = editing.typed(request)
    texts = (
        _sent(sent) if sent else _kept(editing.words_now(request.organisation, Part.PAGE, language))
    )
    if sent and "do" in sent:
        return editing.show(request, TEMPLATE, {**page, "texts": _done(texts, sent["do"])}, {})
    page |= {"texts": texts}
    errors = _errors(texts) if sent else {}
    if request.method != "POST" or errors:
        return editing.show(request, TEMPLATE, page, errors)
    return editing.keep(request, TEMPLATE, page, Part.PAGE, language, texts.words)


def _kept(words: Words) -> Texts:
    return Texts(
        {name: words[name] for name in LINES},
        tuple(
            Block(it["key"], it["title"], PARAGRAPHS.join(it["paragraphs"]))
            for it in words["block"]
        ),
    )


def _sent(sent: Mapping[str, str]) -> Texts:
    keys = list(dict.fromkeys(sent.get("order", "").split()))[: 2 * MOST_BLOCKS]
    gone = sent.get("gone", "").split()
    return Texts(
        {name: " ".join(sent.get(name, "").split()) for name in LINES},
        tuple(
            Block(key, sent.get(f"title-{key}", ""), sent.get(f"text-{key}", ""), key in gone)
            for key in keys
            if key.isidentifier()
        ),
    )


def _done(texts: Texts, deed: str) -> Texts:
    """The screen after a button: `up:does`, `down:does`, `out:does`, `back:does`, or `add`."""
    what, _, key = deed.partition(":")
    blocks = {it.key: it for it in texts.blocks}
    if what == "add":
        new = next_key({"key": known} for known in blocks)
        return replace(texts, blocks=(*texts.blocks, Block(new, "", "")))
    if key not in blocks:
        return texts
    if what in {"out", "back"}:
        blocks[key] = replace(blocks[key], gone=what == "out")
        return replace(texts, blocks=tuple(blocks.values()))
    order = editing.moved(blocks, key, -1 if what == "up" else 1)
    return replace(texts, blocks=tuple(blocks[it] for it in order))


def _errors(texts: Texts) -> Errors:
    empty = gettext("Write something here: a reporter would see an empty line.")
    errors = editing.check(texts.lines, LONGEST, empty)
    for it in texts.blocks:
        if not it.gone:
            errors |= _block_errors(it)
    if sum(not it.gone for it in texts.blocks) > MOST_BLOCKS:
        errors["add"] = gettext("There are too many blocks: at most %(number)d. Take one out.") % {
            "number": MOST_BLOCKS
        }
    return errors


def _block_errors(block: Block) -> Errors:
    title, text = f"title-{block.key}", f"text-{block.key}"
    errors: Errors = {}
    if not block.title:
        errors[title] = gettext("Give this block a title, or take it out.")
    elif len(block.title) > LONGEST["title"]:
        errors[title] = editing.too_long(LONGEST["title"])
    if not block.paragraphs:
        errors[text] = gettext("Write something in this block, or take it out.")
    elif len(block.paragraphs) > MOST_PARAGRAPHS:
        errors[text] = gettext("This has too many paragraphs: at most %(number)d.") % {
            "number": MOST_PARAGRAPHS
        }
    elif max(map(len, block.paragraphs)) > LONGEST["paragraph"]:
        errors[text] = gettext(
            "One paragraph is longer than %(number)d characters. Put an empty line in between."
        ) % {"number": LONGEST["paragraph"]}
    return errors
