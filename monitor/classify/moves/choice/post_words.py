"""How a post is worded in a record: as one mention writes it, without what says that it is new."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from monitor.classify.moves.cast.view import Named, Place

_PLURAL = re.compile(
    r"\b(researcher|scientist|engineer|leader|executive|exec|president|director|officer|founder|partner|CEO|CFO|head|adviser|"
    r"member|chief|co-head|banker|lawyer|dealmaker|analyst|designer|strategist)s\b(?=\s+(?:of|for|and|in)\b|$)",
    re.I,
)
_BOARD = re.compile(r"\bboards? of\b", re.I)
_LEAD = re.compile(
    r"^[.]?\s*(?:veteran\s+and\s+)?(?:(?:new|its|current|next|incoming|outgoing|incumbent|the|an?|former|longtime|long-time|"
    r"previous|then|several|many|another|other|"
    r"more|fellow|additional|two|three|four|five|six|seven|eight|nine|ten|\d+\+?)\s+|ex[-\s]+)*(?=\S)",
    re.I,
)


def worded(anchor: Named | None, place: Place) -> tuple[Place, str]:
    """A post in the words of one mention, without what says that it is new; one of several where it is one person's."""
    text = _LEAD.sub("", place.chunk.text)
    if anchor is not None and anchor.kind != "post" and not _BOARD.search(text):
        text = _PLURAL.sub(r"\1", text, count=1)
    return place, text
