"""Who a headline calls by a last name alone that is a word as well: "Power steps down as Osprey chief", "Young to lead Corvid".

A capital at the beginning says nothing; that nobody but people step down, are named to a post, or come and go where nobody else
does, says it.
"""

from __future__ import annotations

from collections.abc import Sequence

import monitor.classify.words.lexicon as lexicon
from monitor.classify.parsing.chunks import Chunk
from monitor.classify.parsing.neighbours import beside, is_post
from monitor.classify.parsing.row import BREAKS, Row

# Common last names of English that are words too, without those of posts, trades that are told of ("banker"), towns and firms.
_SURNAMES = frozenset(
    "archer banks bell best birch bird bishop black bloom bond book booth brook brooks brown burns bush butcher butler byrd "
    "cannon carpenter carter case cash chambers church clay cook cooper crane cross curry day dean drake drew duke east "
    "english farmer field fields finch fish fisher flood flowers ford forest foster fox francis frank french frost gardener "
    "gates glass gold good grace grant graves gray green grey gross hall hammer hand hardy hawk hay head heath held hill "
    "holder holmes house hunt hunter kemp king knight lamb lane law lay little long love low lynch major march mark marks "
    "marsh martin mason may mercer mills miner moody moon moss noble north page paine paper park parks parsons pearl peers "
    "penny pike pitt pool poole pope porter potter power powers price quick rains rich rivers robin rose rowe rush sands "
    "savage shark sharp shepherd short silver sink skinner sloan small snow sparks speed spring steel still stock stone "
    "storey storm story strange street strong summers swan swift sykes tanner taylor thorn tower towns trent turner vale vane "
    "walker wall walls ward waters watts wave weaver webb wells west wheeler white wild winter winters wise wolf wood woods "
    "worth wright yates young".split()
)
_AUXILIARY = frozenset("is was has to will be been set due".split())
_NAMES = frozenset({"ORG_NAMES", "ORG_PROMOTES"})
_ENDS = BREAKS | frozenset(", : . as after for to from and amid - –".split())
_BEHIND = 4  # chunks between "named" and the post


def surnamed(rows: Sequence[Row]) -> Sequence[Row]:
    """The rows with such a name as a person's."""
    if not rows or not rows[0].items or rows[0].sentence.field != "title":
        return rows
    row = rows[0]
    c, verb = row.items[0], _verb(row.items)
    if c.kind not in ("word", "name") or c.owns or not c.text[:1].isupper() or not c.text.isalpha():
        return rows
    known = c.low in _SURNAMES
    alone = not any(other.kind == "person" or is_post(other) for one in rows for other in one.items)
    if not (known and _steps_or_is_named(row.items, verb)) and not (alone and _comes_or_goes(row.items, verb, known=known)):
        return rows
    return [Row(row.sentence, row.source, [c._replace(kind="person", entity=None), *row.items[1:]]), *rows[1:]]


def _verb(items: Sequence[Chunk]) -> int:
    at = 1
    while at < len(items) and items[at].low in _AUXILIARY:
        at += 1
    return at


def _steps_or_is_named(items: Sequence[Chunk], verb: int) -> bool:
    c = beside(items, verb)
    if c is None or c.frame is None:
        return False
    if c.frame.template == "PERSON_STEPS":
        return c.frame.action in ("depart", "retire")
    named = c.frame.template in _NAMES and c.low.endswith("ed")
    return named and any(is_post(behind) for behind in items[verb + 1 : verb + 1 + _BEHIND])


def _comes_or_goes(items: Sequence[Chunk], verb: int, *, known: bool) -> bool:
    """ "Young to lead Corvid"; of a name that is none of these only of a firm that is listed: "Vane quits Volvo"."""
    c, firm, after = beside(items, verb), beside(items, verb + 1), beside(items, verb + 2)
    if c is None or c.frame is None or firm is None or firm.kind not in ("org", "name") or firm.owns:
        return False
    if after is not None and after.low not in _ENDS:
        return False  # "leaves Acme plant"
    goes = c.frame.template in lexicon.PERSON_PASSES or c.low == "to lead"
    return goes and (known or (items[0].kind == "name" and firm.kind == "org"))
