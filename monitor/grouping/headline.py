"""Which way a headline sends somebody: in, out, both or unsaid. It tells two moves of one person apart where slots are thin.

Only the main clause counts ("joins Borealis after ouster at Quarrystone" goes in), and participles that describe a person
("hires ousted chief") are no verbs.
"""

from __future__ import annotations

import re
from functools import lru_cache

from monitor.grouping.words import TEXTS_KEPT
from monitor.text import fold, headline

_DESCRIBES = re.compile(
    r"(^|\b(?:of|for|by|with|the|an?|its|hires?|taps?|names?|lures?|poaches|picks?|replaces?|succeeds?|to hire)\s+)"
    r"(?:ousted|fired|sacked|departing|outgoing|retiring|retired|former|ex)\b[- ]"
)
_ASIDE = re.compile(r"\b(?:after|following|amid|despite|rejecting|days before|weeks before|who)\b")
_IN = re.compile(
    r"\b(?:hir(?:es?|ed|ing)|join(?:s|ed|ing)?|rejoin(?:s|ing)?|tap(?:s|ped)|nam(?:es?|ed)|appoint(?:s|ed|ment)?|pick(?:s|ed)"
    r"|recruit(?:s|ed|ing)?|poach(?:es|ed|ing)?|lures?|return(?:s|ing)?|reinstat(?:es?|ed)|back as|tak(?:es|ing) over"
    r"|to (?:lead|head|run|become|succeed)|becom(?:es?|ing)|elect(?:s|ed)|promot(?:es?|ed)|select(?:s|ed)|welcomes)\b"
)
_OUT = re.compile(
    r"\b(?:leav(?:es?|ing)|left|resign(?:s|ed|ation)?|quit(?:s|ting)?|step(?:s|ped|ping)? (?:down|aside)|depart(?:s|ed|ing|ure)?"
    r"|exit(?:s|ing)?|fir(?:es|ed|ing)|oust(?:s|ed|er)?|(?:is|are) out|out (?:as|at|of)|retir(?:es?|ed|ing|ement)"
    r"|dismiss(?:es|ed)|sack(?:s|ed)|removed|axed)\b"
)


_BOTH = re.compile(r"\b(?:replac(?:es?|ed|ing)|succeed(?:s|ed|ing)?|successors?|succession)\b")


@lru_cache(maxsize=TEXTS_KEPT)
def headline_ways(title: str) -> frozenset[str]:
    """``{"in"}``, ``{"out"}``, both, or nothing.

    >>> sorted(headline_ways("Borealis hires ousted Quarrystone chief"))
    ['in']
    """
    text = _DESCRIBES.sub(r"\1", fold(headline(title)))
    main = _ASIDE.split(text, maxsplit=1)[0]
    return _ways(main) or _ways(text)


def _ways(text: str) -> frozenset[str]:
    if _BOTH.search(text):
        return frozenset({"in", "out"})
    return frozenset(way for way, pattern in (("in", _IN), ("out", _OUT)) if pattern.search(text))
