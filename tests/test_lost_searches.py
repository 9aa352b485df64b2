"""What the operator channel hears of a route whose saved search is not there: once, and once that it is."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from monitor.app import App, open_app
from monitor.engine.upkeep import upkeep
from monitor.settings.schema import Settings
from tests.databases import sqlite_first
from tests.servers import Reply, local_server
from tests.test_flow import Clock, configuration, round_of
from tests.test_searched_routes import Desk

ROUTES = [
    {"name": "desk", "match": "search:meta", "channels": ["hook"], "continue": True},
    {"name": "rest", "match": {"unless": "search:meta"}, "channels": ["hook"]},
]
MISSING = "there is no saved search 'meta': `movewire searches add 'meta' WORDS` makes it; until then the route "
LOST = [
    ("route.failing", "desk", "The route desk cannot use its saved search", [f"{MISSING}takes nothing"]),
    ("route.failing", "rest", "The route rest cannot use its saved search", [f"{MISSING}makes no exception by it"]),
]
FOUND = [("route.recovered", name, f"The route {name} uses its saved search again", []) for name in ("desk", "rest")]


class Watched(Desk):
    """A desk with an operator who listens."""

    def told(self) -> list[tuple[str, str, str, list[str]]]:
        """What the operator was told lately, by kind and route."""
        notices = [json.loads(asked.body)["data"] for asked in self._net.asked if asked.path == "/ops"]
        return sorted((one["kind"], one["subject"], one["title"], one["lines"]) for one in notices)

    def heard(self, number: int) -> list[tuple[str, str, str, list[str]]]:
        """What the operator is told when this move comes in."""
        self.publish(number)
        return self.told()

    def in_an_hour(self) -> list[tuple[str, str, str, list[str]]]:
        """What the operator is told where nothing comes in."""
        self._net.asked.clear()
        asyncio.run(upkeep(self.app))
        asyncio.run(round_of(self.app))
        return self.told()


@contextmanager
def watched(url: str, **more: Any) -> Iterator[Watched]:
    with local_server() as net:
        net.routes["/hook"] = net.routes["/ops"] = lambda _: Reply(200, b"ok")
        made: dict[str, Any] = configuration(net, url) | {"routes": ROUTES, "operator_channel": "ops"} | more
        made["channels"]["ops"] = {"type": "webhook", "url": f"{net.url}/ops", "rate_per_second": 100}
        clock = Clock()
        with open_app(Settings.model_validate(made), clock=clock, rnd=lambda: 0.5) as app:
            yield Watched(app, net, clock)


def begun_again(it: Watched, **settings: Any) -> App:
    """As a new process, or after a reload."""
    it.app = replace(it.app, settings=it.app.settings.model_copy(update=settings))
    return it.app


@sqlite_first
def test_the_operator_is_told_once_that_a_search_is_missing_and_once_that_it_is_there(url: str) -> None:
    with watched(url) as it:
        assert it.told() == LOST
        assert it.heard(0) == []
        begun_again(it)
        assert it.heard(1) == it.in_an_hour() == [], "what was told is known after a restart, and to every worker"
        it.save("org:Northlight")
        assert it.heard(2) == FOUND
        assert it.heard(3) == []


@sqlite_first
def test_it_is_told_within_the_hour_where_nothing_comes_in(url: str) -> None:
    with watched(url, operator_channel=None) as it:
        assert it.told() == []
        begun_again(it, operator_channel="ops")
        assert it.in_an_hour() == LOST
        it.save("org:Northlight")
        assert it.in_an_hour() == FOUND
        it.forget()
        it._clock.forward(minutes=1)
        assert it.in_an_hour() == LOST
        assert it.in_an_hour() == []


@sqlite_first
def test_a_route_that_names_no_search_any_longer_is_not_well_again(url: str) -> None:
    with watched(url) as it:
        first, other = it.app.settings.routes
        plain = first.model_copy(update={"match": other.match.model_copy(update={"unless": None})})
        begun_again(it, routes=(plain, other.model_copy(update={"name": "more"})))
        assert [told[:2] for told in it.in_an_hour()] == [("route.failing", "more")]
        assert it.in_an_hour() == []
