"""Routes that go by a saved search: as it stands at each decision, on real sockets and a real database."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from monitor import query, searches
from monitor.app import App, open_app
from monitor.engine.embedded import welcome
from monitor.errors import ConflictError, NotFoundError, QueryError
from monitor.filtering import read
from monitor.model import Severity
from monitor.routing import Router
from monitor.settings.routes import Matcher
from monitor.settings.schema import Channel, Route, Settings, Watchlist
from monitor.settings.searched import searched, worded
from monitor.store import Store
from tests.databases import sqlite_first
from tests.servers import LocalServer, Reply, document, local_server, rss
from tests.test_flow import NOW, OLD, Clock, configuration, round_of
from tests.test_routing import a_buildout, a_move

MOVES = [
    ("Corvid Systems names Mara Lindqvist chief executive", "Mara Lindqvist leads Corvid Systems from June, it announced."),
    ("Northlight AI names Tomas Oyelaran chief executive", "Tomas Oyelaran leads Northlight AI from June, it announced."),
    ("Harrow Chips names Devi Ramanathan chief executive", "Devi Ramanathan leads Harrow Chips from June, it announced."),
    ("Corvid Systems names Otto Brandt chief technology officer", "Otto Brandt is chief technology officer of Corvid Systems."),
]


class Desk:
    """A daemon at work, whose route goes by a search that lives in its database."""

    def __init__(self, app: App, net: LocalServer, clock: Clock) -> None:
        self.app, self._net, self._clock, self._items = app, net, clock, [OLD]
        net.routes["/feed.xml"] = document(lambda: rss(self._items))
        asyncio.run(round_of(app))

    def publish(self, number: int) -> list[str]:
        """The headlines the channel got when this move was told."""
        self._clock.forward(minutes=5)
        self._items.insert(0, (f"new-{number}", *MOVES[number], self._clock.now - timedelta(minutes=1)))
        self._net.asked.clear()
        asyncio.run(round_of(self.app))
        return [json.loads(a.body)["data"]["event"]["headline"] for a in self._net.asked if a.path == "/hook"]

    def save(self, words: str) -> None:
        searches.save(self.app.store, "meta", read(words), self._clock.now, self.app.settings, replace=True)

    def forget(self) -> None:
        """As a command with another configuration can."""
        searches.delete(self.app.store, "meta", Settings(), NOW)


@contextmanager
def desk(url: str, match: Any, **more: Any) -> Iterator[Desk]:
    with local_server() as net:
        net.routes["/hook"] = lambda _: Reply(200, b"ok")
        made = configuration(net, url) | {"routes": [{"name": "desk", "match": match, "channels": ["hook"]}]} | more
        clock = Clock()
        with open_app(Settings.model_validate(made), clock=clock, rnd=lambda: 0.5) as app:
            yield Desk(app, net, clock)


@sqlite_first
@pytest.mark.parametrize("match", ["search:meta", {"search": "meta"}])
def test_alerts_go_by_the_search_as_it_is_when_they_are_decided(url: str, match: Any) -> None:
    with desk(url, match) as it:
        it.save("org:Corvid")
        assert it.publish(0) == [MOVES[0][0]]
        assert it.publish(1) == []
        it.save('org:"Harrow Chips"')
        assert it.publish(2) == [MOVES[2][0]]
        assert it.publish(3) == [], "Corvid is in it no more"
        found = query.alerts(it.app.store, query.Filter(), limit=9).items
    assert "route desk: yes, by the saved search 'meta' (org:Corvid)" in found[-1].reasons
    assert "route desk: yes, by the saved search 'meta' (org:\"Harrow Chips\")" in found[0].reasons


@sqlite_first
def test_a_search_that_is_not_there_is_told_and_the_route_takes_nothing_until_it_is(url: str) -> None:
    with desk(url, "search:meta") as it:
        with capture_logs() as log:
            welcome(replace(it.app))  # as it is after a start or a reload
        [said] = [line for line in log if line["log_level"] == "error"]
        assert (said["route"], said["search"]) == ("desk", "meta")
        assert said["why"] == (
            "there is no saved search 'meta': `movewire searches add 'meta' WORDS` makes it; until then the route takes nothing"
        )
        with capture_logs() as log:
            assert it.publish(0) == []
        assert not [line for line in log if line["log_level"] == "error"], "it is said once, not at each poll"
        it.save("org:Northlight")
        assert it.publish(1) == [MOVES[1][0]]
        it.forget()
        with capture_logs() as log:
            assert it.publish(2) == []
        assert [line["search"] for line in log if line["log_level"] == "error"] == ["meta"]


@sqlite_first
def test_a_route_asks_the_other_routes_as_ever(url: str) -> None:
    """What a route with a missing search does not take goes on to the next."""
    with local_server() as net:
        net.routes["/hook"] = lambda _: Reply(200, b"ok")
        made = configuration(net, url)
        made["routes"] = [
            {"name": "desk", "match": "search:meta", "channels": ["slack"]},
            {"name": "rest", "channels": ["hook"]},
        ]
        clock = Clock()
        with open_app(Settings.model_validate(made), clock=clock, rnd=lambda: 0.5) as app:
            assert Desk(app, net, clock).publish(0) == [MOVES[0][0]]


def routed(match: Any, saved: dict[str, str] | None, *, event: Any = None, **more: Any) -> tuple[bool, str]:
    """Does the route take the event, and its reason."""
    route = Route.model_validate({"name": "r", "match": match, "channels": ["a"]})
    settings = Settings(channels={"a": Channel(type="stdout")}, routes=(route,), **more)
    found = Router(settings, saved=saved).route(event or a_move(), now=NOW)
    return bool(found.channels), found.reasons[0]


@pytest.mark.parametrize(
    ("match", "words", "takes"),
    [
        ("search:meta", "org:Borealis", True),
        ("search:meta", "org:Borealis label:infrastructure", False),
        ("search:meta to:Elsewhere", "org:Borealis", False),
        ("search:meta org:Elsewhere", "org:Borealis", False),
        ("search:meta label:executive_move", "org:Borealis label:infrastructure", True),  # in place of what it says
        ("search:meta severity>=low", "org:Borealis severity:critical", True),
        ({"search": "meta", "severity_at_least": "low"}, "severity>=critical", True),
        ({"search": "meta", "unless": {"person": ["Mara Velling"]}}, "org:Borealis", False),
        ({"org": ["Borealis"], "unless": "search:meta"}, "person:Velling", False),
        ({"org": ["Borealis"], "unless": "search:meta"}, "person:Nobody", True),
        ("search:meta", "q:mara joins", True),
        ("search:meta", "severity:critical severity>=low", True),  # of several any suffices, as in lists
    ],
)
def test_a_search_stands_alone_or_beside_other_words(match: Any, words: str, takes: bool) -> None:
    assert routed(match, {"meta": words})[0] is takes


def test_the_same_search_is_a_matcher_as_its_words_are() -> None:
    words = 'org:Borealis severity>=high amount>=1.5bn status:confirmed "data center"'
    assert worded(Matcher(search="meta"), {"meta": words}, ()) == Matcher.model_validate(words)
    beside = worded(Matcher(search="meta", severity=(Severity.LOW,)), {"meta": words}, ())
    assert (beside.severity, beside.severity_at_least, beside.org) == ((Severity.LOW,), None, ("Borealis",))


@pytest.mark.parametrize(
    ("saved", "says"),
    [
        ({}, "route r: no, there is no saved search 'meta': `movewire searches add 'meta' WORDS` makes it"),
        (None, "route r: no, the saved search 'meta' is not read here"),
        (
            {"meta": "org:Borealis since:7d"},
            "route r: no, the saved search 'meta' (org:Borealis since:7d) cannot be a route's or a silence's "
            "(expected conditions on events; since is for lists of them): save it without that, or name another",
        ),
        (
            {"meta": "watchlist:labs"},
            "route r: no, the saved search 'meta' (watchlist:labs) names the watchlist 'labs': configure it, or save it without",
        ),
        ({"meta": "to:Elsewhere"}, "route r: no, by the saved search 'meta' (to:Elsewhere), to_org is none of those wanted"),
    ],
)
def test_a_reason_says_why_a_search_does_not_fit(saved: dict[str, str] | None, says: str) -> None:
    assert routed("search:meta", saved) == (False, says)


def test_watchlists_of_a_search_are_those_of_the_settings() -> None:
    labs = {"labs": Watchlist(orgs=("Borealis Compute",))}
    assert routed("search:meta", {"meta": "watchlist:labs"}, watchlists=labs)[0]
    assert not routed("search:meta", {"meta": "watchlist:labs"}, event=a_move("Elsewhere"), watchlists=labs)[0]
    assert routed("search:meta", {"meta": "amount>=1bn"}, event=a_buildout())[0]


def test_an_exception_whose_search_is_not_there_excepts_nothing() -> None:
    """Rather too much is told than too little."""
    assert routed({"unless": "search:meta"}, {})[0]


@pytest.mark.parametrize("words", ["search:meta search:other", "search:"])
def test_one_search_is_named_and_it_has_a_name(words: str) -> None:
    with pytest.raises(ValueError, match="expected a search: "):
        Matcher.model_validate(words)


def test_searches_are_found_wherever_routes_name_them() -> None:
    inside = {"name": "b", "match": {"unless": {"search": "two", "unless": "search:three"}}}
    route = Route.model_validate({"name": "a", "match": "search:one org:Acme", "channels": ["x"], "routes": [inside]})
    below = ("routes", 0, "routes", 0, "match", "unless")
    assert [(one.route, one.matcher.search, one.path, one.excepts) for one in searched([route])] == [
        ("a", "one", ("routes", 0, "match"), False),
        ("b", "two", below, True),
        ("b", "three", (*below, "unless"), False),
    ]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(f"sqlite:///{tmp_path}/movewire.db") as opened:
        yield opened


NAMED = Settings(routes=(Route.model_validate({"name": "desk", "match": "search:meta", "channels": ["terminal"]}),))


def test_a_search_that_a_route_names_is_not_deleted(store: Store) -> None:
    searches.save(store, "meta", read("org:Meta"), NOW, NAMED)
    searches.save(store, "other", read("org:Meta"), NOW, NAMED)
    with pytest.raises(ConflictError, match=r"'meta' is named by the route 'desk'.*add --replace 'meta' WORDS"):
        searches.delete(store, "meta", NAMED, NOW)
    searches.delete(store, "other", NAMED, NOW)
    assert [one.name for one in searches.every(store)] == ["meta"]
    searches.delete(store, "meta", Settings(), NOW)
    with pytest.raises(NotFoundError):
        searches.delete(store, "meta", NAMED, NOW)


@pytest.mark.parametrize("words", ["org:Meta since:7d", "progress:planned", "until:2026-01-01 org:Meta", "changed_after:7d"])
def test_a_search_that_a_route_names_is_not_saved_as_what_no_route_can_go_by(store: Store, words: str) -> None:
    searches.save(store, "meta", read("org:Meta"), NOW, NAMED)
    with pytest.raises(QueryError, match=r"the route 'desk' uses this search; .* is for lists of them"):
        searches.save(store, "meta", read(words), NOW, NAMED, replace=True)
    searches.save(store, "other", read(words), NOW, NAMED)
    assert searches.named(store, "meta").words == "org:Meta"


def test_a_search_is_replaced_only_where_that_is_asked_for(store: Store) -> None:
    searches.save(store, "meta", read("org:Meta"), NOW, NAMED)
    with pytest.raises(ConflictError, match="replace it, or choose another name"):
        searches.save(store, "meta", read("org:Acme"), NOW, NAMED)
    searches.save(store, "meta", read("org:Acme"), NOW + timedelta(hours=1), NAMED, replace=True)
    [one] = searches.every(store)
    assert (one.words, one.created_at) == ("org:Acme", NOW + timedelta(hours=1))
