"""Who gives up a post and stays with the firm in a lesser one: "will step down as chief executive but remain an adviser"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from monitor.classify.moves.choice.post_words import worded
from monitor.classify.parsing.neighbours import low_at, words_of
from monitor.classify.words.sameness import similar

if TYPE_CHECKING:
    from monitor.classify.moves.cast.record import Found
    from monitor.classify.moves.cast.view import Place
    from monitor.classify.moves.evidence.ties import Ties

_STAYS = frozenset("remain remains remaining stay stays staying continue continues continuing".split())
_LESSER = re.compile(r"(?:(?:special|senior|strategic|executive|part-time) )*advis[eo]r\b|board(?: of directors)?$")
# Words between the verb and the post: another post, a name or a verb among them is told of something else.
_BETWEEN = frozenset("on with as in an a the its his her their company firm bank group to be serve act".split())
# Who stays for a while only hands over.
_WHILE = re.compile(r"\b(?:until|through|during|for|till|while|to (?:help|ensure|assist|support|ease|oversee)|transition)\b")
_FAR, _BEHIND = 6, 5


def stays_on(ties: Ties, one: Found) -> Found:
    """The record of who leaves a post with the lesser one that he is told to keep or get at the firm."""
    leaves = one.action in ("depart", "retire") and one.anchor is not None and one.anchor.kind != "post"
    if not leaves or one.get("to_role") or not one.get("from_org"):
        return one
    if one.get("to_org") and not similar(one.get("to_org"), one.get("from_org")):
        return one
    assert one.anchor is not None
    for mine in one.anchor.places:
        if (post := _lesser(ties, mine)) is not None and not similar(post.chunk.text, one.get("from_role")):
            one.slots["to_role"] = worded(one.anchor, post)
            one.slots["to_org"] = one.slots["from_org"]
            return one
    return one


def _lesser(ties: Ties, mine: Place) -> Place | None:
    items = ties.cast.seen.rows[mine.row].items
    posts = {p.at: p for _, p in ties.cast.titles if p.row == mine.row and _LESSER.match(p.chunk.low)}
    stays = next((at for at in range(mine.at + 1, len(items)) if not _STAYS.isdisjoint(items[at].low.split())), len(items))
    if not posts or any(c.kind == "person" and c.named for c in items[mine.at + 1 : stays]):
        return None
    for at in range(stays + 1, min(stays + 1 + _FAR, len(items))):
        if at in posts:
            return None if _WHILE.search(words_of(items[at + 1 : at + 1 + _BEHIND])) else posts[at]
        if low_at(items, at) not in _BETWEEN:
            return None
    return None
