"""Which channels an event goes to, and when: the tree of routes compiled once, a reason for every yes and no. Pure.

A route that matches asks the routes inside it, in order; where none of them matches it sends by itself. The first route of
its level that matches ends the search there, unless it says ``continue``. A channel gets a revision once, as the route that
sends it soonest says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from monitor.hours import Rhythm, Span, current, ends, zone_of
from monitor.ids import make_id
from monitor.matching import Canonical, Profile, Profiler, Test, compile_matcher, refusal, unread
from monitor.model import SEVERITIES, Event, Severity
from monitor.settings.routes import Mode, in_words, path_of
from monitor.settings.schema import Matcher, QuietHours, Route, Settings
from monitor.settings.searched import by_words, searched, worded


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A channel that gets this revision: by which route, and not before ``at`` (None: at once), in which digest (or "")."""

    channel: str
    route: str
    at: datetime | None = None
    digest: str = ""


def soonest(targets: Iterable[Target]) -> tuple[Target, ...]:
    """Each channel once: as the target that reaches it first."""
    found: dict[str, Target] = {}
    for target in targets:
        known = found.setdefault(target.channel, target)
        if known.at is not None and (target.at is None or target.at < known.at):
            found[target.channel] = target
    return tuple(found.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Routed:
    """Where an event goes: each channel once, a reason for each route that was tried, those of them that are a yes, and the
    routes that matched."""

    targets: tuple[Target, ...] = ()
    reasons: tuple[str, ...] = ()
    agreed: tuple[str, ...] = ()
    matched: tuple[str, ...] = ()

    @property
    def channels(self) -> tuple[str, ...]:
        return tuple(target.channel for target in self.targets)


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """When a route tells: ``at`` (None: at once), alone or in a digest; or not, where ``muted``. ``why`` says it in words."""

    why: str
    at: datetime | None = None
    digest: bool = False
    muted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What a route says of time, with all it has from the routes around it."""

    mode: Mode = Mode.NOW
    rhythm: Rhythm | None = None
    zone: ZoneInfo
    quiet: tuple[QuietHours, ...] = ()
    muted: tuple[Span, ...] = ()

    def inside(self, route: Route) -> Rule:
        """The rule of a route inside this one."""
        rhythm = self.rhythm if route.digest is None else route.digest
        mode = route.mode or (Mode.DIGEST if route.digest is not None else self.mode)
        return Rule(
            mode=mode,
            rhythm=rhythm,
            zone=self.zone if route.timezone is None else zone_of(route.timezone),
            quiet=self.quiet if route.quiet_hours is None else route.quiet_hours,
            muted=self.muted if route.muted_times is None else tuple(h.span for h in route.muted_times),
        )

    def when(self, *, severity: Severity, first: bool, now: datetime) -> When:
        """When a revision decided ``now`` is sent; ``first``: it is the event's first message."""
        if current(self.muted, self.zone, now):
            return When(why=f"muted until {self._local(ends(self.muted, self.zone, now))}", muted=True)
        waits = self.mode == Mode.DIGEST or (self.mode == Mode.FIRST_NOW and not first)
        if waits and severity != Severity.CRITICAL and self.rhythm is not None:
            due = ends([h.span for h in self.quiet], self.zone, self.rhythm.next(now, self.zone))
            return When(why=f"in the digest of {self._local(due)}", at=due, digest=True)
        rank = SEVERITIES.index(severity)
        holding = [h for h in self.quiet if h.let_through is None or rank < SEVERITIES.index(h.let_through)]
        held = next((h for h in holding if current([h.span], self.zone, now)), None)
        if held is None:
            return When(why="at once")
        end = ends([h.span for h in holding], self.zone, now)
        how = "in a digest " if held.then == "digest" else ""
        return When(why=f"{how}after quiet hours, {self._local(end)}", at=end, digest=held.then == "digest")

    def _local(self, at: datetime) -> str:
        return f"{at.astimezone(self.zone):%Y-%m-%d %H:%M} {self.zone.key}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A route, compiled, with what it has from the routes around it. ``path`` names them too: ``desk / labs``. ``search``: the
    saved search that it names; ``by``: for reasons, that search with its words, after a comma. ``match``: its own conditions, as
    a search says them."""

    name: str
    path: str
    tests: tuple[Test, ...]
    channels: tuple[str, ...]
    go_on: bool
    rule: Rule
    inside: tuple[Node, ...]
    search: str = ""
    by: str = ""
    match: str = ""


@dataclass(frozen=True, slots=True)
class Tried:
    """A route that was tried: ``refusal`` is "" where it matched. ``sends`` is false where a route inside it took over."""

    node: Node
    refusal: str
    sends: bool = False


class Router:
    """The routes of a configuration, compiled; everything it answers is pure.

    ``canonical`` turns an organisation's alias into the name that classifiers give it; without it, names are compared as
    they are written. ``saved`` are the words of saved searches by name, None where they are not at hand: a search that is not
    among them fits nothing. Raises nothing: routes were checked when the settings were loaded.
    """

    def __init__(self, settings: Settings, canonical: Canonical = str, saved: Mapping[str, str] | None = None) -> None:
        self._settings, self.saved = settings, saved or {}
        self.searches = frozenset(one.matcher.search for one in searched(settings.routes))
        self._worded: Callable[[Matcher], Matcher] = (
            unread if saved is None else lambda matcher: worded(matcher, self.saved, settings.watchlists)
        )
        self.profiler = Profiler(settings.watchlists, settings.outlet_tiers, canonical)
        self.canonical = canonical
        self._enabled = frozenset(name for name, channel in settings.channels.items() if channel.enabled)
        top = Node(
            name="", path="", tests=(), channels=(), go_on=False, rule=Rule(zone=zone_of(settings.alerting.timezone)), inside=()
        )
        self.routes = tuple(self._compiled(route, top) for route in settings.routes)

    def knowing(self, saved: Mapping[str, str]) -> Router:
        """The same routes with saved searches as they are now."""
        return Router(self._settings, self.canonical, saved)

    def every(self) -> Iterator[Node]:
        """Every route, those inside another after it."""
        pending = list(self.routes)
        while pending:
            node = pending.pop(0)
            yield node
            pending[:0] = node.inside

    def watchlists(self, event: Event) -> tuple[str, ...]:
        """The watchlists an event is on."""
        return tuple(sorted(self.profiler.of(event).watchlists))

    def tried(self, profile: Profile) -> Iterator[Tried]:
        """Every route that an event comes to, depth first."""
        yield from _walk(self.routes, profile)

    def wanting(self, event: Event) -> frozenset[str]:
        """The channels of the routes that want ``event`` as it is, whatever the hour."""
        sends = (tried.node for tried in self.tried(self.profiler.of(event)) if tried.sends)
        return frozenset(channel for node in sends for channel in node.channels) & self._enabled

    def route(self, event: Event, *, now: datetime, first: bool = True) -> Routed:
        """The channels that get this revision of ``event``, and when."""
        targets: list[Target] = []
        reasons, agreed, matched = list[str](), list[str](), list[str]()
        for tried in self.tried(self.profiler.of(event)):
            node = tried.node
            if tried.refusal:
                reasons.append(f"route {node.path}: no{node.by}, {tried.refusal}")
                continue
            matched.append(node.path)
            if not tried.sends:
                continue
            when = node.rule.when(severity=event.severity, first=first, now=now)
            if when.muted:
                reasons.append(f"route {node.path}: no{node.by}, {when.why}")
                continue
            open_ = [c for c in node.channels if c in self._enabled]
            said = "" if when.at is None else f", {when.why}"
            agreed.append(f"route {node.path}: yes{node.by}" + (said if open_ else ", but its channels are disabled"))
            reasons.append(agreed[-1])
            for channel in open_:
                digest = make_id(when.at, "digest", node.path, channel) if when.digest and when.at else ""
                targets.append(Target(channel=channel, route=node.path, at=when.at, digest=digest))
        return Routed(targets=soonest(targets), reasons=tuple(reasons), agreed=tuple(agreed), matched=tuple(matched))

    def _compiled(self, route: Route, around: Node) -> Node:
        node = Node(
            name=route.name,
            path=path_of(route.name, around.path),
            tests=compile_matcher(route.match, self.canonical, self._worded),
            channels=route.channels or around.channels,
            go_on=route.continue_,
            rule=around.rule.inside(route),
            inside=(),
            search=route.match.search,
            by=self._by(route.match),
            match=in_words(route.match.model_dump(mode="json", exclude_defaults=True)),
        )
        return replace(node, inside=tuple(self._compiled(one, node) for one in route.routes))

    def _by(self, matcher: Matcher) -> str:
        """The words for reasons; "" where it names no search, or one that cannot be used, as its test says then."""
        try:
            return f", {by_words(matcher.search, self.saved[matcher.search])}" if matcher.search and self._worded(matcher) else ""
        except ValueError:
            return ""


def _walk(nodes: tuple[Node, ...], profile: Profile) -> Iterator[Tried]:
    for node in nodes:
        why = refusal(node.tests, profile)
        if why:
            yield Tried(node, why)
            continue
        inside = list(_walk(node.inside, profile))
        taken = any(not tried.refusal for tried in inside)
        yield Tried(node, "", sends=not taken)
        yield from inside
        if not node.go_on:
            return
