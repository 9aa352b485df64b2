"""Who is told to go, and who goes for good, in words that stand around a name: "lets Ada Quill go", "Ada Quill superannuates".

A verb of one piece is a frame (``data/frames_moves.json``); these are of two pieces with somebody between, or figures of speech.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from monitor.classify.moves.cast.record import Found
    from monitor.classify.moves.cast.view import Place
    from monitor.classify.moves.evidence.ties import Ties

_GO = r"(?:go|leave|make way|move on|clear (?:his|her|their) desk|step (?:down|aside))\b"
_SENT = re.compile(
    rf"\W*(?:who )?(?:(?:was|were|is|has been|have been) (?:let go|shown the door|asked to {_GO}|told to {_GO})|to {_GO})", re.I
)
_SENDS = re.compile(r"\b(?:asks|asked|orders|ordered|tells|told)(?: \S+){0,5} ?$", re.I)
_LETS = re.compile(r"\b(?:lets?|letting) (?:\S+ ){0,6}$", re.I)
_RETIRES = re.compile(
    r"\W*(?:who )?(?:will |to |has |is )?(?:superannuat\w+|hang(?:s|ing)? (?:it|up)\b|hung (?:it|up)\b|call(?:s|ed|ing)? it a "
    r"(?:career|day)\b|(?:reach|enter)\w* (?:the )?retirement\b)",
    re.I,
)
_ASKED = re.compile(r"\W*to ", re.I)
_BEHIND = 60  # letters of a sentence


def shown_out(ties: Ties, one: Found) -> Found:
    """The record of who leaves as a dismissal or a retirement, where the words around the name say so."""
    if one.action not in ("depart", "other") or one.anchor is None or one.get("to_role") or one.get("to_org"):
        return one
    for place in one.anchor.places:
        before, behind = _around(ties, place)
        if _is_sent(before, behind):
            one.action = "dismiss"
        elif _RETIRES.match(behind):
            one.action = "retire"
    return one


def _is_sent(before: str, behind: str) -> bool:
    """ "Lets Ada Quill go", "asked Ada Quill to make way", "Ada Quill was let go"; "Ada Quill to go" alone says nothing of who
    wants it."""
    if _LETS.search(before):
        return re.match(r"\W*go\b", behind, re.I) is not None
    if _SENT.match(behind) is None:
        return False
    return _ASKED.match(behind) is None or _SENDS.search(before) is not None


def _around(ties: Ties, place: Place) -> tuple[str, str]:
    row = ties.cast.seen.rows[place.row]
    start, end = row.sentence.start, row.sentence.end
    return row.source[start : place.chunk.start], row.source[place.chunk.end : min(end, place.chunk.end + _BEHIND)]
