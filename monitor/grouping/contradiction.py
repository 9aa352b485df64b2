"""What a headline says of somebody's move against what is known of it: another firm, or the opposite way at the same one."""

from __future__ import annotations

from monitor.grouping.facts import WAYS, loose_key, same_org
from monitor.grouping.headline import headline_ways
from monitor.grouping.wording import vector
from monitor.grouping.words import stems
from monitor.model import ChangeKind, Move, MoveAction, Status

LEAVING = frozenset({MoveAction.DEPART, MoveAction.DISMISS, MoveAction.RETIRE})


def contradiction(old: Move, new: Move, title: str) -> tuple[ChangeKind, str, str] | None:
    """The line of a timeline that says it: kind, before, after. None where ``new`` may be ``old`` in other words.

    Only a firm that the headline names counts: summaries name units, backers and earlier employers.
    """
    if not (old.person and new.person) or Status.DENIED in (old.status, new.status):
        return None
    ways = {WAYS.get(old.action, ""), WAYS.get(new.action, "")}
    if ways == {"in", "out"}:
        return _turned(old, new, title)
    if ways == {"out"}:
        if not _another(old.from_org, new.from_org, title):
            return None
        return "role", _post(old.from_role, old.from_org), _post(new.from_role, new.from_org)
    if "out" in ways or not _another(old.to_org, new.to_org, title):
        return None
    # Where one leaves from, or stays on as adviser, is no destination, unless the headline brings them back.
    left = same_org(loose_key(new.to_org), loose_key(old.from_org or new.from_org))
    return None if left and headline_ways(title) != {"in"} else ("destination", old.to_org, new.to_org)


def _turned(old: Move, new: Move, title: str) -> tuple[ChangeKind, str, str] | None:
    """Who came goes again, or who went comes back; leaving one firm for another is one move."""
    came = new.action not in LEAVING
    before, after = (old.from_org, new.to_org) if came else (old.to_org, new.from_org)
    if not same_org(loose_key(before), loose_key(after)) or headline_ways(title) != {"in" if came else "out"}:
        return None
    return "status", f"{'leaves' if came else 'joins'} {before}", f"{'joins' if came else 'leaves'} {after}"


def _another(old: str, new: str, title: str) -> bool:
    one, other = loose_key(old), loose_key(new)
    spaced = one.replace(" ", "") == other.replace(" ", "")  # "OpenAI" and "Open AI"
    return bool(old and new) and not (spaced or same_org(one, other)) and _named(new, title)


def _named(org: str, title: str) -> bool:
    return set(stems(org)) <= vector(title, "").title.keys()


def _post(role: str, org: str) -> str:
    return f"{role} of {org}" if role else org
