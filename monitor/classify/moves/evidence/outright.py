"""Where from, where to and what kind of move, of what is said outright of one person or post.

A post that is held at the firm one goes to is left there; one held at another firm is where one comes from; the verbs of the
first sentence that has any decide, as what comes later is often history.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from monitor.classify.moves.cast.view import Named, Place
from monitor.classify.moves.evidence.bones import standing_of
from monitor.classify.words.seats import SEATS, board_kind, runs

GETS = frozenset("hired joins named promoted elected takes successor back listed founds seated new".split())
LEAVES = frozenset("leaves steps retires fired replaced leave unseated change".split())
INTO, OUT_OF, WITHIN, ACROSS, NONE_SAID = "I", "O", "W", "A", "N"  # the pattern of a move, in kinds as the models have them
ELSEWHERE = "held elsewhere "  # the rule by which who held a post of another firm comes from there, before when that was
Org = tuple[Named, str]  # with the rule that found it


@dataclass(slots=True)
class Told:
    """``verbs`` with the number of their row; organisations and posts with the rule that says so, in the order they are told."""

    verbs: list[tuple[str, int]] = field(default_factory=list)
    into: list[Org] = field(default_factory=list)
    out_of: list[Org] = field(default_factory=list)
    held: list[tuple[Named | None, str]] = field(default_factory=list)  # whose post, and "past", "new", "vague" or ""
    gets: list[tuple[Place, str]] = field(default_factory=list)
    left: list[tuple[Place, str]] = field(default_factory=list)
    replaces: list[Named] = field(default_factory=list)
    to_org: Org | None = None
    from_org: Org | None = None
    seat: bool = False  # it is a seat on a board itself
    _first: tuple[int, frozenset[str]] = (0, frozenset())  # of how many verbs, and which are the first row's

    @property
    def row(self) -> int:
        """The first sentence that has a verb of theirs: what comes later is often history."""
        return min([row for _, row in self.verbs], default=0)

    @property
    def first(self) -> frozenset[str]:
        if self._first[0] != len(self.verbs):
            row = self.row
            self._first = len(self.verbs), frozenset([verb for verb, at in self.verbs if at == row])
        return self._first[1]

    @property
    def getting(self) -> bool:
        return not GETS.isdisjoint(self.first)

    @property
    def leaving(self) -> bool:
        return not LEAVES.isdisjoint(self.first)


def where_to(told: Told) -> None:
    if told.getting:
        told.to_org = next((pair for pair in told.into if pair[1] == "post"), None) or next(iter(told.into), None)


def where_from_leaving(told: Told, main: Named | None) -> None:
    told.from_org = next(iter(told.out_of), None)
    if told.from_org is None and told.leaving:
        held = [(org, when) for org, when in told.held if org is not None]
        now = next((pair for pair in held if "past" not in pair[1]), None) or next(iter(held), None)
        if now is not None:
            told.from_org = (now[0], "held " + now[1])
        elif main is not None and not told.getting:
            told.from_org = (main, "main")


def where_from_getting(told: Told, main: Named | None) -> None:
    """A post that is held at the firm one goes to is left there; one held at another firm is where one comes from."""
    if not told.getting:
        if told.leaving and told.from_org is not None and told.gets:
            told.to_org = (told.from_org[0], "stays")
        return
    held = [(org, when) for org, when in told.held if org is not None]
    if told.to_org is None and "founds" in told.first:
        pass  # a firm that has no name yet
    elif told.to_org is None and main is not None and not any(org is main for org, _ in held):
        told.to_org = (main, "main")
    elif told.to_org is None and held and all(org is main for org, _ in held) and main is not None:
        told.to_org = (main, "main held")
    if told.to_org is None or told.from_org is not None:
        return
    other = next((pair for pair in held if pair[0] is not told.to_org[0]), None)
    same = next((pair for pair in held if pair[0] is told.to_org[0]), None)
    if same is not None and (other is None or "past" in other[1] or "past" not in same[1]):
        told.from_org = (told.to_org[0], "held here " + same[1])
    elif other is not None:
        told.from_org = (other[0], ELSEWHERE + other[1])
    elif any(org is None and when == "" for org, when in told.held):
        told.from_org = (told.to_org[0], "held")


def pattern_of(told: Told) -> str:
    """The pattern of the move; "-" where neither organisation is said."""
    if told.from_org is None:
        return "-" if told.to_org is None else INTO
    return OUT_OF if told.to_org is None else WITHIN if told.from_org[0] is told.to_org[0] else ACROSS


def action_of(told: Told) -> str:
    """The kind of move as the verbs have it, "" where none is said."""
    verbs, goes = told.first, pattern_of(told)
    role = told.gets[0][0].chunk.low if told.gets else ""
    if "founds" in verbs:
        return "found"
    if told.getting:
        if told.seat or "seated" in verbs or ("elected" in verbs and not role) or (board_kind[role] in SEATS and not runs(role)):
            return "board"
        if "steps" in verbs and not verbs & {"joins", "hired"}:
            return _leaving(told, verbs)
        if "back" in verbs:
            return "hire" if goes == ACROSS else "appoint"
        if "promoted" in verbs:
            return "promote"
        if verbs & {"hired", "joins"}:
            return "hire"
        if goes in (ACROSS, WITHIN):
            return "hire" if goes == ACROSS else "appoint" if standing_of[role] == "i" else "promote"
        return "appoint"
    return _leaving(told, verbs) if told.leaving else ""


def _leaving(told: Told, verbs: frozenset[str]) -> str:
    if "fired" in verbs:
        return "dismiss"
    said = sorted(told.left, key=lambda pair: pair[1].startswith("held"))
    held = said[0][0].chunk.low if said else ""
    if "retires" in verbs and not (board_kind[held] in ("board", "director") and said[0][1] == "retires"):
        return "retire"
    if told.seat or board_kind[held] in SEATS or "unseated" in verbs:
        return "board"
    return "other" if verbs <= {"leave", "change"} else "depart"
