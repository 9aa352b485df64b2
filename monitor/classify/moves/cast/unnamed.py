"""Firms told by their kind alone: "a chip startup poaches Osprey's chief", "Quill leaves Osprey for a rival".

Nobody is named there who is gone to, or who takes somebody: the one organisation that has a name must not stand for both sides.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from monitor.classify.moves.cast.standins import COMPANIES
from monitor.classify.moves.evidence.bones import standing_of
from monitor.classify.parsing.chunks import Chunk
from monitor.classify.parsing.row import Row
from monitor.classify.words.lexicon import common_words, demonyms
from monitor.classify.words.sameness import similar

if TYPE_CHECKING:
    from monitor.classify.moves.cast.record import Found
    from monitor.classify.moves.cast.view import Named
    from monitor.classify.moves.evidence.ties import Ties

# Of these no firm's name consists: "Hedge Fund Hires …" is written with capitals as any headline's words are.
_NEVER_NAMES = frozenset(
    "startup start-up rival competitor fund firm hyperscaler brokerage consultancy upstart unicorn chipmaker chip-maker carmaker "
    "automaker retailer lender insurer maker giant developer neocloud company".split()
)
KINDS = (COMPANIES - {"business", "co", "manufacturer", "organisation", "organization"}) | _NEVER_NAMES | {"boutique", "utility"}
_TRADES = frozenset({"ai", "ev", "saas", "it", "genai"})  # that no dictionary has
_WHOSE = frozenset("the its their his her this that our your my".split())  # one that is named elsewhere
_SAYS_WHICH = frozenset({"org", "name", "person", "role"})  # "rival Osprey", "startup chief"
_LOOKED = 4  # words between "the" and the kind
_SPELLED = 7  # bones of a path
_TAKES = "unnamed < frames F:ORG_TAKES_PERSON"
_GOES = ("unnamed > F:PERSON_JOINS", "unnamed > F:BOARD")


def unnamed(row: Row) -> list[int]:
    """Where such words stand among a row's chunks."""
    return [
        at for at, c in enumerate(row.items) if c.kind == "word" and c.low.rpartition(" ")[2] in KINDS and _alone(row.items, at)
    ]


def _alone(items: Sequence[Chunk], at: int) -> bool:
    after = items[at + 1] if at + 1 < len(items) else None
    if after is not None and (after.kind in _SAYS_WHICH or after.low in KINDS or after.low == "of"):
        return False
    for c in reversed(items[max(at - _LOOKED, 0) : at]):
        if c.kind != "word":
            return not c.owns  # "Osprey's lab" is one of Osprey's
        if c.low in _WHOSE:
            return False
    return True


def kind_alone(c: Chunk) -> bool:
    """Whether an organisation not known has a kind for a name: "Nuclear Startup"."""
    if c.kind != "org" or c.org is not None:
        return False
    *what, kind = c.low.removesuffix("'s").split()
    return kind in _NEVER_NAMES and all(word in common_words() or word in _kinds_of_kinds() for word in what)


@cache
def _kinds_of_kinds() -> frozenset[str]:
    return _TRADES | {word.lower() for word in demonyms()}


def without_kinds(rows: Sequence[Row]) -> Sequence[Row]:
    """The rows with such organisations as the words they are."""
    if not any(kind_alone(c) for row in rows for c in row.names):
        return rows
    return [
        Row(row.sentence, row.source, [c._replace(kind="word", entity=None) if kind_alone(c) else c for c in row.items])
        for row in rows
    ]


def beside(ties: Ties, anchor: Named | None) -> Iterator[str]:
    """What stands between somebody and each such firm in a row that tells of him, from the first place he is told at."""
    for place in {p.row: p for p in reversed(anchor.places[:3])}.values() if anchor is not None else ():
        row = ties.rows[place.row]
        mine = row.spot[place.at]
        for at in ties.unnamed[place.row]:
            side, low, high = ("<", row.spot[at], mine) if at < place.at else (">", mine + 1, row.spot[at])
            between = row.signs[low:high]
            signs = between[between[:1] == ["w"] :] if side == "<" else between[: len(between) - (between[-1:] == ["w"])]
            yield f"unnamed {side} {' '.join(signs[:_SPELLED])}"
            yield f"unnamed {side} frames {' '.join(s for s in signs if s[:2] == 'F:')}"
            yield f"unnamed {side} ends {signs[0] if signs else ''} {signs[-1] if signs else ''}"


def put_owner(ties: Ties, one: Found) -> None:
    """Whose post such a firm hires away, or goes to one, is where from: "chip startup hires Osprey's design chief"."""
    anchor = one.anchor
    if anchor is None or anchor.kind != "post" or standing_of[anchor.best.chunk.low] == "n":
        return
    owner, told = ties.owners.get((anchor.best.row, anchor.best.at)), ties.firms_beside(anchor)
    if owner is None or not told:
        return
    goes = next((sign for sign in told if sign.startswith(_GOES) and " from" not in sign), "")
    if goes and one.action in ("other", "appoint", "promote"):
        one.action = "board" if "F:BOARD" in goes else "hire"
    taken = any(sign.startswith(_TAKES) for sign in told)
    if taken and one.action == "depart":
        one.action = "hire"  # whom another firm takes does not only leave
    same = similar(one.get("to_org"), owner.text)
    if same and one.action in ("hire", "board") and (goes or taken):
        del one.slots["to_org"]
    elif same or one.action != "hire":
        return
    if "from_org" not in one.slots:
        one.slots["from_org"] = (owner.best, owner.text)
