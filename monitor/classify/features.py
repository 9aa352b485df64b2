"""A story as named numbers for the linear model: what the grammar found, and short runs of words with names taken out.

Names are replaced by what they are (``_org``, ``_person``, ``_role1`` …), so that a weight learned from one month's people
carries over to the next month's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from monitor.classify.document import Document
from monitor.classify.infra import Reading
from monitor.classify.row import Row

SUMMARY_SENTENCES = 3


def infra_features(document: Document, rows: Sequence[Row], infra: Reading | None) -> set[str]:
    """What speaks for or against infrastructure. Prefixes: t: title, s: summary, i: terms, names and quantities.

    A story can be of both kinds, and few of the data are: each model is blind to the other's own features, lest what speaks
    for one label be learned as speaking against the other.
    """
    found = text_features(document, rows)
    if infra is not None:
        found.update(f"i:{name}" for name in infra.features)
    return found


def text_features(document: Document, rows: Sequence[Row]) -> set[str]:
    """Short runs of words, names taken out."""
    found: set[str] = set()
    title = [w for row in rows if row.sentence.field == "title" for w in (*_words(row), "|")]
    found.update(_runs("t", title, 3))
    for row in [row for row in rows if row.sentence.field == "summary"][:SUMMARY_SENTENCES]:
        found.update(_runs("s", _words(row), 2))
    if is_public(document.title):
        found.add("public")
    if not document.story.summary:
        found.add("no summary")
    return found


def _words(row: Row) -> list[str]:
    words = []
    for c in row.items:
        if c.kind == "role" and c.role is not None:
            words.append(f"_role{c.role.level}{'s' if c.role.plural else ''}")
        elif c.kind in ("org", "person"):
            kind = c.entity.org.kind if c.entity is not None and c.entity.org is not None else ""
            words.append("_media" if kind == "media" else "_gov" if kind in ("government", "regulator") else f"_{c.kind}")
        elif c.kind == "name":
            words.append("_name")
        elif c.low[:1].isdigit():
            words.append("0" if not any(x.isalpha() for x in c.low) else "0" + c.low.lstrip("0123456789.,"))
        else:
            words.append(c.low)
    return words


def _runs(prefix: str, words: Sequence[str], longest: int) -> Iterable[str]:
    for n in range(1, longest + 1):
        for i in range(len(words) - n + 1):
            yield f"{prefix}:{' '.join(words[i : i + n])}"


_PUBLIC = re.compile(
    r"\b(?:federal reserve|fed chair|central bank|governor|trump|zelensk\w+|putin|white house|pentagon|fbi|cia|ftc|doj|"
    r"supreme court|senat(?:e|or)|congress\w*|"
    r"prime minister|minister|ministry|secretary of|attorney general|ambassador|cabinet|parliament|president-elect|pope|"
    r"vatican|archbishop|bishop|army|navy|"
    r"general manager|coach|quarterback|nfl|nba|nhl|mlb|premier league|striker|midfielder|head coach|athletics|"
    r"olympic\w*|actor|film|hamas|military|"
    r"judge|mayor|deputy governor|treasury secretary|intelligence chief|chief of staff)\b",
    re.I,
)


def is_public(text: str) -> bool:
    """Words of public office, sport and stage: posts that do not count unless a company or technology is at stake."""
    return bool(_PUBLIC.search(text))
