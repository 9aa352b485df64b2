"""Who gets a post of a firm that a story says he was with already, or comes to its board with the post: not hired from elsewhere.

"Osprey names Ada Quill CFO. She joined Osprey in 2014" promotes her; "appointed chief executive, and will also join the board"
does not say where she comes from; "confirmed as chief, having acted since May" promotes who filled in.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from monitor.classify.moves.evidence.interim import told_behind
from monitor.classify.parsing.neighbours import template, words_of
from monitor.classify.words.sameness import similar

if TYPE_CHECKING:
    from monitor.classify.moves.cast.record import Found
    from monitor.classify.moves.cast.view import Place
    from monitor.classify.moves.evidence.ties import Ties

_JOINS = "PERSON_JOINS"
_NAMED = frozenset({"named", "promoted", "elected", "takes", "successor"})
_FIRM = re.compile(
    r"(?:the|its|his|her) (?:\S+ ){0,2}?(?:company|bank|firm|group|business|chain|lender|maker|retailer|airline|utility|insurer|"
    r"lab|start-?up)"
)
# When somebody came to a firm, told of long ago: "joined Osprey from Corvid in 2014", "has been with the bank since 2009".
_CAME = re.compile(
    r"\W*(?:,? ?who |first |originally |had |has |also )*(?:(?:re)?joined|came to) "
    r"(?P<firm>(?:(?!from\b|in\b|as\b)[^,.;\s]+ ){1,6}?)(?:(?:as|from) [^.;]{2,60}? )?(?:back )?"
    r"in (?:[A-Z][a-z]+ )?(?:19|20)\d\d\b|"
    r"\W*(?:,? ?who |had |has )*joined (?P<lately>[^,.;]{2,40}?)(?: just| only| barely| some| about)? "
    r"(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|\d+) (?:\w+ )?(?:months|years|decades?) (?:ago|earlier|before)\b|"
    r"\W*(?:,? ?who )?(?:has been|had been|has worked|has spent [\w ]{3,20}) (?:with|at|for) "
    r"(?P<long>[^,.;]{2,40}?) (?:since|for) "
)
_ACTED = re.compile(
    r"\b(?:(?:had|has|having) (?:been )?(?:acting|acted|filled in|filled the|served (?:as (?:acting|interim)|in an? (?:acting|"
    r"interim)))\b|(?:held|holds|holding) the (?:position|post|job|role) (?:in an? |on an? )?(?:acting|interim)\b)"
)
_AHEAD = 7  # chunks between "join" and the board


def from_within(ties: Ties, one: Found) -> Found:
    """The record of who was with the firm already as a promotion; who only joins the firm's board with a post is appointed."""
    if one.anchor is None or one.anchor.kind == "post" or one.action not in ("appoint", "hire") or not one.get("to_org"):
        return one
    if one.action == "hire" and not one.get("from_org") and _only_the_board(ties, one):
        one.action = "appoint"
    if (one.action == "appoint" and not one.get("from_org") and _stood_in(ties, one)) or _was_there(ties, one):
        one.action = "promote"
        if one.get("from_org") and not similar(one.get("from_org"), one.get("to_org")):
            one.slots.pop("from_role", None)
        one.slots["from_org"] = one.slots["to_org"]
    return one


def _only_the_board(ties: Ties, one: Found) -> bool:
    """Whether somebody who is named to a post joins nothing but the board."""
    assert one.anchor is not None
    if _NAMED.isdisjoint(verb for verb, _ in ties.facts.of(one.anchor).verbs):
        return False
    joined = [what for place in one.anchor.places for what in _joined(ties, place)]
    return bool(joined) and all(re.search(r"\b(?:board|directors)\b", what) for what in joined)


def _joined(ties: Ties, place: Place) -> list[str]:
    """What somebody is told behind to join."""
    items = ties.cast.seen.rows[place.row].items
    joins = [at for at in range(place.at + 1, len(items)) if template(items[at]) == _JOINS]
    return [words_of(items[at : at + _AHEAD]) for at in joins]


def _was_there(ties: Ties, one: Found) -> bool:
    """Whether a sentence tells when somebody, who is named to the post somewhere, came to the firm."""
    assert one.anchor is not None
    if _NAMED.isdisjoint(verb for verb, _ in ties.facts.of(one.anchor).verbs):
        return False  # the coming is the news
    for place in one.anchor.places:
        if (told := _CAME.match(_behind(ties, place))) is None:
            continue
        firm = next(name for name in told.groups() if name is not None).strip()
        if _FIRM.fullmatch(firm) or similar(firm.removeprefix("the "), one.get("to_org")):
            return True
    return False


def _stood_in(ties: Ties, one: Found) -> bool:
    assert one.anchor is not None
    return any(_ACTED.search(told_behind(ties, place)) for place in one.anchor.places)


def _behind(ties: Ties, place: Place) -> str:
    """The words of a sentence behind somebody."""
    row = ties.cast.seen.rows[place.row]
    return row.source[place.chunk.end : row.sentence.end]
