"""Where somebody goes whose next step a sentence tells in so many words: back to another firm, or to one of his own.

"Quill is returning to Corvid" says behind her leaving where she goes, and "will step down to launch a new venture" that she
founds one; a network that "ups" somebody promotes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from monitor.classify.moves.cast.somebody import lands_post
from monitor.classify.parsing.neighbours import is_post, low_at
from monitor.classify.words.sameness import similar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.classify.moves.cast.record import Found
    from monitor.classify.moves.cast.view import Place
    from monitor.classify.moves.evidence.ties import Ties
    from monitor.classify.parsing.chunks import Chunk

_FOUNDS = re.compile(
    r"\b(?:(?:to|and|will) (?:launch|start|set up|found|co-found|establish|form)|(?:launching|starting|setting up|founding)) "
    r"(?:(?:a|an|his|her|their|own|new|the|another) ){1,3}(?:[a-z][\w-]* ){0,3}?"
    r"(?:venture|company|firm|start-?up|business|fund|consultancy|boutique|label|studio|practice|agency|shop|banner|outfit)\b"
    r"(?!['’])"
)
_ENDS = frozenset("; . while after because since when which".split())  # what is told behind is of another, or of another time
_STARTS_A_JOB = re.compile(
    r"\bstart(?:ing)? (?:(?:a|an|his|her|their|the|new|next) ){1,3}(?:[a-z][\w-]* )?(?:role|job|position|post)\b"
)
_FORMER = ("former ", "ex-", "ex ", "one-time ")
_LEAD = 9  # chunks before a firm that say what it is to somebody
_TOWARDS = re.compile(
    r"\bto work (?:at|for|with)(?: one of)?(?: (?:a|an|the|its|his|her|their))?(?: [a-z-]+){0,2}(?: ,)?$|\bin talks with$"
)
_UPS = frozenset({"ups", "upped", "upping"})
_BETWEEN = frozenset("has have been was were is being".split())


def plainly(ties: Ties, one: Found) -> Found:
    """The record with where a sentence plainly says that somebody goes."""
    if one.anchor is None or one.anchor.kind == "post":
        return one
    if any(_is_given(ties, place) for place in one.anchor.places):
        return _gets(one)
    if one.action == "depart" and not one.get("to_role"):
        return _goes_on(ties, one)
    if one.action == "hire" and _same_firm(one) and "leaves" in ties.facts.of(one.anchor).first:
        one.action = "depart"  # who comes back to the firm is another
        one.slots = {slot: found for slot, found in one.slots.items() if not slot.startswith("to_")}
    elif one.action in ("hire", "appoint") and any(_raised(ties, place) for place in one.anchor.places):
        one.action = "promote"
        if "to_org" in one.slots:
            one.slots.setdefault("from_org", one.slots["to_org"])
    elif one.action == "found" and any(_STARTS_A_JOB.search(_text(ties, p)) for p in one.anchor.places):
        one.action = "hire" if one.get("to_org") else "depart"
    elif one.action == "promote":
        _from_outside(ties, one)
    elif one.action == "hire" and not one.get("to_org") and not one.get("from_org"):
        joined = [org for org, verb in ties.facts.of(one.anchor).into if verb == "joins"]
        if joined:
            one.slots["to_org"] = (joined[0].best, joined[0].text)
    return one


_HANDED = re.compile(
    r"(?:(?:is|was|has been|to be|being|gets|got) )?handed (?:the )?(?:\S+ ){0,3}?(?:job|reins|helm|role|post|keys|gig)\b"
)


def _is_given(ties: Ties, place: Place) -> bool:
    """ "Ada Quill handed Corvid CEO job", "Ada Quill handed the reins at Corvid", "Ada Quill lands Corvid CEO job"."""
    items = ties.cast.seen.rows[place.row].items
    return lands_post(items, place.at) or _HANDED.match(_text(ties, place)) is not None


def _gets(one: Found) -> Found:
    """The record of who is given a post with it as the one that is got."""
    if one.action in ("depart", "dismiss", "retire", "other"):
        one.action = "appoint"
        for left, got in (("from_org", "to_org"), ("from_role", "to_role")):
            if left in one.slots and got not in one.slots:
                one.slots[got] = one.slots[left]
            one.slots.pop(left, None)
    return one


def _same_firm(one: Found) -> bool:
    return bool(one.get("from_org")) and one.get("from_org").lower() == one.get("to_org").lower()


def _goes_on(ties: Ties, one: Found) -> Found:
    """Who leaves and goes back to another firm is hired there; who leaves to begin a firm founds one."""
    assert one.anchor is not None
    if (there := _going_to(ties, one)) is not None:
        one.action = "hire"
        one.slots["to_org"] = (there, there.chunk.text)
        return one
    back = [org for org, verb in ties.facts.of(one.anchor).into if verb == "back" and not similar(one.get("from_org"), org.text)]
    if back and not one.get("to_org"):
        one.action = "hire"
        one.slots["to_org"] = (back[0].best, back[0].text)
    elif any(_FOUNDS.search(_text(ties, p)) for p in one.anchor.places):
        one.action = "found"
    return one


def _text(ties: Ties, place: Place) -> str:
    return " ".join(_said_of(ties.cast.seen.rows[place.row].items, place.at))


def _going_to(ties: Ties, one: Found) -> Place | None:
    """Where a firm stands that somebody leaves "to work at one of its rivals, Corvid", or is "in talks with"."""
    assert one.anchor is not None
    for mine in one.anchor.places:
        items = ties.cast.seen.rows[mine.row].items
        said = _said_of(items, mine.at)
        for org in ties.cast.orgs:
            for place in org.places:
                n = place.at - mine.at - 1
                near = place.row == mine.row and 0 <= n < len(said) and not similar(one.get("from_org"), org.text)
                if near and _TOWARDS.search(" ".join(said[max(n - _LEAD, 0) : n])) and _own(items, mine.at, place.at):
                    return place
    return None


def _own(items: Sequence[Chunk], who: int, firm: int) -> bool:
    """Whether it is nobody else who goes or talks: "left as Corvid was in talks with Lumen"."""
    begins = max((n for n in range(who + 1, firm - 1) if items[n].low == ","), default=who)
    return not any(c.named for c in items[begins + 1 : firm])


def _said_of(items: Sequence[Chunk], at: int) -> list[str]:
    """What a sentence says of somebody and of those listed with him, in lower case, up to where another is told of."""
    said: list[str] = []
    for n in range(at + 1, len(items)):
        c = items[n]
        listed = c.kind == "person" and not any(x.kind == "frame" for x in items[at + 1 : n])
        if (
            c.low in _ENDS
            or (c.low == "as" and not any(map(is_post, items[n + 1 : n + 3])))
            or (c.kind == "person" and not listed)
        ):
            break
        said.append(c.low)
    return said


def _raised(ties: Ties, place: Place) -> bool:
    """ "Corvid ups Ada Quill to president", "Ada Quill has been upped to president"."""
    items, at = ties.cast.seen.rows[place.row].items, place.at + 1
    while low_at(items, at) in _BETWEEN:
        at += 1
    return low_at(items, place.at - 1) in _UPS or low_at(items, at) in _UPS


def _from_outside(ties: Ties, one: Found) -> None:
    """Who only was something, and nowhere in the firm, is not promoted within it: "former aide Ada Quill is Osprey's chief"."""
    told = ties.facts.of(one.anchor)
    here = one.get("to_org")
    past = bool(told.held) and all("past" in when and (org is None or not similar(org.text, here)) for org, when in told.held)
    if not past or "from_role" not in one.slots or not similar(one.get("from_org"), here) or "promoted" in told.first:
        return
    was = next((org for org, _ in told.held if org is not None), None)
    if was is not None:
        one.slots["from_org"] = (was.best, was.text)
    elif one.slots["from_role"][0].chunk.low.startswith(_FORMER):
        del one.slots["from_org"]
    else:
        return  # "have been co-CEOs since 2010"
    one.action = "hire"
