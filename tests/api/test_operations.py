"""Health, readiness and metrics, asked as Prometheus and an orchestrator ask them."""

from __future__ import annotations

import asyncio
import socket
from dataclasses import replace
from datetime import timedelta
from typing import Any

import httpx
import pytest
from fastapi.testclient import TestClient
from prometheus_client.parser import text_string_to_metric_families

from monitor.app import App
from monitor.engine.loops import Running, Ticks
from monitor.errors import SettingsError
from monitor.metrics import names
from monitor.model import DeliveryState, Feed, FeedId, FeedState
from monitor.settings.schema import Metrics
from monitor.store import Store
from monitor.surfaces.api import create_app
from monitor.surfaces.watching import watched
from tests import postgres
from tests.claims import ended
from tests.databases import only_postgres
from tests.store.build import FEED, NOW, at, delivery, founded


def client_of(app: App, ticks: Ticks | None = None) -> TestClient:
    running: Any = Running(app, None, None, ticks) if ticks else None  # type: ignore[arg-type]
    return TestClient(create_app(app, running), base_url="http://127.0.0.1:8080", follow_redirects=False)


def page(client: TestClient) -> dict[str, float]:
    """Sample name with labels -> value."""
    answer = client.get("/metrics")
    assert answer.status_code == 200 and answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    return {
        s.name + (str(sorted(s.labels.items())) if s.labels else ""): s.value
        for family in text_string_to_metric_families(answer.text)
        for s in family.samples
    }


def test_the_page_tells_what_polls_and_deliveries_did_and_what_waits(app: App) -> None:
    app.metrics.polled("new", 0.2, new=3, matched=2, alerts=1)
    app.metrics.polled("failed", 5, new=0, matched=0, alerts=0)
    [one] = founded(77, at(-2)).deliveries
    app.metrics.delivered(replace(one, state=DeliveryState.SENT, sent_at=at(0), channel="desk"), at(0))
    app.metrics.delivered(replace(one, state=DeliveryState.PENDING, channel="desk"), at(0))
    app.metrics.model("cascade", "7")
    app.store.transact(lambda tx: tx.save_feed(replace(FEED, next_check=NOW - timedelta(seconds=90))))
    app.store.transact(lambda tx: tx.save_feed(Feed(id=FeedId("r"), name="r", url="https://r.example/", state=FeedState.RESTING)))
    found = page(client_of(app))
    assert found["movewire_polls_total[('outcome', 'new')]"] == found["movewire_polls_total[('outcome', 'failed')]"] == 1
    assert (found["movewire_stories_total"], found["movewire_matches_total"], found["movewire_alerts_total"]) == (3, 2, 1)
    assert found["movewire_deliveries_total[('channel', 'desk'), ('outcome', 'again')]"] == 1
    assert found["movewire_first_seen_to_delivered_seconds_sum"] == 120
    assert found["movewire_poll_lag_seconds"] == 90
    assert found["movewire_feeds[('state', 'ok')]"] == found["movewire_feeds[('state', 'resting')]"] == 1
    assert found["movewire_deliveries_waiting"] == 12 and found["movewire_oldest_delivery_seconds"] >= 0
    assert found["movewire_model_info[('classifier', 'cascade'), ('version', '7')]"] == 1
    plain = {name.partition("[")[0] for name in found}
    assert {name for name in plain if not name.endswith("_created")} == names() & plain | {"movewire_build_info"}


def test_what_lives_and_what_is_ready(app: App) -> None:
    fresh = Ticks(started=NOW, collect=NOW, deliver=NOW)
    assert client_of(app, fresh).get("/healthz").text == "ok\n"
    assert client_of(app, fresh).get("/readyz").status_code == 200
    still = Ticks(started=NOW - timedelta(hours=1), collect=NOW - timedelta(minutes=5), deliver=NOW)
    answer = client_of(app, still).get("/readyz")
    assert answer.status_code == 503 and "collect loop has not run since" in answer.text
    assert client_of(app, still).get("/healthz").status_code == 200
    app.store.transact(lambda tx: tx.save_feed(replace(FEED, next_check=NOW - timedelta(hours=1))))
    assert "due for 3600 s" in client_of(app, fresh).get("/readyz").text


@only_postgres
def test_a_database_that_is_away_is_no_reason_to_be_killed_but_one_to_wait(url: str) -> None:
    from monitor.settings.schema import Settings

    with Store.open(url) as store:
        app = App(settings=Settings.model_validate({"database": {"url": url}}), store=store, clock=lambda: NOW)
        client = client_of(app, Ticks(started=NOW, collect=NOW, deliver=NOW))
        assert client.get("/readyz").status_code == 200
        server = postgres.server()
        server.stop()
        try:
            assert client.get("/healthz").status_code == 200
            answer = client.get("/readyz")
            assert answer.status_code == 503 and answer.text == "the database does not answer\n"
            assert "movewire_feeds" not in client.get("/metrics").text
        finally:
            server.start()
        assert client.get("/readyz").status_code == 200


@pytest.mark.parametrize("state", list(DeliveryState))
def test_vitals_count_what_is_open(url: str, state: DeliveryState) -> None:
    with Store.open(url) as store:
        store.transact(lambda tx: tx.record_poll(founded(1)))
        [row] = [delivery(founded(1).alerts[0])]
        from monitor.results import Tried

        ended(store, Tried(delivery=replace(row, state=state, attempts=9), at=at(1)))
        vitals = store.vitals(at(5))
    waits = state in (DeliveryState.PENDING, DeliveryState.SENDING)
    assert (vitals.waiting, vitals.dead) == (int(waits), int(state == DeliveryState.DEAD))
    assert vitals.oldest == (300 if waits else 0)
    assert vitals.bytes > 0


def test_metrics_are_closed_where_everything_is(app: App) -> None:
    from monitor.settings.schema import Server

    closed: Any = replace(app, settings=app.settings.model_copy(update={"server": Server(auth="token")}))
    client = client_of(closed)
    assert client.get("/metrics").status_code == 401
    assert client.get("/healthz").status_code == client.get("/readyz").status_code == 200


def test_the_address_for_those_who_watch_shows_no_more_than_counts_and_names_of_channels(app: App) -> None:
    """On a real socket, with a worker's and a daemon's ticks; what is told by whom."""

    async def asked(running: Running) -> list[httpx.Response]:
        async with watched(running) as url, httpx.AsyncClient(base_url=url) as client:
            return [await client.get(path) for path in ("/metrics", "/readyz", "/healthz", "/api/v1/alerts", "/", "/feeds")]

    told: Any = replace(app, settings=app.settings.model_copy(update={"metrics": Metrics(listen="127.0.0.1:0")}))
    told.store.transact(lambda tx: tx.save_feed(replace(FEED, next_check=NOW - timedelta(hours=1))))
    for ticks, ready, feeds in (
        (Ticks(started=NOW, collect=NOW, deliver=NOW), 503, True),
        (Ticks(started=NOW, work=NOW, worker=True), 200, False),
        (Ticks(started=NOW - timedelta(minutes=5), worker=True), 503, False),
    ):
        metrics, readyz, healthz, *others = asyncio.run(asked(Running(told, None, None, ticks)))  # type: ignore[arg-type]
        assert (readyz.status_code, healthz.status_code) == (ready, 200), readyz.text
        assert ("movewire_feeds" in metrics.text) is feeds
        assert [one.status_code for one in others] == [404, 404, 404]
    with socket.create_server(("127.0.0.1", 0)) as taken:
        listen = f"127.0.0.1:{taken.getsockname()[1]}"
        full: Any = replace(app, settings=app.settings.model_copy(update={"metrics": Metrics(listen=listen)}))
        with pytest.raises(SettingsError, match=r"metrics.listen: found .*: address already in use; .*metrics.listen: \"\""):
            asyncio.run(asked(Running(full, None, None, Ticks(started=NOW))))  # type: ignore[arg-type]
