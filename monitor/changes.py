"""One line that tells a change of an event: what it was and what it is. Pure."""

from __future__ import annotations

from monitor.model import Change, Status
from monitor.posts import post
from monitor.text import shorten

_LINE = 200  # characters
_NAMES = {
    "founded": "first reported as",
    "status": "status",
    "person": "named",
    "destination": "goes to",
    "role": "role",
    "amount": "amount",
    "capacity": "capacity",
    "confirmation": "confirmed by",
    "correction": "corrected",
    "denial": "denied",
}
_STATUSES = frozenset(status.value for status in Status)
# What a status line says of a plan itself, its line unchanged: "Corvid: builds, 400 MW" whose site a council rejected.
CANCELLED, CALLED_OFF = "cancelled or paused", "called off"
RULED = ("rejected", "approved", "put off", "taken to court", CALLED_OFF, "vetoed", CANCELLED)
DOUBTED = "may be cancelled"  # changes no line: nothing has been done yet
_STATUS_WORDS = {Status.RUMORED.value: "rumoured", Status.REPORTED.value: "reported", Status.DENIED.value: "denied"}


def change_line(change: Change) -> str:
    """``status: rumoured → confirmed``, ``denied: Mara Velling``, ``amount: $5 billion (told before: $8 billion)``."""
    kind, before, after = change.kind, change.before, change.after
    name = _NAMES.get(kind, kind)
    if kind in ("amount", "capacity") and before and after:  # it may be one more, and need not take the other's place
        return _line(name, "", f"{after} (told before: {before})")
    if kind == "role":
        before, after = post(before), post(after)
    if kind in ("confirmation", "denial"):
        if after not in _STATUSES:  # the outlet that confirms it, or of whom it is denied
            return _line(name, "", after)
        who, _, before = before.rpartition(" ")  # of an event, or of one person of it: "Nina Volk rumored"
        name = who or "status"
    if kind in ("founded", "status", "confirmation", "denial"):
        before, after = status_word(before), status_word(after)
    return _line(name, before, after)


def _line(name: str, before: str, after: str) -> str:
    if before and after:
        return shorten(f"{name}: {before} → {after}", _LINE)
    told = after or before
    return shorten(f"{name}: {told}" if told else name.removesuffix(" by"), _LINE)


def status_word(status: str) -> str:
    """How the status is said to people."""
    return _STATUS_WORDS.get(status, status)
