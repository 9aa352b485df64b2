"""How a headline tells of somebody in few words: "X Y leaves Osprey for Corvid", "X given wider remit", "X Y voted off board".

Of a name that shape leaves open this says that it is a person's; a little (1) where a firm might be told of so as well.
"""

from __future__ import annotations

from collections.abc import Sequence

import monitor.classify.words.lexicon as lexicon
from monitor.classify.parsing.chunks import Chunk
from monitor.classify.parsing.neighbours import beside, is_post, low_at, template
from monitor.classify.words.name_words import FIRMS_TOO

_OPENS = frozenset(["", *"; : , — – | as after while when and".split()])  # what stands before a clause
_LEAVES = frozenset("leaves quits departs leaving quitting departing left quit".split())
_ASKS = frozenset("could will would might may is can has".split())
_GIVEN = frozenset("given handed assigned".split())
_OFF = frozenset(
    {"voted off", "voted out", "ousted", "removed", "sacked", "fired", "dismissed", "forced out", "pushed out", "thrown out"}
)
_NEAR = 4  # chunks from where somebody is ousted to the board


def in_short(items: Sequence[Chunk], i: int) -> int:
    """How much a headline's few words about chunk ``i`` speak for a person."""
    full = " " in items[i].text
    sure = 2 if full else 1
    leaves, for_another = _leaves(items, i)
    return max(
        2 * _is_raised(items, i),
        3 * _is_off(items, i),
        2 * (template(beside(items, i - 1)) == "PERSON_STEPS" and items[i - 1].low.endswith((" for", " to"))),
        sure * _is_asked(items, i),
        sure * (leaves or for_another),
    )


def of_several(items: Sequence[Chunk], i: int) -> int:
    """ "directors X and Y", "loses partners X and Y to Osprey": names in a list behind the post of several; so are firms told
    whose trade that is, unless they are lost to another."""
    first, last = i, i
    while first > 1 and low_at(items, first - 1) in (",", "and") and items[first - 2].named and not items[first - 2].owns:
        first -= 2
    while last + 2 < len(items) and low_at(items, last + 1) in (",", "and") and items[last + 2].named:
        last += 2
    post = beside(items, first - 1)
    if first == last or post is None or post.role is None or not post.role.plural or items[last].owns:
        return 0
    if post.low.split()[-1].removesuffix("s") not in FIRMS_TOO:
        return 3
    lost = template(beside(items, first - 2)) == "ORG_LOSES" and low_at(items, last + 1) == "to"
    return 3 * (lost and _is_firm(beside(items, last + 2)))


def _is_raised(items: Sequence[Chunk], i: int) -> bool:
    """ "X given wider remit", "X no longer chief of Osprey", "X next in line"."""
    after, third = beside(items, i + 1), beside(items, i + 2)
    if after is None or third is None:
        return False
    if after.low == "no":
        return third.low == "longer" and is_post(beside(items, i + 3))
    return after.low in _GIVEN and template(third) == "ORG_PROMOTES"


def _is_off(items: Sequence[Chunk], i: int) -> bool:
    """ "X voted off Osprey board", "X Y ousted from board of Osprey"."""
    after = beside(items, i + 1)
    if after is None or template(after) != "ORG_OUSTS" or after.low not in _OFF:
        return False
    boards = any(c.low in ("board", "boardroom") for c in items[i + 2 : i + 2 + _NEAR])
    return boards and (after.low.endswith(" off") or low_at(items, i + 2) == "from")


def _is_asked(items: Sequence[Chunk], i: int) -> bool:
    """ "Could X Y be heading to Osprey?"."""
    if i != 1 or items[0].low not in _ASKS or items[-1].text != "?":
        return False
    verb = i + 1 + (low_at(items, i + 1) == "be")
    return template(beside(items, verb)) in lexicon.PERSON_PASSES and _is_firm(beside(items, verb + 1))


def _leaves(items: Sequence[Chunk], i: int) -> tuple[bool, bool]:
    """Whether a clause begins with "X Y quits Osprey", and with "X Y exits Osprey for Corvid"."""
    at = i + 1
    while low_at(items, at) in ("is", "will", "has"):
        at += 1
    verb, firm = beside(items, at), beside(items, at + 1)
    if verb is None or template(verb) != "PERSON_LEAVES" or low_at(items, i - 1) not in _OPENS or not _is_firm(firm):
        return False, False
    return verb.low.removeprefix("to ") in _LEAVES | {"leave"}, low_at(items, at + 2) == "for" and _is_firm(beside(items, at + 3))


def _is_firm(c: Chunk | None) -> bool:
    return c is not None and c.kind in ("org", "name") and c.low not in lexicon.place_names()
