"""Who only brings others' moves about, speaks of them, or stood in a post long before: people of a story without a part in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from monitor.classify.parsing.neighbours import BEFORE_NAMES, low_at, template_at
from monitor.classify.words.lexicon import ORG_PUTS, PERSON_GOES

if TYPE_CHECKING:
    from monitor.classify.moves.cast.view import Named, Place, View
    from monitor.classify.parsing.chunks import Chunk

_GOES = PERSON_GOES | {"PERSON_SUCCEEDS", "HANDOVER"}
_WHOSE = frozenset("the its their his her of former old longtime long-time long-standing long-serving predecessor".split())
_BETWEEN = frozenset("has have just also then today yesterday".split())
_HIMSELF = frozenset("he she himself herself his her i me my successor successors heir".split())
_BECOMES = frozenset("becomes become became becoming".split())
_ORDERS = frozenset("overhaul reorganisation reorganization reorg reshuffle restructuring shake-up shakeup changes".split())
_LONGEST = 14  # chunks between two commas


def brings_about(seen: View, one: Named) -> bool:
    """Whether somebody is told of as who puts others in their posts, and in no move of his own: "Ada Quill, founder of Osprey,
    has promoted Ben Hart to …", "CEO Ada Quill announced a reorganisation as …"."""
    rows = {place.row for place in one.places}
    if not any(_orders(seen.rows[place.row].items, place.at) for place in one.places):
        return False
    return not any(_moves(seen.rows[row].items, [p.at for p in one.places if p.row == row]) for row in rows)


def _orders(items: Sequence[Chunk], at: int) -> bool:
    verb = _verb(items, at)
    if items[at].owns or template_at(items, verb) not in ORG_PUTS:
        return False
    if items[verb].low.startswith("announc"):
        that = low_at(items, verb + 1) == "that"
        if that and verb + 2 < len(items) and items[verb + 2].kind in ("org", "name"):
            return any(template_at(items, n) in ORG_PUTS for n in range(verb + 3, len(items)))
        return any(c.low in _ORDERS for c in items[verb + 1 : verb + 5])
    whom = verb + 1
    while whom < len(items) and (items[whom].kind in BEFORE_NAMES or items[whom].low in _WHOSE):
        whom += 1
    return whom < len(items) and items[whom].kind == "person" and not items[whom].owns


def _verb(items: Sequence[Chunk], at: int) -> int:
    """The first verb behind a name, past what is said of it between two commas."""
    n = at + 1
    if low_at(items, n) == ",":
        end = next((m for m in range(n + 1, min(n + _LONGEST, len(items))) if items[m].low == ","), n)
        if any(c.kind in ("person", "frame") for c in items[n:end]):
            return at
        n = end + 1
    while low_at(items, n) in _BETWEEN:
        n += 1
    return n


def _moves(items: Sequence[Chunk], places: Sequence[int]) -> bool:
    """Whether one of a sentence's verbs of going may be somebody's who stands at ``places``, or one that takes somebody takes
    him."""
    if any(c.low in _HIMSELF for c in items) or any(c.low in _BECOMES for at in places for c in items[at + 1 : at + 5]):
        return True
    for at, _ in enumerate(items):
        if template_at(items, at) in _GOES:
            nearest = next((n for n in range(at - 1, -1, -1) if items[n].kind in ("person", "role")), -1)
            if nearest in places or (nearest >= 0 and nearest + 1 in places) or nearest < 0:
                return True
    return any(template_at(items, _before(items, at)) in _TAKEN for at in places)


_TAKEN = ORG_PUTS | {"ORG_OUSTS", "ORG_LOSES"}


def _before(items: Sequence[Chunk], at: int) -> int:
    """What stands before a name and the post or firm beside it: the verb of "ousts its CEO Ada Quill, names …"."""
    at -= 1
    while at > 0 and (items[at].kind in BEFORE_NAMES or items[at].low in _WHOSE):
        at -= 1
    return at


def long_gone(seen: View, one: Named) -> bool:
    """Whether somebody is told of only as whom another had followed before: "who had replaced Ada Quill", "is leaving, after
    replacing Ada Quill in 2019"."""
    return all(_followed(seen.rows[place.row].items, place) for place in one.places)


def _followed(items: Sequence[Chunk], place: Place) -> bool:
    at = place.at - 1
    while at >= 0 and (items[at].kind in BEFORE_NAMES or items[at].low in _WHOSE):
        at -= 1
    if template_at(items, at) != "PERSON_SUCCEEDS" or place.chunk.owns:
        return False
    before = low_at(items, at - 1)
    return before == "had" or (before in ("after", "since") and items[at].low.partition(" ")[0].endswith("ing"))


_HANDS = ("chief of staff", "advis", "aide", "assistant", "deputy to", "secretary to")
_OLD = frozenset({"old", "former"})
_POSTS = frozenset("job post role seat position".split())


def named_beside(seen: View, one: Named) -> bool:
    """Whether somebody is told of only as whose man another was, whose old job another gets, or as who speaks for a firm: "chief
    of staff to Ada Quill", "Ada Quill's old job", "Ada Quill, a spokesman for Osprey, said"."""
    return all(
        _of_whom(items := seen.rows[p.row].items, p.at) or _whose_old_job(items, p) or _speaks_for(items, p.at)
        for p in one.places
    )


def _of_whom(items: Sequence[Chunk], at: int) -> bool:
    return (
        at > 1
        and low_at(items, at - 1) == "to"
        and items[at - 2].kind == "role"
        and any(hand in items[at - 2].low for hand in _HANDS)
    )


def _whose_old_job(items: Sequence[Chunk], place: Place) -> bool:
    return place.chunk.owns and low_at(items, place.at + 1) in _OLD and low_at(items, place.at + 2) in _POSTS


def _speaks_for(items: Sequence[Chunk], at: int) -> bool:
    told = [c.low for c in items[at + 1 : at + 5]]
    apposed = told[:1] == [","] and any(low.startswith("spokes") for low in told)
    goes = any(template_at(items, n) in _GOES for n in range(at + 1, at + 4))
    return (apposed or low_at(items, at - 1).startswith("spokes")) and not goes
