"""Who gives up running a firm, or a part of it, and goes on there in a lesser post: a departure, whatever else is told.

"Chief executive Ada Quill will become chairman; Bo Tarrow takes over", "co-head Ben Okoro is to become a senior adviser".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from monitor.classify.moves.evidence.bones import standing_of
from monitor.classify.words.sameness import similar
from monitor.classify.words.seats import board_kind, runs

if TYPE_CHECKING:
    from monitor.classify.moves.cast.record import Found

_RAN_IT = re.compile(
    r"(?<!vice )(?<!vice-)(?<!deputy )\b(?:ceo|chief executive|president|managing director|chief)\b(?! \w+ officer)"
)
TOP = re.compile(r"(?<!vice )(?<!vice-)(?<!deputy )\b(?:ceo|chief executive|president|managing director)\b")
_ADVISES = re.compile(
    r"(?:(?:an?|the|special|senior|strategic|executive|part-time) )*advis(?:[eo]r|ory)\b|consultant\b|emerit\w+"
)
_COMES = frozenset({"appoint", "hire", "promote"})


def to_the_side(one: Found) -> Found:
    """Who is told to hold a post of a firm, and to advise it from now on, leaves that post; so does who ran it and becomes its
    executive chair."""
    role, left = one.get("to_role").lower(), one.get("from_role").lower()
    if not left or not role or not _within(one):
        return one
    advises = one.action == "other" and _ADVISES.match(role) is not None and _ADVISES.match(left) is None
    chairs = one.action in ("other", "board") and "executive chair" in role and not runs(role)
    if advises or (chairs and _ran(left)):
        one.action = "depart"
    return one


def make_way(found: Sequence[Found]) -> None:
    """Of who ran a firm and becomes its chair, where another gets the post he had: he leaves it."""
    for one in found:
        if one.action not in ("board", "other") or not one.get("person") or not _within(one):
            continue
        role, left = one.get("to_role").lower(), one.get("from_role").lower()
        if (
            board_kind[role] == "chair"
            and _ran(left)
            and standing_of[left] != "i"
            and any(_follows(other, one) for other in found)
        ):
            one.action = "depart"


def _within(one: Found) -> bool:
    return bool(one.get("from_org")) and similar(one.get("from_org"), one.get("to_org"))


def _ran(left: str) -> bool:
    return _RAN_IT.search(left) is not None and "chair" not in left.partition(" and ")[0]


def _follows(other: Found, one: Found) -> bool:
    """Whether ``other`` gets the post by which ``one`` ran the firm."""
    got = other.get("to_role").lower()
    return (
        other is not one
        and other.action in _COMES
        and similar(other.get("to_org"), one.get("from_org"))
        and TOP.search(got) is not None
    )
