"""OPML 2.0: lists of feeds from other readers. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree import ElementTree

from monitor.errors import ReadingError


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


def _below(element: ElementTree.Element, folder: str) -> list[Outline]:
    found = []
    for outline in element.findall("outline"):
        name = outline.get("text") or outline.get("title") or ""
        url = outline.get("xmlUrl") or ""
        if url.startswith(("http://", "https://")):
            found.append(Outline(name=name or url, url=url, category=folder))
        found += _below(outline, name if not url else folder)
    return found
