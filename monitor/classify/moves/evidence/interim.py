"""Who gets a post for a while keeps the one he has, and who held one for a while and keeps it is promoted.

"Finance chief Quill steps in until a successor is found" is no promotion; "Quill, interim CEO since May, is named CEO" is one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile
from typing import TYPE_CHECKING

from monitor.classify.moves.evidence.bones import standing_of
from monitor.classify.parsing.chunks import Chunk
from monitor.classify.parsing.neighbours import is_post, template_at
from monitor.classify.parsing.row import BREAKS, Row
from monitor.classify.words.sameness import similar
from monitor.classify.words.seats import SEATS, board_kind

if TYPE_CHECKING:
    from monitor.classify.moves.cast.record import Found
    from monitor.classify.moves.cast.view import Named, Place
    from monitor.classify.moves.evidence.ties import Ties

NEAR = 3  # bones between somebody and the post held for a while


_FILLS = re.compile(
    r"\b(?:(?P<held>on (?:an|a temporary) (?:interim |acting )?basis|in an? (?:interim|acting) capacity)|"
    r"(?<!# )(?<!# to )(?<!# will )fill(?:s|ing)? in\b(?! (?:the|at)\b)|"
    r"until (?:a|the|his|her|its|their)(?: new| permanent| next| full-time)* (?:successor|replacement|#|leader) "
    r"(?:is|has been|can be|was|takes|starts|arrives)|"
    r"cover(?:s|ing)? (?:for (?:him|her|them)|(?:his|her|their|the) (?:duties|role|post|job|responsibilities)))"
)
_FOR_NOW = frozenset({"interim", "acting"})


def with_interims(rows: Sequence[Row]) -> Sequence[Row]:
    """The rows with a post that a firm parts from the word that says it is held for a while: "interim Corvid CEO"."""
    return [_with_interims(row) if any(c.low in _FOR_NOW for c in row.items) else row for row in rows]


def _with_interims(row: Row) -> Row:
    items = list(row.items)
    for at in range(2, len(items)):
        word, firm, post = items[at - 2 : at + 1]
        if word.low in _FOR_NOW and firm.kind in ("org", "name") and not firm.owns and is_post(post):
            text = row.source[word.start : post.end]
            items[at] = post._replace(start=word.start, text=text, low=text.lower())
    return Row(row.sentence, row.source, items)


_LATER = ("permanent", "new", "next", "full-time")
_HAD = re.compile(r"\b(?:had|has|having|after|was|been|held|holding|serving|served|since)\b")
_BESIDE = re.compile(r"\b(?:remain|stay|continu|keep|retain)\w*\b|!")  # what is told then is no news, or somebody else's


def for_a_while(ties: Ties, one: Found) -> Found:
    """Who fills in is appointed, from the post he has, whatever kind of move it seemed; who had filled in and gets the post is
    promoted within the firm."""
    told = [told_behind(ties, place) for place in one.anchor.places] if one.anchor is not None else []
    fills = [(text[: found.start()], found["held"]) for text in told if (found := _FILLS.search(text))]
    fills = [(before, held) for before, held in fills if not _BESIDE.search(before)]
    if not fills or one.action in ("hire", "retire", "dismiss") or (one.action == "depart" and all(held for _, held in fills)):
        return one
    there = one.slots.get("to_org") or one.slots.get("from_org")
    if there is None or (one.get("to_org") and one.get("from_org") and not similar(one.get("to_org"), one.get("from_org"))):
        return one
    if not all(_HAD.search(before) for before, _ in fills):
        if (got := one.slots.get("to_role")) is not None and _awaited(ties, got[0]):
            del one.slots["to_role"]
        _fills_in(one, there)
    elif one.action == "appoint" and one.get("to_role"):
        one.action = "promote"
        one.slots["from_org"] = there
    return one


def _fills_in(one: Found, there: tuple[Place, str]) -> None:
    if one.get("from_role").lower() == one.get("to_role").lower():
        one.slots.pop("to_role", None)
    one.action = "board" if board_kind[one.get("to_role").lower()] in SEATS else "appoint"
    one.slots["to_org"] = there
    if one.get("from_role"):
        one.slots["from_org"] = there


def _awaited(ties: Ties, place: Place) -> bool:
    """Whether a post is of whoever comes later: "until a permanent chief executive is named"."""
    items = ties.cast.seen.rows[place.row].items
    later = place.chunk.low.startswith(_LATER) or items[place.at - 1].low in _LATER
    return later and any(c.low == "until" for c in items[max(place.at - 3, 0) : place.at])


def told_behind(ties: Ties, place: Place) -> str:
    """What a sentence says behind somebody, up to the next person or mark, in lower case; "#" for a post, "!" for a verb of who
    leaves."""
    items = ties.cast.seen.rows[place.row].items
    said = takewhile(lambda c: c.low not in BREAKS and c.kind != "person", items[place.at + 1 :])
    return " ".join("#" if c.kind == "role" else "!" if _goes(c) else c.low for c in said)


def _goes(c: Chunk) -> bool:
    return c.frame is not None and c.frame.action in ("depart", "retire", "dismiss")


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


_FOR_GOOD = re.compile(r"\b(?:permanent(?:ly)?|full-time|for good)\b")


def lasts(ties: Ties, one: Found) -> Found:
    """Who holds a post for a while and gets "the job permanently" is promoted to it, whatever kind of move that seemed."""
    if one.anchor is None or one.anchor.kind == "post" or one.action not in ("other", "appoint", "promote", "depart"):
        return one
    role, there = one.slots.get("from_role"), one.slots.get("from_org") or one.slots.get("to_org")
    if role is None or there is None or standing_of[role[1].lower()] != "i" or role[1] != role[0].chunk.text:
        return one
    if not any(place.row == role[0].row and _FOR_GOOD.search(told_behind(ties, place)) for place in one.anchor.places):
        return one
    one.action = "promote"
    one.slots |= {"from_org": there, "to_org": there, "to_role": _for_good(role[0])}
    return one


def _for_good(place: Place) -> tuple[Place, str]:
    """A post held for a while as the one that it stands for: the words behind "interim"."""
    chunk = place.chunk
    cut = len(chunk.text) - len(_lasting(chunk.low))
    got = chunk._replace(start=chunk.start + cut, text=chunk.text[cut:], low=chunk.low[cut:])
    return place._replace(chunk=got), got.text


def left_for_good(ties: Ties, one: Found) -> Found:
    """Who leaves as the firm "names interim chief executive" leaves the post itself."""
    role = one.slots.get("from_role")
    if role is None or one.action not in ("depart", "dismiss", "retire") or standing_of[role[1].lower()] != "i":
        return one
    place = role[0]
    items, at = ties.cast.seen.rows[place.row].items, place.at
    filled = template_at(items, at - 1) in _FILLED and at > 1 and items[at - 2].kind != "person"
    if filled and role[1] == place.chunk.text and not (at + 1 < len(items) and items[at + 1].kind == "person"):
        one.slots["from_role"] = _for_good(place)
    return one


_FILLED = frozenset({"ORG_NAMES", "ORG_TAKES_PERSON"})


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
