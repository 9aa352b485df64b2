"""A story as named numbers for the linear model: what the grammar found, and short runs of words with names taken out.

Names are replaced by what they are (``_org``, ``_person``, ``_role1`` …), so that a weight learned from one month's people
carries over to the next month's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from monitor.classify.document import Document
from monitor.classify.drafting import Row
from monitor.classify.infra import Reading
from monitor.classify.record import Record
from monitor.classify.roles import level_of

SUMMARY_SENTENCES = 3


def move_features(document: Document, rows: Sequence[Row], records: Sequence[Record]) -> set[str]:
    """What speaks for or against a move. Prefixes: t: title, s: summary, r: record, ft:, fs: frame."""
    found = text_features(document, rows)
    found.update(_of_records(records))
    for row in rows[: 1 + SUMMARY_SENTENCES]:
        place = "ft" if row.sentence.field == "title" else "fs"
        frames = [c.frame for c in row.items if c.kind == "frame" and c.frame is not None]
        found.update(f"{place}:{f.id}" for f in frames)
        found.update(f"{place}:{f.template}" for f in frames)
    if is_certain(records):
        found.update(("r:certain", f"r:certain public {'public' in found}"))
    return found


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


def is_certain(records: Sequence[Record]) -> bool:
    """A title that names a senior person's post, or somebody between two organisations, under a frame that seldom misleads."""
    for record in records:
        first = record.frames[0]
        if (
            first.sentence.field != "title"
            or record.action == "other"
            or first.frame.frame is None
            or first.frame.frame.prior < 0.6
        ):
            continue
        level = min(level_of(record.get("to_role") or ""), level_of(record.get("from_role") or ""))
        both = bool(record.get("to_org") and record.get("from_org"))
        if (record.get("person") and level <= 3) or ((record.get("person") or record.get("group")) and both):
            return True
    return False


def _of_records(records: Sequence[Record]) -> Iterable[str]:
    yield f"r:count {min(len(records), 4)}"
    for record in records:
        title = any(f.sentence.field == "title" for f in record.frames)
        place = "title" if title else "summary"
        slots = "".join(
            x
            for x, slot in zip("pgfFtT", ("person", "group", "from_org", "from_role", "to_org", "to_role"), strict=True)
            if record.get(slot)
        )
        level = min(level_of(record.get("to_role") or ""), level_of(record.get("from_role") or ""))
        yield f"r:{place} {record.action}"
        yield f"r:{place} {record.action} {slots}"
        yield f"r:{place} level {level}"
        yield f"r:{place} {slots} {level}"
        frame = record.frames[0].frame.frame
        if frame is not None:
            yield f"r:{place} {frame.id} {level}"
            yield f"r:{place} prior {round(frame.prior * 5)}"
