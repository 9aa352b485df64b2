"""Spans as a collector gets them, over a real socket."""

from __future__ import annotations

import asyncio
import gzip
import threading
from collections.abc import Iterator
from contextvars import ContextVar
from pathlib import Path
from typing import Any

import pytest

from monitor.app import open_app
from monitor.collect import Collector
from monitor.deliver import make_deliverer
from monitor.model import Story, Verdict
from monitor.polling.reading_worker import ReadingWorker
from monitor.settings.schema import Settings
from monitor.tracing import Traces
from tests.servers import Asked, LocalServer, Reply, document, local_server, rss
from tests.test_flow import HIRE, NOW, Clock

proto = pytest.importorskip("opentelemetry.proto.collector.trace.v1.trace_service_pb2", reason="extra otel is not installed")


@pytest.fixture
def net() -> Iterator[LocalServer]:
    with local_server() as server:
        server.routes["/hook"] = server.routes["/v1/traces"] = lambda _: Reply(200, b"")
        server.routes["/feed.xml"] = document(lambda: rss([HIRE]))
        yield server


def spans(asked: list[Asked]) -> list[tuple[str, dict[str, Any]]]:
    found = []
    for one in asked:
        if one.path == "/v1/traces":
            body = gzip.decompress(one.body) if one.headers.get("content-encoding") == "gzip" else one.body
            for resource in proto.ExportTraceServiceRequest.FromString(body).resource_spans:
                for scope in resource.scope_spans:
                    for span in scope.spans:
                        found.append((span.name, {a.key: a.value.string_value or a.value.int_value for a in span.attributes}))
    return found


def test_a_poll_and_a_delivery_are_spans(net: LocalServer, tmp_path: Path) -> None:
    settings = Settings.model_validate(
        {
            "database": {"url": f"sqlite:///{tmp_path}/movewire.db"},
            "network": {"allow_networks": ["127.0.0.0/8"]},
            "alerting": {"alert_backlog": "24h"},
            "tracing": {"endpoint": f"{net.url}/v1/traces"},
            "channels": {"hook": {"type": "webhook", "url": f"{net.url}/hook"}},
            "routes": [{"name": "all", "channels": ["hook"]}],
            "feeds": [{"name": "Wire", "url": f"{net.url}/feed.xml"}],
        }
    )

    async def once(app: Any) -> None:
        client, worker = app.client(), ReadingWorker(app.settings)
        try:
            await Collector(app, client, worker).poll_all(app.store.feeds())
            await make_deliverer(app, client).drain(10)
        finally:
            await worker.close()
            await client.close()

    with open_app(settings, clock=Clock(NOW), rnd=lambda: 0.5) as app:
        asyncio.run(once(app))
        [feed] = app.store.feeds()
    told = dict(spans(net.asked))
    assert told["poll"] == {"movewire.feed_id": feed.id, "movewire.outcome": "new", "movewire.status": 200} | {
        "movewire.new": 1,
        "movewire.alerts": 1,
    }
    assert told["deliver"]["movewire.channel"] == "hook" and told["deliver"]["movewire.judgement"] == "sent"


def test_what_classifies_a_story_in_a_thread_does_so_within_its_polls_span(net: LocalServer, tmp_path: Path) -> None:
    bound: ContextVar[str] = ContextVar("bound", default="")
    seen = []
    settings = Settings.model_validate(
        {
            "database": {"url": f"sqlite:///{tmp_path}/movewire.db"},
            "network": {"allow_networks": ["127.0.0.0/8"]},
            "feeds": [{"name": "Wire", "url": f"{net.url}/feed.xml"}],
        }
    )

    async def once(app: Any) -> None:
        client, worker = app.client(), ReadingWorker(app.settings)
        bound.set("by whoever polls")
        try:
            await Collector(app, client, worker).poll_all(app.store.feeds())
        finally:
            await worker.close()
            await client.close()

    with open_app(settings, clock=Clock(NOW), rnd=lambda: 0.5) as app:
        real = app.classifier.classify

        def classify(story: Story) -> Verdict:
            seen.append((bound.get(), threading.current_thread() is threading.main_thread()))
            return real(story)

        app.classifier.classify = classify  # type: ignore[method-assign]
        asyncio.run(once(app))
    assert set(seen) == {("by whoever polls", False)}


def test_without_a_collector_nothing_is_kept() -> None:
    traces = Traces("")
    with pytest.raises(KeyError), traces.span("poll", feed_id="f") as span:
        span.set(outcome="new")
        raise KeyError("passes through")
    traces.close()
