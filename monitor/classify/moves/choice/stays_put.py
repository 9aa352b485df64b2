"""Who takes leave or has died makes no move of any kind, whoever else of the story does."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from monitor.classify.moves.cast.bystanders import is_dead
from monitor.classify.moves.evidence.interim import told_behind

if TYPE_CHECKING:
    from monitor.classify.moves.cast.record import Found
    from monitor.classify.moves.evidence.ties import Ties

_ON_LEAVE = re.compile(
    r"(?:[^!]{0,40} )?(?:tak(?:e|es|ing|en)|took|go(?:es|ing)? on|placed on|put on|begins?|on) (?:an? |his |her )?"
    r"(?:[\w-]+ ){0,2}(?:leave|sabbatical)\b(?! of his| of her)[^!]{0,60}$"
)


def on_leave(ties: Ties, one: Found) -> Found:
    """Who takes leave neither goes nor joins anybody: "Ada Quill plans to take an extended leave"."""
    if one.action not in ("hire", "depart", "appoint") or one.anchor is None or one.anchor.kind == "post":
        return one
    return _stays(one) if any(_ON_LEAVE.match(told_behind(ties, place)) for place in one.anchor.places) else one


def has_died(ties: Ties, one: Found) -> Found:
    """Who died leaves a post, and gets none: what a headline tells behind it is of who follows."""
    if one.anchor is None or one.anchor.kind == "post" or not is_dead(ties.cast.seen, one.anchor):
        return one
    return _stays(one)


def _stays(one: Found) -> Found:
    one.action = "other"
    one.slots.pop("to_role", None)
    if (there := one.slots.pop("to_org", None)) is not None:
        one.slots.setdefault("from_org", there)
    return one
