"""What the configuration sets up as flat rows: watchlists, mastheads, routes and channels."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

# (typing_extensions' own, because pydantic needs it to describe the rows in the API's document before Python 3.12.)
from typing_extensions import TypedDict

from monitor.results import ChannelState
from monitor.routing import Node, Router
from monitor.settings.beside import Outlet
from monitor.settings.schema import Settings
from monitor.text import fold
from monitor.urls import redacted


class WatchlistRow(TypedDict):
    watchlist: str
    orgs: list[str]
    people: list[str]
    projects: list[str]


class OutletRow(TypedDict):
    outlet: str
    tier: int
    domains: list[str]


# (Written so because "continue" is a word of Python.) ``match``: its conditions as a search; ``words``: what the saved search of
# ``search`` says now; the rest with what it has from the routes around it.
RouteRow = TypedDict(
    "RouteRow",
    {
        "route": str,
        "match": str,
        "channels": list[str],
        "mode": str,
        "digest": str,
        "quiet_hours": list[str],
        "muted_times": list[str],
        "timezone": str,
        "continue": bool,
        "search": str,
        "words": str,
    },
)


class ChannelRow(TypedDict):
    """``where``: its address without secrets; ``failures``: attempts that failed in a row, the last for the reason ``why``."""

    name: str
    type: str
    where: str
    state: str
    failures: int
    why: str


ROUTE_COLUMNS = ("route", "match", "channels", "mode", "digest", "quiet_hours", "timezone", "continue", "search")


def watchlist_rows(settings: Settings) -> Iterator[WatchlistRow]:
    for name, one in settings.watchlists.items():
        yield WatchlistRow(watchlist=name, orgs=list(one.orgs), people=list(one.people), projects=list(one.projects))


def outlet_rows(settings: Settings, mastheads: Iterable[Outlet]) -> Iterator[OutletRow]:
    """``mastheads`` are those of the file; behind them what the configuration's ``outlet_tiers`` has beside them. Of a file that
    was changed since the settings were read, what is not in force yet is left out."""
    tiers = dict(settings.outlet_tiers)
    for one in mastheads:
        if (tier := settings.outlet_tiers.get(fold(one.name))) is not None:
            yield OutletRow(outlet=one.name, tier=tier, domains=list(one.domains))
        for name in (one.name, *one.domains):
            tiers.pop(fold(name), None)
    yield from (OutletRow(outlet=name, tier=tier, domains=[]) for name, tier in tiers.items())


def route_rows(router: Router) -> Iterator[RouteRow]:
    return (_route(node, router.saved) for node in router.every())


def _route(node: Node, saved: Mapping[str, str]) -> RouteRow:
    rule = node.rule
    return {
        "route": node.path,
        "match": node.match,
        "channels": list(node.channels),
        "mode": rule.mode,
        "digest": rule.rhythm.words() if rule.rhythm else "",
        "quiet_hours": [h.span.words() for h in rule.quiet],
        "muted_times": [span.words() for span in rule.muted],
        "timezone": rule.zone.key,
        "continue": node.go_on,
        "search": node.search,
        "words": saved.get(node.search, ""),
    }


def channel_rows(settings: Settings, states: Iterable[ChannelState], waiting: Mapping[str, int]) -> Iterator[ChannelRow]:
    """Those of the configuration, then those it no longer names for which deliveries are ``waiting``."""
    known = {state.name: state for state in states}
    for name, channel in settings.channels.items():
        state = known.get(name)
        off = not channel.enabled or (state is not None and state.disabled)
        yield ChannelRow(
            name=name,
            type=channel.type,
            where=redacted(channel.url.get_secret_value()) if channel.url else "",
            state="disabled" if off else "failing" if state and state.failures else "ok",
            failures=state.failures if state else 0,
            why=state.reason if state else "",
        )
    for name in sorted(waiting.keys() - settings.channels.keys()):
        why = f"deliveries that wait: {waiting[name]}; put it back, or movewire channels forget {name}"
        yield ChannelRow(name=name, type="", where="", state="not configured", failures=0, why=why)
