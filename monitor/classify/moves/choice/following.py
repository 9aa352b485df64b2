"""Whom a summary names as the people of a headline's group goes where the group goes.

"Trio decamps from Osprey to Corvid", and then "Ada Quill, Bo Tarrow and Cy Lund resigned on Tuesday": each of them joins Corvid.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from monitor.classify.moves.cast.crews import several
from monitor.classify.moves.cast.record import Found
from monitor.classify.moves.cast.view import Place, View
from monitor.classify.parsing.chunks import Chunk
from monitor.classify.parsing.neighbours import low_at, template_at
from monitor.classify.words.sameness import similar

_GOES = frozenset({"PERSON_LEAVES", "PERSON_STEPS", "PERSON_JOINS"})
_TOWARDS = frozenset({"for", "to", "join", "joins", "joining"})
_APART = 3  # chunks between "for" and the firm: "for upstart rival Corvid"


class _Way(NamedTuple):
    """Numbers of chunks of the headline: the firm a group leaves, and the one it joins."""

    left: int
    joined: int


def follow(seen: View, found: Sequence[Found]) -> None:
    """Sends two or more who only leave where the headline's group goes."""
    if not found or seen.rows[0].sentence.field != "title" or (way := _way(seen.rows[0].items)) is None:
        return
    items = seen.rows[0].items
    here, there = (Place(0, at, items[at]) for at in way)
    leaving = [one for one in found if _only_leaves(one, here.chunk.text)]
    if len(leaving) > 1:
        for one in leaving:
            one.action = "hire"
            one.slots |= {"from_org": (here, here.chunk.text), "to_org": (there, there.chunk.text)}


def _only_leaves(one: Found, here: str) -> bool:
    """Whether somebody whom no headline names is told to leave the firm, and nothing of where to."""
    named = one.anchor is not None and one.anchor.kind != "post" and all(place.row for place in one.anchor.places)
    return named and one.action == "depart" and not one.get("to_org") and similar(one.get("from_org") or here, here)


def _way(items: Sequence[Chunk]) -> _Way | None:
    """Which firm a group of the headline leaves for which, where it names nobody."""
    if any(c.kind == "person" and c.text for c in items) or not any(several(c) for c in items):
        return None
    for verb, c in enumerate(items):
        if c.kind == "frame":
            way = _of_verb(items, verb)
            if way is not None:
                return way
    return None


def _of_verb(items: Sequence[Chunk], verb: int) -> _Way | None:
    template, behind = template_at(items, verb), [at for at in range(verb + 1, len(items)) if _firm(items, at)]
    if not behind:
        return None
    group = any(several(c) for c in items[:verb])
    if template in _GOES and group and len(behind) > 1:  # "Trio leaves Osprey for Corvid"
        towards = any(low_at(items, at) in _TOWARDS for at in range(max(behind[1] - _APART, behind[0] + 1), behind[1]))
        return _Way(behind[0], behind[1]) if towards and low_at(items, behind[0] - 1) not in _TOWARDS else None
    firm = next((at for at in range(verb) if _firm(items, at)), -1)
    if template != "ORG_TAKES_PERSON" or firm < 0 or group:
        return None
    last = behind[-1]
    raided = behind[0] == verb + 1 and low_at(items, verb + 2) == "for"
    theirs = last + 1 < len(items) and several(items[last + 1])
    taken = raided or theirs or low_at(items, last - 1) == "from"
    return _Way(last, firm) if taken else None  # "Corvid raids Osprey for trio", "hires Osprey engineers", "… from Osprey"


def _firm(items: Sequence[Chunk], at: int) -> bool:
    return items[at].kind in ("org", "name")
