"""What Prometheus reads: counters this process keeps, and the state of the database, looked up when it is asked for.

Every name is declared here, so that rules and dashboards can be held against it. A counter starts at 0 with its process; what
the database knows (queue, feeds, channels) is the same whichever process is asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.registry import Collector as Asked

from monitor import __version__
from monitor.model import Delivery, DeliveryState
from monitor.store.health import Vitals

# From a second, which is the promise, to the 76 hours after which a delivery is given up.
SECONDS = (0.25, 0.5, 1, 2, 5, 10, 30, 60, 300, 1800, 7200, 36_000, 86_400, 273_600)
CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


class Metrics:
    """One a process."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._polls = self._counter(
            "movewire_polls", "Polls ended, by outcome: new, unchanged, failed, gone, lost (could not be kept).", "outcome"
        )
        self._poll_seconds = Histogram(
            "movewire_poll_seconds", "How long a poll took.", buckets=(0.1, 0.3, 1, 3, 10, 30), registry=self.registry
        )
        self._stories = self._counter("movewire_stories", "Stories stored.")
        self._matches = self._counter("movewire_matches", "Stories flagged.")
        self._alerts = self._counter("movewire_alerts", "Alerts and revisions of alerts decided.")
        self._deliveries = self._counter(
            "movewire_deliveries", "Attempts ended, by channel and outcome: sent, again, dead.", "channel", "outcome"
        )
        self._delivered = Histogram(
            "movewire_first_seen_to_delivered_seconds",
            "From the moment a story was first seen to the moment its alert was delivered, a channel each.",
            buckets=SECONDS,
            registry=self.registry,
        )
        self._overruns = self._counter("movewire_tick_overruns", "Ticks that came while the last one was at work.", "tick")
        self._tick = Gauge(
            "movewire_tick_timestamp_seconds", "When a loop last did its work, as a Unix time.", ["tick"], registry=self.registry
        )
        self._reloads = self._counter("movewire_config_reloads", "Reloads of the configuration: taken or refused.", "outcome")
        build = Gauge("movewire_build_info", "The version that runs.", ["version"], registry=self.registry)
        build.labels(version=__version__).set(1)
        self._workers = Gauge(
            "movewire_workers",
            "Workers that live, by the queue they serve, as the scheduler sees them.",
            ["queue"],
            registry=self.registry,
        )
        self._model = Gauge(
            "movewire_model_info", "The classifier and its version.", ["classifier", "version"], registry=self.registry
        )

    def _counter(self, name: str, what: str, *labels: str) -> Counter:
        return Counter(name, what, labels, registry=self.registry)

    def polled(self, outcome: str, seconds: float, *, new: int, matched: int, alerts: int) -> None:
        self._polls.labels(outcome=outcome).inc()
        self._poll_seconds.observe(seconds)
        self._stories.inc(new)
        self._matches.inc(matched)
        self._alerts.inc(alerts)

    def lost_poll(self) -> None:
        """A poll of which nothing was kept, by a fault of ours or of the database's."""
        self._polls.labels(outcome="lost").inc()

    def delivered(self, after: Delivery, now: datetime) -> None:
        """An attempt ended, and left the delivery as ``after``."""
        outcome = after.state.value if after.state != DeliveryState.PENDING else "again"
        self._deliveries.labels(channel=after.channel, outcome=outcome).inc()
        if after.sent_at == now and after.kind == "alert":  # by the first attempt that reached some: a full mailbox is no delay
            self._delivered.observe(max((now - after.created_at).total_seconds(), 0))  # an alert is made as its story is seen

    def ticked(self, tick: str, now: datetime) -> None:
        self._tick.labels(tick=tick).set(now.timestamp())

    def overran(self, tick: str) -> None:
        self._overruns.labels(tick=tick).inc()

    def reloaded(self, outcome: str) -> None:
        self._reloads.labels(outcome=outcome).inc()

    def workers(self, serving: Mapping[str, int]) -> None:
        """How many workers serve each queue; told by a scheduler alone."""
        for queue, count in serving.items():
            self._workers.labels(queue=queue).set(count)

    def expect(self, channels: Iterable[str]) -> None:
        """Begin the counters that rules watch at 0: of one that first shows at 1, Prometheus would not see the increase."""
        for outcome in ("taken", "refused"):
            self._reloads.labels(outcome=outcome)
        for channel in channels:
            for outcome in ("sent", "again", "dead"):
                self._deliveries.labels(channel=channel, outcome=outcome)

    def model(self, classifier: str, version: str) -> None:
        self._model.labels(classifier=classifier, version=version).set(1)

    def text(self, state: Vitals | None) -> bytes:
        """The whole page, with the database's ``state`` where it could be read."""
        page: bytes = generate_latest(self.registry)
        if state is not None:
            asked = CollectorRegistry()
            asked.register(_Families(state))
            page += generate_latest(asked)
        return page


class _Families(Asked):
    def __init__(self, state: Vitals) -> None:
        self._state = state

    def collect(self) -> Iterator[Any]:
        state = self._state
        feeds = GaugeMetricFamily("movewire_feeds", "Feeds, by state.", labels=["state"])
        for name, count in sorted(state.feeds.items()):
            feeds.add_metric([name], count)
        yield feeds
        missed = "Polls that shared no entry with the one before: entries were missed between them."
        yield CounterMetricFamily("movewire_feed_window_overruns", missed, value=state.overruns)
        for name, what, value in (
            ("movewire_poll_lag_seconds", "How long the feed that is longest due has been due.", state.lag),
            ("movewire_deliveries_waiting", "Deliveries that are neither sent nor dead.", state.waiting),
            ("movewire_deliveries_dead", "Deliveries given up; movewire deliveries retry sends them again.", state.dead),
            ("movewire_oldest_delivery_seconds", "Age of the oldest alert some channel has not got.", state.oldest),
            ("movewire_channels_disabled", "Channels switched off.", state.channels_off),
            ("movewire_newest_story_seconds", "Time since the newest story was first seen.", state.newest),
            ("movewire_database_bytes", "Size of the database.", state.bytes),
        ):
            if value is None:
                continue
            yield GaugeMetricFamily(name, what, value=value)


def names() -> set[str]:
    """Every name a page can hold, as Prometheus stores them."""
    metrics = Metrics()
    metrics.registry.register(
        _Families(Vitals(feeds={}, overruns=0, lag=0, waiting=0, dead=0, oldest=0, channels_off=0, newest=0, bytes=0))
    )
    found: set[str] = set()
    for family in metrics.registry.collect():
        kinds = {"counter": ["_total"], "histogram": ["_bucket", "_sum", "_count"]}.get(family.type, [""])
        found.update(family.name + kind for kind in kinds)
    return found
