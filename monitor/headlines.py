"""One line that tells an event: who, from where to where, in which role; or who builds what, how much, where. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from monitor.model import Buildout, BuildoutAction, Event, Move, MoveAction

_BUILDS = {
    BuildoutAction.BUILD: "builds",
    BuildoutAction.EXPAND: "expands",
    BuildoutAction.OPEN: "opens",
    BuildoutAction.INVEST: "invests",
    BuildoutAction.COMPUTE_DEAL: "compute deal",
    BuildoutAction.POWER_DEAL: "power deal",
    BuildoutAction.FINANCE: "financing",
    BuildoutAction.ACQUIRE: "acquisition",
    BuildoutAction.LEASE: "lease",
    BuildoutAction.POLICY: "policy",
    BuildoutAction.OPPOSE: "opposition",
    BuildoutAction.CANCEL: "cancelled",
    BuildoutAction.OTHER: "",
}
_MOVES = {
    MoveAction.HIRE: "joins",
    MoveAction.APPOINT: "is appointed",
    MoveAction.PROMOTE: "is promoted",
    MoveAction.DEPART: "leaves",
    MoveAction.DISMISS: "is dismissed",
    MoveAction.RETIRE: "retires",
    MoveAction.BOARD: "board",
    MoveAction.FOUND: "founds",
    MoveAction.OTHER: "changes post",
}
_LEAVING = (MoveAction.DEPART, MoveAction.DISMISS, MoveAction.RETIRE)


def headline(event: Event) -> str:
    """The line for an event: its moves, else its buildout, else its own title where the slots are thin."""
    moves = list(dict.fromkeys(line for m in _people_first(event.moves) if (line := move_line(m))))
    if moves:
        return "; ".join(moves[:2]) + (f" and {len(moves) - 2} more" if len(moves) > 2 else "")
    told = buildout_line(event.buildout) if event.buildout else ""
    return told or event.headline


def _people_first(moves: Sequence[Move]) -> list[Move]:
    """People by name first; a group that takes the way somebody was told to take already is most likely the same people."""
    told: list[Move] = []
    for move in sorted(moves, key=lambda m: not m.person):
        if move.person or (move.from_org, move.to_org) not in {(m.from_org, m.to_org) for m in told}:
            told.append(move)
    return told


def move_line(move: Move) -> str:
    """``Mara Lindqvist: Northlight AI → Corvid Systems, vice president of data centers``; "" where too little is known."""
    who = move.person or move.group
    if not who or move.action == MoveAction.OTHER or not (move.from_org or move.to_org):
        return ""  # the story's own title says it better
    if move.action == MoveAction.BOARD:
        verb = "joins the board" if move.to_org else "leaves the board"
        return f"{who} {verb} of {move.to_org or move.from_org}{_role(move)}"
    if move.from_org and move.to_org and move.from_org != move.to_org:
        return f"{who}: {move.from_org} → {move.to_org}{_role(move)}"
    if move.to_org and move.action not in _LEAVING:
        verb = {MoveAction.HIRE: "joins", MoveAction.FOUND: "founds"}.get(move.action, f"{_MOVES[move.action]} at")
        return f"{who} {verb} {move.to_org}{_role(move)}"
    link = "" if move.action == MoveAction.DEPART else "at "
    return f"{who} {_MOVES[move.action]}" + (f" {link}{move.from_org}" if move.from_org else "") + _role(move)


def _role(move: Move) -> str:
    role = move.to_role or move.from_role
    return f", {role}" if role and role.casefold() not in (move.person or move.group).casefold() else ""


def buildout_line(buildout: Buildout) -> str:
    """``Skagen Power, Corvid Systems: power deal, 1.2 GW, $14 billion, Lindholm``; "" where too little is known."""
    if not buildout.orgs:
        return ""
    figures = [q.text for q in (*buildout.capacity[:2], *buildout.amounts[:2])]
    told = [f for f in (_BUILDS[buildout.action], buildout.project, *figures, buildout.location) if f]
    known = buildout.project or buildout.capacity or buildout.amounts
    return f"{', '.join(buildout.orgs[:3])}: {', '.join(told)}" if known and len(told) > 1 else ""
