"""Who held a post for a while and keeps it: "Quill, interim CEO since May, is named chief executive" is a promotion."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from monitor.classify.bones import standing_of
from monitor.classify.sameness import similar

if TYPE_CHECKING:
    from monitor.classify.record import Found
    from monitor.classify.ties import Ties
    from monitor.classify.view import Named, Place

NEAR = 3  # bones between somebody and the post held for a while


def kept(ties: Ties, one: Found) -> Found:
    """The record with the post for a while as the one that is left, where somebody of it is told to have held it."""
    if one.action not in ("appoint", "promote") or one.get("from_role") or not one.get("to_org") or not one.get("to_role"):
        return one
    if standing_of[one.get("to_role").lower()] == "i" or one.anchor is None or one.anchor.kind == "post":
        return one
    held = _held(ties, one.anchor, one.get("to_role"))
    if held is not None:
        one.action = "promote"
        one.slots["from_org"] = one.slots["to_org"]
        one.slots["from_role"] = (held, held.chunk.text)
    return one


_FOR_A_WHILE = re.compile(r"\b(?:interim|acting|permanent|full-time)\s+")


def _lasting(post: str) -> str:
    return _FOR_A_WHILE.sub("", post)


def _held(ties: Ties, anchor: Named, got: str) -> Place | None:
    """The mention of the post that is got as one held for a while, nearest to which stands whoever gets it."""
    for _, place in ties.cast.titles:
        holder = ties.holders.get((place.row, place.at))
        if standing_of[place.chunk.low] == "i" and holder is not None and holder[0] is anchor and holder[2] <= NEAR:
            return place if similar(_lasting(place.chunk.low), _lasting(got.lower())) else None
    return None
