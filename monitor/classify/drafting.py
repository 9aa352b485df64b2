"""What the frame templates share: the chunks of a sentence, a record in the making, and what stands near what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from monitor.classify.chunks import Chunk, chunks, quantifier
from monitor.classify.document import Document, Sentence
from monitor.classify.entities import Gazetteer

NOBODY: Sequence[Chunk | None] = (None,)
BREAKS = frozenset({";", "—", "|", "·", "•", "…"})


@dataclass(slots=True)
class Draft:
    """A record in the making. Every slot is a chunk-like piece of text with its offsets; "" where unknown."""

    sentence: Sentence
    frame: Chunk
    action: str
    slots: dict[str, tuple[str, int, int]] = field(default_factory=dict)
    score: float = 0.0

    def put(self, name: str, text: str, start: int, end: int) -> None:
        text = text.strip(" ,.;:'’\"“”")
        if text and name not in self.slots:
            self.slots[name] = (text, start, end)

    def chunk(self, name: str, c: Chunk | None) -> None:
        if c is not None:
            self.put(name, c.text, c.start, c.end)

    def get(self, name: str) -> str:
        return self.slots.get(name, ("", 0, 0))[0]


@dataclass(frozen=True, slots=True)
class Row:
    """The chunks of one sentence and the text they came from."""

    sentence: Sentence
    source: str
    items: list[Chunk]

    def left(self, at: int) -> list[Chunk]:
        """Chunks before ``at``, nearest first, up to a break."""
        found = []
        for c in reversed(self.items[:at]):
            if c.kind == "word" and c.text in BREAKS:
                break
            found.append(c)
        return found

    def right(self, at: int) -> list[Chunk]:
        found = []
        for c in self.items[at + 1 :]:
            if c.kind == "word" and c.text in BREAKS:
                break
            found.append(c)
        return found

    def before(self, c: Chunk) -> Chunk | None:
        i = self.items.index(c)
        return self.items[i - 1] if i else None

    def after(self, c: Chunk) -> Chunk | None:
        i = self.items.index(c)
        return self.items[i + 1] if i + 1 < len(self.items) else None


def rows(document: Document, gazetteer: Gazetteer) -> list[Row]:
    found = []
    for sentence in document.sentences:
        source = document.story.title if sentence.field == "title" else document.story.summary
        found.append(Row(sentence, source, chunks(document, sentence, gazetteer)))
    return found


def person_like(c: Chunk, row: Row) -> bool:
    if c.kind == "person":
        return True
    if c.kind != "name" or not c.entity:
        return False
    words = c.text.split()
    return 2 <= len(words) <= 4 and all(w[0].isalpha() for w in words) and not c.owns


def org_like(c: Chunk) -> bool:
    return c.kind in ("org", "name")


def word_is(c: Chunk | None, *lows: str) -> bool:
    return c is not None and c.kind == "word" and c.low in lows


def is_group(c: Chunk) -> bool:
    return c.role is not None and c.role.plural


def org_of_role(row: Row, role: Chunk) -> Chunk | None:
    """The organisation a role belongs to: "ORG's ROLE", "ORG ROLE", "ROLE of|at|for ORG", "ORG … unit ROLE"."""
    i = row.items.index(role)
    for back in (1, 2, 3):
        if i - back < 0:
            break
        c = row.items[i - back]
        if org_like(c) and (c.owns or back == 1):
            somebody = i + 1 < len(row.items) and row.items[i + 1].kind in ("person", "name")  # "Harrow Mills CEO Ben Okoro"
            if c.kind == "name" and not c.owns and person_like(c, row) and not somebody:
                break
            return c
        if c.kind != "word" or c.low in (",", "from", "as", "and", "to", "with", "by", "for", "(", ")", ":", "of"):
            break
    unit_seen = False
    for c in row.items[i + 1 : i + 9]:
        if c.kind == "word" and c.low in ("of", "at", "for", "with", "the", "its", "global", "a", "an", "in"):
            unit_seen = unit_seen or c.low in ("of", "at", "for", "with")
            continue
        if c.kind in ("org", "name"):
            return c if unit_seen or (row.items[i + 1] is c and False) else None
        if (
            c.kind == "word"
            and c.text not in (",", "(", ")")
            and unit_seen
            and c.low not in ("to", "from", "as", "and", "who", "after", "by")
        ):
            continue
        break
    return None


def role_text(row: Row, role: Chunk) -> tuple[str, int, int]:
    """The role as written, with its unit where that is no organisation."""
    if role.role is None:
        return role.text, role.start, role.end
    if role.role.tail and not any(c.named for c in row.items if role.end < c.start < role.role.end):
        return row.source[role.start : role.role.end], role.start, role.role.end
    nxt = row.after(role)
    if word_is(nxt, ","):  # "vice president, global HR" where what follows is no name and is closed by a comma or end
        return role.text, role.start, role.end
    return role.text, role.start, role.end


def whole_subject(row: Row, at: int) -> Chunk | None:
    """In a headline that begins "Norben Tea and Exports Appoints", everything before the verb is the name."""
    before = row.items[:at]
    if not before or len(before) > 8 or any(c.kind in ("role", "frame") for c in before):
        return None
    verb = row.items[at]
    names_somebody = (
        verb.frame is not None and verb.frame.template in ("ORG_NAMES", "ORG_TAKES_PERSON") and verb.low.endswith("s")
    )
    if any(c.kind == "person" for c in before):  # "Nikhil Adhesives appoints …" begins with a first name
        return before[0] if len(before) == 1 and names_somebody else None
    if before[0].kind == "word" and not before[0].text[0].isupper() and not before[0].text[0].isdigit():
        return None
    small = ("and", "of", "&", "the", "de", "for")
    if not all(c.named or c.text[:1].isupper() or c.text[:1].isdigit() or c.low in small for c in before):
        return None
    names = [c for c in before if c.named]
    if len(before) == 1 or any(c.owns for c in before) or (len(names) == 1 and names[0].kind == "org" and len(before) == 1):
        return None
    if before[0].low in ("exclusive", "update", "breaking", "report", "sources", "why", "how", "meet", "the") or any(
        c.low in ("stock", "shares", "as", "after") for c in before
    ):
        return None
    start, end = before[0].start, before[-1].end
    text = row.source[start:end]
    return Chunk("org", before[0].first, before[-1].last, start, end, text, text.lower(), entity=None)


def org_left(row: Row, at: int) -> Chunk | None:
    """The organisation that acts: the leftmost name of the clause before the verb that is no person."""
    if row.sentence.field == "title" and (whole := whole_subject(row, at)) is not None:
        return whole
    candidates = [
        c
        for c in row.left(at)
        if c.kind == "org"
        or (c.kind == "name" and not (person_like(c, row) and len(c.text.split()) > 1 and not row.sentence.loud))
    ]
    candidates = [c for c in candidates if not word_is(row.before(c), "from", "at", "by", "of", "with", "in")]
    nearest = candidates[0] if candidates else None
    if nearest is not None and nearest.owns and len(candidates) == 1:
        return nearest
    quiet = [c for c in candidates if not c.owns]
    return next(iter(quiet or candidates), None)


def is_former(row: Row, role: Chunk) -> bool:
    return (
        role.low.startswith(("former ", "ex-", "ex ", "veteran", "longtime"))
        or word_is(row.before(role), "former", "ex", "veteran", "longtime")
        or role.low.endswith(("veteran", "alum", "alumnus"))
    )


def put_group(d: Draft, row: Row, role: Chunk) -> None:
    """ "three senior OpenAI Stargate leaders": from its numbers to its noun, and the organisation inside it."""
    owner = org_of_role(row, role)
    start = owner.start if owner is not None and owner.start < role.start else role.start
    start = quantifier(row.source, start, row.sentence.start)
    d.put("group", row.source[start : role.end], start, role.end)
    if owner is not None:
        d.chunk("from_org", owner)
    if role.role is not None and not role.role.plural:
        d.put("from_role", *role_text(row, role))


def people_left(row: Row, at: int) -> list[Chunk]:
    """The people who are subject of the verb: the nearest, and those joined to them."""
    found: list[Chunk] = []
    items = row.items
    i = at - 1
    gap = 0
    if at >= 2 and items[at - 1].kind == "role" and not items[at - 2].named and not word_is(items[at - 2], ",", "and", "&"):
        return []
    while i >= 0 and gap < 14:
        c = items[i]
        if c.kind == "word" and c.text in BREAKS:
            break
        if c.kind == "frame" and found:
            break
        if person_like(c, row):
            if found and not _joined(items[i + 1 : items.index(found[-1])]):
                break
            found.append(c)
        i -= 1
        gap += 1
    return found[::-1]


def _joined(between: Sequence[Chunk]) -> bool:
    return bool(between) and all(c.kind == "word" and c.low in (",", "and", "&") for c in between)


def put_own_role(d: Draft, row: Row, person: Chunk | None, at: int) -> None:
    """The post a person holds now: beside the name, before the verb."""
    if person is None:
        return
    i = row.items.index(person)
    near = [c for c in (*row.items[max(i - 3, 0) : i], *row.items[i + 1 : min(i + 5, at)]) if c.kind == "role"]
    if near:
        d.put("from_role", *role_text(row, near[-1]))
        d.chunk("from_org", org_of_role(row, near[-1]))
    owner = row.items[i - 1] if i else None
    if owner is not None and owner.kind in ("org", "name") and owner.owns:
        d.chunk("from_org", owner)


def put_as_role(d: Draft, row: Row, at: int, slot: str) -> None:
    items = row.items
    for i in range(at + 1, min(at + 12, len(items))):
        if items[i].kind == "role":
            back = [c.low for c in items[at + 1 : i]]
            if "as" in back or slot == "from_role" or "its" in back:
                d.put(slot, *role_text(row, items[i]))
                owner = org_of_role(row, items[i])
                d.chunk("to_org" if slot == "to_role" else "from_org", owner)
                return
        if items[i].kind == "frame" and items[i].low != "to lead":
            return
