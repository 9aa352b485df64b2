"""The post that is left, where a headline says less of it than the story: what a founder gives up, what "an executive" is.

"Founder Ada Quill to give up co-CEO role" leaves him a founder, and "top Osprey executive" is told as its president below.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from monitor.classify.moves.choice.others import never_taken
from monitor.classify.moves.choice.post_words import worded
from monitor.classify.parsing.neighbours import low_at
from monitor.classify.words.sameness import similar

if TYPE_CHECKING:
    from monitor.classify.moves.cast.record import Found
    from monitor.classify.moves.cast.view import Named, Place
    from monitor.classify.moves.evidence.ties import Ties
    from monitor.classify.parsing.chunks import Chunk

_GIVES_UP = frozenset(
    "cedes cede ceding ceded relinquishes relinquish relinquished relinquishing surrenders surrendered surrendering".split()
)
_UP = frozenset("gives give gave giving".split())
_ARTICLES = frozenset("the his her its their".split())
_VAGUE = frozenset("executive exec chief boss head leader official".split())
_VAGUE_TOO = frozenset("top senior key longtime long-time veteran".split())
_OTHER_TIMES = ("former ", "ex-", "ex ", "new ", "next ", "incoming ", "one-time ", "then ")
_BESIDE = 2  # bones between somebody and the post he has: "its chairman, Ada Quill", "Ada Quill, president of"
_LOWEST = 3  # level of a post that says more than "executive" does


def told_closer(ties: Ties, one: Found) -> Found:
    """The record of who leaves or is hired with the post that tells most of what is left."""
    role = one.slots.get("from_role")
    if role is None or one.anchor is None:
        return one
    low, leaves = role[1].lower(), one.action in ("depart", "retire", "board", "other")
    if "founder" in low and leaves and (post := _given_up(ties, one)) is not None:
        one.slots["from_role"] = worded(one.anchor, post)
        one.action = "retire" if one.action == "retire" else "depart"
    elif (
        one.action != "other"
        and _is_vague(low)
        and one.anchor.kind != "post"
        and (post := _fuller(ties, one, role[0])) is not None
    ):
        one.slots["from_role"] = worded(one.anchor, post)
    return one


def _is_vague(low: str) -> bool:
    """Whether a post says only that somebody has one; a chief executive's is one, and so is a finance chief's."""
    words = low.split()
    return words[-1] in _VAGUE and _VAGUE_TOO.issuperset(words[:-1])


def _given_up(ties: Ties, one: Found) -> Place | None:
    """Which post a founder is told to give up."""
    assert one.anchor is not None
    posts = {(p.row, p.at): p for _, p in ties.cast.titles if not never_taken(p.chunk.low)}
    for mine in one.anchor.places:
        items = ties.cast.seen.rows[mine.row].items
        for at in range(mine.at + 1, len(items)):
            if items[at].kind == "person" and items[at].named:
                break
            if (end := _gives_up(items, at)) and (post := posts.get((mine.row, end + (low_at(items, end) in _ARTICLES)))):
                return post
    return None


def _gives_up(items: Sequence[Chunk], at: int) -> int:
    """The number of the chunk behind a verb of who gives something up; 0 where none stands."""
    low = items[at].low
    if low in _UP and low_at(items, at + 1) == "up":
        return at + 2
    given = low.split()
    whole = not _GIVES_UP.isdisjoint(given) or (given[-1] == "up" and not _UP.isdisjoint(given))
    return at + 1 if whole else 0


def _fuller(ties: Ties, one: Found, vague: Place) -> Place | None:
    """A post that somebody is told to have beside his name, at the same firm, where the one chosen says only that he has one."""
    if low_at(ties.cast.seen.rows[vague.row].items, vague.at + 1) in ("of", "for"):
        return None  # "head of Osprey's interface team" says more than it reads
    got = one.slots["to_role"][0] if "to_role" in one.slots else None
    return next((p for _, p in ties.cast.titles if p not in (vague, got) and _is_had(ties, one.anchor, one, p)), None)


def _is_had(ties: Ties, anchor: Named | None, one: Found, place: Place) -> bool:
    role, low = place.chunk.role, place.chunk.low
    if role is None or role.plural or role.level > _LOWEST or _is_vague(low) or never_taken(low):
        return False
    holder = ties.holders.get((place.row, place.at))
    if holder is None or holder[0] is not anchor or holder[2] > _BESIDE or low.startswith(_OTHER_TIMES):
        return False
    between = set(holder[1].split()[1:])
    items = ties.cast.seen.rows[place.row].items
    if place.at and items[place.at - 1].owns and items[place.at - 1].kind == "person":
        return False  # "Ada Quill's deputy"
    owner = ties.owners.get((place.row, place.at))
    ours = owner is None or similar(owner.text, one.get("from_org"))
    return ours and between <= {","} and not similar(low, one.get("to_role"))
