"""A month of polling 10,000 feeds on a virtual clock: the schedule, the limits and the identity of entries, no network.

    python -m benchmarks.simulated_month [--feeds 10000] [--days 30] [--seed 1]

Each feed publishes at a rhythm of its own, from every ten minutes (a few) to once a fortnight, with quiet nights, quiet weekends
and bursts; its document is a window of its last stories. What decides is the code that runs in the daemon: ``feed_state``
and ``schedule`` say when a feed is asked next, ``HostLimits`` whether it may be asked now. Counted are requests against the
feed's rhythm, entries that left the window unseen, and starts on one host closer together than its limit.
"""

from __future__ import annotations

import argparse
import heapq
import json
import random
import statistics
from collections import Counter, defaultdict, deque
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from monitor import feed_state
from monitor.collect import HostLimits
from monitor.interfaces import Answer, Entry, Reading
from monitor.model import Feed, FeedId
from monitor.settings.schema import Polling

START = datetime(2026, 3, 2, tzinfo=UTC)  # a Monday
LATENCY = timedelta(seconds=0.4)  # of one answer
TICK = timedelta(seconds=0.5)  # a feed that may not be asked now is looked at again
WINDOW = 25  # entries of a document
POLLING = Polling()


@dataclass
class Publisher:
    """What a feed would answer: its stories in order of time, and how it validates."""

    times: list[datetime]
    kind: str  # etag, plain (same bytes while unchanged), stamped (its bytes change with every answer)
    seen: int = 0  # stories that had been published at the last poll
    window: deque[Entry] = field(default_factory=lambda: deque(maxlen=WINDOW))
    missed: int = 0

    def published(self, now: datetime) -> int:
        count = self.seen
        while count < len(self.times) and self.times[count] <= now:
            count += 1
        return count


def publisher(rnd: random.Random) -> Publisher:
    """Mean gaps spread evenly on a logarithmic scale; a weekday's daytime has most of the stories."""
    gap = 600.0 if rnd.random() < 0.02 else 2700 * (448 ** rnd.random())  # seconds: ten minutes for a few, to a fortnight
    nights, weekends, burst = rnd.random() < 0.7, rnd.random() < 0.5, rnd.random() < 0.1
    times, at = [], START - timedelta(days=20)
    end = START + timedelta(days=31)
    while at < end:
        at += timedelta(seconds=rnd.expovariate(1 / gap))
        if nights and not 7 <= at.hour < 22 and rnd.random() < 0.8:
            continue
        if weekends and at.weekday() >= 5 and rnd.random() < 0.8:
            continue
        times += [at + timedelta(seconds=n) for n in range(rnd.randint(2, 8) if burst and rnd.random() < 0.2 else 1)]
    times.sort()
    return Publisher(times=times, kind=rnd.choices(("etag", "plain", "stamped"), (70, 20, 10))[0])


@dataclass
class Figures:
    """What a run brought; ``against`` is, for each feed, its requests a day by what half its mean gap would ask for."""

    feeds: int
    days: float
    requests: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    missed: int = 0
    overruns: int = 0
    too_close: int = 0
    most_in_flight: int = 0
    per_day: list[float] = field(default_factory=list)
    against: list[float] = field(default_factory=list)
    late: list[float] = field(default_factory=list)  # seconds a request started after it was due
    delay: list[float] = field(default_factory=list)  # seconds from published to seen

    def table(self) -> dict[str, object]:
        total = max(self.requests, 1)
        share = {kind: f"{100 * count / total:.1f} %" for kind, count in sorted(self.outcomes.items())}
        return {
            "feeds, days": f"{self.feeds}, {self.days:g}",
            "requests": self.requests,
            "requests a feed and day: median, p90": f"{_at(self.per_day, 0.5):.1f}, {_at(self.per_day, 0.9):.1f}",
            "against half the own mean gap: p10, median, p90": ", ".join(f"{_at(self.against, q):.2f}" for q in (0.1, 0.5, 0.9)),
            "published to seen: median, p99 (minutes)": f"{_at(self.delay, 0.5) / 60:.0f}, {_at(self.delay, 0.99) / 60:.0f}",
            "entries missed": self.missed,
            "window overruns counted": self.overruns,
            "starts on a host under its distance": self.too_close,
            "most in flight on a host": self.most_in_flight,
            "started late: p99 (seconds)": f"{_at(self.late, 0.99):.1f}",
            "shares": share,
        }


def _at(values: list[float], quantile: float) -> float:
    ordered = sorted(values)
    return ordered[min(int(quantile * len(ordered)), len(ordered) - 1)] if ordered else 0.0


class Month:
    def __init__(self, feeds: int, days: float, seed: int) -> None:
        self.rnd = random.Random(seed)
        self.end = START + timedelta(days=days)
        self.figures = Figures(feeds=feeds, days=days)
        self.limits = HostLimits(POLLING)
        self.flight: list[tuple[datetime, str, FeedId]] = []
        self.last: dict[str, datetime] = {}
        self.count: dict[str, int] = defaultdict(int)
        hosts = max(feeds // 4, 1)
        # One host in a few serves very many feeds, as platforms do.
        names = [f"h{int(hosts * self.rnd.random() ** 3)}.example" for _ in range(feeds)]
        self.feeds = {
            FeedId(str(n)): Feed(id=FeedId(str(n)), name=str(n), url=f"https://{host}/feed", next_check=START)
            for n, host in enumerate(names)
        }
        self.publishers = {id_: publisher(self.rnd) for id_ in self.feeds}
        self.asked: Counter[FeedId] = Counter()
        for made in self.publishers.values():
            made.seen = made.published(START)
            made.window.extend(_entry(t) for t in made.times[max(0, made.seen - WINDOW) : made.seen])
            made.seen = 0 if not made.window else made.seen

    def run(self) -> Figures:
        # A fleet that has been running: checks spread over the first interval.
        queue = [(START + timedelta(seconds=self.rnd.uniform(0, 3600)), START, id_) for id_ in self.feeds]
        queue = [(at, at, id_) for at, _, id_ in queue]
        heapq.heapify(queue)
        while queue:
            now, due, id_ = heapq.heappop(queue)
            if now >= self.end:
                break
            while self.flight and self.flight[0][0] <= now:
                _, host, whose = heapq.heappop(self.flight)
                self.limits.ended(whose, host, now)
                self.count[host] -= 1
            feed = self.feeds[id_]
            host = feed.url.split("/")[2]
            if not self.limits.may_start(id_, host, now):
                heapq.heappush(queue, (now + TICK, due, id_))
                continue
            self._start(id_, host, now, due)
            after = self._poll(feed, self.publishers[id_], now)
            self.feeds[id_] = after
            assert after.next_check is not None
            heapq.heappush(queue, (after.next_check, after.next_check, id_))
        return self._done()

    def _start(self, id_: FeedId, host: str, now: datetime, due: datetime) -> None:
        self.limits.started(id_, host, now)
        self.count[host] += 1
        figures = self.figures
        figures.most_in_flight = max(figures.most_in_flight, self.count[host])
        if host in self.last and now - self.last[host] < POLLING.host_delay:
            figures.too_close += 1
        self.last[host] = now
        figures.late.append((now - due).total_seconds())
        heapq.heappush(self.flight, (now + LATENCY, host, id_))
        self.asked[id_] += 1
        figures.requests += 1

    def _poll(self, feed: Feed, made: Publisher, now: datetime) -> Feed:
        figures, rnd = self.figures, self.rnd.random()
        if self.rnd.random() < 0.003:
            figures.outcomes["failed"] += 1
            return feed_state.failed(feed, "the publisher's server failed (500)", None, now=now, settings=POLLING, rnd=rnd)
        count = made.published(now)
        new = count - made.seen
        first = not feed.baseline_done
        if not new and not first and made.kind != "stamped":
            figures.outcomes["304" if made.kind == "etag" else "the same digest"] += 1
            return feed_state.succeeded(feed, Answer(status=304), None, now=now, settings=POLLING, rnd=rnd)
        figures.outcomes["read"] += 1
        if not first:
            made.missed += max(0, new - WINDOW)
            figures.delay += [(now - t).total_seconds() for t in made.times[made.seen : count]]
        made.window.extend(_entry(t) for t in made.times[max(made.seen, count - WINDOW) : count])
        made.seen = count
        overlap = None if first or not made.window else max(0.0, 1 - new / len(made.window))
        reading = Reading(title="T", entries=tuple(made.window))
        after = feed_state.succeeded(feed, Answer(status=200), reading, now=now, settings=POLLING, rnd=rnd, overlap=overlap)
        last = made.window[-1].published if made.window else None
        return replace(after, baseline_done=True, stories=feed.stories + new, last_story=last)

    def _done(self) -> Figures:
        figures = self.figures
        low, high = POLLING.min_interval.total_seconds(), POLLING.max_interval.total_seconds()
        for id_, feed in self.feeds.items():
            made = self.publishers[id_]
            figures.missed += made.missed
            figures.overruns += feed.overruns
            within = [t for t in made.times if START <= t < self.end]
            gap = figures.days * 86400 / max(len(within), 1)
            per_day = self.asked[id_] / figures.days
            figures.per_day.append(per_day)
            figures.against.append(per_day / (86400 / min(max(gap / 2, low), high)))
        return figures


def _entry(at: datetime) -> Entry:
    return Entry(id=at.isoformat(), title="t", published=at)


def simulate(feeds: int = 10_000, days: float = 30, seed: int = 1) -> Figures:
    return Month(feeds, days, seed).run()


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--feeds", type=int, default=10_000)
    options.add_argument("--days", type=float, default=30)
    options.add_argument("--seed", type=int, default=1)
    given = options.parse_args()
    figures = simulate(given.feeds, given.days, given.seed)
    for name, value in figures.table().items():
        print(f"{name:55} {value}")
    print(json.dumps(figures.table()))
    print(f"mean requests a feed and day: {statistics.fmean(figures.per_day):.1f}")


if __name__ == "__main__":
    main()
