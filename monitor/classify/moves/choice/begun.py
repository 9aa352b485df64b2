"""Whoever leaves to begin a firm goes to the one that is named: "left Osprey to found Lumenforge"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from monitor.classify.parsing.neighbours import words_of
from monitor.classify.words.sameness import similar

if TYPE_CHECKING:
    from monitor.classify.moves.cast.record import Found
    from monitor.classify.moves.evidence.ties import Ties

_NAMED = re.compile(
    r"(?:\b(?:found|co-found|launch|establish|start|set up|founding|launching|starting|form|forming) |"
    r"\b(?:company|start-?up|venture|firm|lab|fund|studio|agency|business) (?:(?:called|named) |, (?:called |named )?))$"
)
_LEAD = 6


def begun(ties: Ties, one: Found) -> Found:
    """The record of who founds a firm, with its name."""
    if one.action != "found" or one.get("to_org") or one.anchor is None or one.anchor.kind == "post":
        return one
    for org in ties.cast.orgs:
        for place in org.places:
            items = ties.cast.seen.rows[place.row].items
            lead = words_of(items[max(place.at - _LEAD, 0) : place.at]) + " "
            mine = any(p.row == place.row and p.at < place.at for p in one.anchor.places)
            if mine and _NAMED.search(lead) and not items[place.at].owns and not similar(one.get("from_org"), org.text):
                one.slots["to_org"] = (place, org.text)
                return one
    return one
