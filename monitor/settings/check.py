"""What only the whole configuration can tell: names that must agree."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import UTC, datetime

from monitor.hours import ends, zone_of
from monitor.settings.base import Listening, write_duration
from monitor.settings.environment import near
from monitor.settings.origin import Origin, Path_
from monitor.settings.routes import Mode
from monitor.settings.schema import FeedEntry, Matcher, Network, Polling, Route, SecondOpinion, Server, Tracing
from monitor.settings.wire import A_HOST_NAME, HEADER_VALUE, is_header_value, is_host_name, is_web_address, same_address
from monitor.urls import redacted

_ANY_WEEK = datetime(2026, 1, 5, 12, tzinfo=UTC)


def routes(
    given: Sequence[tuple[Path_, Route]], channels: Collection[str], watchlists: Collection[str], origin: Origin
) -> Iterator[str]:
    """Routes that name what is not there, or whose hours cannot be. ``given``: every route of the tree with its place in it."""
    first: dict[str, Path_] = {}
    for path, route in given:
        for key, found, known, what in (
            (("channels",), route.channels, channels, "channel"),
            (("match", "watchlist"), route.match.watchlist, watchlists, "watchlist"),
        ):
            for one in found:
                if one not in known:
                    yield origin.problem((*path, *key), _not_there(one, known, what, origin))
        if route.name in first:
            other = origin.where((*first[route.name], "name"))
            yield origin.problem((*path, "name"), f"found {route.name!r} twice (first in {other}); expected each name once")
        first.setdefault(route.name, path)


def _not_there(name: str, known: Collection[str], what: str, origin: Origin) -> str:
    """The words for a channel or watchlist that is named and not there, or where the first one is to be written."""
    if known:
        return f"found {name!r}; expected a {what}, {near(name, sorted(known))}"
    where = origin.places.get((f"{what}s",), origin.file)
    return f"found {name!r}, but no {what} is configured; expected one under {what}s" + (f" ({where})" if where else "")


def somebody(channels: Collection[str], origin: Origin) -> Iterator[str]:
    """No channel at all, where no route was written either: the one that is made then has nowhere to send to."""
    if not channels:
        yield origin.problem(("channels",), "found none; expected at least one, such as desk: {type: stdout}")


def route_tree(top: Sequence[Route], origin: Origin) -> Iterator[str]:
    """What a route must have by itself or from those around it: somewhere to send to, a rhythm for a digest, hours that end."""
    pending: list[tuple[Path_, Route, bool, bool]] = [(("routes", n), route, False, False) for n, route in enumerate(top)]
    while pending:
        path, route, somewhere, rhythm = pending.pop(0)
        somewhere, rhythm = somewhere or bool(route.channels), rhythm or route.digest is not None
        if not somewhere and not route.routes:
            yield origin.problem((*path, "channels"), "is not given, nor by a route around it; expected at least one channel")
        if route.mode == Mode.NOW and route.digest is not None:
            yield origin.problem((*path, "digest"), "found a rhythm beside mode: now; expected mode: digest, or no digest")
        elif route.mode not in (None, Mode.NOW) and not rhythm:
            yield origin.problem((*path, "digest"), f"is not given; mode: {route.mode} wants hourly or daily HH:MM")
        yield from _hours(path, route, origin)
        pending += [((*path, "routes", n), inside, somewhere, rhythm) for n, inside in enumerate(route.routes)]


def _hours(path: Path_, route: Route, origin: Origin) -> Iterator[str]:
    for key, spans in (("quiet_hours", route.quiet_hours or ()), ("muted_times", route.muted_times or ())):
        if any(h.from_ == h.to for h in spans):
            yield origin.problem((*path, key), "found a span that ends where it begins; expected 00:00 to 24:00 for a whole day")
            continue
        try:
            ends([h.span for h in spans], zone_of("UTC"), _ANY_WEEK)
        except ValueError as error:
            yield origin.problem((*path, key), f"found every hour of the week; {error}")


def unreachable(top: Sequence[Route], origin: Origin) -> Iterator[str]:
    """Notices of routes that no event can come to: one before them takes everything."""
    levels: list[tuple[Path_, tuple[Route, ...]]] = [(("routes",), tuple(top))]
    while levels:
        at, level = levels.pop(0)
        taken = ""
        for n, route in enumerate(level):
            if taken:
                yield origin.problem((*at, n), f"nothing comes to it: {taken!r} before it takes everything (continue: true?)")
            elif takes_everything(route):
                taken = route.name
            levels.append(((*at, n, "routes"), route.routes))


def takes_everything(route: Route) -> bool:
    """Whether no event goes on to the routes behind it."""
    return route.match == Matcher() and not route.continue_


def operator(name: object, channels: Collection[str], origin: Origin) -> Iterator[str]:
    if isinstance(name, str) and name not in channels:
        yield origin.problem(("operator_channel",), _not_there(name, channels, "channel", origin))


def feeds(given: Sequence[tuple[int, FeedEntry]], origin: Origin) -> Iterator[str]:
    """Addresses that are none; names and addresses that stand twice. ``given`` are feeds with their place in the list."""
    for n, feed in given:
        if not is_web_address(feed.url):
            here = origin.where(("feeds", n, "url"))
            yield f"{here}: url: found {redacted(feed.url)!r}; expected an http or https address with a host"
    for what in ("name", "url"):
        first: dict[str, int] = {}
        for n, feed in given:
            written = getattr(feed, what)
            value = same_address(written) if what == "url" else written
            if value in first:
                other = origin.where(("feeds", first[value], what))
                here = origin.where(("feeds", n, what))
                yield f"{here}: {what}: found {written!r} twice (first in {other}); expected each {what} once"
            first.setdefault(value, n)


def polling(given: Polling, origin: Origin) -> Iterator[str]:
    if given.min_interval > given.max_interval:
        longest = write_duration(given.max_interval)
        yield origin.problem(
            ("polling", "min_interval"),
            f"found {write_duration(given.min_interval)}; expected at most polling.max_interval, {longest}",
        )
    if not is_header_value(given.contact):  # it goes into User-Agent
        yield origin.problem(("polling", "contact"), f"found {given.contact!r}; expected {HEADER_VALUE}")


def network(given: Network, origin: Origin) -> Iterator[str]:
    proxy = given.proxy.get_secret_value() if given.proxy else ""
    if proxy and not is_web_address(proxy):
        wanted = "an http or https address, such as http://proxy.example:3128"
        yield origin.problem(("network", "proxy"), f"found … (not shown: it may be secret); expected {wanted}")


def tracing(given: Tracing, origin: Origin) -> Iterator[str]:
    if given.endpoint and not is_web_address(given.endpoint):
        wanted = "an http or https address, such as http://127.0.0.1:4318/v1/traces"
        yield origin.problem(("tracing", "endpoint"), f"found {redacted(given.endpoint)!r}; expected {wanted}")


def listening(section: str, given: Listening, origin: Origin) -> Iterator[str]:
    if given.listen and given.port > 65535:
        yield origin.problem((section, "listen"), f"found port {given.port}; expected 0 to 65535")


def server(given: Server, origin: Origin) -> Iterator[str]:
    for n, name in enumerate(given.allowed_hosts):
        if not is_host_name(name):
            wanted = f"{A_HOST_NAME}, such as movewire.example.org"
            yield origin.problem(("server", "allowed_hosts", n), f"found {name!r}; expected {wanted}")


def second_opinion(given: SecondOpinion, origin: Origin) -> Iterator[str]:
    if given.url and not given.model:
        wanted = "the model's name as the endpoint knows it"
        yield origin.problem(("classify", "second_opinion", "model"), f"found none beside a url; expected {wanted}")
    if given.url and not is_web_address(given.url):
        yield origin.problem(("classify", "second_opinion", "url"), f"found {given.url!r}; expected an http or https address")
    if given.api_key and not is_header_value(given.api_key.get_secret_value()):
        found = f"found what no header may hold (not shown); expected {HEADER_VALUE}"
        yield origin.problem(("classify", "second_opinion", "api_key"), found)
