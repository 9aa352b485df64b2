"""One line that tells an event: who, from where to where, in which role; or who builds what, how much, where. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from monitor.changes import CALLED_OFF, CANCELLED, RULED
from monitor.model import Buildout, BuildoutAction, Event, Move, MoveAction, Quantity
from monitor.money import in_unit
from monitor.posts import had, is_task, post, step

# What is done is a verb with whom it is done by, one or many; what is agreed is a noun behind them.
_DOES = {
    BuildoutAction.BUILD: ("builds", "build"),
    BuildoutAction.EXPAND: ("expands", "expand"),
    BuildoutAction.OPEN: ("opens", "open"),
    BuildoutAction.INVEST: ("invests", "invest"),
    BuildoutAction.OPPOSE: ("opposes", "oppose"),
    BuildoutAction.CANCEL: ("cancels", "cancel"),
}
_AGREED = {
    BuildoutAction.COMPUTE_DEAL: "compute deal",
    BuildoutAction.POWER_DEAL: "power deal",
    BuildoutAction.FINANCE: "financing",
    BuildoutAction.ACQUIRE: "acquisition",
    BuildoutAction.LEASE: "lease",
    BuildoutAction.POLICY: "policy",
}
_OF_SIZE = (BuildoutAction.BUILD, BuildoutAction.OPEN)  # "builds 400 MW", and "builds: $1 billion"
# By action, for one and for many: with the firm alone, and with the post before it.
_MOVES = {
    MoveAction.HIRE: (("joins", "join"), ("joins", "join")),
    MoveAction.APPOINT: (("is appointed at", "are appointed at"), ("is appointed", "are appointed")),
    MoveAction.PROMOTE: (("is promoted at", "are promoted at"), ("is promoted to", "are promoted to")),
    MoveAction.DEPART: (("leaves", "leave"), ("leaves as", "leave as")),
    MoveAction.DISMISS: (("is dismissed from", "are dismissed from"), ("is dismissed as", "are dismissed as")),
    MoveAction.RETIRE: (("retires from", "retire from"), ("retires as", "retire as")),
    MoveAction.FOUND: (("founds", "found"), ("founds", "found")),
}
_LEAVING = (MoveAction.DEPART, MoveAction.DISMISS, MoveAction.RETIRE)
_STEPPING = (MoveAction.DEPART, MoveAction.RETIRE)  # from one post to another of the same firm, perhaps
# What stands before "of" where many are told: a slew of executives; and words in s that tell one: boss, chief of status.
_MANY = re.compile(r"\b(?:slew|number|dozens?|group|handful|string|series|pair|raft|wave|lot|half|most)$", re.I)
_ONE_IN_S = re.compile(r"(?:ss|us|is)$", re.I)
_OF = re.compile(r" (?:of|from|at|in|who|for|with) ")
_ARTICLE = re.compile(r"^(?:an?|the|its|his|her|their|our)\s+", re.I)
# Posts of which a firm has many, and which are a firm's own: "CFO of Osprey".
_ONE_OF_MANY = re.compile(
    r"(?:^|\s|-)(?:(?<!chief )exec(?:utive)?|official|researcher|engineer|designer|scientist|member|(?:co-?)?founder|partner|"
    r"advis[eo]r|analyst|veteran|employee|staffer|lawyer|banker|trader|leader|manager)s?$",
    re.I,
)
_FIRMS_ONE = re.compile(
    r"^(?!.* (?:of|for|at|in|from) )(?!.*\bvice[ -](?:president|chair))(?:.*[ -])?(?:C[A-Z]{1,3}O|C\.(?:[A-Z]\.){1,2}|"
    r"chief(?: executive)?|officer|president|chair(?:man|woman|person)?|boss|head|leader|owner|"
    r"(?:executive|managing) director)s?$",
    re.I,
)
_POSTS = (
    r"(?:[a-z]|C[A-Z]O|(?:Co-?)?[Ff]ounder|Chief|Head|Board|Boss|Exec|President|Chair|Director|Leader|[SE]?VP|Researcher"
    r"|Engineer)"
)
_ITSELF = re.compile(r"(?:advisory |supervisory )?board(?: of directors)?", re.I)  # who "leaves": a slot gone wrong
_EXCHANGE = 0.12  # how far apart one sum may be told in two currencies
_ON_BOARD = re.compile(r"^board (?=chair|vice)|(?: of)? the board(?: of directors)?$", re.I)
_MEMBER = re.compile(
    r"(?:new )?(?:board(?: of directors)?|(?:board )?(?:member|director|seat)s?|(?:member|director)s? of)?", re.I
)


def headline(event: Event) -> str:
    """The line for an event: its moves, else its buildout, else its own title where the slots are thin."""
    lines: dict[str, Move] = {}
    for move in people_first(event.moves):
        if line := move_line(move):
            lines.setdefault(line, move)
    if lines:
        (first, leading), *others = lines.items()
        if not leading.person and first.partition(" ")[0].islower():
            first = first[:1].upper() + first[1:]
        more = [f"and {len(others) - 1} more"] if len(others) > 1 else []
        return "; ".join((first, *(line for line, _ in others[:1]), *more))
    told = buildout_line(event.buildout, ruled(event)) if event.buildout else ""
    return told or event.headline


def ruled(event: Event) -> str:
    """What became of a plan last where its line says otherwise: rejected, approved, called off; "" where nothing did."""
    last = next((c.after for c in reversed(event.timeline) if c.kind == "status" and c.after in RULED), "")
    cancelled = event.buildout is not None and event.buildout.action == BuildoutAction.CANCEL
    return "" if cancelled and last == CANCELLED else last


def people_first(moves: Sequence[Move]) -> list[Move]:
    """People by name first; a group that takes the way somebody was told to take already is most likely the same people."""
    people = [m for m in moves if m.person]
    named = {(m.from_org, m.to_org) for m in people}
    return people + [m for m in moves if not m.person and (m.from_org, m.to_org) not in named]


def move_line(move: Move) -> str:
    """``Mara Lindqvist: Northlight AI → Corvid Systems, vice president of data centers``; ``Ada Quill leaves as CFO of Osprey``;
    "" where too little is known."""
    who = move.person or group_words(move)
    if not who or _ITSELF.fullmatch(who) or not (move.from_org or move.to_org):
        return ""  # the story's own title says it better
    if move.action == MoveAction.OTHER:
        return _changed(who, move)
    many = not move.person and several(who)
    if move.action == MoveAction.BOARD:
        verb = ("join" if many else "joins") if move.to_org else "leave" if many else "leaves"
        return f"{who} {verb} the board of {move.to_org or move.from_org}{_board_role(move)}"
    if move.from_org and move.to_org and move.from_org != move.to_org:
        return f"{who}{_left(move)}: {move.from_org} → {move.to_org}{_behind(_said(move, move.to_role), ', ')}"
    if move.from_role and move.to_role and move.to_org and move.action in _STEPPING:
        return _changed(who, move)
    if move.to_org and move.action not in _LEAVING:
        return _at(f"{who}{_left(move, ',')}", move, many, move.to_org, move.to_role)
    if move.action == MoveAction.FOUND:
        return f"{who}{_left(move, ',')} {_MOVES[MoveAction.DEPART][0][many]} {move.from_org} to found a firm"
    return _at(who, move, many, move.from_org, move.from_role if move.action in _LEAVING else move.to_role or move.from_role)


def _at(who: str, move: Move, many: bool, org: str, role: str) -> str:
    """What somebody does at one firm, and in which post: ``Ada Quill is promoted to chair of Osprey``."""
    (alone, with_post), told = _MOVES[move.action], _said(move, role)
    if move.action in _LEAVING and told and (apart := had(role) or (_ONE_OF_MANY.search(told) and told)):
        who, told = f"{who}, {apart},", ""
    if not told or is_task(told) or move.action in (MoveAction.HIRE, MoveAction.FOUND):
        verb = alone[many] if org else alone[many].removesuffix(" from").removesuffix(" at")
        return f"{who} {verb} {org}".rstrip() + _behind(told, " as ")
    where = f" {'of' if _FIRMS_ONE.search(told) else 'at'} {org}" if org and org.casefold() not in told.casefold() else ""
    return f"{who} {with_post[many]} {told}{where}"


def _behind(role: str, before: str) -> str:
    """A post behind the firm: `` as CFO``; a task: `` to lead research``, `` in charge of research``."""
    return role and (" " if is_task(role) else before) + role


def _changed(who: str, move: Move) -> str:
    """Somebody's step from one post to another of a firm; "" where the posts or the firm are not told."""
    before, after = (step(role, one=bool(move.person)) for role in (move.from_role, move.to_role))
    stays = move.to_org and move.from_org in ("", move.to_org)
    told = stays and before and after and before.casefold() != after.casefold()
    return f"{who} at {move.to_org}: {before} → {after}" if told else ""


def group_words(move: Move) -> str:
    """People without a name, short of the firm that the line names: ``Lumen Ridge's CEO`` who leaves Lumen Ridge is ``CEO``."""
    who = move.group
    for org in sorted(filter(None, (move.from_org, move.to_org)), key=len, reverse=True):
        named = rf"(?<!\w)(?<!from )(?<!of )(?<!at ){re.escape(org)}(?:(?:['’]s?)\s+(?=\w)|\s+(?={_POSTS}))"
        who = re.sub(named, "", who, count=1)
    return _ARTICLE.sub("", who)


def several(who: str) -> bool:
    """Whether a group is told as many: ``two executives``, ``slew of top execs``; not ``head of operations``."""
    head = _OF.split(who, maxsplit=1)[0]
    return bool(_MANY.search(head)) or (head.lower().endswith("s") and not _ONE_IN_S.search(head))


def _left(move: Move, closing: str = "") -> str:
    """The post that somebody had, where theirs at the new place is not told: behind the new place it would be taken for that."""
    told = "" if move.to_role else had(move.from_role) or _said(move, move.from_role)
    return told and f", {told}{closing}"


def _said(move: Move, role: str) -> str:
    """The post as it is said, without its article; "" where who moves is told by it."""
    known = not role or role.casefold() in (move.person or move.group).casefold()
    return "" if known else post(_ARTICLE.sub("", role), move.to_org or move.from_org, one=bool(move.person))


def _board_role(move: Move) -> str:
    """The post on a board: `` as chair``; "" for its members, who are on it as the line says."""
    role = _ON_BOARD.sub("", move.to_role or move.from_role).strip(" ,")
    return "" if _MEMBER.fullmatch(role) else _behind(_said(move, role), " as ")


def buildout_line(buildout: Buildout, ruled: str = "") -> str:
    """``Skagen Power and Corvid Systems: power deal, 1.2 GW, $14 billion, Lindholm``, ``Corvid Systems builds Rookery: 400 MW``;
    "" where too little is known. ``ruled``: what became of it, told behind the deed: ``power deal (called off)``."""
    orgs, action, project = buildout.orgs[:3], buildout.action, buildout.project
    if not orgs or action == BuildoutAction.OTHER:
        return ""  # as of a move: figures without what is done with them tell nothing
    sizes, sums = [q.text for q in buildout.capacity[:2]], _sums(buildout.amounts)
    if not (project or sizes or sums):
        return ""  # neither does a deed without them
    invests, last = action == BuildoutAction.INVEST, f" ({ruled})" if ruled else ""
    told = [*(sums + sizes if invests else sizes + sums), *filter(None, [buildout.location])]
    who = " and ".join(filter(None, (", ".join(orgs[:-1]), orgs[-1])))
    if noun := _AGREED.get(action):
        return f"{who}: {', '.join([noun + last, *filter(None, [project]), *told])}"
    if action == BuildoutAction.CANCEL and ruled == CALLED_OFF:
        return f"{who}: {', '.join([f'deal {ruled}', *filter(None, [project]), *told])}"
    deed = f"{who} {_DOES[action][len(orgs) > 1]}{project and f' {project}'}{last}"
    gap = " " if not (project or last) and (sums if invests else sizes and action in _OF_SIZE) else ": "
    return deed + (f"{gap}{', '.join(told)}" if told else "")


def _sums(amounts: Sequence[Quantity]) -> list[str]:
    """The first sum and the largest of the others; one that is told in two currencies is one: ``AU$25B ($17.9 billion)``."""
    found: list[tuple[float, str, str]] = []  # in dollars, unit, words
    for q in amounts:
        value = in_unit(q, "USD") or 0.0
        same = next(
            (n for n, (v, unit, _) in enumerate(found) if unit != q.unit and abs(v - value) <= _EXCHANGE * max(v, value)), -1
        )
        if same < 0 or not value:
            found.append((value, q.unit, q.text))
        elif "(" not in found[same][2]:
            found[same] = (*found[same][:2], f"{found[same][2]} ({q.text})")
    others = sorted(found[1:], key=lambda one: one[0], reverse=True)
    return [words for _, _, words in (*found[:1], *others[:1])]
