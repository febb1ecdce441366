"""An OpenDocument: a zip too, with its own way of saying the same things."""

import re
from collections.abc import Mapping

from klankbord.kit.files.cleaner import pictures
from klankbord.kit.files.cleaner.archive import packed
from klankbord.kit.files.cleaner.xml import Element, local, parsed, remove_where, written

MIMETYPE = "mimetype"
MANIFEST = "META-INF/manifest.xml"
PICTURES = (".jpg", ".jpeg", ".png", ".gif")
KEPT = (".xml", ".ttf", ".otf", ".emf", ".wmf", *PICTURES)
LEFT_OUT = re.compile(
    r"(?:.*/)?(?:meta|settings)\.xml|Thumbnails/|Configurations2/|Basic/|Scripts/|Dialogs/"
    r"|META-INF/(?!manifest\.xml)|layout-cache|manifest\.rdf"
)
RUNS = frozenset({"scripts", "event-listeners", "event-listener", "applet", "plugin", "dde-source"})
WHO_AND_WHEN = frozenset({"creator", "initial-creator", "creator-initials", "sender-initials"})
WITHIN = re.compile(r"#.*|(?:\./)?(?:Pictures|Media|Object \d+|ObjectReplacements|Fonts)(?:/.*)?")


def cleaned(members: Mapping[str, bytes]) -> bytes:
    """The document put together anew, its `mimetype` first and uncompressed."""
    kept = {name: it for name, it in members.items() if name == MIMETYPE or _stays(name)}
    ordered = {MIMETYPE: kept.pop(MIMETYPE)} | {
        name: _content(name, it, set(kept)) for name, it in kept.items()
    }
    return packed(ordered, first_plain=True)


def _stays(name: str) -> bool:
    return name.lower().endswith(KEPT) and not LEFT_OUT.match(name)


def _content(name: str, content: bytes, kept: set[str]) -> bytes:
    if name.lower().endswith(PICTURES):
        return pictures.redrawn(content)
    if not name.lower().endswith(".xml"):
        return content
    tree = parsed(content)
    if name == MANIFEST:
        remove_where(tree, lambda it: _path(it) is not None and not _there(str(_path(it)), kept))
    else:
        _quiet(tree)
    return written(tree)


def _path(entry: Element) -> str | None:
    return next((it for key, it in entry.attrib.items() if local(key) == "full-path"), None)


def _there(path: str, kept: set[str]) -> bool:
    folder = path.endswith("/") and any(it.startswith(path) for it in kept)
    return path in kept or folder or path == "/"


def _quiet(tree: Element) -> None:
    """No name and no moment beside a note, nothing that runs, no address outside."""
    remove_where(tree, lambda it: local(it.tag) in RUNS)
    for element in tree.iter():
        word = local(element.tag)
        if word in WHO_AND_WHEN:
            element.text = ""
        elif word == "date" and "purl.org/dc" in str(element.tag):
            element.text = "1980-01-01T00:00:00"
        for name in list(element.attrib):
            if local(name) == "href" and not WITHIN.fullmatch(element.attrib[name]):
                element.set(name, "#")
