"""OPML 2.0: lists of feeds from other readers. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from xml.etree import ElementTree

from monitor.errors import ReadingError

_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    name: str
    url: str
    category: str = ""


def read_opml(body: bytes) -> list[Outline]:
    """The feeds of a document, folders as categories. Raises ReadingError where it is no OPML."""
    if b"<!ENTITY" in body:
        raise ReadingError("the document declares entities, which OPML has no use for")
    try:
        root = ElementTree.fromstring(body)  # noqa: S314 - entities were refused above
    except ElementTree.ParseError as error:
        raise ReadingError(f"not OPML ({error})") from None
    if root.tag.lower() != "opml":
        raise ReadingError(f"not OPML: its root element is <{root.tag[:40]}>")
    return [outline for body_element in root.iter("body") for outline in _below(body_element, "")]


def write_opml(outlines: Iterable[Outline]) -> bytes:
    """A document that other readers take, categories as folders."""
    root = ElementTree.Element("opml", version="2.0")
    ElementTree.SubElement(ElementTree.SubElement(root, "head"), "title").text = "Movewire"
    body = ElementTree.SubElement(root, "body")
    folders: dict[str, ElementTree.Element] = {"": body}
    for outline in sorted(outlines, key=lambda o: (o.category, o.name)):
        name = _storable(outline.category)
        if name not in folders:
            folders[name] = ElementTree.SubElement(body, "outline", text=name)
        words = {"text": _storable(outline.name), "type": "rss", "xmlUrl": _storable(outline.url)}
        ElementTree.SubElement(folders[name], "outline", words)
    ElementTree.indent(root)
    written: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _storable(text: str) -> str:
    """``text`` without what no XML document can hold."""
    return _CONTROLS.sub("", text)


def _below(element: ElementTree.Element, folder: str) -> list[Outline]:
    found = []
    for outline in element.findall("outline"):
        name = outline.get("text") or outline.get("title") or ""
        url = outline.get("xmlUrl") or ""
        if url:
            found.append(Outline(name=name or url, url=url, category=folder))
        found += _below(outline, name if not url else folder)
    return found
