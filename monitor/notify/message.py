"""What we say of an alert, for every channel: one line that tells it, then what a reader needs to judge it. Pure.

Channels differ in how they mark things up, never in what they say: each renders a ``Message``.
"""

from __future__ import annotations

from dataclasses import dataclass

from monitor.model import Alert, Buildout, BuildoutAction, Change, Event, EventStory, Move, MoveAction, Status
from monitor.text import shorten

HEADLINE_LIMIT = 300
QUOTE_LIMIT = 300  # characters of a story's words around its evidence
QUOTES = 3
LINKS = 6

_VERBS = {
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
_CHANGES = {
    "status": "status",
    "person": "named",
    "destination": "goes to",
    "role": "role",
    "amount": "amount",
    "capacity": "capacity",
    "confirmation": "confirmed by",
    "denial": "denied",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Words of one outlet. ``marks`` are the (start, end) offsets in ``text`` of the words that made us say so."""

    outlet: str
    text: str
    marks: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    outlet: str
    title: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """Plain text in every field; a channel escapes it in its own way."""

    headline: str
    update: bool
    status: str
    severity: str
    severity_reasons: tuple[str, ...]
    changes: tuple[str, ...]  # what is new since the message before, for an update
    details: tuple[tuple[str, str], ...]  # name and value: Who, From, To, Role, Amount …
    quotes: tuple[Quote, ...]
    links: tuple[Link, ...]
    outlets: int
    event_id: str
    page_url: str = ""


def message(alert: Alert, page_url: str = "") -> Message:
    """The message of one revision of an alert."""
    event = alert.event
    return Message(
        headline=shorten(headline(event), HEADLINE_LIMIT),
        update=alert.revision > 1,
        status=event.status.value,
        severity=event.severity.value,
        severity_reasons=event.severity_reasons,
        changes=tuple(change_line(c) for c in alert.changes) if alert.revision > 1 else (),
        details=tuple(details(event)),
        quotes=tuple(q for s in event.stories[:QUOTES] if (q := quote(s)).text),
        links=tuple(
            Link(outlet=s.outlet or "source", title=shorten(s.title, 150), url=s.url) for s in event.stories[:LINKS] if s.url
        ),
        outlets=len(event.outlets) or 1,
        event_id=event.id,
        page_url=page_url,
    )


def headline(event: Event) -> str:
    """Who, from where to where, in which role; or who builds what, how much, where. The event's title where slots are thin."""
    moves = [line for m in event.moves if (line := move_line(m))]
    if moves:
        return "; ".join(moves[:2]) + (f" and {len(moves) - 2} more" if len(moves) > 2 else "")
    told = buildout_line(event.buildout) if event.buildout else ""
    return told or event.headline


def move_line(move: Move) -> str:
    """``Mara Lindqvist: Northlight AI → Corvid Systems, vice president of data centers``; "" where too little is known."""
    who = move.person or move.group
    if not who or move.action == MoveAction.OTHER or not (move.from_org or move.to_org):
        return ""  # the story's own title says it better
    if move.action == MoveAction.BOARD:
        organisation = move.to_org or move.from_org
        verb = "joins the board" if move.to_org else "leaves the board"
        return f"{who} {verb}" + (f" of {organisation}" if organisation else "") + _role(move)
    if move.from_org and move.to_org and move.from_org != move.to_org:
        return f"{who}: {move.from_org} → {move.to_org}{_role(move)}"
    if move.to_org and move.action not in (MoveAction.DEPART, MoveAction.DISMISS, MoveAction.RETIRE):
        verb = {MoveAction.HIRE: "joins", MoveAction.FOUND: "founds"}.get(move.action, f"{_MOVES[move.action]} at")
        return f"{who} {verb} {move.to_org}{_role(move)}"
    tail = (
        f" {move.from_org}"
        if move.from_org and move.action == MoveAction.DEPART
        else f" at {move.from_org}"
        if move.from_org
        else ""
    )
    return f"{who} {_MOVES[move.action]}{tail}{_role(move)}"


def _role(move: Move) -> str:
    role = move.to_role or move.from_role
    return f", {role}" if role else ""


def buildout_line(buildout: Buildout) -> str:
    """``Skagen Power, Corvid Systems: power deal, 1.2 GW, $14 billion, Lindholm``; "" where too little is known."""
    if not buildout.orgs:
        return ""
    facts = [
        _VERBS[buildout.action],
        buildout.project,
        *(q.text for q in buildout.capacity[:2]),
        *(q.text for q in buildout.amounts[:2]),
        buildout.location,
    ]
    told = [f for f in facts if f]
    known = buildout.project or buildout.capacity or buildout.amounts
    return f"{', '.join(buildout.orgs[:3])}: {', '.join(told)}" if known and len(told) > 1 else ""


def details(event: Event) -> list[tuple[str, str]]:
    """Name and value of every slot that is filled, moves first, at most twenty."""
    found = []
    for move in event.moves[:4]:
        pairs = (
            ("Who", move.person or move.group),
            ("From", _with_role(move.from_org, move.from_role)),
            ("To", _with_role(move.to_org, move.to_role)),
        )
        found += [(name, value) for name, value in pairs if value]
    if event.buildout:
        b = event.buildout
        slots = (
            ("Organisations", ", ".join(b.orgs)),
            ("Project", b.project),
            ("Amount", ", ".join(q.text for q in b.amounts)),
            ("Capacity", ", ".join(q.text for q in b.capacity)),
            ("Where", b.location),
        )
        found += [(name, value) for name, value in slots if value]
    return [(name, shorten(value, 200)) for name, value in found[:20]]


def _with_role(organisation: str, role: str) -> str:
    return f"{organisation} ({role})" if organisation and role else organisation or role


def change_line(change: Change) -> str:
    """``status: rumored → confirmed``."""
    name = _CHANGES.get(change.kind, change.kind)
    if change.before and change.after:
        return shorten(f"{name}: {change.before} → {change.after}", 200)
    return shorten(f"{name}: {change.after or change.before}" if change.after or change.before else name, 200)


def quote(story: EventStory) -> Quote:
    """The story's own words around its evidence: the field that holds most of it, cut, with the words marked."""
    spans = [s for s in story.evidence if s.start < s.end]
    field = (
        "summary"
        if story.summary and sum(s.field == "summary" for s in spans) > sum(s.field == "title" for s in spans)
        else "title"
    )
    text = story.summary if field == "summary" else story.title
    marks = merged(sorted((s.start, min(s.end, len(text))) for s in spans if s.field == field and s.start < len(text)))
    first = marks[0][0] if marks else 0
    start = 0 if len(text) <= QUOTE_LIMIT or first < QUOTE_LIMIT // 2 else text.rfind(" ", 0, first - 60) + 1
    cut = text[start : start + QUOTE_LIMIT]
    lead = "…" if start else ""
    tail = "…" if start + QUOTE_LIMIT < len(text) else ""
    moved = ((a - start + len(lead), min(b - start, len(cut)) + len(lead)) for a, b in marks if start <= a < start + len(cut))
    return Quote(outlet=story.outlet, text=lead + cut + tail, marks=tuple(moved))


def merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Sorted spans with those that touch made one."""
    found: list[tuple[int, int]] = []
    for start, end in spans:
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def status_word(status: str) -> str:
    """How the status is said to people."""
    return {Status.RUMORED.value: "rumoured", Status.REPORTED.value: "reported", Status.DENIED.value: "denied"}.get(
        status, status
    )


def as_text(said: Message) -> str:
    """The whole message as plain text of a few lines, for screen readers, terminals and fallbacks."""
    head = f"{'Update: ' if said.update else ''}{said.headline}"
    facts = f"{status_word(said.status)} · {said.severity} · {said.outlets} outlet{'s' if said.outlets != 1 else ''}"
    lines = [head, facts]
    lines += [f"now {line}" for line in said.changes]
    lines += [f"“{q.text}”" + (f" ({q.outlet})" if q.outlet else "") for q in said.quotes[:1]]
    lines += [f"{link.outlet}: {link.url}" for link in said.links[:3]]
    return "\n".join(lines)
