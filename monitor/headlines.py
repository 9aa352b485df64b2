"""One line that tells an event: who, from where to where, in which role; or who builds what, how much, where. Pure."""

from __future__ import annotations

import re
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
}
_MOVES = {
    MoveAction.HIRE: ("joins", "join"),
    MoveAction.APPOINT: ("is appointed at", "are appointed at"),
    MoveAction.PROMOTE: ("is promoted at", "are promoted at"),
    MoveAction.DEPART: ("leaves", "leave"),
    MoveAction.DISMISS: ("is dismissed from", "are dismissed from"),
    MoveAction.RETIRE: ("retires from", "retire from"),
    MoveAction.FOUND: ("founds", "found"),
}
_LEAVING = (MoveAction.DEPART, MoveAction.DISMISS, MoveAction.RETIRE)
_STEPPING = (MoveAction.DEPART, MoveAction.RETIRE)  # from one post to another of the same firm, perhaps
# What stands before "of" where many are told: a slew of executives; and words in s that tell one: boss, chief of status.
_MANY = re.compile(r"\b(?:slew|number|dozens?|group|handful|string|series|pair|raft|wave|lot|half|most)$", re.I)
_ONE_IN_S = re.compile(r"(?:ss|us|is)$", re.I)
_OF = re.compile(r" (?:of|from|at|in|who|for|with) ")
_ARTICLE = re.compile(r"^(?:an?|the|its|his|her|their|our)\s+", re.I)
_POSTS = r"(?:[a-z]|C[A-Z]O|(?:Co-?)?[Ff]ounder|Chief|Head|Boss|Exec|President|Chair|Director|Leader|[SE]?VP|Researcher|Engineer)"
_ON_BOARD = re.compile(r"^board (?=chair|vice)|(?: of)? the board(?: of directors)?$", re.I)
_MEMBER = re.compile(
    r"(?:new )?(?:board(?: of directors)?|(?:board )?(?:member|director|seat)s?|(?:member|director)s? of)?", re.I
)


def headline(event: Event) -> str:
    """The line for an event: its moves, else its buildout, else its own title where the slots are thin."""
    lines: dict[str, Move] = {}
    for move in _people_first(event.moves):
        if line := move_line(move):
            lines.setdefault(line, move)
    if lines:
        (first, leading), *others = lines.items()
        if not leading.person and first.partition(" ")[0].islower():
            first = first[:1].upper() + first[1:]
        more = [f"and {len(others) - 1} more"] if len(others) > 1 else []
        return "; ".join((first, *(line for line, _ in others[:1]), *more))
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
    who = move.person or _group(move)
    if not who or move.action == MoveAction.OTHER or not (move.from_org or move.to_org):
        return ""  # the story's own title says it better
    many = not move.person and _several(who)
    if move.action == MoveAction.BOARD:
        verb = ("join" if many else "joins") if move.to_org else "leave" if many else "leaves"
        return f"{who} {verb} the board of {move.to_org or move.from_org}{_board_role(move)}"
    if move.from_org and move.to_org and move.from_org != move.to_org:
        return f"{who}{_left(move)}: {move.from_org} → {move.to_org}{_role(move, move.to_role)}"
    if move.from_role and move.to_role and move.to_org and move.action in _STEPPING:
        return f"{who} at {move.to_org}: {move.from_role} → {move.to_role}"
    verb = _MOVES[move.action][many]
    if move.to_org and move.action not in _LEAVING:
        return f"{who}{_left(move, ',')} {verb} {move.to_org}{_role(move, move.to_role)}"
    if move.action == MoveAction.FOUND:
        return f"{who}{_left(move, ',')} {_MOVES[MoveAction.DEPART][many]} {move.from_org} to found a firm"
    verb = f"{verb} {move.from_org}" if move.from_org else verb.removesuffix(" from").removesuffix(" at")
    return f"{who} {verb}{_role(move, move.from_role if move.action in _LEAVING else move.to_role or move.from_role)}"


def _group(move: Move) -> str:
    """People without a name, short of the firm that the line names: ``Lumen Ridge's CEO`` who leaves Lumen Ridge is ``CEO``."""
    who = move.group
    for org in sorted(filter(None, (move.from_org, move.to_org)), key=len, reverse=True):
        named = rf"(?<!\w)(?<!from )(?<!of )(?<!at ){re.escape(org)}(?:(?:['’]s?)\s+(?=\w)|\s+(?={_POSTS}))"
        who = re.sub(named, "", who, count=1)
    return _ARTICLE.sub("", who)


def _several(who: str) -> bool:
    """Whether a group is told as many: ``two executives``, ``slew of top execs``; not ``head of operations``."""
    head = _OF.split(who, maxsplit=1)[0]
    return bool(_MANY.search(head)) or (head.lower().endswith("s") and not _ONE_IN_S.search(head))


def _left(move: Move, closing: str = "") -> str:
    """The post that somebody had, where theirs at the new place is not told: behind the new place it would be taken for that."""
    had = "" if move.to_role else _role(move, move.from_role)
    return had and had + closing


def _role(move: Move, role: str) -> str:
    return f", {role}" if role and role.casefold() not in (move.person or move.group).casefold() else ""


def _board_role(move: Move) -> str:
    """The post on a board: ``, chair``; "" for its members, who are on it as the line says."""
    role = _ON_BOARD.sub("", move.to_role or move.from_role).strip(" ,")
    return "" if _MEMBER.fullmatch(role) else _role(move, role)


def buildout_line(buildout: Buildout) -> str:
    """``Skagen Power, Corvid Systems: power deal, 1.2 GW, $14 billion, Lindholm``; "" where too little is known."""
    if not buildout.orgs or buildout.action == BuildoutAction.OTHER:
        return ""  # as of a move: figures without what is done with them tell nothing
    figures = [q.text for q in (*buildout.capacity[:2], *buildout.amounts[:2])]
    told = [f for f in (_BUILDS[buildout.action], buildout.project, *figures, buildout.location) if f]
    known = buildout.project or buildout.capacity or buildout.amounts
    return f"{', '.join(buildout.orgs[:3])}: {', '.join(told)}" if known and len(told) > 1 else ""
