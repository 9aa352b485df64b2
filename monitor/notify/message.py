"""What we say, for every channel: one line that tells it, then what a reader needs to judge it, then links. Pure.

Channels differ in how they mark things up, never in what they say: each renders a ``Message``. Designed in this order:
the line; how sure and how much it matters, with the reasons; what changed, where it is an update; the facts; the outlets'
own words that made us say so; the outlets; the event's page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, Literal

from monitor.changes import change_line, status_word
from monitor.headlines import buildout_line, group_words, headline, people_first, ruled
from monitor.hours import zone_of
from monitor.interfaces import Outgoing
from monitor.model import SEVERITIES, Alert, Change, Event, EventStory, Status
from monitor.notify.quoting import Quote, quote
from monitor.posts import post
from monitor.subjects import DIGEST_ALERTS, Digest, Notice, Subject
from monitor.text import counted, shorten

HEADLINE_LIMIT = 300
QUOTES = 3
LINKS = 6
TEST = "Movewire: this is a test message. This channel works."
_STATUS_MARKS = {"rumored": "💬", "reported": "📰", "confirmed": "✅", "denied": "⛔"}
_SEVERITY_MARKS = {"critical": "🔴", "high": "🟠", "normal": "🔵", "low": "⚪"}
# For forms that colour a message: red, amber, blue, grey of equal lightness, told apart by the words as well.
SEVERITY_COLOURS = {"critical": "#c62828", "high": "#b26a00", "normal": "#1565c0", "low": "#607d8b"}
# Controls, half a surrogate pair, and marks that turn the direction of whatever follows them (Unicode TR 9).
_UNSETTLING = dict.fromkeys(
    (*range(0x20), *range(0x7F, 0xA0), 0x2028, 0x2029, *range(0x202A, 0x202F), *range(0x2066, 0x206A), *range(0xD800, 0xE000)),
    " ",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    outlet: str
    title: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One alert of a digest: its line, its facts in a few words, and where to read it."""

    headline: str
    facts: str
    link: Link | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """Plain text in every field; a channel escapes it in its own way. A notice has ``lines``, a digest ``entries``."""

    kind: Literal["alert", "notice", "digest", "test"]
    headline: str
    prefix: str = ""  # "Update: ", "Rumoured: " …
    status: str = ""
    severity: str = ""
    severity_reasons: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()  # what is new since the message before, for an update
    lines: tuple[str, ...] = ()
    details: tuple[tuple[str, str], ...] = ()  # name and value: Who, From, To, Role, Amount …
    quotes: tuple[Quote, ...] = ()
    links: tuple[Link, ...] = ()
    outlets: int = 0
    entries: tuple[Entry, ...] = ()
    more: int = 0  # alerts of a digest that are not among its entries
    change_link: Link | None = None  # the story that brought the last change
    page_url: str = ""

    @property
    def title(self) -> str:
        return self.prefix + self.headline


def message_of(outgoing: Outgoing) -> Message:
    """The message for whatever is to be said, with no character in it that could reach beyond its own words."""
    message: Message = settled(_message_of(outgoing))
    return message


def title_of(subject: Subject) -> str:
    """The one line that tells a subject."""
    return message_of(Outgoing(delivery_id="", subject=subject)).title


def settled(value: Any) -> Any:
    """``value`` with ``_UNSETTLING`` characters of every text in it made spaces; offsets into a text stay true."""
    if type(value) is str:
        return value.translate(_UNSETTLING)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{f.name: settled(getattr(value, f.name)) for f in fields(value)})
    return tuple(settled(item) for item in value) if isinstance(value, tuple) else value


def _message_of(outgoing: Outgoing) -> Message:
    subject = outgoing.subject
    if outgoing.test:
        return Message(kind="test", headline=TEST)
    if isinstance(subject, Notice):
        return Message(kind="notice", headline=shorten(subject.title, HEADLINE_LIMIT), prefix="Movewire: ", lines=subject.lines)
    if isinstance(subject, Digest):
        return digest_message(subject)
    return alert_message(subject, outgoing.page_url)


def alert_message(alert: Alert, page_url: str = "") -> Message:
    """The message of one revision of an alert."""
    event, update = alert.event, alert.update
    new = {change.story_id for change in alert.changes} if update else set()
    stories = sorted(event.stories, key=lambda s: s.story_id not in new)  # an update is proved by what brought it
    built = buildout_line(event.buildout) if event.buildout and event.moves else ""
    line, fate = headline(event), ruled(event)
    return Message(
        kind="alert",
        headline=shorten(line, HEADLINE_LIMIT),
        prefix=_prefix(event.status.value, update, "" if event.moves or fate[:5] in line.lower() else fate),
        status=event.status.value,
        severity=event.severity.value,
        severity_reasons=event.severity_reasons,
        changes=tuple(change_line(c) for c in _new(alert)) if update else (),
        lines=(shorten(built, HEADLINE_LIMIT),) if built else (),
        details=tuple(details(event)),
        quotes=tuple(q for s in stories[:QUOTES] if (q := quote(s, line)).text),
        links=links(stories),
        outlets=len(event.outlets) or 1,
        change_link=_change_link(alert) if update else None,
        page_url=page_url,
    )


def _new(alert: Alert) -> list[Change]:
    """What changed, without the denial of the one person an event is about where the line of its status says it."""
    denied = any(c.kind == "status" and c.after == Status.DENIED for c in alert.changes)
    said = denied and len(alert.event.moves) == 1
    return [c for c in alert.changes if not (said and c.kind == "denial")]


def _change_link(alert: Alert) -> Link | None:
    told_by = {change.story_id for change in alert.changes}
    story = next((s for s in reversed(alert.event.stories) if s.story_id in told_by and s.url), None)
    return _link(story) if story else None


def links(stories: Sequence[EventStory]) -> tuple[Link, ...]:
    """Outlets as links, each once, to the first of its stories; at most six."""
    first = {s.outlet: s for s in reversed(stories) if s.url}
    return tuple(_link(s) for s in [s for s in stories if s.url and (first[s.outlet] is s or not s.outlet)][:LINKS])


def _link(story: EventStory) -> Link:
    return Link(outlet=story.outlet or "source", title=shorten(story.title, 150), url=story.url)


def _prefix(status: str, update: bool, fate: str) -> str:
    """The first line alone, as a phone shows it, must not make a rumour sound certain, nor a plan that is off sound on."""
    unsure = {Status.RUMORED.value: "rumoured", Status.DENIED.value: "denied"}.get(status, "")
    words = ", ".join(w for w in ("update" if update else "", unsure, fate) if w)
    return f"{words.capitalize()}: " if words else ""


def digest_message(digest: Digest) -> Message:
    """A digest: the weightiest first, within that the newest first; the latest revision of each alert."""
    latest = {a.id: a for a in sorted(digest.alerts, key=lambda a: a.revision)}
    ranked = sorted(latest.values(), key=lambda a: (SEVERITIES.index(a.event.severity), a.created_at), reverse=True)
    shown = ranked[:DIGEST_ALERTS]
    count = len(ranked) + digest.omitted
    return Message(
        kind="digest",
        headline=shorten(digest.title, HEADLINE_LIMIT),
        lines=(f"{counted(count, 'alert')}, {_span(digest)}",),
        entries=tuple(entry(a) for a in shown),
        more=count - len(shown),
    )


def with_entries(message: Message, count: int) -> Message:
    """``message`` with the first ``count`` of its entries; the others are counted, for whoever has no room for them."""
    return replace(message, entries=message.entries[:count], more=message.more + len(message.entries[count:]))


def _span(digest: Digest) -> str:
    """From when to when, in the time zone of the route: ``2026-05-04 08:00 to 09:00 CEST``."""
    zone = zone_of(digest.zone)
    since, until = digest.since.astimezone(zone), digest.until.astimezone(zone)
    end = f"{until:%H:%M}" if since.date() == until.date() else f"{until:%Y-%m-%d %H:%M}"
    name = until.tzname() or ""
    return f"{since:%Y-%m-%d %H:%M} to {end} {name if name.isalpha() else f'UTC{name}'}"


def entry(alert: Alert) -> Entry:
    message = alert_message(alert)
    facts = " · ".join((status_word(message.status), message.severity, counted(message.outlets, "outlet"), *message.changes))
    return Entry(
        headline=shorten(message.title, 200), facts=shorten(facts, 200), link=message.links[0] if message.links else None
    )


def details(event: Event) -> list[tuple[str, str]]:
    """Name and value of every slot that is filled, moves first, at most twenty. Who go the same way are told together."""
    ways: dict[tuple[str, str], list[str]] = {}
    for move in people_first(event.moves):
        who = move.person or group_words(move)
        roles = ("" if not move.person and role.casefold() in who.casefold() else role for role in (move.from_role, move.to_role))
        left, joined = (_with_role(org, role) for org, role in zip((move.from_org, move.to_org), roles, strict=True))
        ways.setdefault((left, joined), []).append(who)
    found = []
    for (left, joined), people in list(ways.items())[:4]:
        pairs = (("Who", ", ".join(dict.fromkeys(filter(None, people)))), ("From", left), ("To", joined))
        found += [(name, value) for name, value in pairs if value]
    if event.buildout:
        b = event.buildout
        slots = (
            ("Organisations" if len(b.orgs) > 1 else "Organisation", ", ".join(b.orgs)),
            ("Project", b.project),
            ("Amount", ", ".join(q.text for q in b.amounts)),
            ("Capacity", ", ".join(q.text for q in b.capacity)),
            ("Where", b.location),
        )
        found += [(name, value) for name, value in slots if value]
    return [(name, shorten(value, 200)) for name, value in found[:20]]


def _with_role(organisation: str, role: str) -> str:
    told = post(role, organisation) if role else ""
    return f"{organisation} ({told})" if organisation and told else organisation or told


def status_mark(status: str) -> str:
    return _STATUS_MARKS.get(status, "")


def severity_mark(severity: str) -> str:
    return _SEVERITY_MARKS.get(severity, "")


def reasons_line(message: Message) -> str:
    """``+3 chief executive, +2 on watchlist frontier-labs``; "" where there is none."""
    return shorten(", ".join(message.severity_reasons[:6]), 300)
