"""Posts that read like a seat on a board and are none, by the words around them.

"Fleet director Ada Quill retires", "chairman of the new division", "adviser to the chairman", "the board of management": who
holds these runs something, or helps who does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from monitor.classify.parsing.neighbours import low_at, words_of

if TYPE_CHECKING:
    from monitor.classify.moves.cast.record import Found
    from monitor.classify.moves.evidence.ties import Ties
    from monitor.classify.parsing.chunks import Chunk

_DIRECTORS = frozenset({"director", "directors"})
# What stands before a director of the board as well: "as an outside director", "names Ada Quill director".
_OF_THE_BOARD = frozenset(
    "a an the its their his her our one two three four five six several some all both as of and or to for by with from at in on "
    "new old sole lone only external outside independent nominee non-executive nonexecutive lead additional alternate interim "
    "acting former ex- outgoing incoming departing longtime long-time veteran senior junior current company corporate board "
    "founding honorary elected appointed named fellow another other female male first second third last family activist "
    "shareholder among amid state government public retired retiring remaining women woman man gains adds loses "
    "elects picks sees wants gets seeks".split()
)
_ADVISES = re.compile(r"(?:\w+[ -]){0,2}advis[eo]rs?\b")
_UNIT = r"(?:division|unit|department|arm|subsidiary|practice|business|region)"
_OF_A_UNIT = re.compile(rf"(?:of|for) (?:the|its|a|their) (?:[\w&'’-]+ ){{0,4}}?{_UNIT}\b")
_RUNS_TOO = re.compile(r"\b(?:global head|head of|officer)\b")
_BEHIND = 7  # chunks of "of the new direct-to-consumer and international division"


def sits_nowhere(ties: Ties, one: Found) -> frozenset[str]:
    """Which of the record's posts are no seats, by the words around them."""
    return frozenset(slot for slot in ("from_role", "to_role") if slot in one.slots and _is_none(ties, one, slot))


def _is_none(ties: Ties, one: Found, slot: str) -> bool:
    place, text = one.slots[slot]
    items, low = ties.cast.seen.rows[place.row].items, text.lower()
    if low in _DIRECTORS:
        return _of_something(items, place.at)
    behind = words_of(items[place.at + 1 : place.at + 1 + _BEHIND])
    if "chair" in low:
        told = f"{low.partition('chair')[2].partition(' ')[2]} {behind}".lstrip()
        return _ADVISES.match(low) is not None or _OF_A_UNIT.match(told) is not None or _RUNS_TOO.search(low) is not None
    return low == "board" and behind.startswith(("of management", "of managing directors"))


def _of_something(items: Sequence[Chunk], at: int) -> bool:
    """Whether what a director directs stands before the word: "fleet director", "refining director"."""
    if not at:
        return False
    before = items[at - 1]
    return before.kind == "word" and before.low.isalpha() and len(before.low) > 2 and low_at(items, at - 1) not in _OF_THE_BOARD
