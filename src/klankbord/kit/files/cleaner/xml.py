"""XML of a document, read without following anything out of it."""

from collections.abc import Callable
from typing import Any, TypeAlias

from lxml import etree

Element: TypeAlias = Any  # lxml says no types


class NoPlainXml(ValueError):
    """XML with a document type: nothing that an office program writes."""


def parsed(content: bytes) -> Element:
    """The root. Raises NoPlainXml, and what malformed XML raises."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    root = etree.fromstring(content, parser)
    if root.getroottree().docinfo.doctype:
        raise NoPlainXml
    return root


def written(root: Element) -> bytes:
    """The document of this root, in UTF-8."""
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def local(name: object) -> str:
    """A tag or an attribute without its namespace."""
    return str(name).rpartition("}")[2]


def remove(element: Element) -> None:
    """Take an element out; the words that come after it stay."""
    parent = element.getparent()
    if parent is None:
        return
    before = element.getprevious()
    if element.tail and before is not None:
        before.tail = (before.tail or "") + element.tail
    elif element.tail:
        parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def remove_where(root: Element, unwanted: Callable[[Element], bool]) -> None:
    """Take out every element that is unwanted."""
    for element in [it for it in root.iter() if unwanted(it)]:
        remove(element)
