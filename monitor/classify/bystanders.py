"""Whom and what a story names in passing: places, products and markets, and people who lend their name to something else."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import monitor.classify.lexicon as lexicon

if TYPE_CHECKING:
    from monitor.classify.cast import Named, View


@cache
def place_names() -> frozenset[str]:
    """Places and regions, in lower case."""
    data = lexicon.load("places.json")
    return frozenset(name.lower() for name in data["places"]) | _REGIONS


# Parts of names of places, and regions.
_REGIONS = frozenset(
    "arabia korea zealand americas americans asia-pacific apac emea latam nordics iberia britain calif minn conn mass".split()
) | {"latin america", "north america", "south america", "middle east", "southeast asia"}


_MARKETS = (" exchange", " bourse")


def takes_no_part(low: str, places: frozenset[str]) -> bool:
    """Places, products, markets, and what lies between two places: "Israel-Hamas"."""
    return low in places or low.endswith(_MARKETS) or ("-" in low and low.partition("-")[0] in places)


_OF_SOMEBODY = frozenset("administration advisers aides allies ally backers donors era family policies policy tariffs".split())

_HANDS = frozenset("aide aides brother daughter deputy deputies husband lieutenant lieutenants protege protégé son wife".split())


def by_the_way(seen: View, one: Named) -> bool:
    """Whether somebody is told of only as whose firm or whose man it is: "departs Elon Musk's xAI", "former Trump adviser",
    "Tim Cook's deputy"."""
    for place in one.places:
        items = seen.rows[place.row].items
        after = items[place.at + 1] if place.at + 1 < len(items) else None
        if after is None:
            return False
        known = place.chunk.low in lexicon.surnames() and (after.kind == "role" or after.low in _OF_SOMEBODY)
        if not known and not (place.chunk.owns and (after.kind == "org" or after.low.split()[0] in _HANDS)):
            return False
    return True


_PRESSES = frozenset(
    "asks bids calls campaigns demands fights moves presses pushes seeks threatens tries tried urges wants wanted".split()
)
_OUT = frozenset({"ORG_OUSTS", "PERSON_SUCCEEDS"})  # "to oust …", "to replace …"


def presses(seen: View, one: Named) -> bool:
    """Whether a headline tells of somebody as who wants another out, or somebody new: "Ada Quill pushes to oust CEO"."""
    for place in one.places:
        row = seen.rows[place.row]
        rest = [c.low for c in row.items[place.at + 1 : place.at + 3]]
        if row.sentence.field != "title" or len(rest) < 2 or rest[0] not in _PRESSES:
            continue
        verb = seen.right[place.row][place.at + 1]
        frame = row.items[verb].frame if verb >= 0 else None
        if rest[0] == "demands" or rest[1] == "for" or (frame is not None and frame.template in _OUT):
            return True
    return False
