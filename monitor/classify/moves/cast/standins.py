"""Words that stand for somebody already named: "he" and "she" for a person, "the company" for an organisation.

"Quill joins from Osprey. He was the company's CFO": without these the second sentence speaks of nobody.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from monitor.classify.moves.cast.headlines import is_stand_in
from monitor.classify.parsing.chunks import Chunk
from monitor.classify.words.sameness import name_words, same_name

if TYPE_CHECKING:
    from monitor.classify.moves.cast.view import Named, Place

PRONOUNS = frozenset({"he", "she"})
COMPANIES = frozenset(
    "company firm startup start-up bank lender carmaker automaker retailer chipmaker giant maker manufacturer developer insurer "
    "airline lab group business co organization organisation".split()
)

_STAND_INS = PRONOUNS | COMPANIES


def stands_in(items: Sequence[Chunk], at: int) -> str:
    """ "person", "org" or "" for the word at ``at``."""
    c = items[at]
    if c.low not in _STAND_INS or c.kind != "word":
        return ""
    if c.low in PRONOUNS:
        return "person"
    return "org" if at and c.low in COMPANIES and items[at - 1].low == "the" else ""


def meant(places: Sequence[Place], people: Sequence[Named], orgs: Sequence[Named]) -> list[tuple[Named, Place]]:
    """Whom each word stands for: of the row before it, or of the nearest earlier row that names one, the first.

    Headlines are passed over where a sentence stands between, as summaries take up their own words.
    """
    found: list[tuple[Named, Place]] = []
    for place in places:
        if is_stand_in(place.chunk):
            one = next((one for one in people if same_name(one.text, name_words(place.chunk.low))), None)
        elif place.chunk.low in PRONOUNS:
            one = _nearest(place, people, [(one, p) for one, p in found if p.chunk.low in PRONOUNS])
        else:
            one = _nearest(place, orgs)
        if one is not None:
            found.append((one, place))
    return found


def _nearest(place: Place, pool: Sequence[Named], told: Sequence[tuple[Named, Place]] = ()) -> Named | None:
    """``told``: whom the words before this one stand for: "She will report to Bo Tarrow. She was …" speaks of one."""
    places = [(one, p) for one in pool for p in one.places] + list(told)
    earlier = [(p.row, p.at, one) for one, p in places if p.row < place.row or (p.row == place.row and p.at < place.at)]
    if not earlier:
        return None
    row = max(r for r, _, _ in earlier)
    return min((entry for entry in earlier if entry[0] == row), key=lambda entry: entry[1])[2]
