"""Frames to drafts: which template reads which frame."""

from __future__ import annotations

from collections.abc import Callable

from monitor.classify.chunks import Chunk
from monitor.classify.drafting import Draft, Row
from monitor.classify.frames_org import takes
from monitor.classify.frames_other import boards, founds, hands_over, loses, names_only, nouns
from monitor.classify.frames_person import joins, leaves, steps, succeeds

Template = Callable[[Row, int, Chunk], list[Draft]]

TEMPLATES: dict[str, Template] = {
    "ORG_TAKES_PERSON": takes,
    "ORG_NAMES": takes,
    "ORG_PROMOTES": takes,
    "ORG_OUSTS": takes,
    "PERSON_JOINS": joins,
    "PERSON_LEAVES": leaves,
    "PERSON_STEPS": steps,
    "PERSON_SUCCEEDS": succeeds,
    "NOUN_PERSON": nouns,
    "ORG_LOSES": loses,
    "BOARD": boards,
    "FOUND": founds,
    "NOUN_ORG": names_only,
    "SEARCH": names_only,
    "HANDOVER": hands_over,
}


def drafts(row: Row) -> list[Draft]:
    found: list[Draft] = []
    for at, c in enumerate(row.items):
        if c.kind == "frame" and c.frame is not None:
            template = TEMPLATES.get(c.frame.template)
            if template is not None:
                found += template(row, at, c)
    return [d for d in found if d.slots]
