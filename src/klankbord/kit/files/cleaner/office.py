"""An Office document: the same words and pictures, without what hides or runs in it.

Gone are who made it, changed it and noted in it and when, macros, everything embedded, controls,
custom data, printers, and every address outside the document: templates fetched from elsewhere,
linked pictures, links to click. What a part is has to be known, or it is left out. The words stay.
"""

import re

from klankbord.kit.files.cleaner import opendocument, pictures
from klankbord.kit.files.cleaner.archive import packed, unpacked
from klankbord.kit.files.cleaner.xml import Element, local, parsed, remove, remove_where, written

TYPES = "[Content_Types].xml"
RELATIONS = re.compile(r"(?P<folder>(?:.*/)?)_rels/(?P<name>[^/]*)\.rels")
PICTURES = (".jpg", ".jpeg", ".png", ".gif")
KEPT = (".xml", ".rels", ".vml", ".emf", ".wmf", ".odttf", ".fntdata", *PICTURES)
LEFT_OUT = re.compile(
    r"docProps/|customXml/|.*/(?:embeddings|activeX|ctrlProps|customUI|externalLinks|persons"
    r"|printerSettings|webextensions|revisions|attachedToolbars)/|customUI/|word/people\.xml"
    r"|.*vbaData\.xml|_xmlsignatures/",
    re.IGNORECASE,
)
RELATION_ATTRIBUTES = (
    "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}",
    "{http://purl.oclc.org/ooxml/officeDocument/relationships}",
)
OLD_DRAWING_LINKS = re.compile(
    rb"\s(?:href|src)\s*=\s*(?:\"[^\"]*\"|'[^']*')"
)  # of VML, rarely XML
MACROS = re.compile(
    r"application/vnd\.ms-(?P<program>word|excel|powerpoint)\.(?P<what>\w+)\.macroEnabled"
    r"(?P<more>\.main)?\+xml"
)
PLAIN = {
    "document": "wordprocessingml.document", "template": "wordprocessingml.template",
    "sheet": "spreadsheetml.sheet", "presentation": "presentationml.presentation",
    "slideshow": "presentationml.slideshow",
}  # fmt: skip
# Elements that can do without what they pointed to; others go with it.
CAN_DO_WITHOUT = frozenset({"hyperlink", "pageSetup", "blip"})
GROUPS = frozenset({"externalReferences", "oleObjects", "controls", "legacyDrawing"})
WHO_AND_WHEN = frozenset({"author", "initials", "date", "dateUtc", "userId", "providerId"})
REVISION = re.compile(r"rsid\w*")
FETCHES = re.compile(r"\b(?:DDE|DDEAUTO|INCLUDE\w+|LINK|IMPORT|RD)\b", re.IGNORECASE)
ELSEWHERE = re.compile(r"\[\d+\]|\bWEBSERVICE\b|\|")  # a formula that reads outside


def rehearse() -> None:
    """Pictures inside are made anew too; XML and zip are all here once they are imported."""
    pictures.rehearse()
    written(parsed(packed_sample()))


def packed_sample() -> bytes:
    """A bit of XML through the zip and back."""
    return unpacked(packed({"a.xml": b"<a/>"}))["a.xml"]


def cleaned(content: bytes) -> bytes:
    """O and the document put together anew. Raises what a bomb or a broken file raises."""
    members = unpacked(content)
    if opendocument.MIMETYPE in members:
        return b"O" + opendocument.cleaned(members)
    return b"O" + packed(_office(members))


def _office(members: dict[str, bytes]) -> dict[str, bytes]:
    kept = {name: content for name, content in members.items() if _stays(name)}
    trees = {name: parsed(it) for name, it in kept.items() if name.endswith((".xml", ".rels"))}
    _retype(trees[TYPES], set(kept))
    for name, tree in trees.items():
        found = RELATIONS.fullmatch(name)
        if found:
            lost = _cut(tree, found["folder"], set(kept))
            part = trees.get(found["folder"] + found["name"])
            if part is not None:
                _forget(part, lost)
    for name, tree in trees.items():
        if name != TYPES and not name.endswith(".rels"):
            _quiet(tree)
    return {name: _content(name, kept[name], trees.get(name)) for name in kept}


def _stays(name: str) -> bool:
    return name.lower().endswith(KEPT) and not LEFT_OUT.match(name)


def _content(name: str, content: bytes, tree: Element | None) -> bytes:
    if tree is not None:
        return written(tree)
    if name.lower().endswith(PICTURES):
        return pictures.redrawn(content)
    return OLD_DRAWING_LINKS.sub(b"", content) if name.lower().endswith(".vml") else content


def _retype(types: Element, kept: set[str]) -> None:
    """The list of what each part is: without the parts that went, and without macros."""
    for entry in list(types):
        part = entry.get("PartName")
        if part is not None and part.lstrip("/") not in kept:
            remove(entry)
        elif (found := MACROS.fullmatch(entry.get("ContentType", ""))) and found["what"] in PLAIN:
            plain = PLAIN[found["what"]]
            if found["what"] == "template" and found["program"] != "word":
                plain = "spreadsheetml.template" if found["program"] == "excel" else (
                    "presentationml.template"
                )  # fmt: skip
            entry.set(
                "ContentType",
                f"application/vnd.openxmlformats-officedocument.{plain}{found['more'] or ''}+xml",
            )


def _cut(relations: Element, folder: str, kept: set[str]) -> set[str]:
    """Take out what points outside the document or to a part that went; the ids of those."""
    lost = set()
    for relation in list(relations):
        target = relation.get("Target", "")
        outside = relation.get("TargetMode", "").lower() == "external"
        if outside or (_place(folder, target) not in kept and not target.startswith("#")):
            lost.add(relation.get("Id", ""))
            remove(relation)
    return lost


def _place(folder: str, target: str) -> str:
    """Where a target lies, counted from the folder of the part that names it."""
    path = target.partition("#")[0]
    steps: list[str] = [] if path.startswith("/") else folder.rstrip("/").split("/")
    for step in path.strip("/").split("/"):
        if step == "..":
            steps = steps[:-1]
        elif step != ".":
            steps.append(step)
    return "/".join(step for step in steps if step)


def _forget(part: Element, lost: set[str]) -> None:
    """What pointed to something that went points nowhere, or goes too."""
    for element in list(part.iter()):
        names = [
            name for name, value in element.attrib.items()
            if str(name).startswith(RELATION_ATTRIBUTES) and value in lost
        ]  # fmt: skip
        if not names:
            continue
        if local(element.tag) in CAN_DO_WITHOUT:
            for name in names:
                del element.attrib[name]
        else:
            remove(element)
    remove_where(part, lambda it: local(it.tag) in GROUPS and len(it) == 0 and not it.attrib)


def _quiet(part: Element) -> None:
    """No name, no moment, no trace of a session, and no field that fetches."""
    for element in part.iter():
        for name in list(element.attrib):
            word = local(name)
            if word in WHO_AND_WHEN and "}" in str(name):
                element.set(name, "1980-01-01T00:00:00Z" if word.startswith("date") else "")
            elif REVISION.fullmatch(word):
                del element.attrib[name]
            elif word == "instr" and FETCHES.search(element.attrib[name]):
                element.set(name, "")
        if local(element.tag) in {"author", "instrText"} and _tells(element):
            element.text = ""
    remove_where(part, lambda it: local(it.tag) in {"rsids", "attachedTemplate", "ddeLink"})
    remove_where(part, lambda it: local(it.tag) in {"f", "definedName"} and _reads_elsewhere(it))


def _tells(element: Element) -> bool:
    """The name of who noted something in a sheet; a field of a text that fetches."""
    return local(element.tag) == "author" or bool(FETCHES.search(element.text or ""))


def _reads_elsewhere(element: Element) -> bool:
    return bool(ELSEWHERE.search(element.text or ""))
