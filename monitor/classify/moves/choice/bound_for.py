"""Who leaves for a post elsewhere that the same clause names: a move that the leaving alone does not tell.

"Quill replaces Bo Tarrow, who is leaving to become chief executive of Corvid" hires Tarrow there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from monitor.classify.moves.cast.view import Place
from monitor.classify.moves.choice.post_words import worded
from monitor.classify.parsing.neighbours import is_post, low_at, words_of
from monitor.classify.words.sameness import similar

if TYPE_CHECKING:
    from monitor.classify.moves.cast.record import Found
    from monitor.classify.moves.cast.view import Named
    from monitor.classify.moves.evidence.ties import Ties
    from monitor.classify.parsing.chunks import Chunk

_FAR = 14  # chunks between the one verb and the other, and between that and the firm
_NEAR = 3  # chunks between the verb and a firm that it is told of without "of": "to run rival Corvid"
_OWN = 5  # chunks before a firm of which one says that the post is its: "CFO of Akron, Ohio-based Corvid"
_LEAVES = frozenset(
    "leaving left leaves departing departed departs moving moved quitting quit resigned resigning exiting".split()
)
_NEXT = re.compile(r"to (?:become|be|head|lead|run|join|take up|take over|serve as)|(?:and )?joins|to take the (?:helm|reins)")
_ENDS = frozenset("; . — – | after because while when although though but".split())
_OF = frozenset("of at for with".split())


def bound_for(ties: Ties, one: Found) -> Found:
    """The record of who leaves with the firm and the post that he leaves for."""
    if one.anchor is None or one.anchor.kind == "post" or one.action not in ("depart", "other", "promote"):
        return one
    if one.get("to_org") and not similar(one.get("to_org"), one.get("from_org")):
        return one
    for mine in one.anchor.places:
        items = ties.cast.seen.rows[mine.row].items
        if (verb := _leaves_to(items, mine.at)) is None or (org := _firm(ties, one, mine.row, verb)) is None:
            continue
        firm, place = org
        one.action = "hire"
        one.slots["to_org"] = (place, firm.text)
        posts = [p for _, p in ties.cast.titles if p.row == mine.row and verb <= p.at <= place.at and not _is_firm(p, place)]
        one.slots.pop("to_role", None)
        if posts:
            one.slots["to_role"] = worded(one.anchor, posts[0])
            if "from_role" in one.slots and one.slots["from_role"][0] == posts[0]:
                del one.slots["from_role"]
        return one
    return one


def _is_firm(post: Place, firm: Place) -> bool:
    """Whether all that is told of a post is the firm to run: "left to run Corvid"."""
    return post.chunk.kind == "task" and firm.at - post.at < _NEAR and " of " not in post.chunk.low


def _leaves_to(items: Sequence[Chunk], who: int) -> int | None:
    """The chunk that says what for, in "who is leaving Osprey to become …" and "who is now …" behind somebody."""
    left = -1
    for at in range(who + 1, min(who + 1 + _FAR, len(items))):
        c = items[at]
        if c.low in _ENDS or c.kind == "person":
            return None
        if left < 0 and not _LEAVES.isdisjoint(c.low.split()):
            left = at
        elif c.low == "now" and low_at(items, at - 1) == "is" and low_at(items, at - 2) == "who":
            return at if any(map(is_post, items[at + 1 : at + 3])) else None
        elif left >= 0 and (_NEXT.match(words_of(items[at : at + 3])) or (at == left + 1 and _to_a_firm(items, at))):
            return at
    return None


def _to_a_firm(items: Sequence[Chunk], at: int) -> bool:
    """ "is moving to Corvid"."""
    return items[at].low == "to" and at + 1 < len(items) and items[at + 1].kind in ("org", "name")


def _firm(ties: Ties, one: Found, row: int, verb: int) -> tuple[Named, Place] | None:
    """The nearest firm behind ``verb`` whose post, or which itself, is gone to."""
    items = ties.cast.seen.rows[row].items
    near = [(place.at, org, place) for org in ties.cast.orgs for place in org.places if place.row == row and place.at > verb]
    for at, org, place in sorted(near, key=lambda entry: entry[0]):
        if at - verb > _FAR or any(c.low in _ENDS or c.kind == "person" for c in items[verb + 1 : at]):
            return None
        if items[at].owns or similar(org.text, one.get("from_org")):
            continue
        between = [c.low for c in items[verb + 1 : at]]
        return (org, place) if len(between) < _NEAR or not _OF.isdisjoint(between[-_OWN:]) else None
    return None
